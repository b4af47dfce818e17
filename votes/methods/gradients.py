"""Gradients of agreement: how far each person supports one proposal, in eight levels, with no verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from realtime.refused import Refused
from votes.counting.gradients import LEVELS, SIDES
from votes.methods.base import BLANK, Asked, Choice, Method, Picture, check_said
from votes.methods.drawing import Part, Slice, parts_of, told
from votes.models import Poll
from votes.wording import figure, share_text

SIGNS = {
    1: "check",
    2: "check",
    3: "check",
    4: "abstention",
    5: "comment",
    6: "comment",
    7: "alert",
    8: "cross",
}


@dataclass(frozen=True)
class Level:
    """One level of the result. `share` is its bar, over the ballots cast."""

    number: int
    words: str
    count: int
    share: str
    share_text: str
    guests: int
    side: str


@dataclass(frozen=True, kw_only=True)
class GradientsPicture(Picture):
    """The eight levels, and the three sides end to end."""

    rows: list[Level]
    sides: list[Part]
    label: str


class Gradients(Method):
    """One level, `1` to `8`, or blank."""

    name = "gradients"
    answers_template = "votes/_answer_link.html"
    stylesheet = "css/methods.css"

    def check_setup(self, setup: Mapping[str, Any], options: int) -> dict[str, Any]:
        """Nothing to set; the poll is about one proposal. Raises `Refused("one_proposal_only")`."""
        if options != 1:
            raise Refused("one_proposal_only")
        return super().check_setup(setup, options)

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Raises `Refused`: `choice_missing`, `unknown_choice`, `choice_twice`, `one_choice_only`."""
        check_said(choices, [*(str(level) for level in LEVELS), *([BLANK] if asked.allows_blank else [])])
        if len(choices) > 1:
            raise Refused("one_choice_only")

    def choices(self, poll: Poll) -> list[Choice]:
        """The levels in words, then blank."""
        levels = [Choice(str(level), _(words), SIGNS[level]) for level, words in LEVELS.items()]
        return levels + ([Choice(BLANK, _("Vote blanc"), "blank")] if poll.allows_blank else [])

    def rule(self, poll: Poll) -> str:
        """That nothing is decided by itself."""
        return _(
            "Dites où vous en êtes, du soutien sans réserve au blocage. Ces degrés ne décident rien d’eux-mêmes : "
            "le groupe juge."
        )

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The levels in order; the support as the figure that counts."""
        cast = outcome["cast"]
        sides = sides_of(outcome)
        return GradientsPicture(
            method=self.name,
            has_verdict=False,
            verdict=_("Degrés d’accord") if cast else _("Personne n’a répondu"),
            total_text=share_text(Fraction(outcome["shares"]["support"])) if cast else "",
            total_words=_("soutiennent, avec ou sans réserve."),
            heading=_("Du soutien au blocage"),
            votes={"blank": outcome["blank"], "spoilt": outcome["spoilt"]},
            rows=levels_of(outcome),
            sides=sides,
            label=told(sides),
            **common,
        )


def levels_of(outcome: Mapping[str, Any]) -> list[Level]:
    """The eight levels with their bars."""
    cast = outcome["cast"] or 1
    sides = {level: side for side, levels in SIDES.items() for level in levels}
    return [
        Level(
            number=level,
            words=_(words),
            count=outcome["counts"][str(level)],
            share=figure(Fraction(outcome["counts"][str(level)], cast)),
            share_text=share_text(Fraction(outcome["counts"][str(level)], cast)),
            guests=outcome["guests"].get(str(level), 0),
            side=sides[level],
        )
        for level, words in LEVELS.items()
    ]


def sides_of(outcome: Mapping[str, Any]) -> list[Part]:
    """Support, in between, opposed, end to end."""
    words = {"support": _("Soutien"), "middle": _("Entre les deux"), "opposed": _("Opposition")}
    tones = {"support": "7", "middle": "2", "opposed": "chaud"}
    slices = [Slice(words[side], outcome["sides"][side], tones[side]) for side in SIDES]
    return parts_of(slices, outcome["cast"])
