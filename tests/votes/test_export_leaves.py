"""Every value of an export, changed or retyped, one at a time: always refused, never stumbled over."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.votes.proofs import Export, exported, rechained, vote, why
from tests.votes.recounting import recounted
from tests.votes.secret_scene import cast_all
from tests.votes.test_secret_export import exported as exported_secret
from tests.votes.test_secret_export import unchained
from votes import keys
from votes.counting.derivation import say
from votes.management.commands.verify import check_signatures
from votes.models import Poll
from votes.recount import lines
from votes.report import Rejected
from votes.secret_verification import verify_any

Way = tuple[str | int, ...]
OTHERS = (None, True, False, 0, 1, -1, "", "1", "Zoé", [], {}, [0], {"a": 1}, "\ud800", "%(x)s", 10**30)
SEED = keys.new_seed()
OUTSIDE: set[Way] = set()  # values of an export that no seal covers: none


@pytest.fixture
def named(by_colleges: Callable[..., Poll]) -> Export:
    """A resolution by colleges of four members, one of them erased from the roll since."""
    poll = by_colleges(2, 1, 1)
    vote(poll, [["for"], ["against"], ["for"]], random.Random(1), batch=2)
    exported(poll)
    poll.electors.filter(number=2).update(label="", salt="", membership=None, titular=None)
    return exported(poll)


@pytest.fixture
def secret(by_colleges: Callable[..., Poll]) -> Export:
    """The same in secret."""
    poll = by_colleges(2, 1, 1, secrecy="secret", at=timezone.now() - timedelta(minutes=5))
    cast_all(poll, "faf")
    exported_secret(poll)
    poll.electors.filter(number=2).update(label="", salt="", membership=None, titular=None)
    return exported_secret(poll)


@pytest.fixture(params=["named", "secret"])
def export(request: pytest.FixtureRequest) -> Export:
    """One and the other."""
    return dict(request.getfixturevalue(request.param))


def leaves(value: Any, way: Way = ()) -> Iterator[Way]:
    """The way to each value of an export, containers too."""
    if way:
        yield way
    if isinstance(value, dict | list):
        for name, within in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(within, (*way, name))


def at(export: Any, way: Way) -> Any:
    """What stands there."""
    for name in way:
        export = export[name]
    return export


def put(export: Export, way: Way, other: object) -> Export:
    """The same export with another value there."""
    made = copy.deepcopy(export)
    at(made, way[:-1])[way[-1]] = other
    return made


def near(value: object) -> Iterator[object]:
    """What a value could be changed to: what looks like it, then everything else."""
    if isinstance(value, str):
        yield from (value + " ", value.upper(), value[:-1], value[::-1])
    if type(value) is int:
        yield from (value + 1, str(value), bool(value))
    yield from OTHERS


def written(value: object) -> str:
    """A value as JSON tells it apart: 1 is not true."""
    return json.dumps(value, sort_keys=True)


def test_the_export_holds_as_it_is(export: Export) -> None:
    assert why(export) == ""
    assert len(list(leaves(export))) > 150


def test_no_value_of_an_export_can_be_changed_or_retyped(export: Export) -> None:
    chance = random.Random(7)
    for way in leaves(export):
        value = at(export, way)
        tried = [other for other in near(value) if written(other) != written(value)]
        for other in chance.sample(tried, min(4, len(tried))):
            assert why(put(export, way, other)) or way in OUTSIDE, (way, other)


def test_no_value_of_an_export_can_be_taken_away_and_none_added(export: Export) -> None:
    for way in leaves(export):
        made = copy.deepcopy(export)
        del at(made, way[:-1])[way[-1]]
        assert why(made), way
        within = at(export, way)
        if isinstance(within, dict):
            assert why(put(export, way, {**within, "note": 1})), way
        if isinstance(within, list):
            assert why(put(export, way, [*within, 1])), way


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(place=st.integers(0, 10**6), other=st.sampled_from(OTHERS) | st.text(max_size=3) | st.integers(-3, 99))
def test_whatever_is_signed_again_is_accepted_or_refused_and_never_stumbled_over(
    export: Export, place: int, other: object
) -> None:
    ways = [way for way in leaves(export) if way[0] not in ("key", "steps", "format", "version")]
    way = ways[place % len(ways)]
    try:
        forged = rechained(put(export, way, other), SEED)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):
        return  # not even the cheat can hash it
    for made in (forged, unchained(forged)):
        assert told_of(made)


def told_of(export: Export) -> str:
    """What the script would print of an export."""
    try:
        report = verify_any(export, check_signatures)
    except Rejected as rejected:
        return say(rejected.sentence)
    return "\n".join(lines(export["poll"]["question"], report))


@pytest.mark.parametrize(
    "name", ["question", "poll", "rules", "options", "roll", "result", "steps", "secret"]
)
def test_the_script_refuses_a_field_of_another_type_in_one_line(
    secret: Export, tmp_path: Path, name: str
) -> None:
    way: Way = ("poll", "question") if name == "question" else (name,)
    for other in (7, ["a"], {"a": "b"}):
        for made in (put(secret, way, other), put(unchained(secret), way, other)):
            script = recounted(tmp_path, made)
            assert (script.returncode, script.stderr) == (1, "")
            assert len(script.stdout.splitlines()) == 1
