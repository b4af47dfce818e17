"""What must stay true of every majority judgment, checked by taking medians out one by one."""

import time

from hypothesis import given
from hypothesis import strategies as st

from votes.counting.derivation import as_json, from_json, say
from votes.counting.majority_judgment import (
    DEFAULT_GRADES,
    MajorityJudgmentBallots,
    count_grades,
    count_majority_judgment,
    majority_gauge,
    majority_value,
)

OPTIONS = {key: key.upper() for key in "abcd"}
ballots = st.lists(
    st.builds(
        MajorityJudgmentBallots,
        st.dictionaries(st.sampled_from("abcd"), st.integers(0, 6)),
        st.integers(0, 4),
    ),
    max_size=8,
)
profiles = st.lists(st.integers(0, 5), min_size=2, max_size=7)


def one_by_one(profile):
    """The majority value by the words of its definition: take the lower middle grade out, again and again."""
    left = [grade for grade, count in enumerate(profile) for _ballot in range(count)]
    return [left.pop((len(left) - 1) // 2) for _grade in range(len(left))]


def by_hand(result):
    """The ranking by those values, compared grade by grade."""
    values = {key: one_by_one(profile) for key, profile in result.profiles.items()}
    best_first = sorted(set(map(tuple, values.values())), reverse=True)
    return tuple(tuple(sorted(key for key in values if tuple(values[key]) == best)) for best in best_first)


@given(profiles)
def test_the_blocks_spell_the_value_that_removal_one_by_one_gives(profile):
    spelled = [g for grades, times in majority_value(profile) for _time in range(times) for g in grades]
    assert spelled == one_by_one(profile)
    assert len(majority_value(profile)) <= 2 * len(profile)


@given(profiles.filter(any))
def test_the_majority_grade_is_the_lower_middle_one(profile):
    gauge = majority_gauge(profile)
    assert gauge.grade == one_by_one(profile)[0]
    assert (gauge.below, gauge.at) == (sum(profile[: gauge.grade]), profile[gauge.grade])
    assert gauge.whole == sum(profile)


@given(ballots)
def test_the_ranking_is_that_of_medians_taken_out_one_by_one(cast):
    result = count_majority_judgment(OPTIONS, cast)
    assert result.ranking == by_hand(result)


@given(ballots, st.permutations(list(OPTIONS)))
def test_the_order_of_options_and_ballots_changes_nothing(cast, order):
    turned = count_majority_judgment({key: OPTIONS[key] for key in order}, cast[::-1])
    assert turned.ranking == count_majority_judgment(OPTIONS, cast).ranking


@given(ballots, st.permutations(list(OPTIONS)))
def test_renaming_options_renames_the_ranking_only(cast, names):
    rename = dict(zip(OPTIONS, names, strict=True))
    moved = [
        MajorityJudgmentBallots({rename[key]: grade for key, grade in group.grades.items()}, group.count)
        for group in cast
    ]
    before = count_majority_judgment(OPTIONS, cast).ranking
    after = count_majority_judgment(OPTIONS, moved).ranking
    assert [{rename[key] for key in group} for group in before] == [set(group) for group in after]


@given(ballots)
def test_doubling_every_ballot_changes_no_majority_grade(cast):
    before, after = (count_majority_judgment(OPTIONS, times) for times in (cast, cast * 2))
    assert {k: g.grade for k, g in before.gauges.items()} == {k: g.grade for k, g in after.gauges.items()}
    assert {frozenset(group) for group in before.ranking} == {frozenset(group) for group in after.ranking}


@given(ballots, st.data())
def test_a_better_grade_never_lowers_an_option(cast, data):
    graded = [(place, key) for place, group in enumerate(cast) for key in group.grades]
    if not graded:
        return
    place, key = data.draw(st.sampled_from(graded))
    better = {**cast[place].grades, key: data.draw(st.integers(cast[place].grades[key], 6))}
    raised = [*cast[:place], MajorityJudgmentBallots(better, cast[place].count), *cast[place + 1 :]]
    before, after = (count_majority_judgment(OPTIONS, each) for each in (cast, raised))
    assert beaten(before, key) <= beaten(after, key)


def beaten(result, key):
    """The options ranked below this one."""
    place = next(place for place, group in enumerate(result.ranking) if key in group)
    return {other for group in result.ranking[place + 1 :] for other in group}


@given(ballots)
def test_options_share_a_rank_only_when_their_grades_are_the_same(cast):
    result = count_majority_judgment(OPTIONS, cast)
    assert all(len({result.profiles[key] for key in group}) == 1 for group in result.ranking)
    assert sorted(key for group in result.ranking for key in group) == sorted(OPTIONS)


@given(ballots)
def test_every_derivation_is_said_and_read_back(cast):
    derivation = count_majority_judgment(OPTIONS, cast).derivation
    assert from_json(as_json(derivation)) == derivation
    assert all(say(sentence) and "%(" not in say(sentence) for sentence in derivation)


@given(st.lists(st.integers(0, 10**15), min_size=7, max_size=7), st.permutations(range(7)))
def test_counts_of_any_size_are_ranked_in_no_time(counts, order):
    turned = [counts[place] for place in order]
    started = time.perf_counter()
    result = count_grades({"a": "A", "b": "B"}, {"a": counts, "b": turned}, grades=DEFAULT_GRADES)
    assert time.perf_counter() - started < 1
    assert (len(result.ranking) == 1) == (counts == turned)
