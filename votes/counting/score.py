"""Score (range voting): each ballot scores the options on a declared scale; the best mean comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from votes.counting import ENGINE
from votes.counting.derivation import Sentence, hundredths, ratio
from votes.counting.ranks import leading, ranked


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


class Missing(StrEnum):
    """What an option without a score on a ballot cast gets: left out of its mean, or the lowest score."""

    ABSENT = "absent"
    LOWEST = "lowest"


@dataclass(frozen=True)
class ScoreBallots:
    """A number of ballots with the same scores: option key → score. No score at all is a blank ballot."""

    scores: Mapping[str, int] = field(default_factory=dict)
    count: int = 1


@dataclass(frozen=True)
class OptionScore:
    """What one option received: how many ballots gave each score, how many gave none, and what counts.

    `scored` ballots count in the mean: all of the ballots cast when a missing score is the lowest.
    """

    received: Mapping[int, int]
    missing: int
    total: int
    scored: int

    @property
    def mean(self) -> Fraction | None:
        """The total over the ballots that count, exactly; None when no ballot counts."""
        return Fraction(self.total, self.scored) if self.scored else None

    def as_json(self) -> dict[str, object]:
        """The line as plain JSON values."""
        return {
            "received": {str(score): self.received[score] for score in sorted(self.received)},
            "missing": self.missing,
            "total": self.total,
            "scored": self.scored,
            "mean": None if self.mean is None else str(self.mean),
        }


@dataclass(frozen=True)
class ScoreResult:
    """The count of a poll by scores.

    `ranking` goes by the mean, options without a mean last; `ranking_by_total` by the total. Both agree when
    a missing score is the lowest. `blank` and `spoilt` ballots are apart from `cast`.
    """

    lowest: int
    highest: int
    missing: Missing
    options: dict[str, OptionScore]
    ranking: tuple[tuple[str, ...], ...]
    ranking_by_total: tuple[tuple[str, ...], ...]
    cast: int
    blank: int
    spoilt: int
    derivation: tuple[Sentence, ...] = ()

    @property
    def winners(self) -> tuple[str, ...]:
        """The best means: several when they are equal, none when nothing was scored."""
        return self.ranking[0] if self.cast and self.ranking else ()

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation; a mean is an exact fraction as text."""
        return {
            "method": "score",
            "lowest": self.lowest,
            "highest": self.highest,
            "missing": str(self.missing),
            "options": {key: option.as_json() for key, option in self.options.items()},
            "ranking": [list(group) for group in self.ranking],
            "ranking_by_total": [list(group) for group in self.ranking_by_total],
            "winners": list(self.winners),
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }


def count_score(
    options: Mapping[str, str],
    ballots: Iterable[ScoreBallots],
    *,
    lowest: int,
    highest: int,
    missing: Missing = Missing.ABSENT,
    spoilt: int = 0,
) -> ScoreResult:
    """Count a poll by scores, whole numbers from `lowest` to `highest`, both included.

    `options` maps each option's key to its words. An option that a ballot cast leaves without a score gets
    what `missing` declares. Options of equal mean share a rank. Raises ValueError for a scale without two
    scores, a score outside it, an unknown option, or a negative count. Source: range voting (vote par note),
    W. D. Smith, "Range voting", 2000.
    """
    groups = tuple(ballots)
    _check(options, groups, lowest, highest, spoilt)
    cast = sum(group.count for group in groups if group.scores)
    received: dict[str, Counter[int]] = {key: Counter() for key in options}
    for group in groups:
        for key, score in group.scores.items():
            received[key][score] += group.count
    filler = lowest if missing is Missing.LOWEST else None
    lines = {key: _option(scores, cast, filler) for key, scores in received.items()}
    result = ScoreResult(
        lowest=lowest,
        highest=highest,
        missing=missing,
        options=lines,
        ranking=_by_mean(lines),
        ranking_by_total=ranked({key: line.total for key, line in lines.items()}),
        cast=cast,
        blank=sum(group.count for group in groups if not group.scores),
        spoilt=spoilt,
    )
    return replace(result, derivation=_derive(result, options))


def group_score(cast: Iterable[Mapping[str, int]]) -> tuple[ScoreBallots, ...]:
    """Single ballots, each the scores of the options it scores, grouped by equal content."""
    counts = Counter(frozenset(ballot.items()) for ballot in cast)
    return tuple(ScoreBallots(dict(sorted(scores)), count) for scores, count in counts.items())


