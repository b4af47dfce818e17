"""A secret ballot: the roll is signed, the box gets a ballot of nobody's, and the count publishes two lists."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from realtime.models import Act, LoggedEvent
from realtime.refused import Refused
from tests.votes.conftest import cast, crowd, line_of
from tests.votes.secret_scene import cast_all, count, opened_secret, send_secret
from votes.models import Ballot, CountedBallot, CountedCode, EmptiedBox, Poll, Result, SecretBallot
from votes.secrecy import new_code
from votes.services import cast_secret, close_poll, count_poll, published_lists
from votes.services.secret import empty_box


@pytest.fixture
def secret(alice: Person, bob: Person) -> Poll:
    """An open secret resolution; Alice and Bob are on the roll."""
    return opened_secret([line_of(alice), line_of(bob)])


def refusal(poll: Poll, person: Person, said: str = "for", **fields: Any) -> str:
    """The code by which this ballot is refused; the box is as it was."""
    before = list(SecretBallot.objects.order_by("pk").values())
    with pytest.raises(Refused) as refused:
        send_secret(poll, person, said, **fields)
    assert list(SecretBallot.objects.order_by("pk").values()) == before
    return refused.value.code


def test_a_ballot_signs_the_roll_and_falls_into_the_box(secret: Poll, alice: Person) -> None:
    code = new_code()
    send_secret(secret, alice, "against", code=code)
    secret.refresh_from_db()
    ballot = SecretBallot.objects.get()
    assert (ballot.choices, ballot.code, ballot.college) == (["against"], code, "")
    assert secret.electors.get(titular=alice).has_voted
    assert secret.ballots_cast == 1
    assert not Ballot.objects.exists()


def test_the_box_knows_neither_who_nor_when_nor_in_which_order() -> None:
    fields = {field.name for field in SecretBallot._meta.get_fields()}
    assert fields == {"id", "poll", "college", "choices", "code"}
    assert SecretBallot._meta.get_field("id").get_internal_type() == "UUIDField"


def test_the_answer_kept_says_received_and_nothing_else(secret: Poll, alice: Person) -> None:
    answer = send_secret(secret, alice)
    line = secret.electors.get(titular=alice)
    url = f"/votes/{secret.pk}/recu-secret/{line.pk}/"
    assert answer == {"poll": secret.pk, "received": True, "url": url} == Act.objects.get().answer


def test_the_same_key_is_answered_the_same_whatever_it_says_and_the_first_counts(
    secret: Poll, alice: Person
) -> None:
    key = uuid4()
    first = send_secret(secret, alice, "for", key=key)
    assert send_secret(secret, alice, "against", key=key) == first
    Act.objects.all().delete()
    assert send_secret(secret, alice, "against", key=key) == first
    assert SecretBallot.objects.get().choices == ["for"]


def test_the_same_key_is_answered_the_same_after_the_count(secret: Poll, alice: Person) -> None:
    key = uuid4()
    first = send_secret(secret, alice, key=key)
    count(secret)
    Act.objects.all().delete()
    assert send_secret(secret, alice, key=key) == first
    assert CountedBallot.objects.count() == 1


def test_a_second_ballot_is_refused_also_from_the_substitute(alice: Person, bob: Person) -> None:
    secret = opened_secret([line_of(alice, substitute_id=bob.pk)])
    send_secret(secret, alice)
    assert refusal(secret, alice, "against") == "already_voted"
    assert refusal(secret, bob) == "already_voted"


def test_a_code_already_in_the_box_is_refused(secret: Poll, alice: Person, bob: Person) -> None:
    code = new_code()
    send_secret(secret, alice, code=code)
    assert refusal(secret, bob, code=code) == "code_taken"


@pytest.mark.parametrize(("said", "code"), [("maybe", "unknown_choice"), ("1", "unknown_choice")])
def test_a_ballot_is_judged_by_its_method(secret: Poll, alice: Person, said: str, code: str) -> None:
    assert refusal(secret, alice, said) == code
    assert not secret.electors.get(titular=alice).has_voted


def test_a_stranger_casts_nothing(secret: Poll, alice: Person, charlie: Person) -> None:
    line = secret.electors.get(titular=alice)
    assert refusal(secret, charlie) == "not_found"
    with pytest.raises(Refused, match="not_an_elector"):
        cast_secret(
            elector=line, person=charlie, choices=["for"], code=new_code(), key=uuid4(), at=timezone.now()
        )


def test_a_secret_poll_takes_no_named_ballot_and_a_named_poll_no_code(
    secret: Poll, live_poll: Poll, alice: Person
) -> None:
    with pytest.raises(Refused, match="code_missing"):
        cast(secret, alice, "for", at=timezone.now())
    assert refusal(live_poll, alice) == "code_unasked"


def test_after_the_close_and_after_the_count_nothing_enters(secret: Poll, alice: Person, bob: Person) -> None:
    send_secret(secret, alice)
    closed = close_poll(poll=secret, at=timezone.now())
    assert refusal(secret, bob) == "poll_closed"
    count_poll(poll=closed, at=timezone.now())
    assert refusal(secret, bob) == "poll_closed"


def test_a_ballot_that_waited_for_the_close_is_in_time_until_the_box_is_emptied(
    secret: Poll, alice: Person, bob: Person
) -> None:
    at = timezone.now() - timedelta(seconds=1)
    close_poll(poll=secret, at=timezone.now())
    said = {"choices": ["for"], "code": new_code(), "at": at}
    cast_secret(elector=secret.electors.get(titular=alice), person=alice, key=uuid4(), **said)
    empty_box(poll=secret, at=timezone.now())
    with pytest.raises(Refused, match="poll_closed"):
        cast_secret(elector=secret.electors.get(titular=bob), person=bob, key=uuid4(), **said)


def test_the_count_publishes_two_lists_and_empties_the_box(entity: LegalEntity) -> None:
    poll = opened_secret(crowd(entity, 20))
    known = cast_all(poll, "ffffffffffaaaaassssb")
    result = count(poll)
    lists = published_lists(poll)
    assert sorted(lists["codes"]) == sorted(code for code, _said in known.values())
    assert Counter(said for ballot in lists["ballots"] for said in ballot["choices"]) == {
        "for": 10,
        "against": 5,
        "abstain": 4,
        "blank": 1,
    }
    assert (result.outcome["received"], result.outcome["adopted"]) == (20, True)
    assert not SecretBallot.objects.exists()


def test_counting_again_changes_nothing(secret: Poll, alice: Person) -> None:
    send_secret(secret, alice)
    first = count(secret)
    assert count_poll(poll=secret, at=timezone.now()) == first
    assert (CountedCode.objects.count(), CountedBallot.objects.count()) == (1, 1)


def test_before_the_close_nothing_is_published_and_the_box_stays(secret: Poll, alice: Person) -> None:
    send_secret(secret, alice)
    with pytest.raises(Refused, match="poll_still_open"):
        count_poll(poll=secret, at=timezone.now())
    assert published_lists(secret) == {"codes": [], "ballots": []}
    assert SecretBallot.objects.count() == 1


def test_a_vote_weighed_by_colleges_is_counted_by_the_college_of_each_ballot(
    by_colleges: Callable[..., Poll],
) -> None:
    poll = by_colleges(4, 3, 2, secrecy="secret", at=timezone.now() - timedelta(minutes=5))
    cast_all(poll, "fffafaaff")
    result = count(poll)
    # 3/4 × 2/5 + 1/3 × 3/10 + 1 × 3/10 = 7/10
    assert (result.outcome["for"], result.outcome["adopted"]) == ("7/10", True)
    assert Counter(ballot["college"] for ballot in published_lists(poll)["ballots"]) == {
        "A": 4,
        "B": 3,
        "C": 2,
    }


def test_a_vote_by_heads_keeps_no_college(alice: Person) -> None:
    poll = opened_secret([line_of(alice, college="A")])
    send_secret(poll, alice)
    assert SecretBallot.objects.get().college == ""


def test_a_count_the_law_refuses_still_leaves_nothing_that_leads_to_anyone(
    by_colleges: Callable[..., Poll], django_capture_on_commit_callbacks: Any
) -> None:
    poll = by_colleges(2, 2, 2, secrecy="secret", at=timezone.now() - timedelta(minutes=5))
    cast_all(poll, "ff")
    Poll.objects.filter(pk=poll.pk).update(
        rules=poll.rules | {"silent_college": "empty", "empty_college": "proportional"}
    )
    poll.refresh_from_db()
    with pytest.raises(Refused):
        count(poll)
    assert not Result.objects.exists()
    assert not SecretBallot.objects.exists()
    assert CountedBallot.objects.count() == 2


def test_a_box_left_by_a_crash_is_emptied_once_by_whoever_comes_next(secret: Poll, alice: Person) -> None:
    send_secret(secret, alice)
    close_poll(poll=secret, at=timezone.now())
    empty_box(poll=secret, at=timezone.now())
    empty_box(poll=secret, at=timezone.now())
    assert EmptiedBox.objects.get().poll == secret
    assert count_poll(poll=secret, at=timezone.now()).outcome["received"] == 1


def test_a_secret_ballot_tells_no_fact(secret: Poll, alice: Person) -> None:
    before = LoggedEvent.objects.count()
    send_secret(secret, alice)
    assert LoggedEvent.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_timer_empties_the_boxes_nobody_has_read_and_leaves_the_open_ones(alice: Person) -> None:
    over = opened_secret([line_of(alice)], closes_at=timezone.now() + timedelta(hours=1))
    still = opened_secret([line_of(alice)])
    for poll in (over, still):
        send_secret(poll, alice)
    Poll.objects.filter(pk=over.pk).update(closes_at=timezone.now())
    for _ in range(2):
        call_command("empty_boxes")
    assert EmptiedBox.objects.get().poll == over
    assert EmptiedBox.objects.get().is_wiped
    assert SecretBallot.objects.get().poll == still
    assert count_poll(poll=over, at=timezone.now()).outcome["received"] == 1
