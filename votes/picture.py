"""A counted result as a page shows it: the verdict, the picture of the colleges, the table, the sentences."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.sentences import Sentence, say
from votes.choices import choices_of
from votes.models import Poll, Result
from votes.wording import figure, number_text, share_text

ZERO = Fraction(0)


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


@dataclass(frozen=True)
class Picture:
    """Everything a result page says, in the active language."""

    is_adopted: bool
    is_tied: bool
    verdict: str
    total: str
    total_text: str
    total_words: str
    needed_words: str
    threshold: str
    threshold_text: str
    heading: str
    label: str
    bar_label: str
    columns: list[Column]
    bar: list[Column] | list[dict[str, str]]
    rows: list[Row]
    votes: dict[str, int]
    guests: list[tuple[str, int]]
    sentences: list[str]
    turnout: str
    has_spoilt: bool

    @property
    def drawn(self) -> list[Column]:
        """The columns that have a width."""
        return [column for column in self.columns if column.weight != "0.00"]


def picture_of(poll: Poll, result: Result) -> Picture:
    """The picture of a counted result; reads the options of an approval."""
    outcome = result.outcome
    common = {
        "sentences": [say(Sentence.from_json(item), _) for item in result.derivation],
        "turnout": turnout(outcome),
        "guests": guests(poll, outcome),
    }
    if outcome["method"] == Poll.Method.APPROVAL:
        return approval(poll, outcome, common)
    return resolution(poll, outcome, common)


def resolution(poll: Poll, outcome: dict[str, Any], common: dict[str, Any]) -> Picture:
    """For, against, abstention: by colleges or by heads."""
    reached, threshold = Fraction(outcome["reached"]), Fraction(outcome["needed"])
    columns = columns_of(outcome)
    by_heads = poll.rules["pooling"] == "none" or outcome["suspended"]
    shown = [] if by_heads else columns
    total = share_text(reached)
    mark = _("seuil %(share)s") % {"share": share_text(threshold)}
    return Picture(
        is_adopted=outcome["adopted"],
        is_tied=outcome["votes"]["for"] == outcome["votes"]["against"],
        verdict=verdict(poll, outcome),
        total=figure(reached),
        total_text=total,
        total_words=_("des voix disent pour.") if by_heads else _("des voix pesées disent pour."),
        needed_words=needed_words(outcome, threshold),
        threshold=figure(threshold),
        threshold_text=mark,
        heading=heading(len(shown)),
        label=label(shown),
        bar_label=_("Parts de « pour » mises bout à bout : %(total)s. Le seuil est à %(threshold)s.")
        % {"total": total, "threshold": share_text(threshold)},
        columns=shown,
        bar=shown or [{"start": "0", "part": figure(reached)}],
        rows=[],
        votes=outcome["votes"],
        has_spoilt=bool(outcome["votes"]["spoilt"]),
        **common,
    )


def verdict(poll: Poll, outcome: dict[str, Any]) -> str:
    """The verdict in a word or two; an indicative poll adopts nothing."""
    if poll.is_binding:
        return _("Adoptée") if outcome["adopted"] else _("Rejetée")
    votes = outcome["votes"]
    if votes["for"] == votes["against"]:
        return _("Égalité")
    return _("Plutôt pour") if votes["for"] > votes["against"] else _("Plutôt contre")


def needed_words(outcome: dict[str, Any], threshold: Fraction) -> str:
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


def columns_of(outcome: dict[str, Any]) -> list[Column]:
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


def approval(poll: Poll, outcome: dict[str, Any], common: dict[str, Any]) -> Picture:
    """The answers from the most approved; those equal stay together."""
    rows = rows_of(poll, outcome)
    first = [row.label for row in rows if row.is_first]
    words = _("Aucune réponse approuvée")
    if len(first) == 1:
        words = _("En tête : %(answer)s") % {"answer": first[0]}
    elif first:
        words = _("À égalité en tête : %(answers)s") % {"answers": ", ".join(first)}
    blank = {"for": 0, "against": 0, "abstain": 0, "blank": outcome["blank"], "spoilt": outcome["spoilt"]}
    return Picture(
        is_adopted=len(first) == 1,
        is_tied=len(first) > 1,
        verdict=words,
        total=rows[0].share if rows else "0",
        total_text=rows[0].share_text if rows and first else "",
        total_words=_("des bulletins exprimés l’approuvent."),
        needed_words="",
        threshold="",
        threshold_text="",
        heading=_("Les réponses, de la plus approuvée à la moins approuvée"),
        label="",
        bar_label="",
        columns=[],
        bar=[],
        rows=rows,
        votes=blank,
        has_spoilt=bool(outcome["spoilt"]),
        **common,
    )


def rows_of(poll: Poll, outcome: dict[str, Any]) -> list[Row]:
    """One row per answer, in the order of the result; equal counts keep the order of the ballot."""
    asked = {choice.value: choice for choice in choices_of(poll)}
    cast, counts = outcome["cast"], outcome["approvals"]
    order = sorted(counts, key=lambda value: (-counts[value], int(value)))
    return [
        Row(
            value=value,
            label=asked[value].label,
            url=asked[value].url,
            count=counts[value],
            share=figure(Fraction(counts[value], cast) if cast else ZERO),
            share_text=share_text(Fraction(counts[value], cast) if cast else ZERO),
            guests=outcome["guests"].get(value, 0),
            is_first=value in outcome["winners"],
        )
        for value in order
    ]


def guests(poll: Poll, outcome: dict[str, Any]) -> list[tuple[str, int]]:
    """What guests said, apart: (words, how many)."""
    said = outcome["guests"]
    return (
        [(choice.label, said[choice.value]) for choice in choices_of(poll) if choice.value in said]
        if said
        else []
    )


def turnout(outcome: dict[str, Any]) -> str:
    """How many ballots, on how many lines of the roll, and how they came."""
    received, electors = outcome["received"], outcome["electors"]
    share = Fraction(received, electors) if electors else ZERO
    message = ngettext(
        "%(received)s bulletin reçu pour %(electors)s inscrits, soit %(share)s.",
        "%(received)s bulletins reçus pour %(electors)s inscrits, soit %(share)s.",
        received,
    )
    sentence = message % {"received": received, "electors": electors, "share": share_text(share)}
    return " ".join([sentence, *by_channel(outcome["channels"])])


def by_channel(channels: dict[str, int]) -> list[str]:
    """How the ballots came, when there was more than one way."""
    words = {
        "web": _("en ligne : %(count)s"),
        "hand": _("à main levée : %(count)s"),
        "paper": _("sur papier : %(count)s"),
    }
    if len(channels) < 2:
        return []
    parts = [words[name] % {"count": channels[name]} for name in words if name in channels]
    return [_("Reçus %(parts)s.") % {"parts": ", ".join(parts)}]
