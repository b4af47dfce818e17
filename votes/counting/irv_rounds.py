"""Instant-runoff, round by round: who is left, what each ballot counts for, and every way a tie can fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

MOST_STATES = 2000
Pile = dict[tuple[int, ...], int]


@dataclass(frozen=True)
class Left:
    """The options left (as bits), and the ballots piled by the group of them that each prefers.

    Rankings keep the options put aside; a pile's key does not. The pile 0 ranks no option that is left.
    """

    options: int
    piles: Mapping[int, Pile]

    @cached_property
    def totals(self) -> dict[int, int]:
        """The ballots of each pile."""
        return {bits: sum(pile.values()) for bits, pile in self.piles.items()}

    @cached_property
    def votes(self) -> dict[int, int]:
        """The votes of each option left (its bit): the ballots that prefer it alone."""
        return {bit: self.totals.get(bit, 0) for bit in bits_of(self.options)}

    @property
    def exhausted(self) -> int:
        """The ballots that no longer tell the options left apart."""
        return self.totals.get(0, 0) + (self.totals.get(self.options, 0) if len(self.votes) > 1 else 0)

    @property
    def waiting(self) -> int:
        """The ballots that prefer several of the options left, equal, to the others."""
        return sum(self.totals.values()) - sum(self.votes.values()) - self.exhausted

    @property
    def lowest(self) -> tuple[int, ...]:
        """The options left that have the fewest votes."""
        fewest = min(self.votes.values())
        return tuple(bit for bit, votes in self.votes.items() if votes == fewest)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to tell: one option, or ballots that no longer tell them apart."""
        return len(self.votes) == 1 or self.exhausted == sum(self.totals.values())

    @property
    def go_together(self) -> bool:
        """Whether the lowest, tied, are all put aside next in whatever order.

        Together, with every ballot that waits, they have fewer votes than any other option left: none of
        them can catch up with another option before all of them are gone.
        """
        others = [votes for bit, votes in self.votes.items() if bit not in self.lowest]
        reach = sum(self.votes[bit] for bit in self.lowest) + self.waiting
        return bool(others) and reach < min(others)

    @property
    def branches(self) -> tuple[int, ...]:
        """What may be put aside next, as bits: one possibility, or as many as the tie has options."""
        if self.is_over:
            return ()
        return (sum(self.lowest),) if self.go_together else self.lowest

    def without(self, gone: int) -> Left:
        """The options left when these are put aside, each ballot moved to the next option it prefers."""
        options = self.options & ~gone
        piles: dict[int, Pile] = {}
        for bits, pile in self.piles.items():
            if not bits & gone:
                _merge(piles, bits, pile)
        for bits, pile in self.piles.items():
            if bits & gone:
                for kept, moved in _piled(options, pile).items():
                    _merge(piles, kept, moved)
        return Left(options, piles)


@dataclass(frozen=True)
class Explored:
    """Every state the count can pass through, by the options left.

    `trunk` are the states that no tie avoids, `over` those where the count stops, `winners` what may win from
    each state (as bits).
    """

    states: Mapping[int, Left]
    trunk: tuple[int, ...]
    over: frozenset[int]
    winners: Mapping[int, int]

    def branches(self, options: int) -> tuple[int, ...]:
        """What may be put aside next, as bits; nothing where the count stops."""
        return () if options in self.over else self.states[options].branches

    def may_outlast(self) -> set[tuple[int, int]]:
        """Pairs of options (bits) such that the first may still be left when the second is put aside.

        Of options put aside together, in whatever order, each may still be there when the other leaves.
        """
        pairs = set()
        for options in self.states:
            for gone in self.branches(options):
                pairs |= {(stays, goes) for goes in bits_of(gone) for stays in bits_of(options & ~goes)}
        return pairs


def explore(size: int, rankings: Pile) -> Explored:
    """Follow the count of `size` options from the first round, every tie in each way it can fall.

    States of as many options are taken together, so that no order of options settles anything. Past
    MOST_STATES the options still left are all held to be possible winners.
    """
    everything = (1 << size) - 1
    states: dict[int, Left] = {}
    front = {everything: Left(everything, _piled(everything, rankings))}
    trunk: list[int] = []
    over: dict[int, int] = {}
    while front:
        trunk.extend(front if len(front) == 1 else ())
        most = max(options.bit_count() for options in front)
        level = {options: front.pop(options) for options in list(front) if options.bit_count() == most}
        states |= level
        for options, state in level.items():
            if state.is_over or len(states) > MOST_STATES:
                over[options] = options
                continue
            for gone in state.branches:
                if options & ~gone not in front:
                    front[options & ~gone] = state.without(gone)
    return Explored(states, tuple(trunk), frozenset(over), _winners(states, over))


def _winners(states: Mapping[int, Left], over: Mapping[int, int]) -> dict[int, int]:
    """The options that may win from each state, as bits, from the last states to the first."""
    found = dict(over)
    for options in sorted(states, key=int.bit_count):
        if options not in found:
            found[options] = 0
            for gone in states[options].branches:
                found[options] |= found[options & ~gone]
    return found


def bits_of(options: int) -> Iterable[int]:
    """The bits of a set of options, one by one."""
    while options:
        lowest = options & -options
        yield lowest
        options ^= lowest


def _piled(options: int, pile: Pile) -> dict[int, Pile]:
    """Rankings piled by the group of options left that each prefers; what it has passed is dropped."""
    piles: defaultdict[int, Pile] = defaultdict(dict)
    for ranking, count in pile.items():
        kept = 0
        for passed, level in enumerate(ranking):
            kept = level & options
            if kept:
                ranking = ranking[passed:]
                break
        else:
            ranking = ()
        moved = piles[kept]
        moved[ranking] = moved.get(ranking, 0) + count
    return piles


def _merge(piles: dict[int, Pile], bits: int, moved: Pile) -> None:
    known = piles.get(bits)
    piles[bits] = moved if known is None else _sum(known, moved)


def _sum(first: Pile, second: Pile) -> Pile:
    merged = dict(first)
    for ranking, count in second.items():
        merged[ranking] = merged.get(ranking, 0) + count
    return merged
