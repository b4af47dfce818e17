"""What became of an objection: noted by whoever runs the meeting, of an objection that was made."""

import pytest

from realtime.refused import Refused
from votes.rules import check_may_treat

ALL = {"leads": True, "is_consent": True, "is_known": True}


@pytest.mark.parametrize(
    ("lacks", "code"),
    [("leads", "not_leading"), ("is_consent", "not_a_consent"), ("is_known", "objection_unknown")],
)
def test_an_objection_is_treated_by_whoever_leads(lacks, code):
    check_may_treat(**ALL)
    with pytest.raises(Refused, match=code):
        check_may_treat(**{**ALL, lacks: False})
