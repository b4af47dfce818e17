"""Closing, counting once, declaring: who reads first counts, and nothing changes afterwards."""

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from django.db.models import ProtectedError

from cooperation.models import Membership, Person
from cooperation.sentences import Sentence, say
from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.votes.conftest import AT, BY_COLLEGES, cast, line_of, opened
from votes.models import Poll, Result
from votes.services import close_poll, count_poll, declare_result

LATER = AT + timedelta(hours=1)


def told(kind: str) -> list[str]:
    """The topics that heard of it."""
    return sorted(LoggedEvent.objects.filter(type=kind).values_list("topic__name", flat=True))


def test_a_poll_past_its_deadline_is_closed_for_everyone(alice: Person) -> None:
    poll = opened([line_of(alice)], closes_at=LATER)
    assert poll.is_open(LATER - timedelta(seconds=1))
    assert not poll.is_open(LATER)
    assert Poll.objects.open(LATER - timedelta(seconds=1)).exists()
    assert not Poll.objects.open(LATER).exists()


def test_a_close_after_the_deadline_is_dated_at_the_deadline(alice: Person) -> None:
    poll = opened([line_of(alice)], closes_at=LATER)
    assert close_poll(poll=poll, at=LATER + timedelta(days=1)).closed_at == LATER


def test_an_officer_may_close_before_the_deadline(alice: Person) -> None:
    poll = opened([line_of(alice)], closes_at=LATER)
    sooner = LATER - timedelta(minutes=30)
    assert close_poll(poll=poll, at=sooner).closed_at == sooner


def test_closing_again_changes_and_tells_nothing(poll: Poll) -> None:
    close_poll(poll=poll, at=LATER)
    heard = told("poll.closed")
    close_poll(poll=poll, at=LATER + timedelta(minutes=5))
    assert (poll.closed_at, told("poll.closed")) == (LATER, heard)


def test_the_close_is_told_to_the_parent_the_poll_and_whoever_could_act(
    poll: Poll, alice: Person, bob: Person
) -> None:
    close_poll(poll=poll, at=LATER)
    assert told("poll.closed") == sorted(["assembly:1", poll.topic, alice.actor, bob.actor])


def test_an_open_poll_is_not_counted(poll: Poll) -> None:
    with pytest.raises(Refused, match="poll_still_open"):
        count_poll(poll=poll, at=AT)
    assert not Result.objects.exists()


def test_the_first_reader_after_the_deadline_closes_and_counts(alice: Person) -> None:
    poll = opened([line_of(alice)], closes_at=LATER)
    cast(poll, alice, "for")
    result = count_poll(poll=poll, at=LATER)
    assert result.outcome["adopted"]
    assert (poll.state, poll.closed_at) == ("closed", LATER)


def test_a_poll_is_counted_once(poll: Poll, alice: Person) -> None:
    cast(poll, alice, "for")
    close_poll(poll=poll, at=LATER)
    first = count_poll(poll=poll, at=LATER)
    assert count_poll(poll=poll, at=LATER + timedelta(days=1)).counted_at == first.counted_at


def test_declaring_counts_and_is_told_once(poll: Poll, alice: Person) -> None:
    cast(poll, alice, "for")
    close_poll(poll=poll, at=LATER)
    assert declare_result(poll=poll, at=LATER).outcome["adopted"]
    declare_result(poll=poll, at=LATER + timedelta(minutes=5))
    assert (poll.state, poll.declared_at) == ("declared", LATER)
    assert told("poll.declared") == sorted(["assembly:1", poll.topic])


def test_an_open_poll_is_not_declared(poll: Poll) -> None:
    with pytest.raises(Refused, match="poll_still_open"):
        declare_result(poll=poll, at=AT)


def vote(poll: Poll, college: str, said: str, at: datetime = AT) -> None:
    """Cast the ballots of a college: `ffa` is two for and one against."""
    words = {"f": "for", "a": "against", "s": "abstain", "b": "blank"}
    electors = poll.electors.filter(college=college).select_related("titular")
    for elector, letter in zip(electors, said, strict=False):
        cast(poll, elector.titular, words[letter], at=at)


