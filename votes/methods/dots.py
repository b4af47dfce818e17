"""Dots: each person places a number of dots on the options, at most so many on one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from realtime.refused import Refused
from votes.counting.polls.valued import values_said
from votes.methods.base import BLANK, Asked, Picture, options_of
from votes.methods.valued import Row, Valued, check_names, lead_words, number_in, said_apart
from votes.models import Poll
from votes.wording import figure, share_text

DOTS, MOST = 5, 50
DRAWN = 12


@dataclass(frozen=True)
class DotsRow(Row):
    """One option and its dots on the ballot; `marks` says of each possible dot whether it is placed."""

    marks: tuple[bool, ...]


@dataclass(frozen=True)
class DotsBallot:
    """The ballot as its page draws it."""

    dots: int
    cap: int
    left: int
    rows: list[DotsRow]


@dataclass(frozen=True)
class DotsLine:
    """One option of the result. `share` is its bar: the fullest is whole."""

    label: str
    url: str
    count: int
    people: int
    share: str
    share_text: str
    guests: int
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class DotsPicture(Picture):
    """The options, those with the most dots first."""

    rows: list[DotsLine]
    unused: int


class Dots(Valued):
    """`position:dots`, whole numbers; what is left may be kept."""

    name = "dots"
    answers_template = "votes/_answer_link.html"
    said_template = "votes/_said_lines.html"
    stylesheet = "css/methods.css"
    script = "js/dots.js"
    options_needed = 2

    def check_setup(self, setup: Mapping[str, Any], options: int) -> dict[str, Any]:
        """`dots` per person, 5 by default, and `cap` on one option, all of them by default."""
        check_names(setup, {"dots", "cap"})
        dots = number_in(setup, "dots", DOTS, 1, MOST)
        return {"dots": dots, "cap": number_in(setup, "cap", dots, 1, dots)}

    def values(self, setup: Mapping[str, Any]) -> Collection[str]:
        """From none to the cap."""
        return [str(dots) for dots in range(setup["cap"] + 1)]

    def value_words(self, poll: Poll, value: int) -> str:
        """« 3 gommettes »."""
        return ngettext("%(count)s gommette", "%(count)s gommettes", value) % {"count": value}

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Raises `Refused`: what every valued ballot does, `too_many_on_one`, `too_many_dots`."""
        placed = [choice for choice in choices if not choice.endswith(":0")]
        if any(dots_in(choice) > asked.setup["cap"] for choice in placed):
            raise Refused("too_many_on_one", most=asked.setup["cap"])
        super().check(asked, placed, options)
        total = sum(self.given(placed).values())
        if total > asked.setup["dots"]:
            raise Refused("too_many_dots", placed=total, most=asked.setup["dots"])

    def canonical(self, choices: Collection[str]) -> list[str]:
        """An option without a dot says nothing."""
        return super().canonical([choice for choice in choices if not choice.endswith(":0")])

    def tallied(self, choices: Collection[str]) -> Mapping[str, int]:
        """The dots of each option."""
        return {BLANK: 1} if BLANK in choices else self.given(choices)

    def whole(self, asked: Asked, ballots: int) -> int:
        """All that could be on one option."""
        return max(ballots * int(asked.setup["cap"]), 1)

    def ballot(self, poll: Poll, chosen: Collection[str]) -> DotsBallot:
        """The options with their dots, and what is left of them."""
        dots, cap = poll.setup["dots"], poll.setup["cap"]
        rows = self.rows(poll, chosen)
        placed = {row.position: dots_in(f"{row.position}:{row.value}") for row in rows}
        return DotsBallot(
            dots=dots,
            cap=cap,
            left=dots - sum(placed.values()),
            rows=[
                DotsRow(
                    row.position,
                    row.label,
                    row.url,
                    row.value or "0",
                    tuple(place < placed[row.position] for place in range(cap)) if cap <= DRAWN else (),
                )
                for row in rows
            ],
        )

    def rule(self, poll: Poll) -> str:
        """How many dots, and how many on one option."""
        dots, cap = poll.setup["dots"], poll.setup["cap"]
        if cap < dots:
            return _("Posez jusqu’à %(dots)s gommettes, %(cap)s au plus sur une même option.") % {
                "dots": dots,
                "cap": cap,
            }
        return _("Posez jusqu’à %(dots)s gommettes, où vous voulez.") % {"dots": dots}

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The options from the most dots; those equal keep the order of the ballot."""
        rows = lines_of(poll, outcome)
        first = [row for row in rows if row.is_first]
        count = first[0].count if first else 0
        return DotsPicture(
            method=self.name,
            is_adopted=len(first) == 1,
            is_tied=len(first) > 1,
            verdict=lead_words([row.label for row in first], _("Aucune gommette posée")),
            total_text=str(count) if first else "",
            total_words=ngettext("gommette posée.", "gommettes posées.", count),
            heading=_("Les gommettes, option par option"),
            votes={"blank": outcome["blank"], "spoilt": outcome["spoilt"]},
            rows=rows,
            unused=outcome["unused"],
            **{**common, "guests": said_apart(poll, outcome)},
        )


def dots_in(choice: str) -> int:
    """The dots an answer names, 0 when it names none."""
    dots = choice.partition(":")[2]
    return int(dots) if dots.isascii() and dots.isdigit() else 0


def lines_of(poll: Poll, outcome: Mapping[str, Any]) -> list[DotsLine]:
    """One line per option, in the order of the result."""
    options = {str(each.position): each for each in options_of(poll)}
    totals, placed = outcome["totals"], outcome["placed"]
    fullest = max(totals.values(), default=0) or 1
    guests = dict.fromkeys(options, 0)
    for said, times in outcome["guests"].items():
        for position, dots in values_said([said]).items():
            guests[position] += dots * times
    return [
        DotsLine(
            label=options[value].label,
            url=options[value].url,
            count=totals[value],
            people=outcome["supporters"][value],
            share=figure(Fraction(totals[value], fullest)),
            share_text=share_text(Fraction(totals[value], placed or 1)),
            guests=guests[value],
            is_first=value in outcome["winners"],
        )
        for value in sorted(totals, key=lambda value: (-totals[value], int(value)))
    ]
