"""Election to several seats: each ballot names candidates, the most votes win within limits per group.

The plurinominal majority ballot of associations and cooperatives. Equal votes at the last seat are a real tie,
settled by a declared rule or by none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from votes.counting.election_result import (
    By,
    Elected,
    ElectionResult,
    Held,
    ParityHeld,
    PassedOver,
    Settled,
    Tied,
    by_votes,
)
from votes.counting.election_rules import Candidate, ElectionRules, Limit, TieRule, check_candidates
from votes.counting.election_seats import Seating, open_seating, seat_by
from votes.counting.election_words import derive

Order = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True)
class ElectionBallots:
    """A number of ballots that name the same candidates; none named is a blank ballot."""

    named: frozenset[str]
    count: int = 1


def count_election(
    options: Mapping[str, str],
    ballots: Iterable[ElectionBallots],
    *,
    rules: ElectionRules,
    candidates: Mapping[str, Candidate] | None = None,
    order: Order | None = None,
    spoilt: int = 0,
) -> ElectionResult:
    """Count an election: `options` maps each candidate's key to their name, `candidates` to what rules look at.

    A ballot with more names than allowed is spoilt. A candidate without a vote has no seat. `order` puts keys
    in the order of a public draw, the first drawn first; it is called with sorted keys, once per tied number
    of votes, and only when the rules declare a draw. Votes for a candidate who withdrew are shown and elect no
    one. Raises ValueError for unknown candidates, negative counts, contradictory rules, or a draw declared
    without `order`. Source: docs/law.md, E18.
    """
    known = {key: (candidates or {}).get(key, Candidate()) for key in options}
    groups = tuple(ballots)
    if spoilt < 0 or any(group.count < 0 or not group.named <= options.keys() for group in groups):
        raise ValueError("a ballot names an unknown candidate, or a count is negative")
    if not set(candidates or {}) <= options.keys():
        raise ValueError("a candidate is not among the options")
    if TieRule.DRAW in rules.ties and order is None:
        raise ValueError("the rules declare a draw: it needs its order")
    check_candidates(rules, known)
    tally = _tally(rules, known, groups, spoilt)
    seating, settled = _seated(tally, order)
    result = _result(tally, seating, settled)
    return replace(result, derivation=derive(result, options, known))


def group_election(cast: Iterable[Sequence[str]]) -> tuple[ElectionBallots, ...]:
    """Single ballots, each a list of candidates' keys, grouped by equal content."""
    counts = Counter(frozenset(named) for named in cast)
    return tuple(ElectionBallots(named, count) for named, count in counts.items())


@dataclass(frozen=True)
class _Tally:
    """The ballots counted, before any seat is given."""

    rules: ElectionRules
    candidates: Mapping[str, Candidate]
    votes: dict[str, int]
    cast: int
    blank: int
    spoilt: int

    @property
    def needed(self) -> int:
        return self.cast // 2 + 1 if self.rules.needs_majority else 1

    @property
    def standing(self) -> dict[str, int]:
        """The votes of those who did not withdraw."""
        return {key: count for key, count in self.votes.items() if not self.candidates[key].withdrew}

    @property
    def pool(self) -> frozenset[str]:
        """Who can still have a seat, in this round or the next."""
        least = 0 if self.rules.needs_majority else 1
        return frozenset(key for key, count in self.standing.items() if count >= least)


def _tally(
    rules: ElectionRules,
    candidates: Mapping[str, Candidate],
    groups: Sequence[ElectionBallots],
    spoilt: int,
) -> _Tally:
    votes = dict.fromkeys(candidates, 0)
    valid = [group for group in groups if len(group.named) <= rules.marks_allowed]
    for group in valid:
        for key in group.named:
            votes[key] += group.count
    blank = sum(group.count for group in valid if not group.named)
    cast = sum(group.count for group in valid) - blank
    beyond = sum(group.count for group in groups) - cast - blank
    return _Tally(rules, candidates, votes, cast, blank, spoilt + beyond)


# -- seats


def _seated(tally: _Tally, order: Order | None) -> tuple[Seating, tuple[tuple[Settled, Seating], ...]]:
    """The seats by votes, then each declared rule on the ties left, with the seating after each."""
    start = open_seating(tally.rules, tally.candidates, tally.pool)
    levels = [frozenset(level) for level in by_votes(tally.standing) if tally.votes[level[0]] >= tally.needed]
    seating = first = seat_by(start, levels)
    settled: list[tuple[Settled, Seating]] = []
    for rule in tally.rules.ties:
        for votes in sorted({tally.votes[min(block.keys)] for block in seating.blocks}, reverse=True):
            one, seating = _settle(rule, tally, seating, votes, order)
            settled += [(one, seating)] if one else []
    return first, tuple(settled)


def _settle(
    rule: TieRule, tally: _Tally, seating: Seating, votes: int, order: Order | None
) -> tuple[Settled | None, Seating]:
    """One rule on the candidates tied with this many votes; None when the rule has nothing to say of them."""
    tied = [block for block in seating.blocks if tally.votes[min(block.keys)] == votes]
    if rule is TieRule.AGE:
        tied = [block for block in tied if all(tally.candidates[key].born_on for key in block.keys)]
    if not tied or rule is TieRule.SECOND_ROUND:
        return None, seating
    keys = sorted(key for block in tied for key in block.keys)
    levels = _by_age(tally, keys) if rule is TieRule.AGE else _by_draw(order, keys)
    after = seat_by(seating, [frozenset(level) for level in levels])
    elected = tuple(sorted(after.inside - seating.inside))
    return Settled(rule, votes, sum(block.seats for block in tied), levels, elected), after


