"""Exports: what was voted is checked and recounted without us, and whatever was changed is refused by both tools."""

import hashlib
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.votes.cheats import CHANGES, CHEATS, SHAPELESS, entries
from tests.votes.conftest import BY_COLLEGES, COLLEGES, cast, crowd, line_of, opened
from tests.votes.proofs import Export, candidate, exported, rechained, vote, why
from tests.votes.recounting import recounted, recounted_alone
from tests.votes.secret_scene import send_secret
from votes import keys
from votes.choices import check_choices
from votes.entries import instant
from votes.methods import METHODS
from votes.models import Poll
from votes.services import RollLine, close_poll
from votes.standalone import ROOT, build, sources

SAID = ["for", "for", "against", "abstain", "for", "against", "blank", "for", "for"]


@pytest.fixture
def export(by_colleges: Callable[..., Poll]) -> Export:
    """A binding resolution by three colleges: nine ballots in three batches, one line silent."""
    poll = by_colleges(4, 3, 3)
    vote(poll, [[said] for said in SAID], random.Random(1))
    return exported(poll)


def test_what_was_voted_holds_and_is_counted_again(export: Export, tmp_path: Path) -> None:
    out, key, head = StringIO(), export["key"]["fingerprint"], export["steps"][2]["head"]
    path = tmp_path / "export.json"
    script = recounted_alone(tmp_path, export, "--key", key, "--head", head)
    call_command("verify", str(path), "--key", key, "--head", head, stdout=out)
    assert (script.returncode, script.stderr) == (0, "")
    for told in (out.getvalue(), script.stdout):
        assert "9 bulletins, 9 inscriptions" in told
        assert "5 signatures" in told
        assert "Tout concorde." in told
        assert "Chaque collège" in told
        assert "À comparer" not in told


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_is_refused_by_both(export: Export, tmp_path: Path, change: str) -> None:
    CHANGES[change](export)
    reason = why(export)
    script = recounted(tmp_path, export)
    assert reason
    assert (script.returncode, script.stdout, script.stderr) == (1, f"REJETÉ : {reason}\n", "")


@pytest.mark.parametrize("change", CHEATS)
def test_a_chain_built_again_without_the_key_is_refused_by_its_signature(export: Export, change: str) -> None:
    CHEATS[change].change(export)
    first = CHEATS[change].signed
    wanted = f"La signature de l’étape {first} n’est pas" if first is not None else CHEATS[change].rebuilt
    assert wanted in why(rechained(export))


@pytest.mark.parametrize("change", CHEATS)
def test_signed_again_by_another_key_what_contradicts_itself_is_refused_and_the_rest_by_key_and_head(
    export: Export, change: str
) -> None:
    key, head = export["key"]["fingerprint"], export["steps"][-1]["head"]
    CHEATS[change].change(export)
    forged = rechained(export, keys.new_seed())
    if CHEATS[change].rebuilt:
        assert CHEATS[change].rebuilt in why(forged)
    else:
        assert why(forged) == ""
    assert key in why(forged, key=key)
    assert why(forged, head=head)


@pytest.mark.parametrize("change", SHAPELESS)
def test_what_has_not_the_shape_of_an_export_is_refused_however_it_is_signed(
    export: Export, change: str
) -> None:
    SHAPELESS[change](export)
    assert why(rechained(export, keys.new_seed()))


def test_a_chain_signed_again_is_refused_by_its_key_or_its_head(export: Export, tmp_path: Path) -> None:
    known = {"key": export["key"]["fingerprint"], "head": export["steps"][1]["head"]}
    forged = rechained(export, keys.new_seed())
    assert why(forged) == ""
    alone = recounted(tmp_path, forged)
    assert alone.returncode == 0
    assert "À comparer avec le procès-verbal et les reçus" in alone.stdout
    for name, value in known.items():
        assert value in why(forged, **{name: value})
        assert recounted(tmp_path, forged, f"--{name}", value).returncode == 1
        assert why(export, **{name: f"{value[:32]} {value[32:].upper()}"}) == ""


