"""A public draw: a seed committed before, an order that follows from seed, stage and names alone."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.counting.draw import canonical_name, commitment, draw_digest, draw_order, verify_commitment

SEED = "dés jetés en public : 4 2 6 1 3 3 5 2"
NAMES = ["Ana", "Bruno", "Chloé", "Dora"]
seeds = st.text(min_size=1).filter(lambda seed: seed.strip() and seed.isprintable())


def test_a_commitment_is_the_sha_256_of_the_seed():
    assert commitment("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_commitment_is_verified_and_another_seed_is_not():
    assert verify_commitment(SEED, f" {commitment(SEED).upper()} ")
    assert not verify_commitment(SEED + " ", commitment(SEED))
    assert not verify_commitment(SEED, "é")


def test_a_digest_is_seed_stage_and_name_one_to_a_line():
    expected = hashlib.sha256(f"{SEED}\n7\nChloé".encode()).hexdigest()
    assert draw_digest(SEED, 7, "Chloé") == draw_digest(SEED, 7, " Chloe\u0301  ") == expected


def test_the_order_is_that_of_the_digests():
    order = draw_order(SEED, 3, NAMES)
    assert [draw_digest(SEED, 3, name) for name in order] == sorted(
        draw_digest(SEED, 3, name) for name in NAMES
    )


def test_each_stage_draws_anew():
    assert len({draw_order(SEED, stage, NAMES) for stage in range(20)}) > 1


def test_every_order_comes_up_as_often():
    firsts = [draw_order(SEED, stage, NAMES)[0] for stage in range(4000)]
    assert all(900 < firsts.count(name) < 1100 for name in NAMES)


@given(seeds, st.integers(0, 99), st.permutations(NAMES))
def test_the_order_given_changes_no_draw(seed, stage, names):
    assert draw_order(seed, stage, names) == draw_order(seed, stage, NAMES)


@pytest.mark.parametrize("names", [["Ana", " Ana"], ["Chloé", "Chloe\u0301"]])
def test_two_equal_names_are_not_drawn(names):
    with pytest.raises(ValueError, match="the same"):
        draw_order(SEED, 1, names)


@pytest.mark.parametrize(("seed", "stage"), [("", 1), (" \n", 1), ("\ud800", 1), (SEED, -1)])
def test_a_draw_needs_a_seed_and_a_stage(seed, stage):
    with pytest.raises(ValueError, match="seed|stage"):
        draw_digest(seed, stage, "Ana")


def test_spaces_of_a_name_mean_nothing():
    assert canonical_name("  Alison  E\tThewliss ") == "Alison E Thewliss"
