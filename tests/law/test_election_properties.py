"""What stays true of every election: an independent search through all boards agrees, order never matters."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from votes.counting.election import ElectionBallots, count_election
from votes.counting.election_flow import find_flow
from votes.counting.election_rules import Candidate, ElectionRules, Limit, Parity, Unfilled
from votes.counting.election_search import Allowance, Row, Terms, find_board

KINDS = {"college": "AB", "sector": "XYZ"}


@st.composite
def elections(draw):
    """Votes, groups and rules of a small election, colleges, sectors and parity overlapping."""
    votes = {f"c{number}": draw(st.integers(0, 4)) for number in range(draw(st.integers(1, 8)))}
    kinds = [st.sampled_from([*groups, ""]) for groups in (*KINDS.values(), "FM")]
    groups = {key: frozenset(draw(st.tuples(*kinds))) - {""} for key in votes}
    seats = draw(st.integers(1, 5))
    limits = [draw(limit(group, kind, seats)) for kind, names in KINDS.items() for group in names]
    parity = draw(st.none() | st.builds(Parity, st.just(("F", "M")), st.integers(0, 2), st.just(True)))
    unfilled = draw(st.sampled_from(Unfilled))
    staying = tuple(draw(st.lists(st.sampled_from(list(groups.values())), max_size=1)))
    rules = ElectionRules(seats, limits=tuple(limits), parity=parity, unfilled=unfilled, staying=staying)
    return votes, groups, rules


@st.composite
def limit(draw, group, kind, seats):
    least = draw(st.integers(0, seats // len(KINDS[kind])))
    most = draw(st.none() | st.integers(least, least + 1))
    return Limit(group, least, most, kind=kind)


def counted(votes, groups, rules):
    ballots = [ElectionBallots(frozenset([key]), number) for key, number in votes.items()]
    candidates = {key: Candidate(names) for key, names in groups.items()}
    return count_election({key: key for key in votes}, ballots, rules=rules, candidates=candidates)


def short(board, groups, rules, limits):
    held = [sum(one.group in groups[key] for key in board) + rules.staying_of(one.group) for one in limits]
    return sum(max(0, one.least - number) for one, number in zip(limits, held, strict=True))


def beyond(board, groups, rules, group, most):
    staying = rules.staying_of(group)
    return max(0, sum(group in groups[key] for key in board) + staying - max(most, staying))


def smallest(boards, measure):
    best = min(map(measure, boards))
    return [board for board in boards if measure(board) == best]


def best_boards(votes, groups, rules):
    """Every best board, found among all boards: minima, then seats filled, then parity, then votes."""
    able = [key for key in votes if votes[key]]
    boards = [board for size in range(rules.seats + 1) for board in combinations(able, size)]
    capped = [one for one in rules.limits if one.most is not None]
    boards = [
        board
        for board in boards
        if not any(beyond(board, groups, rules, one.group, one.most) for one in capped)
    ]
    boards = smallest(boards, lambda board: short(board, groups, rules, rules.limits))
    if rules.unfilled is Unfilled.VACANT:
        boards = [board for board in boards if keeps(board, groups, rules)] or smallest(boards, len)
    boards = smallest(boards, lambda board: -len(board))
    if rules.parity:
        over = [(group, rules.parity_most) for group in "FM"]
        boards = smallest(boards, lambda board: sum(beyond(board, groups, rules, *one) for one in over))
    return smallest(
        boards, lambda board: [-count for count in sorted((votes[k] for k in board), reverse=True)]
    )


def keeps(board, groups, rules):
    """Whether the seats reserved and left without candidate are kept, kind by kind."""
    kinds = [[one for one in rules.limits if one.kind == kind] for kind in KINDS]
    return all(len(board) + short(board, groups, rules, limits) <= rules.seats for limits in kinds)


@settings(max_examples=300, deadline=None)
@given(elections())
def test_a_search_through_every_board_finds_the_same_seats_and_the_same_ties(election):
    result, boards = counted(*election), [set(board) for board in best_boards(*election)]
    sure, possible = set.intersection(*boards), set.union(*boards)
    assert set(result.winners) == sure
    assert {key for tie in result.ties for key in tie.candidates} == possible - sure
    assert all({len(board & set(tie.candidates)) for board in boards} == {tie.seats} for tie in result.ties)
    assert result.vacant == election[2].seats - len(boards[0])


@settings(max_examples=100, deadline=None)
@given(elections(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(election, random):
    votes, groups, rules = election
    fresh = dict(zip(votes, random.sample(range(1000), len(votes)), strict=True))
    renamed = {f"n{fresh[key]}": votes[key] for key in reversed(votes)}
    result = counted(renamed, {f"n{fresh[key]}": groups[key] for key in votes}, rules)
    before = counted(votes, groups, rules)
    assert set(result.winners) == {f"n{fresh[key]}" for key in before.winners}
    ties = {(frozenset(f"n{fresh[key]}" for key in tie.candidates), tie.seats) for tie in before.ties}
    assert {(frozenset(tie.candidates), tie.seats) for tie in result.ties} == ties


@settings(max_examples=50, deadline=None)
@given(elections())
def test_twice_every_ballot_seats_the_same(election):
    votes, groups, rules = election
    once, twice = counted(*election), counted({key: 2 * n for key, n in votes.items()}, groups, rules)
    assert (once.winners, once.vacant) == (twice.winners, twice.vacant)
    assert [tie.candidates for tie in once.ties] == [tie.candidates for tie in twice.ties]


@settings(max_examples=50, deadline=None)
@given(elections(), st.data())
def test_one_more_vote_never_loses_a_seat(election, data):
    votes, groups, rules = election
    before = counted(*election)
    if before.winners:
        key = data.draw(st.sampled_from(before.winners))
        assert key in counted({**votes, key: votes[key] + 1}, groups, rules).winners


rows = st.builds(
    lambda keys, low, more: Row(keys, low, low + more),
    st.frozensets(st.sampled_from("abcdef")),
    st.integers(0, 3),
    st.integers(0, 3),
)


def missed(row, board):
    held = len(row.keys & board)
    return max(0, row.low - held, held - row.high)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 6), st.lists(rows, max_size=5), st.lists(rows, max_size=3), st.integers(0, 3))
def test_a_board_is_found_exactly_when_there_is_one(total, hard, soft, most):
    boards = [frozenset(board) for board in combinations("abcdef", total)]
    kept = [board for board in boards if not any(missed(row, board) for row in hard)]
    kept = [board for board in kept if sum(missed(row, board) for row in soft) <= most]
    found = find_board(Terms(tuple("abcdef"), total, tuple(hard), (Allowance(tuple(soft), most),)))
    assert found in kept if kept else found is None


bounds = st.tuples(st.integers(0, 2), st.integers(0, 3)).map(lambda pair: (min(pair), max(pair)))


@settings(max_examples=200, deadline=None)
@given(
    st.tuples(bounds, bounds),
    st.tuples(bounds, bounds),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    bounds,
)
def test_a_flow_says_yes_exactly_when_some_table_keeps_both_families(left, right, sizes, total):
    cells = dict(zip([(0, 0), (0, 1), (1, 0), (1, 1)], sizes, strict=True))
    tables = [
        (a, b, c, d)
        for a in range(sizes[0] + 1)
        for b in range(sizes[1] + 1)
        for c in range(sizes[2] + 1)
        for d in range(sizes[3] + 1)
    ]
    sums = [(a + b, c + d, a + c, b + d, a + b + c + d) for a, b, c, d in tables]
    asked = (*left, *right, total)
    kept = any(all(low <= n <= high for n, (low, high) in zip(line, asked, strict=True)) for line in sums)
    assert (find_flow(total, left, right, cells) is not None) == kept


@given(st.integers(1, 60), st.fractions(0, 1))
def test_a_share_of_parity_never_leaves_a_seat_to_no_one(body, share):
    assert 2 * Parity(("F", "M"), Fraction(share)).seats(body) >= body