def test_a_resolution_by_colleges_is_counted_exactly_and_says_why(by_colleges: Callable[..., Poll]) -> None:
    poll = by_colleges(4, 3, 2)
    for college, said in {"A": "fffa", "B": "faa", "C": "fs"}.items():
        vote(poll, college, said)
    close_poll(poll=poll, at=LATER)
    result = count_poll(poll=poll, at=LATER)
    # 3/4 × 2/5 + 1/3 × 3/10 + 1/1 × 3/10
    assert (result.outcome["for"], result.outcome["adopted"]) == ("7/10", True)
    assert result.outcome["channels"] == {"web": 9}
    last = say(Sentence.from_json(result.derivation[-1]))
    assert last == "7/10 (70,00\u00a0%) dépasse 1/2\u00a0: la résolution est adoptée."


def test_changing_the_register_after_opening_changes_no_count(by_colleges: Callable[..., Poll]) -> None:
    poll = by_colleges(1, 1, 1)
    for college in "ABC":
        vote(poll, college, "f")
    on_it = Membership.objects.filter(pk__in=poll.electors.values("membership"))
    with pytest.raises(ProtectedError):
        on_it.delete()
    on_it.update(ended_on=AT.date(), college=None)
    close_poll(poll=poll, at=LATER)
    assert count_poll(poll=poll, at=LATER).outcome["for"] == "1"


def test_guests_are_counted_apart_and_decide_nothing(alice: Person, charlie: Person) -> None:
    charlie.is_guest = True
    charlie.save()
    poll = opened([line_of(alice), line_of(charlie, is_guest=True)], is_binding=False)
    cast(poll, alice, "for")
    cast(poll, charlie, "against")
    close_poll(poll=poll, at=LATER)
    outcome = count_poll(poll=poll, at=LATER).outcome
    assert (outcome["votes"]["against"], outcome["guests"], outcome["adopted"]) == (0, {"against": 1}, True)


def test_an_approval_counts_each_option_and_keeps_ties(indicative: Poll, alice: Person, bob: Person) -> None:
    at = indicative.opened_at
    cast(indicative, alice, "1", "2", at=at)
    cast(indicative, bob, "blank", at=at)
    close_poll(poll=indicative, at=at + timedelta(minutes=1))
    outcome = count_poll(poll=indicative, at=at + timedelta(minutes=1)).outcome
    assert (outcome["approvals"], outcome["winners"], outcome["blank"]) == ({"1": 1, "2": 1}, ["1", "2"], 1)


def test_a_poll_nobody_voted_in_is_counted_too(poll: Poll) -> None:
    close_poll(poll=poll, at=LATER)
    outcome = count_poll(poll=poll, at=LATER).outcome
    assert (outcome["adopted"], outcome["received"], outcome["electors"]) == (False, 0, 2)


def test_a_line_that_stands_for_three_heads_counts_three(alice: Person, bob: Person) -> None:
    poll = opened([line_of(alice, weight=Fraction(3)), line_of(bob)])
    cast(poll, alice, "for")
    cast(poll, bob, "against")
    close_poll(poll=poll, at=LATER)
    assert count_poll(poll=poll, at=LATER).outcome["for"] == "3/4"


def test_weights_a_silent_college_makes_illegal_are_refused_with_the_article(
    by_colleges: Callable[..., Poll],
) -> None:
    rules = {**BY_COLLEGES, "silent_college": "empty", "empty_college": "proportional"}
    poll = by_colleges(2, 1, 1, rules=rules)
    vote(poll, "A", "f")
    close_poll(poll=poll, at=LATER)
    with pytest.raises(Refused, match="V02") as refused:
        count_poll(poll=poll, at=LATER)
    assert "art. 19 octies" in str(refused.value.details["article"])
    assert not Result.objects.exists()
