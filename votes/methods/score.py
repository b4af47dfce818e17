"""Score: each ballot scores the options on a declared scale; the best mean comes first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from realtime.refused import Refused
from votes.counting.polls.valued import values_said
from votes.counting.score import Missing
from votes.methods.base import Picture, options_of
from votes.methods.valued import Row, Valued, check_names, lead_words, number_in, said_apart
from votes.models import Poll
from votes.wording import figure, number_text

LOWEST, HIGHEST = 0, 10
FLOOR, CEILING, LONGEST = -10, 100, 20


@dataclass(frozen=True)
class ScoreBallot:
    """The ballot as its page draws it: the scale, from its lowest score."""

    scale: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class ScoreLine:
    """One option of the result; `mean` is "" when nobody scored it, `share` its bar from the lowest score."""

    label: str
    url: str
    mean: str
    share: str
    scored: int
    missing: int
    guests: str
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class ScorePicture(Picture):
    """The options, the best mean first."""

    rows: list[ScoreLine]
    lowest: int
    highest: int
    counts_missing: bool


class Score(Valued):
    """`position:score`, whole numbers of the scale."""

    name = "score"
    answers_template = "votes/_answer_link.html"
    said_template = "votes/_said_lines.html"
    stylesheet = "css/methods.css"
    draws_live = False
    options_needed = 2

    def check_setup(self, setup: Mapping[str, Any], options: int) -> dict[str, Any]:
        """`lowest` and `highest`, 0 and 10 by default; `missing`: `absent` (by default) or `lowest`."""
        check_names(setup, {"lowest", "highest", "missing"})
        lowest = number_in(setup, "lowest", LOWEST, FLOOR, CEILING - 1)
        highest = number_in(
            setup, "highest", max(HIGHEST, lowest + 1), lowest + 1, min(CEILING, lowest + LONGEST)
        )
        missing = setup.get("missing", Missing.ABSENT)
        if missing not in list(Missing):
            raise Refused("setup_unreadable")
        return {"lowest": lowest, "highest": highest, "missing": str(missing)}

    def values(self, setup: Mapping[str, Any]) -> Collection[str]:
        """Every score of the scale."""
        return [str(score) for score in range(setup["lowest"], setup["highest"] + 1)]

    def ballot(self, poll: Poll, chosen: Collection[str]) -> ScoreBallot:
        """The scale, and the options with their scores."""
        return ScoreBallot(list(self.values(poll.setup)), self.rows(poll, chosen))

    def rule(self, poll: Poll) -> str:
        """The scale, and what happens to an option without a score."""
        scale = {"lowest": poll.setup["lowest"], "highest": poll.setup["highest"]}
        if poll.setup["missing"] == Missing.LOWEST:
            return (
                _(
                    "Notez chaque option de %(lowest)s à %(highest)s : la meilleure moyenne arrive en tête. "
                    "Sans note, une option reçoit %(lowest)s."
                )
                % scale
            )
        return (
            _(
                "Notez les options de %(lowest)s à %(highest)s : la meilleure moyenne arrive en tête. "
                "Une option que vous ne notez pas n’en souffre pas."
            )
            % scale
        )

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The options from the best mean; those equal keep the order of the ballot."""
        rows = lines_of(poll, outcome)
        first = [row for row in rows if row.is_first]
        scale = {"lowest": outcome["lowest"], "highest": outcome["highest"]}
        return ScorePicture(
            method=self.name,
            is_adopted=len(first) == 1,
            is_tied=len(first) > 1,
            verdict=lead_words([row.label for row in first], _("Aucune note")),
            total_text=first[0].mean if first else "",
            total_words=_("de moyenne, entre %(lowest)s et %(highest)s.") % scale,
            heading=_("Les moyennes, de la meilleure à la moins bonne"),
            votes={"blank": outcome["blank"], "spoilt": outcome["spoilt"]},
            rows=rows,
            counts_missing=outcome["missing"] == Missing.LOWEST,
            **scale,
            **{**common, "guests": said_apart(poll, outcome)},
        )


def lines_of(poll: Poll, outcome: Mapping[str, Any]) -> list[ScoreLine]:
    """One line per option, in the order of the result."""
    options = {str(each.position): each for each in options_of(poll)}
    length = outcome["highest"] - outcome["lowest"]
    apart = guests_of(outcome["guests"])
    found = []
    for value in (value for group in outcome["ranking"] for value in sorted(group, key=int)):
        line = outcome["options"][value]
        mean = None if line["mean"] is None else Fraction(line["mean"])
        found.append(
            ScoreLine(
                label=options[value].label,
                url=options[value].url,
                mean="" if mean is None else mean_text(mean),
                share="0" if mean is None else figure((mean - outcome["lowest"]) / length),
                scored=line["scored"],
                missing=line["missing"],
                guests=mean_text(apart[value]) if value in apart else "",
                is_first=value in outcome["winners"],
            )
        )
    return found


def guests_of(said: Mapping[str, int]) -> dict[str, Fraction]:
    """The mean of what guests gave, by option."""
    sums: dict[str, list[int]] = {}
    for choice, times in said.items():
        for position, score in values_said([choice]).items():
            total = sums.setdefault(position, [0, 0])
            total[0], total[1] = total[0] + score * times, total[1] + times
    return {position: Fraction(total, count) for position, (total, count) in sums.items()}


def mean_text(mean: Fraction) -> str:
    """A mean as people read it, with two decimals: « 7,40 »."""
    return f"-{number_text(-mean / 100)}" if mean < 0 else number_text(mean / 100)
