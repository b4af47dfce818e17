"""What must stay true of every count, whatever the ballots, the colleges and the rules."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cooperation.rules import (
    Base,
    Denominator,
    EmptyCollege,
    Majority,
    Pooling,
    Presence,
    Profile,
    QuorumRule,
    SilentCollege,
    StatutesRules,
    Tie,
    Weight,
    WeightBasis,
    college_breaches,
    foreseen_breaches,
    heads_needed,
    quorum_met,
    redistribute,
    redistribution_breaches,
    weights_from_points,
)
from cooperation.sentences import hundredths
from votes.counting.approval import ApprovalBallots, count_approval
from votes.counting.derivation import as_json, from_json, say
from votes.counting.resolution import CollegeBallots, ResolutionRules, count_resolution

NAMES = "ABCDEFG"
counts = st.integers(0, 60)
thresholds = st.fractions(Fraction(1, 12), 1, max_denominator=12)
majorities = st.builds(Majority, thresholds, st.booleans())


@st.composite
def tables(draw, fewest=1):
    """Weights from points: always exactly one."""
    points = draw(st.lists(st.integers(1, 50), min_size=fewest, max_size=6))
    return weights_from_points(dict(zip(NAMES, points, strict=False)))


@st.composite
def emptied(draw):
    """A table, and the colleges of it that are empty."""
    table = draw(tables())
    return table, draw(st.sets(st.sampled_from([weight.college for weight in table])))


@st.composite
def colleges(draw, weights):
    """Ballots of each college of a table: some are empty, some silent."""
    drawn = []
    for weight in weights:
        if draw(st.integers(0, 5)) == 0:
            drawn.append(CollegeBallots(weight.college, members=0))
        else:
            votes = [draw(counts) for _ in range(5)]
            members = sum(votes) + draw(st.integers(1, 60))
            drawn.append(CollegeBallots(weight.college, *votes, members=members))
    return drawn


@st.composite
def elections(draw):
    """Rules of any kind, and ballots to count by them."""
    weights = draw(tables())
    rules = ResolutionRules(
        pooling=draw(st.sampled_from(Pooling)),
        base=draw(st.sampled_from(Base)),
        majority=draw(majorities),
        denominator=draw(st.sampled_from(Denominator)),
        tie=draw(st.sampled_from(Tie)),
        empty_college=draw(st.sampled_from(EmptyCollege)),
        silent_college=draw(st.sampled_from(SilentCollege)),
        weights=weights,
    )
    return rules, draw(colleges(weights))


def doubled(college):
    """The same college with every ballot cast twice."""
    names = ("in_favour", "against", "abstain", "blank", "spoilt", "members")
    return replace(college, **{name: 2 * getattr(college, name) for name in names})


@given(elections())
def test_for_against_and_neither_make_one(election):
    parts = count_resolution(*election).parts
    assert parts.in_favour + parts.against + parts.void == 1
    assert min(parts.in_favour, parts.against, parts.void) >= 0


@given(elections(), st.randoms())
def test_the_order_of_colleges_and_weights_changes_nothing(election, random):
    rules, lines = election
    shuffled, weights = list(lines), list(rules.weights)
    random.shuffle(shuffled)
    random.shuffle(weights)
    before = count_resolution(rules, lines)
    after = count_resolution(replace(rules, weights=tuple(weights)), shuffled)
    assert (before.adopted, before.parts, before.reached) == (after.adopted, after.parts, after.reached)


@given(elections())
def test_names_of_colleges_weigh_nothing(election):
    rules, lines = election
    renamed = [replace(line, college=f"z{line.college}") for line in lines]
    weights = tuple(replace(weight, college=f"z{weight.college}") for weight in rules.weights)
    assert (
        count_resolution(rules, lines).parts
        == count_resolution(replace(rules, weights=weights), renamed).parts
    )


@given(elections())
def test_doubling_every_ballot_changes_no_outcome(election):
    rules, lines = election
    before, after = count_resolution(rules, lines), count_resolution(rules, [doubled(line) for line in lines])
    assert (before.adopted, before.parts) == (after.adopted, after.parts)


@given(elections(), st.data())
def test_one_more_voice_for_never_defeats_a_resolution(election, data):
    rules, lines = election
    voting = [place for place, line in enumerate(lines) if line.members != 0 and line.cast]
    if not voting or not count_resolution(rules, lines).adopted:
        return
    place = data.draw(st.sampled_from(voting))
    lines[place] = replace(lines[place], in_favour=lines[place].in_favour + 1)
    assert count_resolution(rules, lines).adopted


@given(elections())
def test_abstentions_change_nothing_where_votes_cast_are_counted(election):
    rules, lines = election
    expressed = replace(rules, base=Base.EXPRESSED)
    without = [replace(line, abstain=0, blank=0, spoilt=0) for line in lines]
    assert count_resolution(expressed, lines).parts == count_resolution(expressed, without).parts


@given(elections())
def test_one_college_alone_counts_like_heads(election):
    rules, lines = election
    alone = replace(rules, pooling=Pooling.PROPORTIONAL, weights=(Weight("A", Fraction(1)),))
    ballots = replace(lines[0], college="A")
    assert (
        count_resolution(alone, [ballots]).parts
        == count_resolution(replace(alone, pooling=Pooling.NONE), [ballots]).parts
    )


@given(elections())
def test_every_derivation_is_said_and_read_back(election):
    result = count_resolution(*election)
    assert from_json(as_json(result.derivation)) == result.derivation
    assert all(say(sentence) and "%(" not in say(sentence) for sentence in result.derivation)


@given(elections())
def test_the_rules_of_a_count_are_read_back(election):
    rules, _lines = election
    assert ResolutionRules.from_json(rules.to_json()) == rules


@given(emptied(), st.sampled_from(EmptyCollege))
def test_redistribution_keeps_the_whole(case, policy):
    table, empty = case
    shared = redistribute(table, empty, policy)
    if not shared.is_suspended:
        assert sum(weight.share for weight in shared.weights) + shared.lost == 1
    before = {weight.college: weight.share for weight in table}
    assert all(weight.share >= before[weight.college] for weight in shared.weights)


@given(emptied(), st.sampled_from(EmptyCollege))
def test_redistribution_never_breaks_the_cap_silently(case, policy):
    table, empty = case
    shared = redistribute(table, empty, policy)
    if any(weight.share > Fraction(1, 2) for weight in shared.weights):
        assert {breach.code for breach in redistribution_breaches(Profile.SCIC_SA, table, empty, policy)} >= {
            "V02"
        }


@given(tables(fewest=3), st.sampled_from(EmptyCollege))
def test_what_is_not_foreseen_cannot_happen_to_one_college(table, policy):
    if foreseen_breaches(Profile.SCIC_SAS, table, policy):
        return
    for weight in table:
        assert not redistribution_breaches(Profile.SCIC_SAS, table, [weight.college], policy)


@given(tables())
def test_lawful_tables_keep_both_bounds(table):
    lawful = not college_breaches(Profile.SCIC_SARL, table)
    within = all(Fraction(1, 10) <= weight.share <= Fraction(1, 2) for weight in table)
    assert lawful == (within and len(table) >= 3)


@given(st.fractions(0, 1, max_denominator=50), st.integers(0, 5000))
def test_the_heads_needed_are_the_fewest_that_reach_the_share(share, members):
    needed = heads_needed(share, members)
    assert needed >= share * members
    assert needed - 1 < share * members


@given(tables(), st.lists(st.tuples(counts, counts), min_size=6, max_size=6), thresholds, st.booleans())
def test_one_more_present_never_breaks_a_quorum(table, heads, share, is_weighted):
    rule = QuorumRule(share, is_weighted, empty_college=EmptyCollege.PROPORTIONAL)
    pairs = zip(table, heads, strict=False)
    lines = [Presence(w.college, max(h), min(h), w.share) for w, h in pairs]
    fuller = [replace(line, present=min(line.present + 1, line.members)) for line in lines]
    assert quorum_met(rule, fuller).met >= quorum_met(rule, lines).met


@given(st.fractions(0, 1))
def test_a_rounded_percentage_is_within_half_a_hundredth(share):
    assert abs(Fraction(hundredths(share), 10_000) - share) <= Fraction(1, 20_000)


approvals = st.lists(
    st.builds(ApprovalBallots, st.frozensets(st.sampled_from("abcd")), st.integers(0, 50)), max_size=12
)
OPTIONS = {key: key.upper() for key in "abcd"}


@given(approvals, st.permutations(list(OPTIONS)))
def test_the_order_of_options_and_ballots_changes_no_ranking(ballots, order):
    turned = count_approval({key: OPTIONS[key] for key in order}, ballots[::-1])
    assert turned.ranking == count_approval(OPTIONS, ballots).ranking


@given(approvals, st.permutations(list(OPTIONS)))
def test_renaming_options_renames_the_ranking_only(ballots, names):
    rename = dict(zip(OPTIONS, names, strict=True))
    renamed = [replace(group, approved=frozenset(rename[key] for key in group.approved)) for group in ballots]
    before, after = count_approval(OPTIONS, ballots), count_approval(OPTIONS, renamed)
    assert [{rename[key] for key in group} for group in before.ranking] == [
        set(group) for group in after.ranking
    ]


@given(approvals)
def test_doubling_every_approval_changes_no_ranking(ballots):
    assert count_approval(OPTIONS, ballots * 2).ranking == count_approval(OPTIONS, ballots).ranking


@given(approvals)
def test_every_option_is_ranked_once(ballots):
    result = count_approval(OPTIONS, ballots)
    assert sorted(key for group in result.ranking for key in group) == sorted(OPTIONS)
    assert result.cast + result.blank == sum(group.count for group in ballots)


@given(
    st.builds(
        StatutesRules,
        st.sampled_from(Profile),
        st.sampled_from(Pooling),
        st.sampled_from(Base),
        majorities,
        majorities,
        tables(),
        st.sampled_from(WeightBasis),
        quorum_first=thresholds,
        quorum_is_weighted=st.booleans(),
        notice_days_first=st.integers(0, 60),
    )
)
def test_statutes_are_read_back(rules):
    assert StatutesRules.from_json(rules.to_json()) == rules
