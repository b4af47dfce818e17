"""Who sits: the board that the votes prefer among all those the rules allow, and the ties votes leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from votes.counting.election_rules import Candidate, ElectionRules, Limit, Unfilled
from votes.counting.election_search import Allowance, Row, Terms, find_board


@dataclass(frozen=True)
class Block:
    """Candidates with equal votes of whom exactly `seats` sit; the ballots do not say which."""

    keys: frozenset[str]
    seats: int


@dataclass(frozen=True)
class Seating:
    """What is settled so far: the terms, who sits and who does not in every best board, the blocks left.

    `witness` is one board that keeps all of it: proof that there is one, never a choice.
    """

    terms: Terms
    witness: frozenset[str]
    inside: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    blocks: tuple[Block, ...] = ()

    def with_row(self, row: Row) -> frozenset[str] | None:
        """A board that keeps one more row, or None."""
        return find_board(replace(self.terms, rows=(*self.terms.rows, row)), self.inside, self.outside)

    def with_more(self, keys: frozenset[str], seats: int) -> frozenset[str] | None:
        """A board with at least this many of these candidates, or None."""
        if seats == len(keys):
            return find_board(self.terms, self.inside | keys, self.outside)
        return self.with_row(Row(keys, seats, len(keys)))

    def keeping(self, row: Row) -> Seating:
        """The same with one more row, which the witness already keeps."""
        return replace(self, terms=replace(self.terms, rows=(*self.terms.rows, row)))

    def settled(self, keys: frozenset[str], seats: int) -> Seating:
        """The same with exactly this many of these candidates, at once decided when it is all or none."""
        if seats == len(keys):
            return replace(self, inside=self.inside | keys)
        if not seats:
            return replace(self, outside=self.outside | keys)
        return self.keeping(Row(keys, seats, seats))


def seat_by(seating: Seating, levels: Iterable[frozenset[str]]) -> Seating:
    """Level after level, the most preferred first: as many of it as any board allowed can seat.

    A board is better than another when, at the first level where they differ, more of its members are of that
    level. Where limits are on groups that nest (colleges, a college and its parts), the best board is also the
    one with the most votes in all. After it, `blocks` are the real ties.
    """
    opened: list[frozenset[str]] = [block.keys for block in seating.blocks]
    for level in levels:
        keys = level - seating.inside - seating.outside
        seating = _filled(seating, keys)
        if not any(keys <= known for known in opened):
            opened.append(keys)
    return _with_blocks(seating, opened)


def _filled(seating: Seating, keys: frozenset[str]) -> Seating:
    """The most seats these candidates can have together, and exactly those."""
    seats = len(seating.witness & keys)
    while seats < len(keys):
        better = seating.with_more(keys, seats + 1)
        if better is None:
            break
        seating, seats = replace(seating, witness=better), len(better & keys)
    return seating.settled(keys, seats)


def _with_blocks(seating: Seating, opened: Sequence[frozenset[str]]) -> Seating:
    """The candidates of each level who sit in every best board or in none; what is left are the blocks."""
    for keys in opened:
        for alike in _alike(seating.terms, keys - seating.inside - seating.outside):
            seating = _decided(seating, alike)
    left = (keys - seating.inside - seating.outside for keys in opened)
    parts = [part for keys in left for part in _parts(seating, keys)]
    return replace(seating, blocks=tuple(Block(part, len(seating.witness & part)) for part in parts))


def _alike(terms: Terms, keys: frozenset[str]) -> list[frozenset[str]]:
    """The candidates among these whom no row tells apart."""
    rows = [*terms.rows, *(row for allowance in terms.allowances for row in allowance.rows)]
    kinds: dict[tuple[bool, ...], set[str]] = {}
    for key in keys:
        kinds.setdefault(tuple(key in row.keys for row in rows), set()).add(key)
    return [frozenset(kind) for kind in kinds.values()]


def _decided(seating: Seating, keys: frozenset[str]) -> Seating:
    """Interchangeable candidates: all inside when no best board lacks one, all outside when none has one."""
    if keys <= seating.witness and seating.with_row(Row(keys, 0, len(keys) - 1)) is None:
        return replace(seating, inside=seating.inside | keys)
    if keys.isdisjoint(seating.witness) and seating.with_row(Row(keys, 1, len(keys))) is None:
        return replace(seating, outside=seating.outside | keys)
    return seating


def _parts(seating: Seating, keys: frozenset[str]) -> list[frozenset[str]]:
    """The smallest sets of these candidates whose number of seats is the same in every best board."""
    rows = [*seating.terms.rows, *(row for one in seating.terms.allowances for row in one.rows)]
    for row in rows:
        part = keys & row.keys
        if part and part != keys and _is_constant(seating, part):
            return _parts(seating, part) + _parts(seating, keys - part)
    return [keys] if keys else []


def _is_constant(seating: Seating, keys: frozenset[str]) -> bool:
    held = len(seating.witness & keys)
    fewer = held and seating.with_row(Row(keys, 0, held - 1)) is not None
    return not fewer and seating.with_row(Row(keys, held + 1, len(keys))) is None


# -- the terms of an election


def open_seating(rules: ElectionRules, candidates: Mapping[str, Candidate], pool: Iterable[str]) -> Seating:
    """The terms of this election with these candidates, before any vote is looked at.

    Minima come first: as few seats short of them as the candidates allow. Then as many seats filled as
    possible; a seat reserved by a minimum and left without candidate stays vacant, unless the rules open it to
    the others. Then, when parity binds, as few seats beyond it as the candidates allow. Maxima always hold.
    """
    keys = tuple(sorted(pool))
    groups = {key: candidates[key].groups for key in keys}
    most = tuple(_most_row(rules, limit, groups) for limit in rules.limits if limit.most is not None)
    terms = Terms(keys, 0, most)
    terms, witness = _fill(rules, terms, _least_rows(rules, groups))
    seating = Seating(terms, witness)
    return _with_parity(seating, rules, groups) if rules.parity and rules.parity.is_binding else seating


def _holders(group: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(key for key, names in groups.items() if group in names)


def _most_row(rules: ElectionRules, limit: Limit, groups: Mapping[str, frozenset[str]]) -> Row:
    most = rules.seats if limit.most is None else limit.most
    return Row(_holders(limit.group, groups), 0, max(0, most - rules.staying_of(limit.group)))


def _least_rows(rules: ElectionRules, groups: Mapping[str, frozenset[str]]) -> dict[str, list[Row]]:
    """The rows of the minima still to reach, kind by kind."""
    rows: dict[str, list[Row]] = {}
    for limit in rules.limits:
        low = limit.least - rules.staying_of(limit.group)
        if low > 0:
            row = Row(_holders(limit.group, groups), low, len(groups))
            rows.setdefault(limit.kind or limit.group, []).append(row)
    return rows


def _fill(
    rules: ElectionRules, terms: Terms, least: Mapping[str, Sequence[Row]]
) -> tuple[Terms, frozenset[str]]:
    """The terms with the fewest seats short of the minima, then the most seats filled, and such a board."""
    minima = tuple(row for rows in least.values() for row in rows)
    full = min(rules.seats, len(terms.pool))
    short = sum(max(0, row.low - len(row.keys)) for row in minima)
    while not _boards(replace(terms, fewest=0), [full], [Allowance(minima, short)]):
        short += 1
    base = [Allowance(minima, short)] if minima else []
    for total in range(full, -1, -1):
        kept = [Allowance(tuple(rows), rules.seats - total) for rows in least.values()]
        kept = kept if rules.unfilled is Unfilled.VACANT else []
        found = _boards(terms, [total], [*base, *kept])
        if found:
            return found
    found = _boards(terms, range(full + 1), base)
    if not found:
        raise ValueError("no board respects the rules")
    return found


def _boards(
    terms: Terms, totals: Iterable[int], allowances: Sequence[Allowance]
) -> tuple[Terms, frozenset[str]] | None:
    """The first of these numbers of seats that some board can fill."""
    for total in totals:
        asked = replace(terms, total=total, allowances=tuple(allowances))
        board = find_board(asked)
        if board is not None:
            return asked, board
    return None


def _with_parity(seating: Seating, rules: ElectionRules, groups: Mapping[str, frozenset[str]]) -> Seating:
    parity = rules.parity
    if parity is None:
        return seating
    rows = tuple(
        Row(_holders(group, groups), 0, max(0, rules.parity_most - rules.staying_of(group)))
        for group in parity.groups
    )
    for beyond in range(rules.seats + 1):
        allowance = Allowance(rows, beyond)
        terms = replace(seating.terms, allowances=(*seating.terms.allowances, allowance))
        board = find_board(terms)
        if board is not None:
            return Seating(terms, board)
    raise ValueError("no board respects the rules")