def _check(
    options: Mapping[str, str], groups: Sequence[ScoreBallots], lowest: int, highest: int, spoilt: int
) -> None:
    if lowest >= highest:
        raise ValueError("the highest score is not above the lowest")
    if spoilt < 0:
        raise ValueError("a count is negative")
    for group in groups:
        if group.count < 0 or not group.scores.keys() <= options.keys():
            raise ValueError("a ballot names an unknown option, or a count is negative")
        if any(not lowest <= score <= highest for score in group.scores.values()):
            raise ValueError(f"a score is outside the scale from {lowest} to {highest}")


def _option(received: Counter[int], cast: int, filler: int | None) -> OptionScore:
    scored = received.total()
    total = sum(score * count for score, count in received.items())
    counts = {score: count for score, count in received.items() if count}
    if filler is None:
        return OptionScore(counts, cast - scored, total, scored)
    return OptionScore(counts, cast - scored, total + filler * (cast - scored), cast)


def _by_mean(lines: Mapping[str, OptionScore]) -> tuple[tuple[str, ...], ...]:
    """The ranking by the mean; options that no ballot scores are together, after the others."""
    means = {key: line.mean for key, line in lines.items() if line.mean is not None}
    without = tuple(sorted(key for key in lines if key not in means))
    return (*ranked(means), *([without] if without else []))


def _derive(result: ScoreResult, options: Mapping[str, str]) -> tuple[Sentence, ...]:
    lines = [_line(result, key, options[key]) for group in result.ranking for key in group]
    return (*_opening(result), *lines, *_by_total(result, options), _verdict(result, options))


def _opening(result: ScoreResult) -> tuple[Sentence, Sentence, Sentence]:
    scale = _("Chaque bulletin note les options de %(lowest)s à %(highest)s. La meilleure moyenne l’emporte.")
    policy = _("Un bulletin qui ne note pas une option ne compte pas dans la moyenne de cette option.")
    if result.missing is Missing.LOWEST:
        policy = _("Un bulletin qui ne note pas une option lui donne la note la plus basse, %(lowest)s.")
    counts = _("Bulletins exprimés : %(cast)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s.")
    return (
        Sentence(scale, {"lowest": result.lowest, "highest": result.highest}),
        Sentence(policy, {"lowest": result.lowest} if result.missing is Missing.LOWEST else {}),
        Sentence(counts, {"cast": result.cast, "blank": result.blank, "spoilt": result.spoilt}),
    )


def _line(result: ScoreResult, key: str, words: str) -> Sentence:
    line = result.options[key]
    if line.mean is None:
        message = _("%(option)s : aucune note, donc aucune moyenne ; l’option est classée après les autres.")
        return Sentence(message, {"option": words})
    message = _(
        "%(option)s : bulletins sans note %(missing)s, total des notes %(total)s, moyenne %(mean)s, soit "
        "%(rounded)s."
    )
    return Sentence(
        message,
        {
            "option": words,
            "missing": line.missing,
            "total": line.total,
            "mean": ratio(line.total, line.scored),
            "rounded": _rounded(line.mean),
        },
    )


def _rounded(mean: Fraction) -> Sentence:
    """A mean with two decimals, rounded once, half away from zero, for the eye only."""
    whole, rest = divmod(hundredths(abs(mean) / 100), 100)
    message = _("−%(whole)s,%(rest)s") if mean < 0 and (whole or rest) else _("%(whole)s,%(rest)s")
    return Sentence(message, {"whole": whole, "rest": f"{rest:02d}"})


def _by_total(result: ScoreResult, options: Mapping[str, str]) -> list[Sentence]:
    """The other order, told when it differs."""
    if not result.cast or result.ranking_by_total == result.ranking:
        return []
    ahead = ", ".join(options[key] for key in result.ranking_by_total[0])
    message = _(
        "L’ordre des totaux n’est pas celui des moyennes, car toutes les options n’ont pas été notées aussi "
        "souvent. Plus haut total : %(options)s."
    )
    return [Sentence(message, {"options": ahead})]


def _verdict(result: ScoreResult, options: Mapping[str, str]) -> Sentence:
    if not result.winners:
        return Sentence(_("Aucune option n’est notée."))
    return leading(result.winners, options)
