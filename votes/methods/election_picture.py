"""The result of an election as its pages draw it: the seats with their rule, the ties, the votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from votes.methods.base import Picture
from votes.methods.election_words import HeldLine
from votes.models import Option, Poll
from votes.wording import figure, share_text


@dataclass(frozen=True)
class SeatWon:
    """A seat: who has it, with how many votes, and the rule that gave it."""

    name: str
    url: str
    votes: str
    by: str
    until: str = ""


@dataclass(frozen=True)
class TieLeft:
    """Candidates with as many votes for fewer seats, whom no declared rule settles."""

    names: list[str]
    words: str


@dataclass(frozen=True)
class VotesLine:
    """The votes of one candidate, its bar, and what became of it."""

    label: str
    url: str
    count: int
    share: str
    share_text: str
    fate: str
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class ElectionPicture(Picture):
    """Who is elected and by which rule, what is left, the votes."""

    seats: list[SeatWon]
    seat_count: int
    ties: list[TieLeft]
    limits: list[HeldLine]
    parity: list[HeldLine]
    vacant: int
    second_round: list[str]
    second_round_seats: int
    rows: list[VotesLine]
    cast: int
    seed: str
    commitment: str
    was_drawn: bool
    has_drawn_terms: bool

    @property
    def held(self) -> list[HeldLine]:
        """The limits, then the parity."""
        return [*self.limits, *self.parity]


def votes_words(count: int) -> str:
    """« 41 voix »."""
    return ngettext("%(count)s voix", "%(count)s voix", count) % {"count": count}


def seats_of(options: Mapping[str, Option], outcome: Mapping[str, Any]) -> list[SeatWon]:
    """The seats won, from the most votes."""
    by = {
        "votes": _("par les voix"),
        "limits": _("par les voix, dans les limites des groupes"),
        "age": _("à égalité, au bénéfice de l’âge"),
        "draw": _("à égalité, par le tirage public"),
    }
    return [
        SeatWon(
            options[one["candidate"]].label,
            options[one["candidate"]].url,
            votes_words(one["votes"]),
            by[one["by"]],
            until_words(outcome, one["candidate"]),
        )
        for one in outcome["elected"]
    ]


def until_words(outcome: Mapping[str, Any], key: str) -> str:
    """« jusqu’à l’assemblée de 2027 », where the draw said who leaves first."""
    terms = outcome.get("terms") or {}
    return _("jusqu’à l’assemblée de %(year)s") % {"year": terms[key]} if key in terms else ""


def ties_of(options: Mapping[str, Option], outcome: Mapping[str, Any]) -> list[TieLeft]:
    """The ties that remain, in words."""
    return [
        TieLeft([options[key].label for key in tie["candidates"]], tie_words(tie)) for tie in outcome["ties"]
    ]


def tie_words(tie: Mapping[str, Any]) -> str:
    """What is tied, and what will settle it."""
    words = {"count": len(tie["candidates"]), "votes": tie["votes"], "seats": tie["seats"]}
    said = (
        ngettext(
            "%(count)s candidatures à %(votes)s voix pour %(seats)s siège.",
            "%(count)s candidatures à %(votes)s voix pour %(seats)s sièges.",
            tie["seats"],
        )
        % words
    )
    ends = (
        _("Un second tour les départagera.")
        if tie["second_round"]
        else _("Aucune règle déclarée ne les départage.")
    )
    return f"{said} {ends}"


def fates_of(poll: Poll, options: Mapping[str, Option], outcome: Mapping[str, Any]) -> dict[str, str]:
    """What became of each candidate, in a few words."""
    fates = dict.fromkeys(options, _("Sans siège"))
    again = (outcome["second_round"] or {}).get("candidates", [])
    fates |= dict.fromkeys(again, _("Peut se présenter au second tour"))
    for one in outcome["passed_over"]:
        fates[one["candidate"]] = over_words(poll, one)
    for tie in outcome["ties"]:
        fates |= dict.fromkeys(tie["candidates"], _("À égalité"))
    fates |= dict.fromkeys(outcome["withdrew"], _("Candidature retirée"))
    return fates | dict.fromkeys(outcome["winners"], _("Siège obtenu"))


def over_words(poll: Poll, one: Mapping[str, Any]) -> str:
    """Why a candidate with enough votes has no seat."""
    names = {
        f"{each['kind']}:{each['group']}": each.get("words") or each["group"]
        for each in poll.setup.get("limits") or []
    }
    full = ", ".join(names.get(key, key) for key in one["full"])
    reserved = ", ".join(names.get(key, key) for key in one["reserved"])
    if full:
        return _("Sans siège : %(group)s a tous les siens") % {"group": full}
    if reserved:
        return _("Sans siège : réservé à %(group)s") % {"group": reserved}
    return _("Sans siège : les limites l’empêchent")


def lines_of(
    options: Mapping[str, Option], outcome: Mapping[str, Any], fates: Mapping[str, str]
) -> list[VotesLine]:
    """Every candidate, from the most votes; equal votes keep the order of the ballot."""
    votes, cast = outcome["votes"], outcome["cast"] or 1
    return [
        VotesLine(
            label=options[key].label,
            url=options[key].url,
            count=votes[key],
            share=figure(Fraction(votes[key], cast)),
            share_text=share_text(Fraction(votes[key], cast)),
            fate=fates[key],
            is_first=key in outcome["winners"],
        )
        for key in sorted(votes, key=lambda key: (-votes[key], int(key)))
    ]
