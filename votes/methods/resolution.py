"""A resolution: for, against, abstention (and blank), by heads or weighed by colleges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from cooperation.rules import Base, Pooling
from realtime.refused import Refused
from votes.counting.resolution_rules import ResolutionRules
from votes.methods.base import (
    ABSTAIN,
    AGAINST,
    BLANK,
    FOR,
    Asked,
    Choice,
    Method,
    Picture,
    check_said,
)
from votes.models import Poll
from votes.wording import figure, needed, number_text, share_text

ZERO = Fraction(0)
ICONS = {FOR: "check", AGAINST: "cross", ABSTAIN: "abstention", BLANK: "blank"}


@dataclass(frozen=True)
class Column:
    """One college: its place and size in the picture, its line in the table. Sizes are percentages as text."""

    letter: str
    name: str
    votes: dict[str, int]
    x: str
    weight: str
    share: str
    rest: str
    share_text: str
    start: str
    part: str
    hatch: int
    weight_text: str
    exact_text: str
    part_text: str


@dataclass(frozen=True, kw_only=True)
class ResolutionPicture(Picture):
    """The colleges side by side, then end to end; without colleges, one bar."""

    columns: list[Column]
    bar: list[Column] | list[dict[str, str]]
    label: str

    @property
    def drawn(self) -> list[Column]:
        """The columns that have a width."""
        return [column for column in self.columns if column.weight != "0.00"]


class Resolution(Method):
    """One of for, against, abstain, blank."""

    name = "resolution"
    options_needed = 0

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Raises `Refused`: `choice_missing`, `unknown_choice`, `choice_twice`, `one_choice_only`."""
        check_said(choices, [FOR, AGAINST, ABSTAIN, *([BLANK] if asked.allows_blank else [])])
        if len(choices) > 1:
            raise Refused("one_choice_only")

    def choices(self, poll: Poll) -> list[Choice]:
        """The fixed choices, in the active language."""
        said = {FOR: _("Pour"), AGAINST: _("Contre"), ABSTAIN: _("Je m’abstiens"), BLANK: _("Vote blanc")}
        offered = [FOR, AGAINST, ABSTAIN, *([BLANK] if poll.allows_blank else [])]
        return [Choice(value, said[value], ICONS[value]) for value in offered]

    def rule(self, poll: Poll) -> str:
        """The majority asked and what it is taken of."""
        if not poll.is_formal:
            return _("Pour s’orienter : une personne, une voix, et personne n’est engagé.")
        rules = ResolutionRules.from_json(poll.rules)
        return resolution_rule(rules) % {"needed": needed(rules.majority)}

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """For, against, abstention: by colleges or by heads."""
        reached, threshold = Fraction(outcome["reached"]), Fraction(outcome["needed"])
        by_heads = poll.rules["pooling"] == "none" or outcome["suspended"]
        shown = [] if by_heads else columns_of(outcome)
        total = share_text(reached)
        return ResolutionPicture(
            method=self.name,
            is_adopted=outcome["adopted"],
            is_tied=outcome["votes"]["for"] == outcome["votes"]["against"],
            verdict=verdict(poll, outcome),
            total=figure(reached),
            total_text=total,
            total_words=_("des voix disent pour.") if by_heads else _("des voix pesées disent pour."),
            needed_words=needed_words(outcome, threshold),
            threshold=figure(threshold),
            threshold_text=_("seuil %(share)s") % {"share": share_text(threshold)},
            heading=heading(len(shown)),
            label=label(shown),
            bar_label=_("Parts de « pour » mises bout à bout : %(total)s. Le seuil est à %(threshold)s.")
            % {"total": total, "threshold": share_text(threshold)},
            columns=shown,
            bar=shown or [{"start": "0", "part": figure(reached)}],
            votes=outcome["votes"],
            **common,
        )


