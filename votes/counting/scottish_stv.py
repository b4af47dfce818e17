"""Scottish STV: several seats, ranked ballots, surpluses and exclusions; ties by earlier stages or a public draw.

The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52; the same as
rules 46 to 53 of the Order of 2011 (SSI 2011/399). Votes are whole numbers of 1/100000: nothing is rounded
but the transfer value, whose decimals after the fifth are ignored (rule 48).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from votes.counting.draw import canonical_name, draw_digest, draw_order
from votes.counting.scottish_stv_result import (
    UNIT,
    Action,
    Look,
    Round,
    Settled,
    StvResult,
    Tie,
    Transfer,
)
from votes.counting.scottish_stv_words import derive

__all__ = ["StvBallots", "StvResult", "count_scottish_stv", "group_scottish_stv"]


MOST_SUPPOSED = 64


@dataclass(frozen=True)
class StvBallots:
    """A number of ballots that rank the same candidates in the same order; none ranked is a blank ballot."""

    ranking: tuple[str, ...]
    count: int = 1


def count_scottish_stv(
    options: Mapping[str, str],
    ballots: Iterable[StvBallots],
    *,
    seats: int,
    seed: str | None = None,
    spoilt: int = 0,
) -> StvResult:
    """Elect `seats` candidates: `options` maps each candidate's key to their name, ballots rank keys.

    A tie that earlier stages do not settle is drawn by `seed` (`votes.counting.draw`), on names. Without a
    seed the count goes on only when every possible draw elects the same candidates; else it stops there:
    `elected` holds who is elected for certain, `undecided` who may still be; count again with the seed. Ballots ranking nobody are blank, apart from the valid ones. Raises ValueError
    for a ballot that names an unknown candidate or one twice, a negative count, no seat, no candidate, two
    candidates of one name, or an empty seed.
    """
    groups = tuple(ballots)
    _check(options, groups, seats=seats, seed=seed, spoilt=spoilt)
    count = _counted(options, [group for group in groups if group.ranking], seats, seed)
    result = StvResult(
        seats=seats,
        quota=count.quota,
        ranking=tuple(count.ranking),
        undecided=count.listed(count.continuing) if count.is_stopped else (),
        rounds=tuple(count.rounds),
        ties=tuple(count.ties),
        cast=count.valid,
        blank=sum(group.count for group in groups if not group.ranking),
        spoilt=spoilt,
        seed=seed,
    )
    return replace(result, derivation=derive(result, options))


def group_scottish_stv(cast: Iterable[Sequence[str]]) -> tuple[StvBallots, ...]:
    """Single ballots, each a list of keys from the most preferred, grouped by equal content."""
    counts = Counter(tuple(ranking) for ranking in cast)
    return tuple(StvBallots(ranking, count) for ranking, count in counts.items())


def _check(
    options: Mapping[str, str], groups: Sequence[StvBallots], *, seats: int, seed: str | None, spoilt: int
) -> None:
    if seats < 1 or not options:
        raise ValueError("an election has at least one seat and one candidate")
    if len({canonical_name(name) for name in options.values()}) < len(options):
        raise ValueError("two candidates have the same name: distinguish them")
    if seed is not None and not seed.strip():
        raise ValueError("a seed is never empty")
    if spoilt < 0 or any(group.count < 0 for group in groups):
        raise ValueError("a count is never negative")
    if any(not options.keys() >= set(group.ranking) for group in groups):
        raise ValueError("a ballot ranks an unknown candidate")
    if any(len(set(group.ranking)) < len(group.ranking) for group in groups):
        raise ValueError("a ballot ranks a candidate twice")


def _counted(names: Mapping[str, str], groups: Sequence[StvBallots], seats: int, seed: str | None) -> _Count:
    """The count; when it stops for want of a seed and no draw could change a seat, the count past it."""

    def start(supposed: Mapping[int, str]) -> _Count:
        count = _Count(names, groups, seats, seed, supposed)
        count.run()
        return count

    first = start({})
    return (first.is_stopped and _past_every_draw(start)) or first


def _past_every_draw(start: Callable[[Mapping[int, str]], _Count]) -> _Count | None:
    """Suppose each draw possible in turn: a complete count if all elect the same, None when they differ.

    None too when there are more draws to suppose than `MOST_SUPPOSED`.
    """
    waiting: list[Mapping[int, str]] = [{}]
    found: _Count | None = None
    for _supposed in range(MOST_SUPPOSED):
        supposed = waiting.pop()
        count = start(supposed)
        if count.is_stopped:
            tie = count.ties[-1]
            left = tie.looks[-1].left if tie.looks else tie.candidates
            waiting.extend({**supposed, tie.stage: key} for key in reversed(left))
        elif found is not None and found.elected != count.elected:
            return None
        else:
            found = found or count
        if not waiting:
            return found
    return None


class _Bundle:
    """Equal ballots: always in one pile, at one value, so that they move as one."""

    __slots__ = ("count", "place", "ranking", "value")

    def __init__(self, ballots: StvBallots) -> None:
        self.ranking, self.count = ballots.ranking, ballots.count
        self.place, self.value = -1, UNIT

    def next_preference(self, continuing: Collection[str]) -> str | None:
        """Move on to the next candidate still in the running, or to none."""
        for place in range(self.place + 1, len(self.ranking)):
            if self.ranking[place] in continuing:
                self.place = place
                return self.ranking[place]
        return None


class _Count:
    """A count under way: who holds which papers, at which value, and what each stage did."""

    def __init__(
        self,
        names: Mapping[str, str],
        groups: Sequence[StvBallots],
        seats: int,
        seed: str | None,
        supposed: Mapping[int, str],
    ) -> None:
        self.names, self.vacancies, self.seed, self.supposed = names, seats, seed, supposed
        self.valid = sum(group.count for group in groups)
        self.quota = self.valid // (seats + 1) + 1
        self.continuing = set(names)
        self.owing: set[str] = set()
        self.order = {key: canonical_name(name) for key, name in names.items()}
        self.totals = dict.fromkeys(self.listed(names), 0)
        self.piles: dict[str, list[_Bundle]] = {key: [] for key in names}
        self.exhausted = self.lost = 0
        self.is_stopped = False
        self.ranking: list[tuple[str, ...]] = []
        self.rounds: list[Round] = []
        self.ties: list[Tie] = []
        self.waiting = [_Bundle(group) for group in groups if group.count]

    @property
    def stage(self) -> int:
        """The number of the stage being counted, from 1."""
        return len(self.rounds) + 1

    @property
    def elected(self) -> set[str]:
        """Who is elected so far."""
        return {key for group in self.ranking for key in group}

    def listed(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Keys in the alphabetical order of their names, which means nothing."""
        return tuple(sorted(keys, key=self.order.__getitem__))

    def run(self) -> None:
        """Count stage after stage until the seats are filled, or a draw is needed and there is no seed."""
        self._first_stage()
        while self.vacancies and self.continuing and not self.is_stopped:
            if self.owing:
                self._surplus_stage()
            else:
                self._exclusion_stage()

    # -- stages

    def _first_stage(self) -> None:
        """Rule 45: each paper to its first preference, worth one vote."""
        for transfer in self._move(self.waiting, lambda value: value):
            self._credit(transfer)
        self._close(Action.FIRST_PREFERENCES, None, ())

    def _surplus_stage(self) -> None:
        """Rules 48 and 49: the largest surplus, each paper at surplus × value / total, five decimals."""
        key = self._choose(self.owing, Action.SURPLUS)
        if key is None:
            return
        self.owing.discard(key)
        total, quota = self.totals[key], self.quota * UNIT
        transfers = self._move(self.piles.pop(key), lambda value: (total - quota) * value // total)
        self.totals[key] = quota
        self.lost += total - quota - sum(transfer.votes for transfer in transfers)
        for transfer in transfers:
            self._credit(transfer)
        self._close(Action.SURPLUS, key, transfers)

    def _exclusion_stage(self) -> None:
        """Rules 50 to 52: the fewest votes; no transfer when that leaves as many candidates as seats."""
        key = self._choose(self.continuing, Action.EXCLUSION)
        if key is None:
            return
        self.continuing.discard(key)
        if len(self.continuing) <= self.vacancies:
            self._close(Action.EXCLUSION, key, (), was_transferred=False)
            return
        transfers = self._move(self.piles.pop(key), lambda value: value)
        self.totals[key] = 0
        for transfer in transfers:
            self._credit(transfer)
        self._close(Action.EXCLUSION, key, transfers)

    def _move(self, bundles: Iterable[_Bundle], new_value: Callable[[int], int]) -> tuple[Transfer, ...]:
        """Give each bundle its new value and its next candidate; papers of one value move as one parcel."""
        parcels: Counter[tuple[str | None, int]] = Counter()
        for bundle in bundles:
            bundle.value = new_value(bundle.value)
            key = bundle.next_preference(self.continuing)
            parcels[key, bundle.value] += bundle.count
            if key is not None:
                self.piles[key].append(bundle)
        moved = [Transfer(to, papers, value) for (to, value), papers in parcels.items()]
        place = {key: number for number, key in enumerate(self.totals)}
        last = len(place)
        return tuple(sorted(moved, key=lambda one: (last if one.to is None else place[one.to], -one.value)))

    def _credit(self, transfer: Transfer) -> None:
        if transfer.to is None:
            self.exhausted += transfer.votes
        else:
            self.totals[transfer.to] += transfer.votes

    def _close(
        self,
        action: Action,
        candidate: str | None,
        transfers: tuple[Transfer, ...],
        *,
        was_transferred: bool = True,
    ) -> None:
        """The end of a stage: rule 47 elects who has the quota, rule 52 fills the last seats."""
        quota = self.quota * UNIT
        by_quota = self._elect(key for key in self.continuing if self.totals[key] >= quota)
        self.owing.update(key for key in by_quota if self.totals[key] > quota)
        remaining = self.continuing if len(self.continuing) <= self.vacancies else set()
        last = self._elect(remaining)
        stage = Round(
            stage=self.stage,
            action=action,
            candidate=candidate,
            transfers=transfers,
            totals=dict(self.totals),
            exhausted=self.exhausted,
            lost=self.lost,
            elected=by_quota + last,
            last_vacancies=last,
            was_transferred=was_transferred,
        )
        self.rounds.append(stage)

    def _elect(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Elect together, the most votes first, equal votes in one group."""
        groups: dict[int, list[str]] = {}
        for key in self.listed(keys):
            groups.setdefault(self.totals[key], []).append(key)
        ranked = [tuple(groups[votes]) for votes in sorted(groups, reverse=True)]
        elected = tuple(key for group in ranked for key in group)
        self.ranking.extend(ranked)
        self.continuing.difference_update(elected)
        self.vacancies -= len(elected)
        return elected

    # -- ties

    def _choose(self, keys: Collection[str], action: Action) -> str | None:
        """The largest surplus or the fewest votes; None, and the count stops, when only a draw can tell."""
        tied = self._extreme(keys, self.totals, action)
        if len(tied) == 1:
            return tied[0]
        tie = self._settle(tied, action)
        self.ties.append(tie)
        self.is_stopped = tie.chosen is None
        return tie.chosen

    def _extreme(self, keys: Iterable[str], totals: Mapping[str, int], action: Action) -> tuple[str, ...]:
        listed = self.listed(keys)
        pick = max if action is Action.SURPLUS else min
        best = pick(totals[key] for key in listed)
        return tuple(key for key in listed if totals[key] == best)

    def _settle(self, tied: tuple[str, ...], action: Action) -> Tie:
        """Rules 49 (2) and 51 (2): the latest stage where they differed, then further back, then the draw."""
        left, looks = tied, list[Look]()
        for earlier in reversed(self.rounds[:-1]):
            kept = self._extreme(left, earlier.totals, action)
            if len(kept) < len(left):
                looks.append(Look(earlier.stage, {key: earlier.totals[key] for key in left}, kept))
            left = kept
            if len(left) == 1:
                break
        return self._settled(tied, left, tuple(looks), action)

    def _settled(
        self, tied: tuple[str, ...], left: tuple[str, ...], looks: tuple[Look, ...], action: Action
    ) -> Tie:
        tie = Tie(self.stage, action, tied, self.totals[tied[0]], looks, Settled.UNDECIDED, None)
        if len(left) == 1:
            return replace(tie, settled=Settled.EARLIER_ROUND, chosen=left[0])
        if self.seed is not None:
            return self._drawn(tie, left, self.seed)
        if self.stage in self.supposed:
            return replace(tie, settled=Settled.NO_EFFECT, chosen=self.supposed[self.stage])
        if self._moves_no_vote(tied, action):
            return replace(tie, settled=Settled.NO_EFFECT, chosen=left[0])
        return tie

    def _drawn(self, tie: Tie, left: tuple[str, ...], seed: str) -> Tie:
        """Rules 49 (3) and 51 (2) (b): by lot; the first name drawn is the one chosen."""
        keys = {self.names[key]: key for key in left}
        order = draw_order(seed, tie.stage, keys)
        drawn = tuple(keys[name] for name in order)
        digests = tuple(draw_digest(seed, tie.stage, name) for name in order)
        return replace(tie, settled=Settled.DRAW, chosen=drawn[0], drawn=drawn, digests=digests)

    def _moves_no_vote(self, tied: Collection[str], action: Action) -> bool:
        """Whether the tied have no vote at all and will all be excluded one after the other.

        Then none of them moves a vote to anyone, and the candidates left after them are the same in any order.
        """
        is_worthless = action is Action.EXCLUSION and all(self.totals[key] == 0 for key in tied)
        return is_worthless and len(self.continuing) - len(tied) >= self.vacancies
