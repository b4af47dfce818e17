"""What the fields of a ballot's form say together."""

import pytest
from django.http import QueryDict

from votes.choices import choices_in


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("choices=for", ["for"]),
        ("choices=1&choices=2", ["1", "2"]),
        ("choices-1=5&choices-2=0", ["1:5", "2:0"]),
        ("choices-1=1%3A5&choices-2=", ["1:5"]),
        ("choices=objection&choices-reason=Trop+cher%3A+voir", ["objection", "reason:Trop cher: voir"]),
        ("choices-=5&choice-1=5&poll=3", []),
    ],
)
def test_each_field_says_what_it_is_about(fields: str, said: list[str]) -> None:
    assert choices_in(QueryDict(fields)) == said


def test_a_program_may_send_numbers_and_lists() -> None:
    assert choices_in({"choices-1": 5, "choices": ["blank"]}) == ["1:5", "blank"]
