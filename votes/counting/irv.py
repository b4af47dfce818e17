"""Instant-runoff: the option with the fewest votes is put aside, round after round; a tie is followed every way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from votes.counting import ENGINE
from votes.counting.derivation import Sentence
from votes.counting.irv_rounds import Explored, Left, bits_of, explore
from votes.counting.irv_words import derive_irv
from votes.counting.rankings import RankedBallots, blank_and_cast, ranks_as_bits


@dataclass(frozen=True)
class IrvRound:
    """One round: the votes of each option left, and what is put aside.

    `waiting` ballots prefer several of the options left, equal, to the others; `exhausted` ones no longer
    tell the options left apart. `eliminated` go together when several; it is empty where `tied` options may
    each go first, and in a round that ends the count.
    """

    votes: dict[str, int]
    waiting: int
    exhausted: int
    eliminated: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The round as plain JSON values."""
        return {
            "votes": dict(self.votes),
            "waiting": self.waiting,
            "exhausted": self.exhausted,
            "eliminated": list(self.eliminated),
            "tied": list(self.tied),
        }


@dataclass(frozen=True)
class IrvTie:
    """A tie of the fewest votes, among the options then left: whoever may win when each goes first.

    `outcomes` is empty where the ballots tell nothing more about the options left.
    """

    left: tuple[str, ...]
    tied: tuple[str, ...]
    outcomes: dict[str, tuple[str, ...]]

    @property
    def matters(self) -> bool:
        """Whether the winners depend on it."""
        return not self.outcomes or len(set(self.outcomes.values())) > 1

    def as_json(self) -> dict[str, object]:
        """The tie as plain JSON values."""
        branches = [{"eliminated": key, "winners": list(keys)} for key, keys in self.outcomes.items()]
        return {"left": list(self.left), "tied": list(self.tied), "branches": branches}


@dataclass(frozen=True)
class IrvResult:
    """The count of an instant-runoff poll.

    `winners` are all who win when ties fall one way or another: one when no tie matters, none when no vote
    was cast. `ranking` then has the others from the last to leave to the first; options of one group are
    tied, or leave in an order that a tie leaves open. `rounds` are those that no tie avoids, `ties` those
    that change who wins, `settled` those that do not.
    """

    winners: tuple[str, ...]
    ranking: tuple[tuple[str, ...], ...]
    rounds: tuple[IrvRound, ...]
    ties: tuple[IrvTie, ...]
    settled: tuple[IrvTie, ...]
    cast: int
    blank: int
    spoilt: int
    derivation: tuple[Sentence, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "irv",
            "winners": list(self.winners),
            "ranking": [list(group) for group in self.ranking],
            "rounds": [count.as_json() for count in self.rounds],
            "ties": [tie.as_json() for tie in self.ties],
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }


def count_irv(options: Mapping[str, str], ballots: Iterable[RankedBallots], *, spoilt: int = 0) -> IrvResult:
    """Count an instant-runoff poll: `options` maps each option's key to its words, ballots rank keys.

    In each round a ballot counts for the option left that it ranks highest. Where it ranks several of them
    highest, equal, it waits: it counts for none, and again as soon as one of them remains. Options it leaves
    out are last, together; it is exhausted once it ranks all the options left alike. The option with the
    fewest votes is put aside until one remains. Options tied for the fewest go together when their votes
    and the waiting ballots, all added, are fewer than those of any other; otherwise each may go first, and
    every way is followed to its end.

    Raises ValueError for a ballot that ranks an unknown option, an option twice or an empty group, and for a
    negative count. Source: the rounds of Burlington 2009 as published; what they leave open, as said here.
    """
    groups, keys = tuple(ballots), tuple(options)
    if spoilt < 0:
        raise ValueError("a count of ballots is never negative")
    explored = explore(len(keys), ranks_as_bits(keys, groups))
    blank, cast = blank_and_cast(groups)
    ties = _ties(keys, explored) if cast else ()
    result = IrvResult(
        winners=_names(keys, explored.winners[explored.trunk[0]]) if cast else (),
        ranking=_ranking(keys, explored),
        rounds=_rounds(keys, explored),
        ties=tuple(tie for tie in ties if tie.matters),
        settled=tuple(tie for tie in ties if not tie.matters),
        cast=cast,
        blank=blank,
        spoilt=spoilt,
    )
    return replace(result, derivation=derive_irv(result, options))


def _names(keys: tuple[str, ...], bits: int) -> tuple[str, ...]:
    return tuple(sorted(keys[bit.bit_length() - 1] for bit in bits_of(bits)))


def _rounds(keys: tuple[str, ...], explored: Explored) -> tuple[IrvRound, ...]:
    """The rounds that no tie avoids; one option left alone makes none, unless it was alone from the start."""
    shown = [options for options in explored.trunk if options.bit_count() > 1] or explored.trunk[:1]
    return tuple(
        _round(keys, explored.states[options], explored.branches(options)) for options in shown if options
    )


def _round(keys: tuple[str, ...], state: Left, branches: tuple[int, ...]) -> IrvRound:
    votes = {name: state.votes[bit] for bit in bits_of(state.options) for name in _names(keys, bit)}
    return IrvRound(
        votes=votes,
        waiting=state.waiting,
        exhausted=state.exhausted,
        eliminated=_names(keys, branches[0]) if len(branches) == 1 else (),
        tied=_names(keys, sum(branches)) if len(branches) > 1 else (),
    )


def _ties(keys: tuple[str, ...], explored: Explored) -> tuple[IrvTie, ...]:
    found = []
    for options in explored.trunk:
        branches = explored.branches(options)
        if len(branches) > 1:
            won = {gone: explored.winners[options & ~gone] for gone in branches}
            outcomes = {_names(keys, gone)[0]: _names(keys, bits) for gone, bits in won.items()}
            found.append(IrvTie(_names(keys, options), _names(keys, sum(branches)), outcomes))
        elif not branches and options.bit_count() > 1:
            found.append(IrvTie(_names(keys, options), _names(keys, options), {}))
    return tuple(found)


def _ranking(keys: tuple[str, ...], explored: Explored) -> tuple[tuple[str, ...], ...]:
    """The winners, then the others; two of them are apart when one outlasts the other whatever the ties."""
    everything = explored.trunk[0]
    winners, outlasts = explored.winners[everything], explored.may_outlast()
    left = set(bits_of(everything & ~winners))
    groups = [_names(keys, winners)] if winners else []
    while left:
        group = _last_of(left, outlasts)
        groups.append(_names(keys, sum(group)))
        left -= group
    return tuple(groups)


def _last_of(left: set[int], outlasts: set[tuple[int, int]]) -> set[int]:
    """The smallest group whose options all outlast every other option left, in every way ties can fall."""

    def needed(first: int) -> set[int]:
        group, new = {first}, {first}
        while new:
            new = {x for x in left - group for y in new if (x, y) in outlasts or (y, x) not in outlasts}
            group |= new
        return group

    return min((needed(option) for option in left), key=len)
