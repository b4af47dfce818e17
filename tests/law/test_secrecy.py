"""The law of secret polls: which may be secret, which colleges are too small, what a tracking code is."""

from contextlib import nullcontext
from fractions import Fraction

import pytest

from realtime.refused import Refused
from votes.secrecy import ALPHABET, check_may_be_secret, grouped, new_code, read_code, thin_colleges


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"is_binding": False}, "secret_must_bind"),
        ({"allows_change": True}, "secret_stays"),
        ({"weights": [Fraction(1), Fraction(2)]}, "secret_one_voice"),
        ({"secrecy": "named", "is_binding": False, "allows_change": True, "weights": [Fraction(2)]}, None),
    ],
)
def test_which_poll_may_be_secret(changes, code):
    given = {"secrecy": "secret", "is_binding": True, "allows_change": False, "weights": [Fraction(1)]}
    with pytest.raises(Refused) if code else nullcontext() as refused:
        check_may_be_secret(**{**given, **changes})
    assert code is None or refused.value.code == code


def test_a_college_of_one_to_four_voters_keeps_no_secret():
    assert thin_colleges({"A": 0, "B": 1, "C": 4, "D": 5, "": 3}) == ["B", "C", ""]
    assert thin_colleges({}) == []


def test_a_code_is_three_groups_of_four_signs_one_does_not_confuse():
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100
    assert all(len(code) == 14 and code[4] == code[9] == "-" for code in codes)
    assert len(ALPHABET) == 32
    assert not set("IO01") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["K7QF-2M9X-4TBN", "k7qf2m9x4tbn", " K7QF 2M9X 4TBN "])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "K7QF-2M9X-4TBN" == grouped("K7QF2M9X4TBN")


@pytest.mark.parametrize(
    "typed", ["", "K7QF-2M9X", "K7QF-2M9X-4TB0", "K7QF-2M9X-4TBN-8", "ALICE DURAND", "ß" * 12]
)
def test_what_is_no_code_is_not_read(typed):
    assert read_code(typed) is None
