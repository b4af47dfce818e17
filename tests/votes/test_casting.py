"""Casting: a key per ballot, a ballot per mandate, on time by the server's clock."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation.models import LegalEntity, Person
from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.votes.conftest import AT, cast, crowd, line_of, opened
from votes.models import Ballot, Elector, Poll
from votes.services import Cast, cast_ballot, cast_ballots, close_poll, count_poll

SOON = AT + timedelta(minutes=1)


def refusal(poll: Poll, person: Person, *choices: str, **fields: object) -> str:
    """The code by which this ballot is refused; nothing is written."""
    before = list(Ballot.objects.values())
    with pytest.raises(Refused) as refused:
        cast(poll, person, *choices, **fields)
    assert list(Ballot.objects.values()) == before
    return refused.value.code


def test_a_ballot_is_numbered_dated_and_marked_on_the_roll(poll: Poll, alice: Person) -> None:
    ballot = cast(poll, alice, "for")
    elector = poll.electors.get(titular=alice)
    poll.refresh_from_db()
    assert (ballot.number, ballot.received_at, ballot.choices, ballot.channel) == (1, SOON, ["for"], "web")
    assert (elector.has_voted_at, poll.ballots_cast) == (SOON, 1)


def test_the_same_key_is_the_same_ballot(poll: Poll, alice: Person) -> None:
    key = uuid4()
    first, second = (
        cast(poll, alice, "for", key=key),
        cast(poll, alice, "for", key=key, at=SOON + timedelta(seconds=5)),
    )
    assert first.pk == second.pk
    assert second.received_at == SOON
    assert Ballot.objects.count() == 1


def test_the_same_key_is_answered_the_same_after_the_count(poll: Poll, alice: Person) -> None:
    key = uuid4()
    first = cast(poll, alice, "for", key=key)
    close_poll(poll=poll, at=SOON + timedelta(minutes=1))
    count_poll(poll=poll, at=SOON + timedelta(minutes=1))
    assert cast(poll, alice, "for", key=key, at=SOON + timedelta(minutes=2)).pk == first.pk


def test_the_same_key_with_another_choice_is_refused(poll: Poll, alice: Person) -> None:
    key = uuid4()
    cast(poll, alice, "for", key=key)
    assert refusal(poll, alice, "against", key=key) == "key_reused"


def test_another_electors_key_never_gives_the_first_persons_ballot(
    poll: Poll, alice: Person, bob: Person
) -> None:
    key = uuid4()
    cast(poll, alice, "for", key=key)
    assert refusal(poll, bob, "for", key=key) == "key_reused"


def test_a_second_ballot_for_the_same_mandate_is_refused(poll: Poll, alice: Person) -> None:
    cast(poll, alice, "for")
    assert refusal(poll, alice, "for") == "already_voted"


def test_the_substitute_may_cast_and_then_the_titular_has_voted(alice: Person, bob: Person) -> None:
    poll = opened([line_of(alice, substitute_id=bob.pk)])
    ballot = cast(poll, bob, "for")
    assert ballot.cast_by == bob
    assert refusal(poll, alice, "against") == "already_voted"


def test_titular_and_substitute_with_one_key_have_one_ballot(alice: Person, bob: Person) -> None:
    poll, key = opened([line_of(alice, substitute_id=bob.pk)]), uuid4()
    assert cast(poll, bob, "for", key=key).pk == cast(poll, alice, "for", key=key).pk


def test_nobody_votes_on_somebody_elses_line(poll: Poll, alice: Person, charlie: Person) -> None:
    elector = poll.electors.get(titular=alice)
    with pytest.raises(Refused, match="not_an_elector"):
        cast_ballot(elector=elector, person=charlie, choices=["for"], key=uuid4(), at=SOON)


def test_a_teller_enters_paper_for_a_line(poll: Poll, alice: Person, charlie: Person) -> None:
    elector = poll.electors.get(titular=alice)
    ballot = cast_ballot(
        elector=elector, person=charlie, choices=["for"], key=uuid4(), at=SOON, channel="paper"
    )
    assert (ballot.channel, ballot.cast_by) == ("paper", charlie)
    assert refusal(poll, alice, "for") == "already_voted"


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ((), "choice_missing"),
        (("maybe",), "unknown_choice"),
        (("1",), "unknown_choice"),
        (("for", "against"), "one_choice_only"),
    ],
)
def test_a_resolution_takes_one_of_its_choices(
    poll: Poll, alice: Person, choices: tuple[str, ...], code: str
) -> None:
    assert refusal(poll, alice, *choices) == code


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        (("3",), "unknown_choice"),
        (("0",), "unknown_choice"),
        (("for",), "unknown_choice"),
        (("1", "blank"), "blank_stands_alone"),
    ],
)
def test_an_approval_takes_its_options(
    indicative: Poll, alice: Person, choices: tuple[str, ...], code: str
) -> None:
    assert refusal(indicative, alice, *choices, at=indicative.opened_at) == code


def test_an_approval_keeps_to_its_cap(alice: Person) -> None:
    poll = opened([line_of(alice)], method="approval", options=[("Un", ""), ("Deux", "")], max_choices=1)
    assert refusal(poll, alice, "1", "2") == "too_many_choices"


def test_no_blank_where_blank_is_not_asked(alice: Person) -> None:
    poll = opened([line_of(alice)], allows_blank=False)
    assert refusal(poll, alice, "blank") == "unknown_choice"


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_a_ballot_at_the_deadline_is_too_late(alice: Person, late: timedelta) -> None:
    poll = opened([line_of(alice)], closes_at=SOON)
    assert refusal(poll, alice, "for", at=SOON + late) == "poll_closed"


def test_a_ballot_in_time_that_waited_for_the_close_is_still_in_time(alice: Person) -> None:
    poll = opened([line_of(alice)], closes_at=SOON)
    close_poll(poll=poll, at=SOON + timedelta(seconds=2))
    assert cast(poll, alice, "for", at=SOON - timedelta(milliseconds=1)).number == 1


def test_once_counted_nothing_enters(alice: Person) -> None:
    poll = opened([line_of(alice)], closes_at=SOON)
    count_poll(poll=poll, at=SOON + timedelta(seconds=2))
    assert refusal(poll, alice, "for", at=SOON - timedelta(milliseconds=1)) == "poll_closed"


def test_an_indicative_choice_may_be_changed_and_the_last_counts(indicative: Poll, alice: Person) -> None:
    first = cast(indicative, alice, "1", at=indicative.opened_at)
    second = cast(indicative, alice, "2", "1", at=indicative.opened_at + timedelta(minutes=1))
    indicative.refresh_from_db()
    assert (first.pk, first.number) == (second.pk, second.number)
    assert (second.choices, indicative.ballots_cast) == (["1", "2"], 1)
    assert Ballot.objects.get().choices == ["1", "2"]


def test_a_ballot_tells_no_fact(poll: Poll, alice: Person) -> None:
    before = LoggedEvent.objects.count()
    cast(poll, alice, "for")
    assert LoggedEvent.objects.count() == before


def test_a_ballot_touches_its_poll_once_committed(
    poll: Poll, alice: Person, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:  # type: ignore[operator]
        cast(poll, alice, "for")
    assert len(callbacks) == 1


def batch_of(poll: Poll, count: int, at: datetime = SOON) -> list[Cast]:
    """The first ballots of a roll, all for."""
    electors = Elector.objects.filter(poll=poll).select_related("titular")[:count]
    return [Cast(elector, elector.titular, ["for"], uuid4(), at) for elector in electors]


def test_a_batch_answers_each_ballot_in_the_order_asked(entity: LegalEntity) -> None:
    poll = opened(crowd(entity, 3))
    one, two, three = batch_of(poll, 3)
    again = Cast(one.elector, one.person, ["for"], uuid4(), SOON)
    answers = cast_ballots([one, again, two, one, three])
    said = [answer.code if isinstance(answer, Refused) else answer.number for answer in answers]
    assert said == [1, "already_voted", 2, 1, 3]


def test_ten_or_two_hundred_ballots_take_as_many_statements(entity: LegalEntity) -> None:
    counts = []
    for size in (10, 200):
        poll = opened(crowd(entity, size, start=1000 * size))
        batch = batch_of(poll, size)
        with CaptureQueriesContext(connection) as queries:
            assert not any(isinstance(answer, Refused) for answer in cast_ballots(batch))
        counts.append(len(queries))
    # SQLite cuts an insertion of 200 rows in two: that of the ballots, that of the entries.
    assert counts[0] <= counts[1] <= counts[0] + 2 <= 11


def test_the_database_refuses_two_ballots_of_one_line(poll: Poll, alice: Person) -> None:
    ballot = cast(poll, alice, "for")
    ballot.pk, ballot.number, ballot.key = None, 2, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        ballot.save()


moves = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 5),
        st.sampled_from(["for", "against", "abstain", "blank", "nothing"]),
        st.integers(-3, 3),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves, cut=st.integers(1, 4))
def test_whatever_is_cast_the_count_equals_what_was_acknowledged(
    entity: LegalEntity, moves: list[tuple[int, int, str, int]], cut: int
) -> None:
    with transaction.atomic():
        poll = opened(crowd(entity, 4), closes_at=SOON)
        electors, keys = list(poll.electors.select_related("titular")), [uuid4() for _ in range(6)]
        batch = [
            Cast(electors[who], electors[who].titular, [said], keys[key], SOON + timedelta(seconds=when))
            for who, key, said, when in moves
        ]
        acknowledged: dict[int, Ballot] = {}
        for start in range(0, len(batch), cut):
            answers = cast_ballots(batch[start : start + cut])
            acknowledged |= {answer.elector_id: answer for answer in answers if isinstance(answer, Ballot)}
        result = count_poll(poll=poll, at=SOON + timedelta(minutes=1))
        poll.refresh_from_db()
        assert result.outcome["received"] == poll.ballots_cast == len(acknowledged) == poll.ballots.count()
        assert [ballot.number for ballot in poll.ballots.all()] == list(range(1, len(acknowledged) + 1))
        assert sum(result.outcome["votes"].values()) == len(acknowledged)
        assert poll.electors.filter(has_voted_at__isnull=False).count() == len(acknowledged)
        transaction.set_rollback(True)
