"""The vectors of the law of colleges, through the door that scripts use."""

import json
from pathlib import Path

import pytest

from votes.counting.requests import answer

VECTORS = json.loads((Path(__file__).parents[1] / "data/votes/college-vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_every_vector_gets_its_answer(vector):
    found = answer(json.dumps(vector["request"]))
    assert {key: found[key] for key in vector["expected"]} == vector["expected"]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_the_order_of_the_colleges_changes_no_answer(vector):
    request = vector["request"]
    turned = {**request, "colleges": request["colleges"][::-1]}
    found = answer(json.dumps(turned))
    assert {key: found[key] for key in vector["expected"]} == vector["expected"]


def test_every_vector_has_its_own_name():
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)
