"""Instant-runoff: options ranked, the one with the fewest votes put aside round after round."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from votes.methods.base import Picture, options_of
from votes.methods.rankings import Ranked, common_of, joined, labels_by_value, verdict_of
from votes.methods.rounds import Bar, Line, RoundsPicture, Turn, in_order, widths
from votes.models import Poll
from votes.wording import share_text


@dataclass(frozen=True, kw_only=True)
class IrvPicture(RoundsPicture):
    """The rounds that no tie avoids."""


class Irv(Ranked):
    """Equal ranks are allowed: such a ballot waits until one of them remains."""

    name = "irv"

    def rule(self, poll: Poll) -> str:
        """How one ranks, and who comes first."""
        return _(
            "Classez les options par ordre de préférence : à chaque tour, celle qui a le moins de voix est écartée et ses "
            "bulletins passent au choix suivant. Celle qui reste arrive en tête ; celles que vous laissez sans rang sont dernières."
        )

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The rounds; the share of the last one when somebody is in front."""
        words = labels_by_value(poll)
        first = sorted(outcome["winners"], key=int)
        turns = turns_of(outcome, words)
        return IrvPicture(
            method=self.name,
            is_adopted=len(first) == 1,
            is_tied=len(first) > 1,
            verdict=verdict_of([words[value] for value in first]),
            total_text=last_share(outcome) if len(first) == 1 else "",
            total_words=_("des voix du dernier tour."),
            heading=_("Le dépouillement, tour par tour"),
            turns=turns,
            lines=lines_of(poll, outcome),
            **common_of(poll, outcome, common),
        )


def turns_of(outcome: Mapping[str, Any], words: Mapping[str, str]) -> list[Turn]:
    """The rounds, each with what it added to the one before."""
    rounds = outcome["rounds"]
    most = Fraction(max((max(each["votes"].values(), default=0) for each in rounds), default=0))
    before: dict[str, Fraction] = {}
    found = []
    for number, each in enumerate(rounds, start=1):
        votes = in_order({key: Fraction(count) for key, count in each["votes"].items()}, list(words))
        bars = [
            Bar(
                words[key],
                str(each["votes"][key]),
                kept,
                gained,
                *state_of(key, each, outcome, number == len(rounds)),
            )
            for key, kept, gained in widths(before, votes, most)
        ]
        found.append(Turn(number, sentence_of(each, words), bars, notes_of(each)))
        before = votes
    return found


def state_of(key: str, turn: Mapping[str, Any], outcome: Mapping[str, Any], is_last: bool) -> tuple[str, str]:
    """What becomes of an option in a round, as a state and in a word."""
    if key in turn["eliminated"]:
        return "out", _("écartée")
    if is_last and key in outcome["winners"]:
        return ("first", _("en tête")) if len(outcome["winners"]) == 1 else ("tied", _("à égalité"))
    return ("tied", _("à égalité")) if key in turn["tied"] else ("", "")


def sentence_of(turn: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """What a round does, in a sentence."""
    gone, tied = ([words[key] for key in sorted(turn[name], key=int)] for name in ("eliminated", "tied"))
    if tied:
        return _("Égalité au plus petit nombre de voix : %(options)s.") % {"options": joined(tied)}
    if not gone:
        return _("Plus rien à départager.")
    message = ngettext(
        "Le moins de voix, écartée : %(options)s.",
        "Le moins de voix, écartées ensemble : %(options)s.",
        len(gone),
    )
    return message % {"options": joined(gone)}


def notes_of(turn: Mapping[str, Any]) -> list[str]:
    """The ballots that count for nobody in this round."""
    notes = []
    if turn["waiting"]:
        notes.append(_("En attente, à égalité : %(count)s") % {"count": turn["waiting"]})
    if turn["exhausted"]:
        notes.append(_("Épuisés : %(count)s") % {"count": turn["exhausted"]})
    return notes


def lines_of(poll: Poll, outcome: Mapping[str, Any]) -> list[Line]:
    """The table: one line per option, in the order of the result."""
    options = {str(each.position): each for each in options_of(poll)}
    rounds = outcome["rounds"]
    order = [value for group in outcome["ranking"] for value in sorted(group, key=int)]
    return [
        Line(
            label=options[value].label,
            url=options[value].url,
            cells=[str(each["votes"].get(value, "")) for each in rounds],
            fate=fate_of(value, outcome),
            is_first=value in outcome["winners"],
        )
        for value in order
    ]


def fate_of(value: str, outcome: Mapping[str, Any]) -> str:
    """What became of an option, in a few words."""
    if value in outcome["winners"]:
        return _("En tête") if len(outcome["winners"]) == 1 else _("En tête, à égalité")
    for number, each in enumerate(outcome["rounds"], start=1):
        if value in each["eliminated"]:
            return _("Écartée au tour %(number)s") % {"number": number}
    return _("Écartée")


def last_share(outcome: Mapping[str, Any]) -> str:
    """The share of the winner among the votes of the last round."""
    votes = outcome["rounds"][-1]["votes"]
    whole = sum(votes.values())
    return share_text(Fraction(votes[outcome["winners"][0]], whole)) if whole else ""
