"""Majority judgment: each option is graded in words; the median grade ranks, and what lies around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cmp_to_key
from typing import TypeAlias, TypeVar

from votes.counting import ENGINE
from votes.counting.derivation import Sentence, ratio
from votes.counting.ranks import leading

First = TypeVar("First")
Second = TypeVar("Second")


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


DEFAULT_GRADES = (
    _("À rejeter"),
    _("Insuffisant"),
    _("Passable"),
    _("Assez bien"),
    _("Bien"),
    _("Très bien"),
    _("Excellent"),
)
"""The seven grades used unless others are declared, the worst first."""

Profile: TypeAlias = tuple[int, ...]
"""How many ballots give an option each grade, the worst grade first."""

Block: TypeAlias = tuple[tuple[int, ...], int]
"""Grades that the majority value repeats together, and how many times."""


@dataclass(frozen=True)
class MajorityJudgmentBallots:
    """A number of ballots with the same grades: option key → grade, 0 the worst. No grade at all is blank."""

    grades: Mapping[str, int] = field(default_factory=dict)
    count: int = 1


@dataclass(frozen=True)
class Gauge:
    """An option's majority grade, and how many of its grades are above, at and below it."""

    grade: int
    above: int
    at: int
    below: int

    @property
    def whole(self) -> int:
        """All the grades of the option."""
        return self.above + self.at + self.below

    def as_json(self) -> dict[str, object]:
        """The gauge as plain JSON values, shares as exact fractions."""
        above, below = Fraction(self.above, self.whole), Fraction(self.below, self.whole)
        return {"above": str(above), "grade": self.grade, "below": str(below)}


