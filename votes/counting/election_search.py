"""Whether a board can satisfy every rule at once: an exact search over candidates the rules cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from votes.counting.election_flow import find_flow

STEPS = 4_000

Support = tuple[int, ...]


class TooEntangled(ValueError):
    """The rules overlap so much that no exact answer was found within the declared number of steps."""


@dataclass(frozen=True)
class Row:
    """A rule on how many of these candidates sit together: at least `low`, at most `high`."""

    keys: frozenset[str]
    low: int
    high: int


@dataclass(frozen=True)
class Allowance:
    """Rows that may miss their bounds, all of them together by `most` seats at most."""

    rows: tuple[Row, ...]
    most: int


@dataclass(frozen=True)
class Terms:
    """What a board must satisfy: who may sit, how many, the rows to respect, the rows that may give.

    Exactly `total` sit, or from `fewest` to `total` when `fewest` is given.

    `pool` is in any order: it changes which board is found, never whether one exists.
    """

    pool: tuple[str, ...]
    total: int
    rows: tuple[Row, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    fewest: int | None = None


def find_board(
    terms: Terms, inside: frozenset[str] = frozenset(), outside: frozenset[str] = frozenset()
) -> frozenset[str] | None:
    """One board that satisfies the terms, with all of `inside` and none of `outside`; None when none does.

    Candidates in the same rows are interchangeable, so the search is over how many of each kind sit: depth
    first, pruned by each row, by the seats that rows without a common candidate need together, and by a flow
    through each two families of such rows. A flow is kept as long as the choices made agree with it, and is the
    answer when it keeps every rule; states that failed are remembered. Raises TooEntangled past `STEPS` states
    and flows, never an approximate answer.
    """
    if not inside.isdisjoint(outside):
        return None
    search = _Search(terms, inside, outside)
    counts = search.run()
    if counts is None:
        return None
    chosen = (key for keys, count in zip(search.kinds, counts, strict=True) for key in keys[:count])
    return inside | frozenset(chosen)


@dataclass(frozen=True)
class _Plan:
    """One row as the search sees it: bounds that remain, and what kinds from each position on can still add."""

    low: int
    high: int
    has: tuple[bool, ...]
    left: tuple[int, ...]

    def miss(self, held: int, place: int) -> int:
        """By how much the row is missed whatever the kinds left bring."""
        return max(0, self.low - held - self.left[place], held - self.high)

    def trace(self, held: int, place: int) -> int:
        """What the rest of the search needs to know of the seats held: equal traces have equal futures."""
        if held + self.left[place] > self.high:
            return held
        return min(held, max(self.low, 0))


def _loosened(row: Row, most: int) -> Row:
    """What a row that may be missed by `most` still asks for certain."""
    return Row(row.keys, row.low - most, row.high + most)


class _Search:
    def __init__(self, terms: Terms, inside: frozenset[str], outside: frozenset[str]) -> None:
        self._everyone = frozenset(terms.pool) | inside
        firm = [allowance for allowance in terms.allowances if not allowance.most]
        hard = [*terms.rows, *(row for allowance in firm for row in allowance.rows)]
        soft = [allowance for allowance in terms.allowances if allowance.most]
        hard += [_loosened(row, allowance.most) for allowance in soft for row in allowance.rows]
        fewest = terms.total if terms.fewest is None else terms.fewest
        self._rows = [Row(self._everyone, fewest, terms.total), *hard]
        self._hard = len(self._rows)
        self._spans: list[tuple[range, int]] = []
        for allowance in soft:
            start = len(self._rows)
            self._rows.extend(allowance.rows)
            self._spans.append((range(start, len(self._rows)), allowance.most))
        free = [key for key in terms.pool if key not in inside and key not in outside]
        self.kinds = self._kinds(free)
        self._plans = [self._plan(row, inside) for row in self._rows]
        self._failed: set[tuple[int, ...]] = set()
        self._steps = 0

    def _kinds(self, free: Sequence[str]) -> list[tuple[str, ...]]:
        """Candidates in exactly the same rows, the kinds of one row next to each other."""
        kinds: dict[tuple[int, ...], list[str]] = {}
        for key in free:
            signature = tuple(number for number, row in enumerate(self._rows) if key in row.keys)
            kinds.setdefault(signature, []).append(key)
        return [tuple(kinds[signature]) for signature in sorted(kinds, reverse=True)]

    def _plan(self, row: Row, inside: frozenset[str]) -> _Plan:
        has = tuple(kind[0] in row.keys for kind in self.kinds)
        left = [0]
        for kind, belongs in zip(reversed(self.kinds), reversed(has), strict=True):
            left.append(left[-1] + (len(kind) if belongs else 0))
        held = len(row.keys & inside)
        return _Plan(row.low - held, row.high - held, has, tuple(reversed(left)))

    @cached_property
    def _families(self) -> list[list[int]]:
        """Hard rows without a common candidate, the board itself apart."""
        families: list[tuple[set[str], list[int]]] = []
        for number in range(1, self._hard):
            keys = self._rows[number].keys
            for taken, family in families:
                if taken.isdisjoint(keys):
                    taken |= keys
                    family.append(number)
                    break
            else:
                families.append((set(keys), [number]))
        return sorted((family for _taken, family in families), key=len, reverse=True)

    @cached_property
    def _pairs(self) -> list[tuple[list[int], list[int]]]:
        return list(combinations(self._families, 2))

    def run(self) -> list[int] | None:
        """How many of each kind sit, or None."""
        counts: list[int] = []
        supports: list[Support | None] = [None for _pair in self._pairs]
        return counts if self._place(0, (0,) * len(self._plans), counts, supports) else None

    def _place(
        self, place: int, held: tuple[int, ...], counts: list[int], supports: Sequence[Support | None]
    ) -> bool:
        if not self._possible(place, held):
            return False
        if place == len(self.kinds):
            return True
        state = (place, *(plan.trace(have, place) for plan, have in zip(self._plans, held, strict=True)))
        if state in self._failed:
            return False
        self._spend()
        flows = self._supported(place, held, supports)
        whole = None if flows is None else self._whole(place, held, flows, supports)
        if whole is not None:
            counts.extend(whole[place:])
            return True
        for count in [] if flows is None else self._values(place, held, flows):
            counts.append(count)
            kept = [flow if flow[place] == count else None for flow in flows or ()]
            if self._place(place + 1, self._added(place, held, count), counts, kept):
                return True
            counts.pop()
        self._failed.add(state)
        return False

    def _spend(self) -> None:
        self._steps += 1
        if self._steps > STEPS:
            raise TooEntangled("the groups overlap too much for an exact count: declare fewer rules at once")

    def _supported(
        self, place: int, held: tuple[int, ...], supports: Sequence[Support | None]
    ) -> list[Support] | None:
        """For each two families, seats of each kind that keep both; None when some two cannot be kept."""
        flows: list[Support] = []
        for (one, other), support in zip(self._pairs, supports, strict=True):
            found = support or self._flow(place, held, one, other)
            if found is None:
                return None
            flows.append(found)
        return flows

    def _whole(
        self, place: int, held: tuple[int, ...], flows: Sequence[Support], known: Sequence[Support | None]
    ) -> Support | None:
        """One of the new flows that happens to keep every rule."""
        fresh = [flow for flow, support in zip(flows, known, strict=True) if flow is not support]
        return next((flow for flow in fresh if self._keeps(place, held, flow)), None)

    def _keeps(self, place: int, held: tuple[int, ...], flow: Support) -> bool:
        ends = (
            have
            + sum(count for count, belongs in zip(flow[place:], plan.has[place:], strict=True) if belongs)
            for plan, have in zip(self._plans, held, strict=True)
        )
        return self._possible(len(self.kinds), tuple(ends))

    def _added(self, place: int, held: tuple[int, ...], count: int) -> tuple[int, ...]:
        return tuple(
            have + count if plan.has[place] else have for plan, have in zip(self._plans, held, strict=True)
        )

    def _values(self, place: int, held: tuple[int, ...], flows: Sequence[Support]) -> Iterator[int]:
        """How many of this kind may sit within what each hard row leaves open, what a flow gives it first."""
        low, high = 0, len(self.kinds[place])
        for plan, have in zip(self._plans[: self._hard], held, strict=False):
            if plan.has[place]:
                low = max(low, plan.low - have - plan.left[place + 1])
                high = min(high, plan.high - have)
        board = self._plans[0]
        part = len(self.kinds[place]) * (board.high - held[0]) // max(1, board.left[place])
        part = flows[0][place] if flows else part
        yield from sorted(range(low, high + 1), key=lambda count: (abs(count - part), count))

    def _possible(self, place: int, held: tuple[int, ...]) -> bool:
        """Whether no bound is already out of reach; past the last kind, whether every bound is kept."""
        misses = [plan.miss(have, place) for plan, have in zip(self._plans, held, strict=True)]
        if any(misses[: self._hard]):
            return False
        if any(sum(misses[number] for number in span) > most for span, most in self._spans):
            return False
        return all(self._room(place, held, family) for family in self._families)

    def _flow(
        self, place: int, held: tuple[int, ...], one: Sequence[int], other: Sequence[int]
    ) -> Support | None:
        """Seats of each kind that keep two families of rows, all other rows apart; None when there are none."""
        self._spend()
        of_kinds = self._cells[tuple(one), tuple(other)]
        cells: dict[tuple[int, int], int] = {}
        for kind, cell in zip(self.kinds[place:], of_kinds[place:], strict=True):
            cells[cell] = cells.get(cell, 0) + len(kind)
        left, right = ([*self._bounds(held, family), (0, len(self._everyone))] for family in (one, other))
        [total] = self._bounds(held, [0])
        seats = find_flow(total, left, right, cells)
        return None if seats is None else self._shared(place, of_kinds, cells, seats)

    def _shared(
        self,
        place: int,
        of_kinds: Sequence[tuple[int, int]],
        sizes: dict[tuple[int, int], int],
        seats: dict[tuple[int, int], int],
    ) -> Support:
        """The seats of each cell shared between its kinds, in proportion to their candidates."""
        before, shares = dict.fromkeys(sizes, 0), [0] * place
        for kind, cell in zip(self.kinds[place:], of_kinds[place:], strict=True):
            after = before[cell] + len(kind)
            shares.append(seats[cell] * after // sizes[cell] - seats[cell] * before[cell] // sizes[cell])
            before[cell] = after
        return tuple(shares)

    def _bounds(self, held: tuple[int, ...], family: Sequence[int]) -> list[tuple[int, int]]:
        """What each row of a family still needs and still allows."""
        rows = ((self._plans[number], held[number]) for number in family)
        return [(max(0, plan.low - have), plan.high - have) for plan, have in rows]

    @cached_property
    def _cells(self) -> dict[tuple[tuple[int, ...], tuple[int, ...]], list[tuple[int, int]]]:
        """For two families, the row of each that every kind is in; the last number when it is in none."""
        return {
            (tuple(one), tuple(other)): [
                (self._row_of(place, one), self._row_of(place, other)) for place in range(len(self.kinds))
            ]
            for one, other in combinations(self._families, 2)
        }

    def _row_of(self, place: int, family: Sequence[int]) -> int:
        belongs = (at for at, number in enumerate(family) if self._plans[number].has[place])
        return next(belongs, len(family))

    def _room(self, place: int, held: tuple[int, ...], family: Iterable[int]) -> bool:
        """Whether the seats left suffice for what these rows still need, and these rows leave enough to fill."""
        board = self._plans[0]
        needed, closed = 0, 0
        for number in family:
            plan, have = self._plans[number], held[number]
            needed += max(0, plan.low - have)
            closed += max(0, plan.left[place] - max(0, plan.high - have))
        return needed <= board.high - held[0] and board.left[place] - closed >= board.low - held[0]
