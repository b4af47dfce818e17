"""Majority judgment: each option gets a grade in words; the one the majority grades best comes first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from realtime.refused import Refused
from votes.counting.majority_judgment import DEFAULT_GRADES, majority_gauge
from votes.counting.polls.valued import values_said
from votes.methods.base import BLANK, Choice, Picture, options_of
from votes.methods.drawing import Part, Slice, parts_of, told, tone_of
from votes.methods.valued import Row, Valued, check_names, lead_words, said_apart
from votes.models import Poll

FIVE_GRADES = tuple(DEFAULT_GRADES[place] for place in (0, 2, 4, 5, 6))
MOST_GRADES, GRADE_LIMIT, BIG, ON_THE_WALL = 10, 40, 14, 4


@dataclass(frozen=True)
class Grade:
    """One grade: the value a ballot carries, its words, its shade."""

    value: str
    words: str
    tone: str


@dataclass(frozen=True)
class JudgmentBallot:
    """The ballot as its page draws it: the grades, the best first, and the options."""

    grades: list[Grade]
    worst: str
    rows: list[Row]


@dataclass(frozen=True)
class JudgmentLine:
    """One option of the result: its rank, its majority grade, its merit profile, the best grades first."""

    rank: int
    label: str
    url: str
    grade: str
    profile: list[Part]
    told: str
    missing: int
    guests: str
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class JudgmentPicture(Picture):
    """The merit profiles, the best graded first."""

    rows: list[JudgmentLine]
    grades: list[Grade]
    worst: str
    cast: int

    @property
    def shown(self) -> list[JudgmentLine]:
        """As many as a wall has room for."""
        return self.rows[:ON_THE_WALL]

    @property
    def missing(self) -> str:
        """The options that ballots left without a grade, and how many did."""
        return ", ".join(f"{row.label} ({row.missing})" for row in self.rows if row.missing)


class MajorityJudgment(Valued):
    """`position:grade`, the grade as its place in the scale, 0 for the worst."""

    name = "majority_judgment"
    answers_template = "votes/_answer_link.html"
    said_template = "votes/_said_lines.html"
    stylesheet = "css/methods.css"
    draws_live = False
    options_needed = 2

    def check_setup(self, setup: Mapping[str, Any], options: int) -> dict[str, Any]:
        """`grades`, in words, the worst first: two to ten, each of its own; the seven known ones by default."""
        check_names(setup, {"grades"})
        grades = setup.get("grades", DEFAULT_GRADES)
        if not isinstance(grades, list | tuple) or not all(isinstance(each, str) for each in grades):
            raise Refused("setup_unreadable")
        words = [" ".join(each.split())[:GRADE_LIMIT] for each in grades]
        if not 2 <= len(words) <= MOST_GRADES or not all(words) or len(set(words)) < len(words):
            raise Refused("setup_unreadable")
        return {"grades": words}

    def values(self, setup: Mapping[str, Any]) -> Collection[str]:
        """The places of the grades."""
        return [str(place) for place in range(len(setup["grades"]))]

    def value_words(self, poll: Poll, value: int) -> str:
        """The grade in words."""
        return grade_words(poll.setup["grades"][value])

    def said(self, poll: Poll, choices: Collection[str]) -> list[Choice]:
        """The grades given, then what the options left without one receive."""
        found = super().said(poll, choices)
        given = {choice.value.partition(":")[0] for choice in found if choice.value != BLANK}
        left = [each.label for each in options_of(poll) if str(each.position) not in given]
        return found + ([Choice("", without_grade(poll, left), "")] if left and given else [])

    def ballot(self, poll: Poll, chosen: Collection[str]) -> JudgmentBallot:
        """The grades, and the options with theirs."""
        words = poll.setup["grades"]
        return JudgmentBallot(grades_of(words), grade_words(words[0]), self.rows(poll, chosen))

    def rule(self, poll: Poll) -> str:
        """Who comes first, and what a missing grade means."""
        return _(
            "Donnez une mention à chaque option : celle que la majorité juge le mieux arrive en tête. "
            "Sans mention, une option reçoit la plus basse, « %(worst)s »."
        ) % {"worst": grade_words(poll.setup["grades"][0])}

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The merit profiles in the order of the result; real ties share a rank."""
        rows = lines_of(poll, outcome)
        first = [row for row in rows if row.is_first]
        grade = first[0].grade if first else ""
        return JudgmentPicture(
            method=self.name,
            is_adopted=len(first) == 1,
            is_tied=len(first) > 1,
            verdict=lead_words([row.label for row in first], _("Aucune mention donnée")),
            total_text=grade if len(grade) <= BIG else "",
            total_words=_("est sa mention majoritaire.")
            if len(first) == 1
            else _("est leur mention majoritaire."),
            heading=_("Les profils de mérite"),
            votes={"blank": outcome["blank"], "spoilt": outcome["spoilt"]},
            rows=rows,
            grades=grades_of(outcome["grades"]),
            worst=grade_words(outcome["grades"][0]),
            cast=outcome["cast"],
            **{**common, "guests": said_apart(poll, outcome)},
        )


def without_grade(poll: Poll, labels: Sequence[str]) -> str:
    """The options a ballot leaves without a grade, and the one they receive."""
    told = {"worst": grade_words(poll.setup["grades"][0]), "options": ", ".join(labels)}
    return _("Sans mention, donc « %(worst)s » : %(options)s") % told


def grade_words(grade: str) -> str:
    """A grade in the active language when it is one of those known by default."""
    return _(grade) if grade in DEFAULT_GRADES else grade


def grades_of(words: Collection[str]) -> list[Grade]:
    """The grades, the best first."""
    places = list(enumerate(words))
    return [Grade(str(place), grade_words(each), tone_of(place, len(places))) for place, each in places[::-1]]


def lines_of(poll: Poll, outcome: Mapping[str, Any]) -> list[JudgmentLine]:
    """One line per option, the best graded first."""
    options = {str(each.position): each for each in options_of(poll)}
    grades, apart = grades_of(outcome["grades"]), guests_of(outcome)
    found, rank = [], 1
    for group in outcome["ranking"]:
        for value in sorted(group, key=int):
            profile = outcome["profiles"][value]
            slices = [Slice(each.words, profile[int(each.value)], each.tone) for each in grades]
            parts = parts_of(slices, outcome["cast"], half=True)
            gauge = outcome["gauges"].get(value)
            found.append(
                JudgmentLine(
                    rank=rank,
                    label=options[value].label,
                    url=options[value].url,
                    grade=grade_words(outcome["grades"][gauge["grade"]]) if gauge else "",
                    profile=parts,
                    told=told(parts),
                    missing=outcome["missing"][value],
                    guests=apart.get(value, ""),
                    is_first=value in outcome["winners"],
                )
            )
        rank += len(group)
    return found


def guests_of(outcome: Mapping[str, Any]) -> dict[str, str]:
    """The majority grade of what guests gave, by option: apart, and in no ranking."""
    grades: list[str] = outcome["grades"]
    profiles: dict[str, list[int]] = {}
    for choice, times in outcome["guests"].items():
        for position, grade in values_said([choice]).items():
            profiles.setdefault(position, [0] * len(grades))[grade] += times
    return {
        position: grade_words(grades[majority_gauge(profile).grade]) for position, profile in profiles.items()
    }