def _by_age(tally: _Tally, keys: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The eldest first, those born the same day together."""
    days = {key: born for key in keys if (born := tally.candidates[key].born_on)}
    return tuple(tuple(key for key in keys if days[key] == day) for day in sorted(set(days.values())))


def _by_draw(order: Order | None, keys: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    drawn = tuple(order(keys)) if order else ()
    if sorted(drawn) != list(keys):
        raise ValueError("the draw does not order exactly the tied candidates")
    return tuple((key,) for key in drawn)


# -- result


def _result(tally: _Tally, first: Seating, settled: tuple[tuple[Settled, Seating], ...]) -> ElectionResult:
    last = settled[-1][1] if settled else first
    tied_seats = sum(block.seats for block in last.blocks)
    to_fill = last.terms.total - len(last.inside) - tied_seats
    tied = frozenset(key for block in last.blocks for key in block.keys)
    return ElectionResult(
        rules=tally.rules,
        votes=tally.votes,
        ranking=by_votes(tally.standing),
        elected=_elected(tally, first, settled),
        ties=_ties(tally, last),
        settled=tuple(one for one, _after in settled),
        passed_over=_passed_over(tally, first),
        withdrew=tuple(sorted(key for key in tally.votes if tally.candidates[key].withdrew)),
        remaining=tuple(sorted(tally.pool - last.inside - last.outside - tied)) if to_fill else (),
        to_fill=to_fill,
        vacant=tally.rules.seats - last.terms.total,
        limits=tuple(_held(tally, last, limit) for limit in tally.rules.limits),
        parity=_parity(tally, last),
        cast=tally.cast,
        blank=tally.blank,
        spoilt=tally.spoilt,
    )


def _elected(
    tally: _Tally, first: Seating, settled: tuple[tuple[Settled, Seating], ...]
) -> tuple[Elected, ...]:
    """Who sits and by which rule, from the most votes."""
    by: dict[str, By] = {}
    for key in first.inside:
        as_many = sum(tally.votes[other] >= tally.votes[key] for other in tally.pool)
        by[key] = By.VOTES if as_many <= tally.rules.seats else By.LIMITS
    for one, _after in settled:
        by.update(dict.fromkeys(one.elected, By(one.by)))
    ranked = sorted(by, key=lambda key: (-tally.votes[key], key))
    return tuple(Elected(key, tally.votes[key], by[key]) for key in ranked)


def _ties(tally: _Tally, last: Seating) -> tuple[Tied, ...]:
    sent = TieRule.SECOND_ROUND in tally.rules.ties
    ties = [
        Tied(tuple(sorted(block.keys)), block.seats, tally.votes[min(block.keys)], sent)
        for block in last.blocks
    ]
    return tuple(sorted(ties, key=lambda tie: (-tie.votes, tie.candidates)))


def _passed_over(tally: _Tally, first: Seating) -> tuple[PassedOver, ...]:
    """Candidates the votes leave without a seat although as many votes or fewer have one, or a seat is left."""
    seated = [tally.votes[key] for key in first.inside]
    seated += [tally.votes[min(block.keys)] for block in first.blocks]
    given = len(first.inside) + sum(block.seats for block in first.blocks)
    lowest = 0 if given < tally.rules.seats else min(seated, default=0)
    over = [key for key in first.outside if tally.votes[key] >= lowest]
    return tuple(_why(tally, first, key) for key in sorted(over, key=lambda key: (-tally.votes[key], key)))


def _why(tally: _Tally, first: Seating, key: str) -> PassedOver:
    before = [other for other in first.inside if tally.votes[other] >= tally.votes[key]]
    held = {limit.group: _holding(tally, before, limit.group) for limit in tally.rules.limits}
    mine = tally.candidates[key].groups
    full = [
        limit.group
        for limit in tally.rules.limits
        if limit.group in mine and limit.most is not None and held[limit.group] >= limit.most
    ]
    reserved = [
        limit.group
        for limit in tally.rules.limits
        if limit.group not in mine and held[limit.group] < limit.least
    ]
    return PassedOver(key, tuple(full), tuple(reserved))


def _holding(tally: _Tally, keys: Iterable[str], group: str) -> int:
    """The seats of a group: these candidates and the members who stay."""
    won = sum(group in tally.candidates[key].groups for key in keys)
    return won + tally.rules.staying_of(group)


def _held(tally: _Tally, last: Seating, limit: Limit) -> Held:
    won = sum(limit.group in tally.candidates[key].groups for key in last.inside)
    staying = tally.rules.staying_of(limit.group)
    tied = any(limit.group in tally.candidates[key].groups for block in last.blocks for key in block.keys)
    return Held(limit, won, staying, max(0, limit.least - won - staying), tied)


def _parity(tally: _Tally, last: Seating) -> tuple[ParityHeld, ...]:
    groups = tally.rules.parity.groups if tally.rules.parity else ()
    most = tally.rules.parity_most
    return tuple(ParityHeld(group, _holding(tally, last.inside, group), most) for group in groups)
