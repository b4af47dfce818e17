"""Schulze: options ranked, compared two by two; the picture is the table of duels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from votes.methods.base import Picture, options_of
from votes.methods.rankings import Ranked, common_of, verdict_of
from votes.models import Poll
from votes.wording import figure

TONES = ((Fraction(3, 5), 1), (Fraction(7, 10), 2), (Fraction(17, 20), 3))
"""A duel won by at most this share of those who tell the two apart has this hatch; beyond, the fourth."""


@dataclass(frozen=True)
class Duel:
    """One option against another: the ballots on its side and on the other, the strength of its strongest path."""

    rival: str
    count: int
    against: int
    path: int

    @property
    def outcome(self) -> str:
        """`won`, `lost` or `even`."""
        return "won" if self.count > self.against else "lost" if self.count < self.against else "even"

    @property
    def tone(self) -> int:
        """The hatch of a duel won, from 1 (close) to 4 (clear)."""
        share = Fraction(self.count, self.count + self.against)
        return next((tone for most, tone in TONES if share <= most), 4)


@dataclass(frozen=True)
class DuelRow:
    """One option of the result: its rank, its duels in the order of the table (None against itself)."""

    place: int
    number: int
    label: str
    url: str
    is_first: bool
    duels: list[Duel | None]

    @property
    def won(self) -> int:
        """How many duels it wins."""
        return sum(duel is not None and duel.outcome == "won" for duel in self.duels)

    @property
    def share(self) -> str:
        """The share of its duels that it wins, as a width."""
        return figure(Fraction(self.won, len(self.duels) - 1)) if len(self.duels) > 1 else "0"


@dataclass(frozen=True, kw_only=True)
class SchulzePicture(Picture):
    """The options in the order of the result, and the table of their duels.

    `needs_paths` says that duels alone do not tell who is in front: somebody there lost one.
    """

    rows: list[DuelRow]
    needs_paths: bool
    rivals: int
    cast: int


class Schulze(Ranked):
    """Equal ranks are allowed; the winner beats every other, or has the stronger path of duels."""

    name = "schulze"

    def rule(self, poll: Poll) -> str:
        """How one ranks, and who comes first."""
        return _(
            "Classez les options par ordre de préférence, à égalité si vous voulez : on les compare deux à deux, et celle "
            "qui l’emporte sur les autres arrive en tête. Celles que vous laissez sans rang sont dernières."
        )

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The ranking and the duels; options tied keep the order of the ballot."""
        rows = rows_of(poll, outcome)
        first = [row for row in rows if row.is_first]
        alone = first[0] if len(first) == 1 else None
        return SchulzePicture(
            method=self.name,
            is_adopted=alone is not None,
            is_tied=len(first) > 1,
            verdict=verdict_of([row.label for row in first]),
            total_text=_("%(won)s sur %(all)s") % {"won": alone.won, "all": len(rows) - 1} if alone else "",
            total_words=ngettext(
                "duel gagné contre les autres.", "duels gagnés contre les autres.", alone.won
            )
            if alone
            else "",
            heading=_("Le classement, et les duels qui le font"),
            rows=rows,
            rivals=len(rows) - 1,
            needs_paths=any(
                duel is not None and duel.outcome == "lost" for row in first for duel in row.duels
            ),
            cast=outcome["cast"],
            **common_of(poll, outcome, common),
        )


def rows_of(poll: Poll, outcome: Mapping[str, Any]) -> list[DuelRow]:
    """One row per option, in the order of the result."""
    options = {str(each.position): each for each in options_of(poll)}
    groups = [sorted(group, key=int) for group in outcome["ranking"]]
    order = [value for group in groups for value in group]
    places = {value: 1 + sum(map(len, groups[:rank])) for rank, group in enumerate(groups) for value in group}
    labels = {value: options[value].label for value in order}
    return [
        DuelRow(
            place=places[value],
            number=number,
            label=labels[value],
            url=options[value].url,
            is_first=value in outcome["winners"],
            duels=[duel_of(value, rival, labels[rival], outcome) for rival in order],
        )
        for number, value in enumerate(order, start=1)
    ]


def duel_of(value: str, rival: str, label: str, outcome: Mapping[str, Any]) -> Duel | None:
    """One cell of the table; None where an option meets itself."""
    keys: Sequence[str] = outcome["candidates"]
    row, column = keys.index(value), keys.index(rival)
    if row == column:
        return None
    duels, paths = outcome["pairwise"], outcome["strongest_paths"]
    return Duel(label, duels[row][column], duels[column][row], paths[row][column])
