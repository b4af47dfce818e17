"""Gradients of agreement: how far each person supports one proposal, on eight levels, with no verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from votes.counting import ENGINE
from votes.counting.derivation import Sentence, percent, ratio


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


LEVELS: Mapping[int, str] = {
    1: _("Soutien sans réserve"),
    2: _("Accord, avec un point mineur à revoir"),
    3: _("Soutien avec des réserves"),
    4: _("Abstention"),
    5: _("Besoin d’en discuter encore"),
    6: _("Cela ne me plaît pas, mais je suivrai"),
    7: _("Désaccord sérieux"),
    8: _("Blocage"),
}
"""The eight levels, from full support to veto."""

SIDES: Mapping[str, range] = {"support": range(1, 4), "middle": range(4, 7), "opposed": range(7, 9)}
"""Which levels are support, in the middle, and opposed."""


@dataclass(frozen=True)
class GradientsBallots:
    """A number of ballots at the same level, 1 (full support) to 8 (veto); None is a blank ballot."""

    level: int | None
    count: int = 1


@dataclass(frozen=True)
class GradientsResult:
    """The count of one proposal: ballots per level. There is no verdict: the group judges.

    `blank` and `spoilt` ballots are apart from `cast`; level 4, abstention, is a level like the others.
    """

    counts: dict[int, int]
    cast: int
    blank: int
    spoilt: int
    derivation: tuple[Sentence, ...] = ()

    @property
    def median(self) -> tuple[int, ...]:
        """The level of the ballot in the middle; two when the two middle ones differ; none without ballot."""
        if not self.cast:
            return ()
        middle = {self._level((self.cast + 1) // 2), self._level(self.cast // 2 + 1)}
        return tuple(sorted(middle))

    @property
    def sides(self) -> dict[str, int]:
        """The ballots of each side: support, middle, opposed."""
        return {side: sum(self.counts[level] for level in levels) for side, levels in SIDES.items()}

    @property
    def shares(self) -> dict[str, Fraction]:
        """Each side over the ballots cast, exactly; zero without ballot."""
        return {side: Fraction(count, self.cast or 1) for side, count in self.sides.items()}

    def _level(self, rank: int) -> int:
        """The level of the ballot at this rank, counted from full support."""
        seen = 0
        for level, count in self.counts.items():
            seen += count
            if seen >= rank:
                return level
        raise ValueError("there are fewer ballots than this rank")

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "gradients",
            "counts": {str(level): count for level, count in self.counts.items()},
            "median": list(self.median),
            "sides": self.sides,
            "shares": {side: str(share) for side, share in self.shares.items()},
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }


def count_gradients(
    options: Mapping[str, str], ballots: Iterable[GradientsBallots], *, spoilt: int = 0
) -> GradientsResult:
    """Count the levels of agreement on one proposal: `options` holds it alone, key → words.

    Raises ValueError unless there is exactly one proposal, for an unknown level, or a negative count. Source:
    S. Kaner, *Facilitator's Guide to Participatory Decision-Making*, gradients of agreement (eight levels).
    """
    if len(options) != 1:
        raise ValueError("gradients of agreement are about exactly one proposal")
    counts, blank = dict.fromkeys(LEVELS, 0), 0
    for group in ballots:
        if group.count < 0 or (group.level is not None and group.level not in counts):
            raise ValueError("a level is not from 1 to 8, or a count is negative")
        if group.level is None:
            blank += group.count
        else:
            counts[group.level] += group.count
    if spoilt < 0:
        raise ValueError("a count is negative")
    result = GradientsResult(counts=counts, cast=sum(counts.values()), blank=blank, spoilt=spoilt)
    (words,) = options.values()
    return replace(result, derivation=_derive(result, words))


def group_gradients(cast: Iterable[int | None]) -> tuple[GradientsBallots, ...]:
    """Single ballots, each a level or None for blank, grouped by equal content."""
    return tuple(GradientsBallots(level, count) for level, count in Counter(cast).items())


def _derive(result: GradientsResult, words: str) -> tuple[Sentence, ...]:
    if not result.cast:
        return (
            *_opening(result, words),
            Sentence(_("Personne n’a donné son degré d’accord.")),
            _no_verdict(),
        )
    lines = [_line(result, level) for level in LEVELS]
    return (*_opening(result, words), *lines, _median(result), _shares(result), _no_verdict())


def _opening(result: GradientsResult, words: str) -> tuple[Sentence, Sentence]:
    message = _(
        "Proposition : %(proposal)s. Chaque bulletin donne un degré d’accord, de 1, le soutien sans réserve, "
        "à 8, le blocage."
    )
    counts = _("Bulletins exprimés : %(cast)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s.")
    params = {"cast": result.cast, "blank": result.blank, "spoilt": result.spoilt}
    return Sentence(message, {"proposal": words}), Sentence(counts, params)


def _line(result: GradientsResult, level: int) -> Sentence:
    count = result.counts[level]
    return Sentence(
        _("%(level)s. %(words)s : %(ratio)s, soit %(percent)s."),
        {
            "level": level,
            "words": Sentence(LEVELS[level]),
            "ratio": ratio(count, result.cast),
            "percent": percent(Fraction(count, result.cast)),
        },
    )


def _median(result: GradientsResult) -> Sentence:
    low, *high = result.median
    if high:
        message = _(
            "Bulletins rangés du degré 1 au degré 8, les deux du milieu sont au degré %(low)s et au degré "
            "%(high)s."
        )
        return Sentence(message, {"low": low, "high": high[0]})
    message = _("Bulletins rangés du degré 1 au degré 8, le milieu est au degré %(low)s : %(words)s.")
    return Sentence(message, {"low": low, "words": Sentence(LEVELS[low])})


def _shares(result: GradientsResult) -> Sentence:
    message = _(
        "Soutien, degrés 1 à 3 : %(support)s, soit %(support_percent)s. Entre les deux, degrés 4 à 6 : "
        "%(middle)s, soit %(middle_percent)s. Opposition, degrés 7 et 8 : %(opposed)s, soit "
        "%(opposed_percent)s."
    )
    ratios = {side: ratio(count, result.cast) for side, count in result.sides.items()}
    percents = {f"{side}_percent": percent(share) for side, share in result.shares.items()}
    return Sentence(message, {**ratios, **percents})


def _no_verdict() -> Sentence:
    return Sentence(_("Ces degrés ne décident rien d’eux-mêmes : le groupe juge si le soutien suffit."))
