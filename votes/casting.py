"""A set of acts of casting, from the rights to the answers, with a handful of questions whatever their number."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as say
from django.views.decorators.debug import sensitive_variables

from realtime.commands import Answer, Caller
from realtime.refused import Refused
from realtime.topics import find_topic
from votes.calls import choices_said_by
from votes.models import Ballot, Elector, Poll
from votes.proofs import places_of
from votes.services import Cast, SecretCast, cast_ballots, cast_secrets

Asked = tuple[Caller, Mapping[str, Any]]


@dataclass
class Desk:
    """The lines on which the callers of a set may act, by poll and person, and who else may see which poll."""

    lines: dict[tuple[int, int], list[Elector]]
    watchers: Mapping[int, Collection[int | None]]

    def line_of(self, caller: Caller, data: Mapping[str, Any]) -> Elector:
        """The line this ballot is for: the one named, the one of the hat, or the only one of the caller.

        Raises `Refused`: `not_found` where the caller may not see the poll, `not_on_roll`, `not_an_elector`, `which_hat`.
        """
        poll, elector = data["poll"], data.get("elector")
        lines = self.lines.get((poll, caller.person.pk), [])
        if not lines:
            raise Refused("not_on_roll" if caller.person.pk in self.watchers.get(poll, ()) else "not_found")
        if elector is not None:
            lines = [line for line in lines if line.pk == elector]
        elif len(lines) > 1 and caller.hat is not None:
            lines = [line for line in lines if line.membership_id == caller.hat]
        if not lines:
            raise Refused("not_an_elector")
        if len(lines) > 1:
            raise Refused("which_hat")
        return lines[0]


def open_desk(asked: Sequence[Asked]) -> Desk:
    """Ask the rolls and the polls once for all callers; the parents only about those who stand on no roll."""
    people = {caller.person.pk: caller.person for caller, _data in asked}
    polls = Poll.objects.in_bulk({data["poll"] for _caller, data in asked})
    lines: dict[tuple[int, int], list[Elector]] = defaultdict(list)
    for line in Elector.objects.held_by_any(people).filter(poll__in=polls):
        line.poll = polls[line.poll_id]
        for person in people.keys() & set(line.people):
            lines[line.poll_id, person].append(line)
    strangers: dict[int, set[int]] = defaultdict(set)
    for caller, data in asked:
        if (data["poll"], caller.person.pk) not in lines and data["poll"] in polls:
            strangers[data["poll"]].add(caller.person.pk)
    return Desk(lines, {pk: watchers(polls[pk], some) for pk, some in strangers.items()})


def watchers(poll: Poll, people: Iterable[int]) -> set[int | None]:
    """Those of these persons who see a poll whose roll does not name them: those who may follow its parent."""
    found = find_topic(poll.parent)
    return found[0].may_follow_many(found[1], list(people)) if found else set()


@sensitive_variables()
def ballots_cast(asked: Sequence[Asked]) -> list[Answer | Refused]:
    """Cast the ballot of each caller under the act's own key; each answer, or why it was refused, in the order asked."""
    desk = open_desk(asked)
    casts: dict[int, Cast | SecretCast] = {}
    answers: dict[int, Answer | Refused] = {}
    for place, (caller, data) in enumerate(asked):
        try:
            casts[place] = cast_of(caller, data, desk.line_of(caller, data))
        except Refused as refused:
            answers[place] = refused
    answers |= named_answers(asked, {at: one for at, one in casts.items() if isinstance(one, Cast)})
    answers |= secret_answers({at: one for at, one in casts.items() if isinstance(one, SecretCast)})
    return [answers[place] for place in range(len(asked))]


