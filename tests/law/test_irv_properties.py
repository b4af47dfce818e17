"""What stays true of every instant-runoff, against a count that follows every tie ballot by ballot."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.law.ranked import OPTIONS, doubled, elections, rank, ranked, renamed
from votes.counting.derivation import as_json, from_json, say
from votes.counting.irv import count_irv
from votes.counting.rankings import RankedBallots, pairwise_matrix

KEYS = list(OPTIONS)


def preferred(ranking, left):
    best = min(rank(ranking, key) for key in left)
    return {key for key in left if rank(ranking, key) == best}


def every_order(groups, left):
    """Each order in which options can leave, first to last; those no ballot tells apart leave as one."""
    firsts = [(preferred(group.ranking, left), group.count) for group in groups if group.count]
    if len(left) == 1 or all(first == left for first, _count in firsts):
        return {(frozenset(left),)}
    votes = {key: sum(count for first, count in firsts if first == {key}) for key in left}
    fewest = [key for key in left if votes[key] == min(votes.values())]
    return {(frozenset([key]), *rest) for key in fewest for rest in every_order(groups, left - {key})}


@given(elections)
def test_the_winners_are_all_who_can_remain_however_ties_fall(groups):
    result = count_irv(OPTIONS, groups)
    last = frozenset().union(*(order[-1] for order in every_order(groups, set(KEYS))))
    assert result.ranking[0] == tuple(sorted(last))
    assert result.winners == (result.ranking[0] if result.cast else ())


# A and D leave together in one way the first tie falls, A after D in the others: no order between them.
GO_TOGETHER_ONCE = ranked("2 A, 5 B=C, 2 B=D")


@given(elections)
@example(GO_TOGETHER_ONCE)
def test_the_others_are_ranked_apart_only_where_every_order_agrees(groups):
    result, orders = count_irv(OPTIONS, groups), every_order(groups, set(KEYS))
    for upper, lower in zip(result.ranking[1:], result.ranking[2:], strict=False):
        for order in orders:
            place = {key: index for index, keys in enumerate(order) for key in keys}
            assert all(place[a] > place[b] for a in upper for b in lower)


@given(elections)
def test_a_tie_is_reported_exactly_when_several_are_in_front(groups):
    result = count_irv(OPTIONS, groups)
    assert bool(result.ties) == (len(result.winners) > 1)
    assert sorted(key for group in result.ranking for key in group) == KEYS


@given(elections)
def test_every_round_accounts_for_every_vote_cast(groups):
    result = count_irv(OPTIONS, groups)
    for count in result.rounds:
        assert sum(count.votes.values()) + count.waiting + count.exhausted == result.cast
        assert not (count.eliminated and count.tied)


@given(elections)
def test_a_round_of_two_is_their_duel(groups):
    duels = pairwise_matrix(OPTIONS, groups)
    for count in count_irv(OPTIONS, groups).rounds:
        if len(count.votes) == 2:
            first, second = (KEYS.index(key) for key in count.votes)
            assert tuple(count.votes.values()) == (duels[first][second], duels[second][first])


@given(elections, st.permutations(KEYS))
def test_the_order_of_options_and_ballots_changes_nothing(groups, order):
    before = count_irv(OPTIONS, groups)
    turned = count_irv({key: OPTIONS[key] for key in order}, groups[::-1])
    assert (turned.winners, turned.ranking) == (before.winners, before.ranking)
    assert (turned.rounds, turned.ties, turned.derivation) == (before.rounds, before.ties, before.derivation)


@given(elections, st.permutations(KEYS))
def test_renaming_options_renames_the_ranking_only(groups, order):
    names = dict(zip(KEYS, order, strict=True))
    before, after = count_irv(OPTIONS, groups), count_irv(OPTIONS, renamed(groups, names))
    assert [{names[key] for key in rank} for rank in before.ranking] == [set(rank) for rank in after.ranking]


@given(elections)
def test_doubling_every_ballot_changes_no_ranking(groups):
    assert count_irv(OPTIONS, doubled(groups)).ranking == count_irv(OPTIONS, groups).ranking


@given(elections, st.sampled_from(KEYS))
def test_an_option_first_on_more_than_half_of_the_ballots_wins(groups, key):
    cast = sum(group.count for group in groups if group.ranking)
    more = [*groups, RankedBallots((frozenset([key]),), cast + 1)]
    assert count_irv(OPTIONS, more).winners == (key,)


@given(elections)
def test_every_derivation_is_said_and_read_back(groups):
    derivation = count_irv(OPTIONS, groups).derivation
    assert from_json(as_json(derivation)) == derivation
    assert all(say(sentence) and "%(" not in say(sentence) for sentence in derivation)
