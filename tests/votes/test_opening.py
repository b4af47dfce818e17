"""Opening a poll: a roll sealed, rules copied, and what is refused."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from cooperation.models import LegalEntity, Person
from cooperation.rules import Majority, Pooling
from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.votes.conftest import AT, BY_COLLEGES, COLLEGES, crowd, line_of, opened
from votes.counting.resolution_rules import ResolutionRules
from votes.models import Elector, Poll
from votes.services import RollLine


def refusal(roll: list[RollLine], **fields: object) -> str:
    """The code by which this opening is refused."""
    with pytest.raises(Refused) as refused:
        opened(roll, **fields)
    assert not Poll.objects.exists()
    return refused.value.code


def test_the_roll_is_copied_in_one_canonical_order(alice: Person, bob: Person) -> None:
    first = opened([line_of(alice), line_of(bob)])
    second = opened([line_of(bob), line_of(alice)])
    assert first.roll_hash == second.roll_hash
    assert list(first.electors.values_list("number", "label")) == [(1, "Alice"), (2, "Bob")]


@pytest.mark.parametrize("change", [{"label": "Alicia"}, {"college": "B"}, {"weight": Fraction(2)}])
def test_the_hash_follows_every_word_of_the_roll(alice: Person, change: dict[str, object]) -> None:
    assert opened([line_of(alice)]).roll_hash != opened([line_of(alice, **change)]).roll_hash


def test_who_joins_later_changes_neither_roll_nor_hash(entity: LegalEntity, poll: Poll) -> None:
    before = poll.roll_hash
    crowd(entity, 3)
    poll.refresh_from_db()
    assert (poll.roll_hash, poll.electors.count()) == (before, 2)


def test_the_rules_are_copied_with_the_majority_asked(alice: Person) -> None:
    asked = ResolutionRules(majority=Majority(Fraction(2, 3), is_strict=False))
    poll = opened([line_of(alice)], rules=asked)
    assert (poll.rules["threshold"], poll.rules["strict"]) == ("2/3", False)
    assert ResolutionRules.from_json(poll.rules) == asked


def test_colleges_and_their_weights_are_copied(alice: Person) -> None:
    poll = opened(
        [line_of(alice, college=letter, membership_id=None, titular_id=None) for letter in "ABC"],
        rules=BY_COLLEGES,
        colleges=COLLEGES,
    )
    copied = ResolutionRules.from_json(poll.rules)
    assert copied.pooling is Pooling.PROPORTIONAL
    assert [(weight.college, weight.share) for weight in copied.weights] == [
        (letter, share) for letter, _, share in COLLEGES
    ]


def test_a_secret_poll_that_would_not_keep_its_secret_is_refused(alice: Person) -> None:
    assert refusal([line_of(alice, weight=Fraction(2))], secrecy="secret") == "secret_one_voice"
    assert refusal([line_of(alice)], secrecy="secret", is_binding=False) == "secret_must_bind"


def test_an_empty_roll_is_refused(db: None) -> None:
    assert refusal([]) == "empty_roll"


def test_a_mandate_is_never_twice_on_a_roll(alice: Person) -> None:
    assert refusal([line_of(alice), line_of(alice, label="Alice encore")]) == "elector_twice"


def test_nobody_is_their_own_substitute(alice: Person) -> None:
    assert refusal([line_of(alice, substitute_id=alice.pk)]) == "elector_twice"


def test_the_database_too_refuses_a_mandate_twice(alice: Person, poll: Poll) -> None:
    line = poll.electors.get(titular=alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Elector.objects.create(poll=poll, number=3, label="Encore", membership=line.membership, titular=alice)


def test_a_guest_never_binds(alice: Person) -> None:
    assert refusal([line_of(alice, is_guest=True)]) == "guest_cannot_bind"


def test_a_line_of_no_declared_college_is_refused(alice: Person) -> None:
    assert refusal([line_of(alice, college="Z")], rules=BY_COLLEGES, colleges=COLLEGES) == "unknown_college"


def test_a_deadline_already_past_is_refused(alice: Person) -> None:
    assert refusal([line_of(alice)], closes_at=AT) == "closes_before_opening"


def test_an_approval_asks_something(alice: Person) -> None:
    assert refusal([line_of(alice)], method="approval") == "options_missing"


def test_half_a_head_does_not_vote(alice: Person) -> None:
    assert refusal([line_of(alice, weight=Fraction(1, 2))]) == "weight_not_whole"


def test_rules_nobody_can_read_open_nothing(alice: Person) -> None:
    assert refusal([line_of(alice)], rules={"pooling": "by_lot"}) == "rules_unreadable"


def test_weights_that_do_not_make_a_whole_open_nothing(alice: Person) -> None:
    assert (
        refusal([line_of(alice)], rules={"pooling": "proportional"}, is_binding=False) == "rules_unreadable"
    )


def test_what_the_law_would_refuse_at_the_count_is_refused_at_opening(alice: Person) -> None:
    two = [("A", "A", Fraction(1, 2)), ("B", "B", Fraction(1, 2))]
    assert refusal([line_of(alice, college="A")], rules=BY_COLLEGES, colleges=two) == "V01"


def test_opening_is_told_to_the_parent_the_poll_and_whoever_may_act(alice: Person, bob: Person) -> None:
    poll = opened([line_of(alice, substitute_id=bob.pk)])
    told = LoggedEvent.objects.filter(type="poll.opened")
    assert {event.topic.name for event in told} == {"assembly:1", poll.topic, alice.actor, bob.actor}
    assert [event.data for event in told] == [{"poll": poll.pk}] * 4


def test_a_poll_without_deadline_stays_open(poll: Poll) -> None:
    assert poll.is_open(AT + timedelta(days=9))