def test_the_command_leaves_with_one_and_the_reason(export: Export, tmp_path: Path) -> None:
    CHANGES["a ballot changed"](export)
    assert recounted_alone(tmp_path, export).returncode == 1
    with pytest.raises(CommandError, match="L’étape 1 de la chaîne") as refused:
        call_command("verify", str(tmp_path / "export.json"))
    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": 1.5}', "[" * 9000, '{"format": "ecossolies-poll"}']
)
def test_what_is_no_export_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    script = recounted(tmp_path, text)
    assert (script.returncode, script.stderr) == (1, "")
    assert len(script.stdout.splitlines()) == 1
    with pytest.raises(CommandError):
        call_command("verify", str(tmp_path / "export.json"))
    with pytest.raises(CommandError):
        call_command("verify", str(tmp_path / "absent.json"))


def test_without_openssl_the_script_says_that_signatures_were_not_checked(
    export: Export, tmp_path: Path
) -> None:
    script = recounted_alone(tmp_path, export, PATH=str(tmp_path))
    assert script.returncode == 3
    assert script.stdout.splitlines()[-1].startswith("Les signatures n’ont pas été vérifiées")
    CHANGES["a ballot changed"](export)
    assert recounted(tmp_path, export, PATH=str(tmp_path)).returncode == 1


def test_an_openssl_that_cannot_check_is_no_proof(export: Export, tmp_path: Path) -> None:
    old = tmp_path / "bin" / "openssl"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\nexit 0\n")
    old.chmod(0o755)
    assert recounted(tmp_path, export, PATH=f"{old.parent}:/bin").returncode == 3


def test_erased_names_leave_the_chain_whole(export: Export, tmp_path: Path) -> None:
    kept = ("number", "college", "weight", "is_guest", "commitment")
    first = export["roll"]["lines"][0]
    export["roll"]["lines"][0] = {name: first[name] for name in kept}
    assert why(export) == ""
    script = recounted(tmp_path, export)
    assert script.returncode == 0
    assert "Les noms de 1 lignes de la liste ont été effacés" in script.stdout


def test_a_changed_ballot_counts_last_and_keeps_its_history(
    indicative: Poll, alice: Person, bob: Person
) -> None:
    at = indicative.opened_at + timedelta(seconds=5)
    cast(indicative, alice, "1", at=at)
    cast(indicative, bob, "1", at=at)
    cast(indicative, alice, "2", at=at + timedelta(seconds=5))
    found = exported(indicative)
    assert why(found) == ""
    assert found["result"]["outcome"]["approvals"] == {"1": 1, "2": 1}
    assert [said["choices"] for step in (1, 2, 3) for said in entries(found, step)] == [["1"], ["1"], ["2"]]
    found["poll"]["allows_change"] = False
    assert "second bulletin" in why(rechained(found, keys.new_seed()))


@pytest.mark.parametrize("secrecy", ["named", "secret"])
def test_a_ballot_written_while_an_officer_was_closing_bears_a_later_hour_and_holds(
    bob: Person, secrecy: str
) -> None:
    now = timezone.now()
    poll = opened([line_of(bob)], secrecy=secrecy, at=now - timedelta(minutes=5))
    if secrecy == "secret":
        send_secret(poll, bob)
    else:
        cast(poll, bob, "for", at=now)
    close_poll(poll=poll, at=now - timedelta(seconds=1))
    found = exported(poll)
    closed_at = found["steps"][-1]["content"]["closed_at"]
    assert closed_at < instant(poll.electors.get().has_voted_at)
    assert (why(found), found["result"]["outcome"]["received"]) == ("", 1)


def test_guests_are_counted_apart_in_the_recount_too(alice: Person, charlie: Person) -> None:
    poll = opened(
        [line_of(alice), RollLine("Invitée", titular_id=charlie.pk, is_guest=True)],
        is_binding=False,
        method="approval",
        options=[("Un", ""), ("Deux", "")],
    )
    cast(poll, alice, "1")
    cast(poll, charlie, "2")
    found = exported(poll)
    assert (why(found), found["result"]["outcome"]["guests"]) == ("", {"2": 1})