@dataclass(frozen=True)
class MajorityJudgmentResult:
    """The count of a majority judgment.

    `profiles` are complete: an option's `missing` grades are counted in its worst grade. `blank` and `spoilt`
    ballots are apart from `cast`, which is the number of grades of each option.
    """

    grades: tuple[str, ...]
    profiles: dict[str, Profile]
    missing: dict[str, int]
    ranking: tuple[tuple[str, ...], ...]
    cast: int
    blank: int
    spoilt: int
    derivation: tuple[Sentence, ...] = ()

    @property
    def winners(self) -> tuple[str, ...]:
        """The best graded: several when their grades are the same, none without a ballot."""
        return self.ranking[0] if self.cast and self.ranking else ()

    @property
    def gauges(self) -> dict[str, Gauge]:
        """The majority gauge of each option; none without a ballot."""
        return {key: majority_gauge(profile) for key, profile in self.profiles.items() if self.cast}

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation; a grade is its place, 0 the worst."""
        values = {key: majority_value(profile) for key, profile in self.profiles.items()}
        return {
            "method": "majority_judgment",
            "grades": list(self.grades),
            "profiles": {key: list(profile) for key, profile in self.profiles.items()},
            "missing": dict(self.missing),
            "gauges": {key: gauge.as_json() for key, gauge in self.gauges.items()},
            "majority_values": {
                key: [[list(grades), times] for grades, times in blocks] for key, blocks in values.items()
            },
            "ranking": [list(group) for group in self.ranking],
            "winners": list(self.winners),
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }


def count_majority_judgment(
    options: Mapping[str, str],
    ballots: Iterable[MajorityJudgmentBallots],
    *,
    grades: Sequence[str] = DEFAULT_GRADES,
    spoilt: int = 0,
) -> MajorityJudgmentResult:
    """Count a majority judgment: `options` maps each option's key to its words, ballots grade keys.

    An option that a ballot cast leaves without a grade gets the worst one. Ranking as `count_grades`. Raises
    ValueError for an unknown option or grade, or a negative count.
    """
    groups = tuple(ballots)
    profiles = {key: [0] * len(grades) for key in options}
    for group in groups:
        if group.count < 0 or not group.grades.keys() <= options.keys():
            raise ValueError("a ballot names an unknown option, or a count is negative")
        for key, grade in group.grades.items():
            if not 0 <= grade < len(grades):
                raise ValueError(f"a grade is not from 0, the worst, to {len(grades) - 1}")
            profiles[key][grade] += group.count
    return count_grades(
        options,
        profiles,
        grades=grades,
        voters=sum(group.count for group in groups if group.grades),
        blank=sum(group.count for group in groups if not group.grades),
        spoilt=spoilt,
    )


def count_grades(
    options: Mapping[str, str],
    profiles: Mapping[str, Sequence[int]],
    *,
    grades: Sequence[str] = DEFAULT_GRADES,
    voters: int | None = None,
    blank: int = 0,
    spoilt: int = 0,
) -> MajorityJudgmentResult:
    """Count a majority judgment from how many ballots give each option each grade, the worst grade first.

    With `voters`, grades that an option lacks to make that number are its worst. Options are ranked by their
    majority value (`majority_value`); they share a rank only when all their grades are the same. Raises
    ValueError when there are fewer than two grades, a profile is not of these options and grades, a count is
    negative, or options differ in their number of grades. Source: M. Balinski, R. Laraki, "A theory of
    measuring, electing, and ranking", PNAS 104 (2007).
    """
    _check(options, profiles, grades, (blank, spoilt, voters or 0))
    totals = {key: sum(profiles[key]) for key in options}
    cast = max(totals.values(), default=0) if voters is None else voters
    if voters is None and any(total != cast for total in totals.values()):
        raise ValueError("the options differ in their number of grades: say how many voters there are")
    if any(total > cast for total in totals.values()):
        raise ValueError("an option has more grades than there are voters")
    missing = {key: cast - total for key, total in totals.items()}
    complete = {key: (profiles[key][0] + missing[key], *profiles[key][1:]) for key in options}
    result = MajorityJudgmentResult(
        grades=tuple(grades),
        profiles=complete,
        missing=missing,
        ranking=_ranking(complete),
        cast=cast,
        blank=blank,
        spoilt=spoilt,
    )
    return replace(result, derivation=_derive(result, options))


def group_majority_judgment(cast: Iterable[Mapping[str, int]]) -> tuple[MajorityJudgmentBallots, ...]:
    """Single ballots, each the grades of the options it grades, grouped by equal content."""
    counts = Counter(frozenset(ballot.items()) for ballot in cast)
    return tuple(MajorityJudgmentBallots(dict(sorted(given)), count) for given, count in counts.items())


def majority_gauge(profile: Sequence[int]) -> Gauge:
    """The majority grade of a profile (its lower median), with the grades above, at and below it.

    Raises ValueError for a profile without a grade.
    """
    whole, below = sum(profile), 0
    for grade, count in enumerate(profile):
        if 2 * (below + count) >= whole > 0:
            return Gauge(grade, above=whole - below - count, at=count, below=below)
        below += count
    raise ValueError("an option without any grade has no majority grade")


def majority_value(profile: Sequence[int]) -> tuple[Block, ...]:
    """The majority value of a profile: its lower median, then that of the grades left, and so to the last.

    Taking the lower middle out again and again takes one grade below the middle and one above by turns: with
    an even number of grades, the pairs (lower, upper) going outwards; with an odd number the middle first.
    So it comes in blocks, at most twice as many as there are grades, however many ballots there are:
    {0, 3, 4, 5, 6} gives 4, then 3 5, then 0 6. Source: Balinski and Laraki, *Majority Judgment* (2011).
    """
    whole, top = sum(profile), len(profile) - 1
    half = whole // 2
    lower = _runs(profile, half)[::-1]
    upper = [(top - grade, count) for grade, count in _runs(profile[::-1], half)[::-1]]
    pairs = [((low, high), times) for low, high, times in _side_by_side(lower, upper)]
    middle = [((majority_gauge(profile).grade,), 1)] if whole % 2 else []
    return (*middle, *pairs)


def _runs(profile: Sequence[int], wanted: int) -> list[tuple[int, int]]:
    """The first grades of a profile, as (grade, count), until there are as many as wanted."""
    runs = []
    for grade, count in enumerate(profile):
        taken = min(count, wanted)
        if taken:
            runs.append((grade, taken))
        wanted -= taken
    return runs


def _side_by_side(
    one: Iterable[tuple[First, int]], other: Iterable[tuple[Second, int]]
) -> Iterator[tuple[First, Second, int]]:
    """Two repeated sequences read together: what each says, and how many times both go on saying it."""
    ones, others = list(one)[::-1], list(other)[::-1]
    while ones and others:
        (first, left), (second, right) = ones.pop(), others.pop()
        times = min(left, right)
        yield first, second, times
        if left > times:
            ones.append((first, left - times))
        if right > times:
            others.append((second, right - times))


def _first_difference(one: Iterable[Block], other: Iterable[Block]) -> tuple[int, int, int] | None:
    """How many grades two majority values share before they differ, and the two grades there."""
    shared = 0
    for ours, theirs, times in _side_by_side(one, other):
        for grade, against in zip(ours, theirs, strict=True):
            if grade != against:
                return shared, grade, against
            shared += 1
        shared += (times - 1) * len(ours)
    return None


def _ranking(profiles: Mapping[str, Profile]) -> tuple[tuple[str, ...], ...]:
    """Options from the best majority value down; those with the same grades together."""
    alike: dict[Profile, list[str]] = {}
    for key, profile in profiles.items():
        alike.setdefault(profile, []).append(key)
    by_value = cmp_to_key(_compare)
    order = sorted(alike, key=lambda profile: by_value(majority_value(profile)))
    return tuple(tuple(sorted(alike[profile])) for profile in order)


def _compare(one: Sequence[Block], other: Sequence[Block]) -> int:
    """Negative when the first is better, as sorting wants it."""
    found = _first_difference(one, other)
    return found[2] - found[1] if found else 0


def _check(
    options: Mapping[str, str],
    profiles: Mapping[str, Sequence[int]],
    grades: Sequence[str],
    counts: Iterable[int],
) -> None:
    if len(grades) < 2 or len(set(grades)) < len(grades):
        raise ValueError("there are two grades or more, each of its own name")
    if profiles.keys() != options.keys():
        raise ValueError("the options graded are not those of the poll")
    if any(len(profile) != len(grades) for profile in profiles.values()):
        raise ValueError(f"an option has counts for other grades than the {len(grades)} declared")
    if min((count for profile in (*profiles.values(), counts) for count in profile), default=0) < 0:
        raise ValueError("a count is negative")


# -- the sentences


def _derive(result: MajorityJudgmentResult, options: Mapping[str, str]) -> tuple[Sentence, ...]:
    if not result.winners:
        return (*_opening(result), Sentence(_("Aucune option n’a reçu de mention.")))
    lines = [_line(result, key, options[key]) for group in result.ranking for key in group]
    steps = [
        step
        for ahead, behind in zip(result.ranking, (*result.ranking[1:], ()), strict=True)
        for step in (*_alike(ahead, options), *_before(result, ahead, behind, options))
    ]
    return (*_opening(result), _rule(result), *lines, *steps, leading(result.winners, options))


def _opening(result: MajorityJudgmentResult) -> tuple[Sentence, Sentence]:
    message = _(
        "Chaque bulletin donne une mention aux options, de « %(worst)s » à « %(best)s ». Une option sans "
        "mention sur un bulletin y reçoit la plus basse, « %(worst)s »."
    )
    counts = _("Bulletins exprimés : %(cast)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s.")
    worst, best = _words(result, 0), _words(result, len(result.grades) - 1)
    params = {"cast": result.cast, "blank": result.blank, "spoilt": result.spoilt}
    return Sentence(message, {"worst": worst, "best": best}), Sentence(counts, params)


def _rule(result: MajorityJudgmentResult) -> Sentence:
    message = _(
        "On range les mentions de chaque option de la plus basse à la plus haute. Sa mention majoritaire est "
        "celle du milieu, la mention n° %(middle)s sur %(cast)s."
    )
    if result.cast % 2 == 0:
        message = _(
            "On range les mentions de chaque option de la plus basse à la plus haute. Sa mention majoritaire "
            "est la plus basse des deux du milieu, la mention n° %(middle)s sur %(cast)s."
        )
    return Sentence(message, {"middle": (result.cast + 1) // 2, "cast": result.cast})


def _line(result: MajorityJudgmentResult, key: str, words: str) -> Sentence:
    gauge = majority_gauge(result.profiles[key])
    message = _(
        "%(option)s : mention majoritaire « %(grade)s ». Au-dessous : %(below)s. À cette mention : %(at)s. "
        "Au-dessus : %(above)s."
    )
    if result.missing[key]:
        message = _(
            "%(option)s : mention majoritaire « %(grade)s ». Au-dessous : %(below)s. À cette mention : "
            "%(at)s. Au-dessus : %(above)s. Sans mention, comptées « %(worst)s » : %(missing)s."
        )
    return Sentence(
        message,
        {
            "option": words,
            "grade": _words(result, gauge.grade),
            "below": ratio(gauge.below, gauge.whole),
            "at": ratio(gauge.at, gauge.whole),
            "above": ratio(gauge.above, gauge.whole),
            "worst": _words(result, 0),
            "missing": result.missing[key],
        },
    )


def _alike(group: Sequence[str], options: Mapping[str, str]) -> list[Sentence]:
    if len(group) < 2:
        return []
    message = _("Exactement à égalité, car toutes leurs mentions sont les mêmes : %(options)s.")
    return [Sentence(message, {"options": ", ".join(options[key] for key in group)})]


def _before(
    result: MajorityJudgmentResult, ahead: Sequence[str], behind: Sequence[str], options: Mapping[str, str]
) -> list[Sentence]:
    """Why one rank comes before the next, where their majority grades are the same."""
    if not behind:
        return []
    one, other = (majority_value(result.profiles[group[0]]) for group in (ahead, behind))
    found = _first_difference(one, other)
    if found is None or not found[0]:
        return []
    message = _(
        "%(ahead)s et %(behind)s ont la même mention majoritaire. On retire à chaque option sa mention du "
        "milieu, une à la fois. Mentions retirées, les mêmes des deux côtés : %(shared)s. Celle du milieu est "
        "alors « %(better)s » pour %(ahead)s, « %(worse)s » pour %(behind)s : %(ahead)s passe devant."
    )
    return [
        Sentence(
            message,
            {
                "ahead": ", ".join(options[key] for key in ahead),
                "behind": ", ".join(options[key] for key in behind),
                "shared": found[0],
                "better": _words(result, found[1]),
                "worse": _words(result, found[2]),
            },
        )
    ]


def _words(result: MajorityJudgmentResult, grade: int) -> str | Sentence:
    """A grade in words: those known by default are said in each reader's language."""
    words = result.grades[grade]
    return Sentence(words) if words in DEFAULT_GRADES else words
