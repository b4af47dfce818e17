"""Schulze: options compared two by two, the strongest paths of duels won, equal options left equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from votes.counting import ENGINE
from votes.counting.derivation import Sentence
from votes.counting.rankings import RankedBallots, blank_and_cast, pairwise_matrix
from votes.counting.schulze_words import derive_schulze

Matrix = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class SchulzeResult:
    """The count of a Schulze poll.

    Row i, column j of `pairwise` is how many ballots rank the i-th of `options` above the j-th; of `paths`,
    the strength of the strongest path from one to the other (0: none). `ranking` begins with the options
    that no other is ahead of; then come those that only options of the groups before are ahead of, and so
    on: options of one group are tied. `cast`, `blank` and `spoilt` are None where the duels alone are known.
    """

    options: tuple[str, ...]
    pairwise: Matrix
    paths: Matrix
    ranking: tuple[tuple[str, ...], ...]
    cast: int | None = None
    blank: int | None = None
    spoilt: int | None = None
    derivation: tuple[Sentence, ...] = ()

    @property
    def winners(self) -> tuple[str, ...]:
        """The options no other is ahead of: several when they are tied, none when no vote was cast."""
        return () if self.cast == 0 or not self.ranking else self.ranking[0]

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "schulze",
            "candidates": list(self.options),
            "pairwise": [list(row) for row in self.pairwise],
            "strongest_paths": [list(row) for row in self.paths],
            "ranking": [list(group) for group in self.ranking],
            "winners": list(self.winners),
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }


def count_schulze(
    options: Mapping[str, str], ballots: Iterable[RankedBallots], *, spoilt: int = 0
) -> SchulzeResult:
    """Count a Schulze poll: `options` maps each option's key to its words, ballots rank keys.

    A ballot may rank options equal, and leave some out: those are last, together. Raises ValueError for a
    ballot that ranks an unknown option, an option twice or an empty group, or for a negative count.

    Source: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
    single-winner election method, Social Choice and Welfare 36 (2011), with winning votes.
    """
    groups = tuple(ballots)
    if spoilt < 0:
        raise ValueError("a count of ballots is never negative")
    found = _ranked(tuple(options), pairwise_matrix(options, groups))
    blank, cast = blank_and_cast(groups)
    result = replace(found, cast=cast, blank=blank, spoilt=spoilt)
    return replace(result, derivation=derive_schulze(result, options))


def count_duels(options: Mapping[str, str], pairwise: Sequence[Sequence[int]]) -> SchulzeResult:
    """Count a Schulze poll of which the duels alone are known, as in a published table.

    Row i, column j of `pairwise` is how many ballots rank the i-th option above the j-th. Raises ValueError
    for a table that is not square, has a negative count, or compares an option with itself.
    """
    matrix = tuple(tuple(row) for row in pairwise)
    if len(matrix) != len(options) or any(len(row) != len(options) for row in matrix):
        raise ValueError("the table of duels needs one row and one column for each option")
    if any(count < 0 for row in matrix for count in row):
        raise ValueError("a duel has a negative count")
    if any(row[place] for place, row in enumerate(matrix)):
        raise ValueError("the table of duels compares an option with itself")
    result = _ranked(tuple(options), matrix)
    return replace(result, derivation=derive_schulze(result, options))


def strongest_paths(pairwise: Matrix) -> Matrix:
    """The strength of the strongest path between each two options: that of its weakest duel, 0 if none.

    A duel is won by more ballots than the other way, and is as strong as the ballots that win it (winning
    votes). Floyd–Warshall, as in section 2.3 of the article.
    """
    size = range(len(pairwise))
    paths = [[pairwise[i][j] if pairwise[i][j] > pairwise[j][i] else 0 for j in size] for i in size]
    for through in size:
        onward = paths[through]
        for start in size:
            if start != through and (first := paths[start][through]):
                row = paths[start]
                for end in size:
                    row[end] = max(row[end], min(first, onward[end]))
                row[start] = 0
    return tuple(tuple(row) for row in paths)


def _ranked(options: tuple[str, ...], pairwise: Matrix) -> SchulzeResult:
    paths = strongest_paths(pairwise)
    return SchulzeResult(options, pairwise, paths, _layers(options, paths))


def _layers(options: tuple[str, ...], paths: Matrix) -> tuple[tuple[str, ...], ...]:
    """Those that none of the others is ahead of, then the same among the rest: being ahead is transitive."""
    left, layers = set(range(len(options))), []
    while left:
        unbeaten = {i for i in left if all(paths[j][i] <= paths[i][j] for j in left)}
        layers.append(tuple(sorted(options[i] for i in unbeaten)))
        left -= unbeaten
    return tuple(layers)