def test_the_script_is_the_same_wherever_it_is_built(tmp_path: Path) -> None:
    again = "from votes.standalone import build; import sys; sys.stdout.write(build())"
    done = subprocess.run(
        [sys.executable, "-c", again],
        cwd=ROOT,
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin"},
    )
    assert done.stdout == build().encode()
    call_command("recount_script", str(tmp_path / "recount.py"))
    assert (tmp_path / "recount.py").read_bytes() == done.stdout


def test_the_script_holds_the_very_modules_that_count_here() -> None:
    script, found = build(), sources()
    for name, text in found.items():
        assert f"    {name!r}: r'''{text}'''" in script
    assert {"votes.verification", "votes.entries", "votes.counting.polls", "cooperation.rules"} <= set(found)
    whole = "".join(f"{name}\n{text}\n" for name, text in found.items())
    assert hashlib.sha256(whole.encode()).hexdigest() in script


def test_the_script_imports_nothing_that_python_does_not_bring() -> None:
    for name, text in sources().items():
        for line in text.splitlines():
            words = line.split()
            if words[:1] in (["from"], ["import"]) and "import" in words:
                top = words[1].partition(".")[0]
                assert top in sys.stdlib_module_names | {"votes", "cooperation"}, (name, line)


def ready(method: str, entity: LegalEntity, chance: random.Random, heads: int) -> Poll:
    """An open poll of this method, with as many options as it takes."""
    fields: dict[str, Any] = {"method": method, "is_binding": chance.random() < 0.5}
    start = chance.randrange(10**8)
    if method == "resolution" and chance.random() < 0.7:
        roll = crowd(entity, 3 + heads, start=start)
        letters = ["A", "B", "C", *chance.choices("ABC", k=heads)]
        fields |= {"rules": {**BY_COLLEGES, "pooling": chance.choice(["proportional", "winner_takes_all"])}}
        fields |= {"colleges": COLLEGES}
        roll = [
            RollLine(line.label, line.membership_id, line.titular_id, college=letter)
            for line, letter in zip(roll, letters, strict=True)
        ]
    else:
        roll = crowd(entity, heads, start=start)
    options = [("Le lieu", ""), ("Les métiers", ""), ("L’été", ""), ("Rien", "")]
    for setup, count in [({}, chance.randint(2, 4)), ({}, 1), ({}, 0), ({"seats": 1}, 4)]:
        try:
            with transaction.atomic():
                return opened(roll, **fields, options=options[:count], setup=setup)
        except Refused:
            continue
    raise AssertionError(f"no poll by {method} opens")


def a_ballot(poll: Poll, chance: random.Random) -> list[str]:
    """Something this poll takes."""
    options = poll.options.count()
    for _ in range(200):
        said = candidate(chance, options)
        try:
            check_choices(poll, said, "web", options)
        except Refused:
            continue
        return said
    return ["blank"]


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), heads=st.integers(1, 12), batch=st.integers(1, 5))
def test_export_verify_and_recount_are_the_identity(
    entity: LegalEntity, tmp_path_factory: Any, method: str, seed: int, heads: int, batch: int
) -> None:
    chance = random.Random(seed)
    with transaction.atomic():
        poll = ready(method, entity, chance, heads)
        vote(poll, [a_ballot(poll, chance) for _ in range(heads)], chance, batch)
        found = exported(poll)
        assert why(found, key=found["key"]["fingerprint"], head=found["steps"][-1]["head"]) == ""
        transaction.set_rollback(True)


@pytest.mark.parametrize("method", METHODS)
def test_the_script_recounts_every_method(entity: LegalEntity, tmp_path: Path, method: str) -> None:
    chance = random.Random(method)
    poll = ready(method, entity, chance, 8)
    vote(poll, [a_ballot(poll, chance) for _ in range(8)], chance)
    script = recounted(tmp_path, exported(poll))
    assert (script.returncode, script.stderr) == (0, "")


def test_a_person_erased_from_the_roll_leaves_a_valid_export(poll: Poll, alice: Person, bob: Person) -> None:
    cast(poll, alice, "for")
    cast(poll, bob, "against")
    exported(poll)
    line = poll.electors.filter(titular=alice)
    line.update(label="", salt="", membership=None, titular=None, substitute=None)
    found = exported(poll)
    assert why(found, head=found["steps"][1]["head"]) == ""
    assert "Alice" not in str(found)
