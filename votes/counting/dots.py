"""Dots: each person places a number of dots on the options; they tell priorities, and decide nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from votes.counting import ENGINE
from votes.counting.derivation import Sentence, percent, ratio
from votes.counting.ranks import leading, ranked


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


@dataclass(frozen=True)
class DotsBallots:
    """A number of ballots that place the same dots: option key → dots. No dot placed is a blank ballot."""

    dots: Mapping[str, int] = field(default_factory=dict)
    count: int = 1

    @property
    def placed(self) -> int:
        """How many dots one of these ballots places."""
        return sum(self.dots.values())


@dataclass(frozen=True)
class DotsResult:
    """The count of a poll by dots.

    `totals` gives each option its dots, `supporters` the ballots that placed one on it or more, `unused` the
    dots that ballots cast have kept. `blank` and `spoilt` ballots are apart from `cast`.
    """

    dots: int
    cap: int
    totals: dict[str, int]
    supporters: dict[str, int]
    ranking: tuple[tuple[str, ...], ...]
    cast: int
    blank: int
    spoilt: int
    derivation: tuple[Sentence, ...] = ()

    @property
    def placed(self) -> int:
        """All the dots placed."""
        return sum(self.totals.values())

    @property
    def unused(self) -> int:
        """The dots that the ballots cast could still have placed."""
        return self.dots * self.cast - self.placed

    @property
    def winners(self) -> tuple[str, ...]:
        """The options with the most dots: several when they are equal, none when no dot was placed."""
        return self.ranking[0] if self.placed else ()

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "dots",
            "dots": self.dots,
            "cap": self.cap,
            "totals": dict(self.totals),
            "supporters": dict(self.supporters),
            "placed": self.placed,
            "unused": self.unused,
            "ranking": [list(group) for group in self.ranking],
            "winners": list(self.winners),
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }


def count_dots(
    options: Mapping[str, str],
    ballots: Iterable[DotsBallots],
    *,
    dots: int,
    cap: int | None = None,
    spoilt: int = 0,
) -> DotsResult:
    """Count a poll by dots: `dots` per person, at most `cap` of them on one option (None: all of them).

    `options` maps each option's key to its words. Nobody has to place every dot. Options with equal dots
    share a rank. Raises ValueError for rules that allow no dot, a ballot that breaks them or names an unknown
    option, or a negative count. Source: dot voting (gommettes), as facilitators practise it.
    """
    most = dots if cap is None else cap
    groups = tuple(ballots)
    _check(options, groups, dots, most, spoilt)
    totals, supporters = dict.fromkeys(options, 0), dict.fromkeys(options, 0)
    for group in groups:
        for key, placed in group.dots.items():
            totals[key] += placed * group.count
            supporters[key] += group.count if placed else 0
    result = DotsResult(
        dots=dots,
        cap=most,
        totals=totals,
        supporters=supporters,
        ranking=ranked(totals),
        cast=sum(group.count for group in groups if group.placed),
        blank=sum(group.count for group in groups if not group.placed),
        spoilt=spoilt,
    )
    return replace(result, derivation=_derive(result, options))


def group_dots(cast: Iterable[Mapping[str, int]]) -> tuple[DotsBallots, ...]:
    """Single ballots, each the dots of the options it marks, grouped by equal content."""
    counts = Counter(frozenset((key, dots) for key, dots in ballot.items() if dots) for ballot in cast)
    return tuple(DotsBallots(dict(sorted(placed)), count) for placed, count in counts.items())


def _check(
    options: Mapping[str, str], groups: Iterable[DotsBallots], dots: int, most: int, spoilt: int
) -> None:
    if not 1 <= most <= dots:
        raise ValueError("each person has one dot or more, and an option may receive from one to all of them")
    if spoilt < 0:
        raise ValueError("a count is negative")
    for group in groups:
        if group.count < 0 or not group.dots.keys() <= options.keys():
            raise ValueError("a ballot names an unknown option, or a count is negative")
        if group.placed > dots or any(not 0 <= placed <= most for placed in group.dots.values()):
            raise ValueError("a ballot places more dots than it may, or fewer than none")


def _derive(result: DotsResult, options: Mapping[str, str]) -> tuple[Sentence, ...]:
    keys = [key for group in result.ranking for key in group]
    lines = [_line(result, key, options[key]) for key in keys if result.totals[key]]
    return (*_opening(result), *lines, *_without(result, options), _verdict(result, options), _meaning())


def _opening(result: DotsResult) -> tuple[Sentence, Sentence]:
    rule = _("Gommettes par personne : %(dots)s. Au plus, sur une même option : %(cap)s.")
    message = _(
        "On compte les gommettes de chaque option. Posées : %(placed)s. Gardées : %(unused)s. Bulletins "
        "exprimés : %(cast)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s."
    )
    params = {
        "placed": result.placed,
        "unused": result.unused,
        "cast": result.cast,
        "blank": result.blank,
        "spoilt": result.spoilt,
    }
    return Sentence(rule, {"dots": result.dots, "cap": result.cap}), Sentence(message, params)


def _line(result: DotsResult, key: str, words: str) -> Sentence:
    total = result.totals[key]
    message = _(
        "%(option)s : gommettes %(ratio)s, soit %(percent)s des gommettes posées. Bulletins qui en posent : "
        "%(supporters)s."
    )
    return Sentence(
        message,
        {
            "option": words,
            "ratio": ratio(total, result.placed),
            "percent": percent(Fraction(total, result.placed)),
            "supporters": result.supporters[key],
        },
    )


def _without(result: DotsResult, options: Mapping[str, str]) -> list[Sentence]:
    left = ", ".join(options[key] for key in sorted(options) if not result.totals[key])
    return [Sentence(_("Sans aucune gommette : %(options)s."), {"options": left})] if left else []


def _verdict(result: DotsResult, options: Mapping[str, str]) -> Sentence:
    if not result.winners:
        return Sentence(_("Aucune gommette n’est posée."))
    return leading(result.winners, options)


def _meaning() -> Sentence:
    return Sentence(_("Les gommettes disent des priorités : elles ne décident rien à elles seules."))
