"""What must stay true of dots, scores, gradients and consent, whatever the ballots."""

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.counting.consent import ConsentBallots, Stance, Treatment, count_consent
from votes.counting.derivation import as_json, from_json, say
from votes.counting.dots import DotsBallots, count_dots
from votes.counting.gradients import GradientsBallots, count_gradients
from votes.counting.score import Missing, ScoreBallots, count_score

OPTIONS = {key: key.upper() for key in "abcd"}
ONE = {"p": "P"}
keys, counts = st.sampled_from("abcd"), st.integers(0, 9)
dotted = st.lists(st.builds(DotsBallots, st.dictionaries(keys, st.integers(0, 3)), counts), max_size=8)
scored = st.lists(st.builds(ScoreBallots, st.dictionaries(keys, st.integers(-2, 5)), counts), max_size=8)
graded = st.lists(st.builds(GradientsBallots, st.none() | st.integers(1, 8), counts), max_size=8)
said = st.one_of(
    st.builds(ConsentBallots, st.sampled_from([Stance.CONSENT, Stance.ABSTAIN, None]), counts),
    st.builds(ConsentBallots, st.just(Stance.RESERVATION), counts, st.sampled_from(["", "r"])),
    st.builds(
        ConsentBallots,
        st.just(Stance.OBJECTION),
        counts,
        st.sampled_from(["x", "y"]),
        st.sampled_from(Treatment),
    ),
)
answered = st.lists(said, max_size=8)


def dots(ballots, options=OPTIONS):
    return count_dots(options, ballots, dots=12, cap=3)


def absent(ballots, options=OPTIONS):
    return count_score(options, ballots, lowest=-2, highest=5)


def lowest(ballots, options=OPTIONS):
    return count_score(options, ballots, lowest=-2, highest=5, missing=Missing.LOWEST)


RANKED = [(dots, dotted), (absent, scored), (lowest, scored)]
ranked_methods = pytest.mark.parametrize(("count", "ballots"), RANKED, ids=["dots", "absent", "lowest"])


@ranked_methods
@given(data=st.data())
def test_the_order_of_options_and_ballots_changes_no_ranking(count, ballots, data):
    cast, order = data.draw(ballots), data.draw(st.permutations(list(OPTIONS)))
    assert count(cast[::-1], {key: OPTIONS[key] for key in order}).ranking == count(cast).ranking


@ranked_methods
@given(data=st.data())
def test_renaming_options_renames_the_ranking_only(count, ballots, data):
    cast, names = data.draw(ballots), data.draw(st.permutations(list(OPTIONS)))
    rename = dict(zip(OPTIONS, names, strict=True))
    moved = [type(group)({rename[key]: n for key, n in values(group).items()}, group.count) for group in cast]
    assert [{rename[key] for key in group} for group in count(cast).ranking] == [
        set(group) for group in count(moved).ranking
    ]


def values(group):
    return group.dots if isinstance(group, DotsBallots) else group.scores


@ranked_methods
@given(data=st.data())
def test_doubling_every_ballot_changes_no_ranking(count, ballots, data):
    cast = data.draw(ballots)
    assert count(cast * 2).ranking == count(cast).ranking


@ranked_methods
@given(data=st.data())
def test_every_option_is_ranked_once(count, ballots, data):
    cast = data.draw(ballots)
    result = count(cast)
    assert sorted(key for group in result.ranking for key in group) == sorted(OPTIONS)
    assert result.cast + result.blank == sum(group.count for group in cast)


@ranked_methods
@given(data=st.data())
def test_a_higher_value_never_lowers_an_option(count, ballots, data):
    cast = data.draw(ballots)
    given_ = [(place, key) for place, group in enumerate(cast) for key in values(group)]
    if not given_:
        return
    place, key = data.draw(st.sampled_from(given_))
    raised = list(cast)
    most = 3 if count is dots else 5
    raised[place] = type(cast[place])({**values(cast[place]), key: most}, cast[place].count)
    assert beaten(count(cast), key) <= beaten(count(raised), key)


def beaten(result, key):
    """The options ranked below this one."""
    place = next(place for place, group in enumerate(result.ranking) if key in group)
    return {other for group in result.ranking[place + 1 :] for other in group}


@given(scored)
def test_each_mean_is_that_of_the_ballots_one_by_one(cast):
    for count, filler in ((absent, None), (lowest, -2)):
        for key, line in count(cast).options.items():
            each = [g.scores.get(key, filler) for g in cast if g.scores for _ballot in range(g.count)]
            heard = [Fraction(score) for score in each if score is not None]
            assert line.mean == (statistics.mean(heard) if heard else None)


@given(scored)
def test_when_a_missing_score_is_the_lowest_totals_and_means_agree(cast):
    result = lowest(cast)
    assert result.ranking == result.ranking_by_total


@given(dotted)
def test_every_dot_is_placed_or_kept(cast):
    result = dots(cast)
    assert result.placed + result.unused == 12 * result.cast
    assert result.unused >= 0


@given(graded)
def test_the_median_is_that_of_the_ballots_one_by_one(cast):
    result = count_gradients(ONE, cast)
    each = [group.level for group in cast if group.level for _ballot in range(group.count)]
    expected = {statistics.median_low(each), statistics.median_high(each)} if each else set()
    assert set(result.median) == expected
    assert sum(result.shares.values()) == (1 if each else 0)


@given(answered)
def test_consent_needs_someone_and_no_standing_objection(cast):
    result = count_consent(ONE, cast)
    standing = [g for g in cast if g.stance is Stance.OBJECTION and g.count and stands(g)]
    heard = [g for g in cast if g.count and g.stance not in (None, Stance.ABSTAIN)]
    assert result.consented == (bool(heard) and not standing)


def stands(group):
    return group.treatment not in (Treatment.INTEGRATED, Treatment.WITHDRAWN)


@given(answered)
def test_every_objection_has_its_treatment_and_order_changes_nothing(cast):
    result = count_consent(ONE, cast)
    assert sum(result.treated.values()) == result.counts[Stance.OBJECTION]
    assert count_consent(ONE, cast[::-1]) == result


@given(dotted, scored, graded, answered)
def test_every_derivation_is_said_and_read_back(dotted, scored, graded, answered):
    results = (dots(dotted), absent(scored), lowest(scored))
    for result in (*results, count_gradients(ONE, graded), count_consent(ONE, answered)):
        assert from_json(as_json(result.derivation)) == result.derivation
        assert all(say(sentence) and "%(" not in say(sentence) for sentence in result.derivation)
