"""Approval: each ballot approves any of the options, up to a declared number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from realtime.refused import Refused
from votes.methods.base import BLANK, Asked, Choice, Method, Picture, check_said, options_of
from votes.models import Poll
from votes.wording import figure, share_text


@dataclass(frozen=True)
class Row:
    """One answer of an approval: its words, its approvals, its share of the ballots cast, those of guests apart."""

    value: str
    label: str
    url: str
    count: int
    share: str
    share_text: str
    guests: int
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class ApprovalPicture(Picture):
    """The answers, the most approved first."""

    rows: list[Row]


class Approval(Method):
    """Distinct options, at most `max_choices`, or blank alone."""

    name = "approval"

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Raises `Refused`: `choice_missing`, `unknown_choice`, `choice_twice`, `blank_stands_alone`, `too_many_choices`."""
        blank = [BLANK] if asked.allows_blank else []
        check_said(choices, [*(str(position) for position in range(1, options + 1)), *blank])
        if BLANK in choices and len(choices) > 1:
            raise Refused("blank_stands_alone")
        if asked.max_choices is not None and len(choices) > asked.max_choices:
            raise Refused("too_many_choices", most=asked.max_choices)

    def toggled(self, earlier: Collection[str], choice: str, asked: Asked) -> list[str]:
        """One answer more or less; a single choice replaces the one before."""
        if asked.max_choices == 1 or choice == BLANK:
            return [choice]
        kept = set(earlier) - {BLANK}
        after = kept - {choice} if choice in kept else kept | {choice}
        return self.canonical(after) or ([BLANK] if asked.allows_blank else [])

    def choices(self, poll: Poll) -> list[Choice]:
        """The options, then blank."""
        asked = [Choice(str(each.position), each.label, "check", each.url) for each in options_of(poll)]
        return asked + ([Choice(BLANK, _("Vote blanc"), "blank")] if poll.allows_blank else [])

    def rule(self, poll: Poll) -> str:
        """How many, and who comes first."""
        if poll.max_choices is None:
            return _("Approuvez autant de réponses que vous voulez : la plus approuvée arrive en tête.")
        most = {"most": poll.max_choices}
        return _("Approuvez jusqu’à %(most)s réponses : la plus approuvée arrive en tête.") % most

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The answers from the most approved; those equal stay together."""
        rows = rows_of(self.choices(poll), outcome)
        first = [row.label for row in rows if row.is_first]
        words = _("Aucune réponse approuvée")
        if len(first) == 1:
            words = _("En tête : %(answer)s") % {"answer": first[0]}
        elif first:
            words = _("À égalité en tête : %(answers)s") % {"answers": ", ".join(first)}
        return ApprovalPicture(
            method=self.name,
            is_adopted=len(first) == 1,
            is_tied=len(first) > 1,
            verdict=words,
            total=rows[0].share if rows else "0",
            total_text=rows[0].share_text if rows and first else "",
            total_words=_("des bulletins exprimés l’approuvent."),
            heading=_("Les réponses, de la plus approuvée à la moins approuvée"),
            votes={"blank": outcome["blank"], "spoilt": outcome["spoilt"]},
            rows=rows,
            **common,
        )


def rows_of(choices: Sequence[Choice], outcome: Mapping[str, Any]) -> list[Row]:
    """One row per answer, in the order of the result; equal counts keep the order of the ballot."""
    asked = {choice.value: choice for choice in choices}
    cast, counts = outcome["cast"], outcome["approvals"]
    order = sorted(counts, key=lambda value: (-counts[value], int(value)))
    shares = {value: Fraction(counts[value], cast) if cast else Fraction(0) for value in order}
    return [
        Row(
            value=value,
            label=asked[value].label,
            url=asked[value].url,
            count=counts[value],
            share=figure(shares[value]),
            share_text=share_text(shares[value]),
            guests=outcome["guests"].get(value, 0),
            is_first=value in outcome["winners"],
        )
        for value in order
    ]
