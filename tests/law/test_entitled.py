"""Over every member entitled: who does not vote weighs against."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.rules import Base, Denominator, Pooling
from cooperation.sentences import say
from tests.law.written import E01, majority, weights
from votes.counting.resolution import CollegeBallots, ResolutionRules, all_together, count_resolution

HALF, TWO_THIRDS = majority(">1/2"), majority("2/3")
heads = st.integers(0, 40)


def counted(lines, base=Base.ENTITLED, **rules):
    return count_resolution(ResolutionRules(base=base, **rules), lines)


@pytest.mark.parametrize(
    ("in_favour", "members", "asked", "is_adopted"),
    [(51, 100, HALF, True), (50, 100, HALF, False), (66, 99, TWO_THIRDS, True), (66, 100, TWO_THIRDS, False)],
)
def test_over_members_entitled_who_stays_at_home_weighs_against(in_favour, members, asked, is_adopted):
    result = counted([CollegeBallots("", in_favour, members=members)], majority=asked)
    assert (result.adopted, result.reached) == (is_adopted, Fraction(in_favour, members))
    assert result.parts.void == 1 - result.reached


def test_by_colleges_each_weight_is_shared_over_its_own_members():
    lines = [
        CollegeBallots("A", 6, 2, members=12),
        CollegeBallots("B", 1, members=4),
        CollegeBallots("C", 3, members=3),
    ]
    table = weights("A 1/2, B 1/4, C 1/4")
    by_share = counted(lines, pooling=Pooling.PROPORTIONAL, weights=table)
    by_block = counted(lines, pooling=Pooling.WINNER_TAKES_ALL, weights=table)
    assert by_share.reached == Fraction(1, 2) * Fraction(6, 12) + Fraction(1, 4) * Fraction(1, 4) + Fraction(
        1, 4
    )
    assert by_block.reached == Fraction(1, 4)


def test_the_sentences_say_that_every_member_is_counted():
    result = counted([CollegeBallots("", 3, 1, members=9)])
    told = " ".join(say(sentence) for sentence in result.derivation)
    assert "inscrits 9" in told
    assert "des membres inscrits" in told


def test_members_nobody_counted_are_no_base():
    with pytest.raises(ValueError, match="not counted"):
        counted([CollegeBallots("", 3, 1)])
    assert all_together([CollegeBallots("A", 1), CollegeBallots("B", 1, members=2)]).members is None


@given(heads, heads, heads, heads, heads)
def test_a_wider_base_never_lifts_a_share(in_favour, against, abstain, absent, away):
    present = in_favour + against + abstain + absent
    line = CollegeBallots("", in_favour, against, abstain, members=present + away, present=present)
    reached = [counted([line], base).reached for base in (Base.EXPRESSED, Base.PRESENT, Base.ENTITLED)]
    assert reached == sorted(reached, reverse=True)


@pytest.mark.parametrize("pooling", Pooling)
def test_against_for_and_against_only_the_entitled_do_not_matter_by_heads(pooling):
    lines = [CollegeBallots(name, 3, 1, members=10) for name in "ABCDE"]
    result = counted(lines, pooling=pooling, weights=weights(E01), denominator=Denominator.CAST)
    assert result.reached == (Fraction(3, 4) if pooling is not Pooling.WINNER_TAKES_ALL else 0)
