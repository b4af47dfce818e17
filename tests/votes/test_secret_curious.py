"""The curious operator, after the count of a secret vote, looks for what leads from a ballot to a person. Nothing does."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from cooperation.models import LegalEntity, Person
from realtime.acts import digest_of
from realtime.models import Act, LoggedEvent
from tests.votes import curious
from tests.votes.conftest import crowd, line_of
from tests.votes.secret_scene import count, opened_secret, send_secret
from tests.votes.test_secret_pages import review
from votes.entries import canonical, digest
from votes.models import (
    CountedBallot,
    CountedCode,
    Elector,
    EmptiedBox,
    Entry,
    Poll,
    Result,
    SecretBallot,
    Step,
)
from votes.secrecy import new_code

pytestmark = pytest.mark.django_db(transaction=True)

HALL = 32
ALIKE = 0.65  # five standard deviations of Kendall's tau between shuffled orders of 32 things


@dataclass
class Voted:
    """A counted vote in which each voter approved one option no other did; who, the code and the choice in voting order."""

    poll: Poll
    lines: list[Elector]
    codes: list[str]
    choices: list[str]

    @property
    def names(self) -> list[str]:
        """Who voted, in that order."""
        return [line.label for line in self.lines]


@pytest.fixture
def ballot_box(entity: LegalEntity) -> Voted:
    """Everybody voted, in an order of its own; the poll is open."""
    options = [(f"Option {place}", "") for place in range(1, HALL + 1)]
    poll = opened_secret(crowd(entity, HALL), method="approval", options=options, max_choices=1)
    lines = list(poll.electors.select_related("titular").order_by("label"))
    voted = Voted(poll, lines, [new_code() for _ in lines], [str(place) for place in range(1, HALL + 1)])
    for line, code, choice in zip(lines, voted.codes, voted.choices, strict=True):
        assert line.titular is not None
        send_secret(poll, line.titular, choice, code=code)
    return voted


@pytest.fixture
def voted(ballot_box: Voted) -> Voted:
    """The same, closed and counted."""
    count(ballot_box.poll)
    return ballot_box


def said(model: type[CountedBallot] | type[SecretBallot]) -> list[str]:
    """The choices in the order in which the ballots lie in their table."""
    return ["".join(filter(str.isdigit, value)) for value in curious.physical(model, "choices")]


def test_while_the_vote_is_open_the_operator_could_still_tell_which_is_why_the_page_says_so(
    ballot_box: Voted,
) -> None:
    assert curious.likeness(said(SecretBallot), ballot_box.choices) == 1
    if curious.on_postgresql():
        assert set(curious.writers(SecretBallot)) <= set(curious.writers(Elector))


def test_the_order_of_the_rows_says_nothing(voted: Voted) -> None:
    by_id = [choices[0] for choices in CountedBallot.objects.order_by("pk").values_list("choices", flat=True)]
    codes_by_id = list(CountedCode.objects.order_by("pk").values_list("code", flat=True))
    for order in (said(CountedBallot), by_id):
        assert abs(curious.likeness(order, voted.choices)) < ALIKE
    for order in (curious.physical(CountedCode, "code"), codes_by_id):
        assert abs(curious.likeness(order, voted.codes)) < ALIKE


def test_the_two_lists_are_shuffled_apart(voted: Voted) -> None:
    choice_of = dict(zip(voted.codes, voted.choices, strict=True))
    in_codes = [choice_of[code] for code in curious.physical(CountedCode, "code")]
    assert abs(curious.likeness(in_codes, said(CountedBallot))) < ALIKE


def test_one_transaction_wrote_all_that_is_left_and_it_wrote_nothing_of_the_roll(voted: Voted) -> None:
    if curious.on_postgresql():
        (ballots,), (codes,) = set(curious.writers(CountedBallot)), set(curious.writers(CountedCode))
        assert ballots == codes
        assert not {ballots} & {*curious.writers(Elector), *curious.writers(Act), *curious.writers(Person)}
    assert not SecretBallot.objects.exists()


def test_no_id_no_key_and_no_instant_is_on_both_sides(voted: Voted) -> None:
    left = [*CountedBallot.objects.values_list("pk"), *CountedCode.objects.values_list("pk", "code")]
    ours = {str(value) for row in left for value in row}
    assert all(UUID(str(pk)).version == 4 for pk, *_ in left)
    known = [*Elector.objects.values_list(), *Act.objects.values_list(), *LoggedEvent.objects.values_list()]
    known += [*Step.objects.values_list(), *Result.objects.values_list("pk", "poll", "engine", "counted_at")]
    assert not ours & {str(value) for row in known for value in row}
    fields = {field.name for model in (CountedBallot, CountedCode) for field in model._meta.get_fields()}
    assert fields == {"id", "poll", "college", "choices", "code"}


def test_the_chain_is_written_at_the_opening_and_at_the_count_and_never_by_who_votes(voted: Voted) -> None:
    opening, last = Step.objects.order_by("number")
    assert not Entry.objects.exists()
    hours = [line.has_voted_at for line in Elector.objects.filter(poll=voted.poll) if line.has_voted_at]
    assert opening.at < min(hours) <= max(hours) < last.at
    if curious.on_postgresql():
        assert not set(curious.writers(Step)) & set(curious.writers(Elector))


def test_a_step_says_the_same_whoever_voted_what_and_when(voted: Voted) -> None:
    """Its hashes are those of texts in the order of the alphabet, of marks in the order of the roll, and of the outcome."""
    content = Step.objects.get(kind="result").content
    ballots = sorted(({"college": "", "choices": [choice]} for choice in voted.choices), key=canonical)
    assert content["lists"] == {"codes": digest(sorted(voted.codes)), "ballots": digest(ballots)}
    assert content["voted"] == digest([True] * HALL)
    told = str(list(Step.objects.values_list("content", "head", "signature")))
    for word in (*voted.codes, *voted.names):
        assert word not in told


def test_the_answers_kept_are_the_same_whatever_was_voted(voted: Voted) -> None:
    for act, line in zip(Act.objects.order_by("pk"), voted.lines, strict=True):
        url = f"/votes/{voted.poll.pk}/recu-secret/{line.pk}/"
        assert act.answer == {"poll": voted.poll.pk, "received": True, "url": url}


def contents(voted: Voted, line: Elector) -> Iterator[dict[str, Any]]:
    """Every content an act could have had: each choice, each code, in every shape one can think of."""
    for choices in [[choice] for choice in [*voted.choices, "blank"]]:
        yield {"choices": choices}
        for code in voted.codes:
            for more in ({}, {"elector": line.pk}):
                data = {"poll": voted.poll.pk, "choices": choices, "code": code, **more}
                yield {"for": None, "data": data}
                yield data


def test_no_digest_of_an_act_gives_way_to_trying_every_ballot(voted: Voted) -> None:
    for act, line in list(zip(Act.objects.order_by("pk"), voted.lines, strict=True))[:4]:
        assert all(digest_of("ballot.cast", content) != act.digest for content in contents(voted, line))
        assert digest_of("ballot.cast", {"for": None, "data": {"poll": voted.poll.pk}}) == act.digest


def test_a_dump_has_no_line_with_a_person_and_a_ballot(voted: Voted) -> None:
    people = {str(line.titular_id) for line in voted.lines}
    for table, row in curious.rows():
        held = [code for code in voted.codes if code in row]
        assert not held or (table == "votes_countedcode" and len(held) == 1)
        cast = any(f'["{choice}"]' in row or f"['{choice}']" in row for choice in voted.choices)
        assert not cast or table == "votes_countedballot"
        if table in ("votes_countedballot", "votes_countedcode"):
            assert not any(name in row for name in voted.names)
            assert not people & set(row.split()) - {str(voted.poll.pk)}


def test_the_files_of_the_database_hold_each_code_in_the_published_list_only(voted: Voted) -> None:
    assert EmptiedBox.objects.get().is_wiped
    files = curious.files()
    if curious.on_postgresql():
        assert files[curious.file_of(SecretBallot)] == b""
        holders = {
            name for name, content in files.items() for code in voted.codes if code.encode() in content
        }
        assert len(holders) == 2  # the list of codes, and its index
        assert curious.file_of(CountedCode) in holders
    else:
        whole = b"".join(files.values())
        # Once in the list of codes, once in its index; the mark that all is wiped is written in the journal.
        assert {whole.count(code.encode()) for code in voted.codes} == {2}


def test_no_page_of_a_file_holds_a_code_beside_a_choice_or_a_person(voted: Voted) -> None:
    emails = [line.titular.email.encode() for line in voted.lines if line.titular and line.titular.email]
    for page in curious.pages():
        if any(code.encode() in page for code in voted.codes):
            assert not any(f'["{choice}"]'.encode() in page for choice in voted.choices)
            assert not any(email in page for email in emails)


def test_no_line_of_the_log_no_fact_and_no_session_tells_a_ballot(
    alice: Person, room_clients: dict[str, Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    poll, bob = opened_secret([line_of(alice)]), room_clients["alice"]
    sent = review(bob, poll, "against")
    bob.post(f"/votes/{poll.pk}/voter/", sent)
    count(poll)
    sessions = [session.get_decoded() for session in Session.objects.all()]
    told = caplog.text + str(sessions) + str(list(LoggedEvent.objects.values()))
    assert sent["code"] not in told
    assert "against" not in told