def resolution_rule(rules: ResolutionRules) -> str:
    """The sentence of a resolution; `%(needed)s` is the majority."""
    if rules.base is Base.ENTITLED:
        return entitled_rule(rules)
    present = rules.base is Base.PRESENT
    if rules.pooling is Pooling.NONE and present:
        return _(
            "Adoptée si %(needed)s des membres présents ou représentés disent pour. Une abstention pèse donc contre."
        )
    if rules.pooling is Pooling.NONE:
        return _(
            "Adoptée si %(needed)s des suffrages exprimés disent pour. Abstentions et blancs sont comptés à part."
        )
    if rules.pooling is Pooling.PROPORTIONAL and present:
        return _(
            "Adoptée si %(needed)s des voix, pesées par collège, disent pour. Une abstention pèse contre dans son collège."
        )
    if rules.pooling is Pooling.PROPORTIONAL:
        return _(
            "Adoptée si %(needed)s des voix, pesées par collège, disent pour. Abstentions et blancs sont comptés à part."
        )
    if present:
        return _(
            "Adoptée si les collèges où le pour l’emporte pèsent %(needed)s des voix. "
            "Une abstention pèse contre dans son collège."
        )
    return _(
        "Adoptée si les collèges où le pour l’emporte pèsent %(needed)s des voix. "
        "Abstentions et blancs sont comptés à part."
    )


def entitled_rule(rules: ResolutionRules) -> str:
    """The sentence of a resolution whose shares are taken of every member; `%(needed)s` is the majority."""
    if rules.pooling is Pooling.NONE:
        return _("Adoptée si %(needed)s des membres inscrits disent pour. Ne pas voter pèse donc contre.")
    if rules.pooling is Pooling.PROPORTIONAL:
        return _(
            "Adoptée si %(needed)s des voix, pesées par collège, disent pour. "
            "Ne pas voter pèse contre dans son collège."
        )
    return _(
        "Adoptée si les collèges où le pour l’emporte pèsent %(needed)s des voix. "
        "Ne pas voter pèse contre dans son collège."
    )


def verdict(poll: Poll, outcome: Mapping[str, Any]) -> str:
    """The verdict in a word or two; an indicative poll adopts nothing."""
    if poll.is_binding:
        return _("Adoptée") if outcome["adopted"] else _("Rejetée")
    votes = outcome["votes"]
    if votes["for"] == votes["against"]:
        return _("Égalité")
    return _("Plutôt pour") if votes["for"] > votes["against"] else _("Plutôt contre")


def needed_words(outcome: Mapping[str, Any], threshold: Fraction) -> str:
    """What it took: « Il en fallait plus de 50 %. »"""
    share = {"share": share_text(threshold)}
    if outcome["strict"]:
        return _("Il en fallait plus de %(share)s.") % share
    return _("Il en fallait au moins %(share)s.") % share


def heading(colleges: int) -> str:
    """The title above the picture."""
    said = {3: _("Trois"), 4: _("Quatre"), 5: _("Cinq"), 6: _("Six"), 7: _("Sept")}
    if not colleges:
        return _("Une personne, une voix")
    return _("%(count)s collèges, un seul résultat") % {"count": said.get(colleges, str(colleges))}


def columns_of(outcome: Mapping[str, Any]) -> list[Column]:
    """The colleges side by side, then end to end: each part is exact until it is drawn."""
    scale = ZERO
    if Fraction(outcome["for"]):
        scale = Fraction(outcome["reached"]) / Fraction(outcome["for"])
    found, x, start = [], ZERO, ZERO
    for place, line in enumerate(outcome["colleges"], start=1):
        carried, against, void = (Fraction(line[name]) for name in ("for", "against", "void"))
        width = carried + against + void
        column = column_of(place, line, carried, width, (x, start, scale))
        found.append(column)
        x, start = x + width, start + carried * scale
    return found


def column_of(
    place: int,
    line: dict[str, Any],
    carried: Fraction,
    width: Fraction,
    at: tuple[Fraction, Fraction, Fraction],
) -> Column:
    """One college: what it carried of its weight."""
    x, start, scale = at
    share = carried / width if width else ZERO
    return Column(
        letter=line["name"],
        name=line["label"] or line["name"],
        votes=line["votes"],
        x=figure(x),
        weight=figure(width),
        share=figure(share),
        rest=figure(1 - share),
        share_text=number_text(share, 0),
        start=figure(start),
        part=figure(carried * scale),
        hatch=(place - 1) % 7 + 1,
        weight_text=line["weight"] or "",
        exact_text=share_text(share),
        part_text=share_text(carried * scale),
    )


def label(columns: list[Column]) -> str:
    """The picture in one sentence, for who does not see it."""
    if not columns:
        return ""
    parts = ", ".join(f"{column.letter} {column.exact_text}" for column in columns)
    return _(
        "%(count)s collèges côte à côte. Largeur : leur poids. Hauteur remplie : leur part de « pour ». %(parts)s."
    ) % {"count": len(columns), "parts": parts}
