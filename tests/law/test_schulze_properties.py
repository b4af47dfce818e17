"""What stays true of every Schulze count, against a count that enumerates every path."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from tests.law.ranked import OPTIONS, doubled, elections, ranked, renamed
from votes.counting.derivation import as_json, from_json, say
from votes.counting.rankings import RankedBallots, pairwise_matrix
from votes.counting.schulze import count_duels, count_schulze

KEYS = list(OPTIONS)
tables = st.integers(1, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 6), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def strongest(table, start, end):
    """The strongest of all the paths of won duels, each enumerated."""
    others = [place for place in range(len(table)) if place not in (start, end)]
    best = 0
    for length in range(len(others) + 1):
        for between in permutations(others, length):
            steps = list(zip((start, *between), (*between, end), strict=True))
            if all(table[i][j] > table[j][i] for i, j in steps):
                best = max(best, min(table[i][j] for i, j in steps))
    return best


@given(tables)
def test_the_paths_are_the_strongest_of_all_there_are(table):
    for place, row in enumerate(table):
        row[place] = 0
    size = range(len(table))
    found = count_duels({str(place): str(place) for place in size}, table)
    expected = [[strongest(table, i, j) if i != j else 0 for j in size] for i in size]
    assert [list(row) for row in found.paths] == expected
    unbeaten = [str(i) for i in size if all(expected[j][i] <= expected[i][j] for j in size)]
    assert sorted(found.ranking[0]) == unbeaten


@given(elections)
def test_whoever_wins_every_duel_wins_alone(groups):
    result = count_schulze(OPTIONS, groups)
    for i, row in enumerate(result.pairwise):
        if all(row[j] > result.pairwise[j][i] for j in range(len(KEYS)) if j != i):
            assert result.winners == (KEYS[i],)


@given(elections, st.permutations(KEYS))
def test_the_order_of_options_and_ballots_changes_no_ranking(groups, order):
    turned = count_schulze({key: OPTIONS[key] for key in order}, groups[::-1])
    assert turned.ranking == count_schulze(OPTIONS, groups).ranking


@given(elections, st.permutations(KEYS))
def test_renaming_options_renames_the_ranking_only(groups, order):
    names = dict(zip(KEYS, order, strict=True))
    before, after = count_schulze(OPTIONS, groups), count_schulze(OPTIONS, renamed(groups, names))
    assert [{names[key] for key in rank} for rank in before.ranking] == [set(rank) for rank in after.ranking]


@given(elections)
def test_doubling_every_ballot_changes_no_ranking(groups):
    assert count_schulze(OPTIONS, doubled(groups)).ranking == count_schulze(OPTIONS, groups).ranking


@given(elections, st.data())
def test_ranking_a_winner_first_never_makes_it_lose(groups, data):
    winners = count_schulze(OPTIONS, groups).winners
    if not winners:
        return
    winner, place = data.draw(st.sampled_from(winners)), data.draw(st.integers(0, len(groups) - 1))
    rest = tuple(level - {winner} for level in groups[place].ranking if level - {winner})
    raised = [*groups[:place], RankedBallots((frozenset([winner]), *rest), groups[place].count)]
    assert winner in count_schulze(OPTIONS, raised + groups[place + 1 :]).winners


@given(elections)
def test_each_rank_is_beaten_from_above_and_ties_within(groups):
    result = count_schulze(OPTIONS, groups)
    place = {key: index for index, key in enumerate(result.options)}

    def ahead(a, b):
        return result.paths[place[a]][place[b]] > result.paths[place[b]][place[a]]

    assert sorted(key for rank in result.ranking for key in rank) == KEYS
    assert not any(ahead(a, b) for rank in result.ranking for a in rank for b in rank)
    pairs = zip(result.ranking, result.ranking[1:], strict=False)
    assert all(any(ahead(a, b) for a in upper) for upper, lower in pairs for b in lower)


@given(elections)
def test_every_derivation_is_said_and_read_back(groups):
    derivation = count_schulze(OPTIONS, groups).derivation
    assert from_json(as_json(derivation)) == derivation
    assert all(say(sentence) and "%(" not in say(sentence) for sentence in derivation)


@given(elections)
def test_the_duels_alone_give_the_same_ranking_as_the_ballots(groups):
    found = count_duels(OPTIONS, pairwise_matrix(OPTIONS, groups))
    assert found.ranking == count_schulze(OPTIONS, groups).ranking
    assert found.cast is None


def test_a_path_told_is_made_of_won_duels_at_least_as_strong():
    result = count_schulze(OPTIONS, ranked("4 A>B>C>D, 3 B>C>A>D, 2 C>A>B>D"))
    assert result.winners == ("A",)
    told = [say(sentence) for sentence in result.derivation if "path" in sentence.params]
    assert told == [line for line in told if "Option A > Option B (6), Option B > Option C (7)" in line]
    assert told
