"""Ranked ballots: grouped by equal content, and turned into duels without looking at a pair of options twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class RankedBallots:
    """A number of ballots that rank alike: the first group is preferred, options of one group are equal.

    Options that a ballot leaves out are last, together. A ballot that ranks nothing is blank.
    """

    ranking: tuple[frozenset[str], ...]
    count: int = 1


def group_rankings(cast: Iterable[Sequence[Iterable[str]]]) -> tuple[RankedBallots, ...]:
    """Single ballots, each a list of groups of keys, grouped by equal content."""
    known: dict[frozenset[str], frozenset[str]] = {}

    def shared(group: Iterable[str]) -> frozenset[str]:
        level = frozenset(group)
        return known.setdefault(level, level)

    counts = Counter(tuple(shared(group) for group in ranking) for ranking in cast)
    return tuple(RankedBallots(ranking, count) for ranking, count in counts.items())


def blank_and_cast(ballots: Iterable[RankedBallots]) -> tuple[int, int]:
    """How many ballots are blank, and how many are votes cast: they rank one option at least."""
    blank = cast = 0
    for group in ballots:
        if group.ranking:
            cast += group.count
        else:
            blank += group.count
    return blank, cast


def pairwise_matrix(options: Iterable[str], ballots: Iterable[RankedBallots]) -> tuple[tuple[int, ...], ...]:
    """The duels: row i, column j is how many ballots rank the i-th option above the j-th.

    Raises ValueError for a ballot that ranks an unknown option, an option twice or an empty group, or for a
    negative count.

    Ballots are followed step by step, from what is left to rank to what is left after the next group. Those
    that take the same step are added up before any duel is looked at: ten options have 5,120 such steps
    however many ballots there are, as long as none ranks two options equal.
    """
    start = _start(options)
    for group in ballots:
        state, count = start, _checked(group.count)
        for level in group.ranking:
            step = state[level]
            step.count += count
            state = step.after
    return _duels(start)


def ranks_as_bits(options: Iterable[str], ballots: Iterable[RankedBallots]) -> dict[tuple[int, ...], int]:
    """Each distinct ranking as whole numbers, and its ballots: bit i of a group stands for the i-th option.

    Blank ballots are left out. Raises ValueError as `pairwise_matrix` does.
    """
    start = _start(options)
    found: defaultdict[tuple[int, ...], int] = defaultdict(int)
    for group in ballots:
        state, bits, count = start, [], _checked(group.count)
        for level in group.ranking:
            step = state[level]
            bits.append(step.bits)
            state = step.after
        if bits:
            found[tuple(bits)] += count
    return dict(found)


def places(bits: int) -> Iterator[int]:
    """The places of the bits that are one, from the lowest."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _checked(count: int) -> int:
    if count < 0:
        raise ValueError("a count of ballots is never negative")
    return count


@dataclass(slots=True)
class _Step:
    """A group ranked next: its options as bits, the state it leads to, and the ballots that took it."""

    bits: int
    after: _State
    count: int = 0


@dataclass(eq=False)
class _State(dict[frozenset[str], _Step]):
    """What is left to rank (as bits), and each step taken from there; `known` holds every state by its bits."""

    left: int
    bit: dict[str, int]
    known: dict[int, _State] = field(default_factory=dict)

    def __missing__(self, level: frozenset[str]) -> _Step:
        if not level or not level <= self.bit.keys():
            raise ValueError("a ballot ranks an unknown option, or an empty group")
        bits = sum(self.bit[key] for key in level)
        if bits & self.left != bits:
            raise ValueError("a ballot ranks an option twice")
        left = self.left ^ bits
        if left not in self.known:
            self.known[left] = _State(left, self.bit, self.known)
        self[level] = step = _Step(bits, self.known[left])
        return step


def _start(options: Iterable[str]) -> _State:
    bit = {key: 1 << place for place, key in enumerate(options)}
    start = _State((1 << len(bit)) - 1, bit)
    start.known[start.left] = start
    return start


def _duels(start: _State) -> tuple[tuple[int, ...], ...]:
    matrix = [[0] * len(start.bit) for _option in start.bit]
    for state in start.known.values():
        for step in state.values():
            below = list(places(step.after.left))
            for winner in places(step.bits):
                row = matrix[winner]
                for loser in below:
                    row[loser] += step.count
    return tuple(tuple(row) for row in matrix)
