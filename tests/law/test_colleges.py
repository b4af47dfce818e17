"""Voting colleges: bounds, what an empty one leaves behind, and the cap that no redistribution may break."""

from fractions import Fraction

import pytest

from cooperation.rules import (
    EmptyCollege,
    Profile,
    WeightBasis,
    capital_breaches,
    college_breaches,
    foreseen_breaches,
    read_fraction,
    redistribute,
    redistribution_breaches,
    weights_from_points,
)
from tests.law.written import weights

SAS, ASSOCIATION = Profile.SCIC_SAS, Profile.ASSOCIATION_1901
SCICS = [Profile.SCIC_SA, Profile.SCIC_SAS, Profile.SCIC_SARL]
E07 = weights("A 1/2, B 1/5, C 1/5, D 1/10")


def codes(breaches):
    return [breach.code for breach in breaches]


def after(table, empty, policy):
    shared = redistribute(table, empty, EmptyCollege(policy))
    return [str(weight.share) for weight in shared.weights]


@pytest.mark.parametrize("profile", SCICS)
def test_two_colleges_are_refused_in_a_scic(profile):
    assert codes(college_breaches(profile, weights("A 1/2, B 1/2"))) == ["V01"]


@pytest.mark.parametrize("profile", SCICS)
def test_no_college_at_all_is_lawful(profile):
    assert college_breaches(profile, ()) == []


@pytest.mark.parametrize("profile", SCICS)
def test_a_college_above_one_half_is_refused(profile):
    assert codes(college_breaches(profile, weights("A 11/20, B 1/4, C 1/5"))) == ["V02"]


def test_both_bounds_are_inclusive():
    assert college_breaches(SAS, weights("A 1/2, B 2/5, C 1/10")) == []


def test_the_published_weights_of_aurora_5r_are_illegal_in_two_colleges():
    table = weights(
        "Garants 3/10, Porteurs 3/10, Salariés 3/20, Bénéficiaires 3/20, Adhérents 1/20, Jeunes 1/20"
    )
    breaches = college_breaches(SAS, table)
    assert codes(breaches) == ["V02", "V02"]
    assert [breach.params["college"] for breach in breaches] == ["Adhérents", "Jeunes"]


def test_the_published_weights_of_saint_leon_are_lawful():
    table = weights_from_points(
        {"Salariés": 25, "Producteurs": 25, "Usagers": 25, "Collectivités": 15, "Autres": 10}
    )
    assert college_breaches(SAS, table) == []


@pytest.mark.parametrize("profile", [*SCICS, ASSOCIATION])
def test_weights_that_do_not_make_one_are_refused_in_every_form(profile):
    assert "V03" in codes(college_breaches(profile, weights("A 1/3, B 1/3, C 1/4")))


def test_an_association_weighs_its_colleges_freely():
    assert college_breaches(ASSOCIATION, weights("A 19/20, B 1/20")) == []


def test_a_breach_names_the_article():
    (breach,) = college_breaches(SAS, weights("A 1/2, B 1/2"))
    assert "art. 19 octies" in breach.article


@pytest.mark.parametrize("profile", SCICS)
def test_capital_is_never_what_weights_follow(profile):
    assert codes(capital_breaches(profile, [WeightBasis.ACTIVITY, WeightBasis.CAPITAL])) == ["V04"]
    assert capital_breaches(profile, [WeightBasis.ACTIVITY, WeightBasis.DEVELOPMENT, WeightBasis.EQUAL]) == []


def test_a_lost_weight_stays_with_nobody():
    shared = redistribute(E07, ["D"], EmptyCollege.LOST)
    assert (shared.lost, shared.weights) == (Fraction(1, 10), E07[:3])


def test_in_proportion_the_first_college_of_e07_passes_one_half():
    assert after(E07, ["D"], "proportional") == ["5/9", "2/9", "2/9"]
    assert codes(redistribution_breaches(SAS, E07, ["D"], EmptyCollege.PROPORTIONAL)) == ["V02"]


def test_the_model_clause_gives_nothing_to_a_college_already_at_one_half():
    assert after(E07, ["D"], "equal") == ["1/2", "1/4", "1/4"]
    assert redistribution_breaches(SAS, E07, ["D"], EmptyCollege.EQUAL) == []


def test_the_model_clause_suspends_weighting_under_three_colleges():
    shared = redistribute(E07, ["C", "D"], EmptyCollege.EQUAL)
    assert shared.is_suspended
    assert shared.weights == ()


def test_an_equal_share_that_lifts_a_college_above_one_half_is_refused():
    table = weights("A 12/25, B 11/50, C 1/5, D 1/10")
    assert codes(redistribution_breaches(SAS, table, ["D"], EmptyCollege.EQUAL)) == ["V02"]


def test_suspending_needs_one_empty_college_only():
    assert redistribute(E07, ["D"], EmptyCollege.SUSPEND).is_suspended
    assert not redistribute(E07, [], EmptyCollege.SUSPEND).is_suspended


def test_the_empty_college_of_young_graduates_leaves_nineteenths():
    merged = weights("Garants 9/20, Porteurs 3/10, Bénéficiaires 3/20, Adhérents 1/20, Jeunes 1/20")
    assert after(merged, ["Jeunes"], "proportional") == ["9/19", "6/19", "3/19", "1/19"]


@pytest.mark.parametrize("policy", EmptyCollege)
def test_without_an_empty_college_no_policy_changes_anything(policy):
    shared = redistribute(E07, [], policy)
    assert (shared.weights, shared.lost, shared.is_suspended) == (E07, 0, False)


@pytest.mark.parametrize("policy", EmptyCollege)
def test_when_every_college_is_empty_weighting_is_suspended(policy):
    assert redistribute(E07, "ABCD", policy).is_suspended


def test_an_association_may_lift_a_college_above_one_half():
    assert redistribution_breaches(ASSOCIATION, E07, ["D"], EmptyCollege.PROPORTIONAL) == []


def test_a_redistribution_that_could_break_the_cap_is_told_before_it_happens():
    table = weights("A 2/5, B 1/4, C 1/4, D 1/10")
    told = foreseen_breaches(SAS, table, EmptyCollege.PROPORTIONAL)
    assert [
        (breach.params["empty"], breach.params["college"], breach.params["share"]) for breach in told
    ] == [
        ("B", "A", "8/15"),
        ("C", "A", "8/15"),
    ]
    assert foreseen_breaches(SAS, table, EmptyCollege.EQUAL) == []


def test_a_college_that_has_no_weight_cannot_be_empty():
    with pytest.raises(ValueError, match="above zero"):
        redistribute(E07, ["Z"], EmptyCollege.LOST)


@pytest.mark.parametrize("written", ["3/10", "1", 1, "0"])
def test_an_exact_share_is_read(written):
    assert read_fraction(written) == Fraction(str(written))


@pytest.mark.parametrize(
    "written", [0.3, "0.3", "3/0", "-1/2", "+1", " 1", "1/", "", None, True, -1, "٣/١٠", "1e3", []]
)
def test_anything_but_an_exact_share_is_refused(written):
    with pytest.raises(ValueError, match="exactly"):
        read_fraction(written)


def test_a_college_weighs_at_least_one_point():
    with pytest.raises(ValueError, match="one point"):
        weights_from_points({"A": 1, "B": 0})
