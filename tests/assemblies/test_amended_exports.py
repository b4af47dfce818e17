"""The export of a poll whose roll was amended: no amendment in it is changed, dropped or made up unnoticed."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from assemblies.models import Resolution
from assemblies.services import close_vote
from cooperation.models import Membership, Person
from tests.assemblies import scene
from tests.assemblies.test_amending import added, vote_of
from tests.votes.conftest import cast
from tests.votes.proofs import Export, rechained, why
from tests.votes.recounting import recounted
from tests.votes.secret_scene import send_secret
from votes import keys
from votes.export import export_of
from votes.models import Elector, Poll
from votes.services import count_poll, countersign, propose_strike

pytestmark = pytest.mark.django_db
Change = Callable[[Export], object]


@pytest.fixture(params=["named", "secret"])
def export(
    request: pytest.FixtureRequest, association: Any, alice: Person, bob: Person, bobs: Membership
) -> Export:
    """One line added, another struck; Bob and who came late vote."""
    late = scene.persons(association, 1)[0]
    poll = vote_of(association, alice, bob, bobs, request.param)
    added(poll, late, alice, bob)
    line = Elector.objects.get(poll=poll, titular=alice)
    strike = propose_strike(elector=line, reason="Ne prend pas part au vote", by=bob, at=timezone.now())
    countersign(amendment=strike, by=alice, at=timezone.now())
    for person in (bob, late.person):
        assert person is not None
        if request.param == "secret":
            send_secret(poll, person)
        else:
            cast(poll, person, "for", at=timezone.now())
    close_vote(by=alice, resolution=Resolution.objects.get(poll=poll), at=timezone.now())
    result = count_poll(poll=poll, at=timezone.now())
    return dict(json.loads(json.dumps(export_of(Poll.objects.get(pk=poll.pk), result))))


def amendment(export: Export, place: int = 0) -> Any:
    return export["amendments"][place]


def steps(export: Export) -> list[Any]:
    return [step for step in export["steps"] if step["kind"] == "amendment"]


def drop_the_strike(export: Export) -> None:
    export["amendments"].pop()
    export["steps"].remove(steps(export)[1])


def drop_the_addition(export: Export) -> None:
    drop_the_strike(export)
    export["amendments"].pop()
    export["steps"].remove(steps(export)[0])
    export["roll"]["lines"].pop()


CHANGES: dict[str, Change] = {
    "a reason": lambda export: amendment(export).update(reason="Arrivée à l’heure"),
    "who proposed it": lambda export: amendment(export).update(proposed_by=9),
    "who countersigned it": lambda export: amendment(export).update(countersigned_by=9),
    "its hour": lambda export: amendment(export).update(at="2008-03-15T15:00:00.000000Z"),
    "its salt": lambda export: amendment(export).update(salt="0" * 32),
    "its words": lambda export: amendment(export).update(words="0" * 64),
    "its hash": lambda export: amendment(export).update(hash="0" * 64),
    "what it follows": lambda export: amendment(export, 1).update(previous="0" * 64),
    "its kind": lambda export: amendment(export).update(kind="strike"),
    "its line": lambda export: amendment(export)["line"].update(weight="2"),
    "the step's line": lambda export: steps(export)[0]["content"]["line"].update(weight="2"),
    "the step's kind of change": lambda export: steps(export)[1]["content"].update(kind="add"),
    "the added line's weight": lambda export: export["roll"]["lines"][-1].update(weight="2"),
    "the added line's name": lambda export: export["roll"]["lines"][-1].update(label="Zoé"),
    "the added line, gone": lambda export: export["roll"]["lines"].pop(),
    "the order": lambda export: export["amendments"].reverse(),
    "one without its step": lambda export: export["steps"].remove(steps(export)[1]),
    "a step without its amendment": lambda export: export["amendments"].pop(),
    "one twice": lambda export: export["amendments"].append(copy.deepcopy(amendment(export, 1))),
}
WHOLE: dict[str, Change] = {"the strike": drop_the_strike, "the addition": drop_the_addition}


def test_an_amended_export_holds(export: Export, tmp_path: Path) -> None:
    assert why(export, key=export["key"]["fingerprint"], head=steps(export)[0]["head"]) == ""
    script = recounted(tmp_path, export)
    assert (script.returncode, script.stderr) == (0, "")
    assert "2 fois, à deux signatures" in script.stdout


def test_no_amendment_is_changed_whoever_signs_the_chain_again(export: Export, tmp_path: Path) -> None:
    for name, change in CHANGES.items():
        made = copy.deepcopy(export)
        change(made)
        assert why(made), name
        script = recounted(tmp_path, made)
        assert (script.returncode, script.stderr, len(script.stdout.splitlines())) == (1, "", 1), name
        assert why(rechained(made)), name
        assert why(rechained(made, keys.new_seed())), name


@pytest.mark.parametrize("name", WHOLE)
def test_an_amendment_left_out_with_its_step_is_told_by_the_signature_the_key_or_a_head(
    export: Export, name: str
) -> None:
    key, head = export["key"]["fingerprint"], steps(export)[1]["head"]
    WHOLE[name](export)
    assert why(export)
    assert why(rechained(export))
    forged = rechained(export, keys.new_seed())
    assert why(forged, key=key)
    assert why(forged, head=head)