@sensitive_variables()
def cast_of(caller: Caller, data: Mapping[str, Any], line: Elector) -> Cast | SecretCast:
    """The ballot as its service takes it. Raises `Refused`: `key_missing`, `code_missing`, `code_unasked`."""
    if caller.key is None:
        raise Refused("key_missing")
    choices = data.get("choices", [])
    if line.poll.secrecy == Poll.Secrecy.SECRET:
        if "code" not in data:
            raise Refused("code_missing")
        return SecretCast(line, caller.person, choices, data["code"], caller.key, caller.at)
    if "code" in data:
        raise Refused("code_unasked")
    return Cast(line, caller.person, choices, caller.key, caller.at, toggle=data.get("toggle"))


def named_answers(asked: Sequence[Asked], casts: Mapping[int, Cast]) -> dict[int, Answer | Refused]:
    """Cast the named ballots of a set; what each device hears."""
    if not casts:
        return {}
    given = dict(zip(casts, cast_ballots(list(casts.values())), strict=True))
    noted = {
        place: casts[place]
        for place, one in given.items()
        if isinstance(one, Ballot) and is_simply_noted(casts[place].elector.poll)
    }
    said = choices_said_by(
        {cast.person.pk for cast in noted.values()}, {cast.elector.poll.parent for cast in noted.values()}
    )
    answers: dict[int, Answer | Refused] = {}
    places = places_of(one for place, one in given.items() if isinstance(one, Ballot) and place not in noted)
    for place, one in given.items():
        if isinstance(one, Refused):
            answers[place] = one
        elif place in noted:
            mine = said.get((noted[place].person.pk, noted[place].elector.poll.parent), [])
            answers[place] = noted_answer(asked[place][0], noted[place].elector.poll, one, mine)
        else:
            answers[place] = receipt_of(one, places.get(one.pk))
    return answers


def is_simply_noted(poll: Poll) -> bool:
    """Whether an answer may be changed in one gesture, and has no receipt."""
    return poll.allows_change and not poll.is_formal


def receipt_of(ballot: Ballot, place: Answer | None) -> Answer:
    """What the device hears: the number and the instant, its place in the chain, and where the receipt is."""
    return {
        **({} if place is None else {"chain": place}),
        "poll": ballot.poll_id,
        "ballot": ballot.pk,
        "number": ballot.number,
        "received_at": ballot.received_at.isoformat(),
        "url": f"{receipts_of(ballot.poll_id)}{ballot.pk}/",
    }


@lru_cache(100)
def receipts_of(poll: int) -> str:
    """The address under which the receipts of a poll are; asked for each ballot it was a twentieth of its cost."""
    return reverse("votes:ballot-receipt", args=[poll, 0]).removesuffix("0/")


def noted_answer(caller: Caller, poll: Poll, ballot: Ballot, mine: list[str]) -> Answer:
    """What the device hears of a changeable choice: it is noted, and what this person said in the polls beside it."""
    with translation.override(caller.language or translation.get_language()):
        message = say("Votre avis est noté.")
    return {
        "poll": poll.pk,
        "ballot": ballot.pk,
        "number": ballot.number,
        "url": poll.get_absolute_url(),
        "message": message,
        "choices": ballot.choices,
        "mine": {"avis": mine},
    }


@sensitive_variables()
def secret_answers(casts: Mapping[int, SecretCast]) -> dict[int, Answer | Refused]:
    """Cast the secret ballots of a set. The answer is kept beside the person: a ballot was received, nothing else."""
    if not casts:
        return {}
    given = zip(casts, cast_secrets(list(casts.values())), strict=True)
    return {place: one if isinstance(one, Refused) else received(one) for place, one in given}


def received(line: Elector) -> Answer:
    """That a ballot was received for this line."""
    receipt = reverse("votes:secret-receipt", args=[line.poll_id, line.pk])
    return {"poll": line.poll_id, "received": True, "url": receipt}


def one_of(many: Callable[[Sequence[Asked]], Sequence[Answer | Refused]]) -> Callable[..., Answer]:
    """The same act done alone: a set of one. Raises its `Refused`."""

    @sensitive_variables()
    def run(caller: Caller, data: Mapping[str, Any]) -> Answer:
        (answer,) = many([(caller, data)])
        if isinstance(answer, Refused):
            raise answer
        return answer

    return run
