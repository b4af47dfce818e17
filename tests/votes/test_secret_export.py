"""The export of a secret poll: verified and recounted by anyone, and it joins no code to a ballot nor a ballot to a name."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from cooperation.sentences import say
from realtime.refused import Refused
from tests.votes.conftest import crowd, line_of
from tests.votes.proofs import Export, rechained, why
from tests.votes.recounting import recounted, recounted_alone
from tests.votes.secret_cheats import CHEATS
from tests.votes.secret_scene import cast_all, count, opened_secret, send_secret
from tests.votes.test_proofs import a_ballot
from votes import keys
from votes.entries import in_groups
from votes.export import export_of, export_text
from votes.management.commands.verify import check_signatures
from votes.methods import METHODS
from votes.models import Elector, Poll
from votes.secrecy import new_code
from votes.secret_verification import verify_any
from votes.services import cast_secret

Clients = dict[str, Client]


def exported(poll: Poll) -> Export:
    """The export as it comes out of its file."""
    result = count(poll)
    return dict(json.loads(export_text(Poll.objects.get(pk=poll.pk), result)))


@pytest.fixture
def export(by_colleges: Callable[..., Poll]) -> Export:
    """Three colleges of five, seven and two; three have not voted, one of them in the second college."""
    poll = by_colleges(5, 7, 2, secrecy="secret", at=timezone.now() - timedelta(minutes=5))
    cast_all(poll, "fffaafaasbf")
    return exported(poll)


def test_an_export_is_verified_and_recounted_from_its_file(export: Export) -> None:
    report = verify_any(export, check_signatures)
    told = [say(sentence) for sentence in report.sentences]
    assert "11 signatures à l’émargement, autant de codes et autant de bulletins." in told
    assert "Le dépouillement refait donne le même résultat, phrase par phrase :" in [
        text.replace("\xa0", " ") for text in told
    ]


def test_an_export_joins_nothing(export: Export) -> None:
    assert set(export["secret"]) == {"codes", "ballots"}
    assert all(set(ballot) == {"college", "choices"} for ballot in export["secret"]["ballots"])
    lines = json.dumps(export["roll"])
    assert not any(code in lines for code in export["secret"]["codes"])
    assert not {"cast_key", "has_voted_at"} & set(export["roll"]["lines"][0])


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_changed_export_is_refused_by_both_with_its_reason(
    export: Export, tmp_path: Path, cheat: str
) -> None:
    change, reason, _rebuilt = CHEATS[cheat]
    change(export)
    script = recounted(tmp_path, export)
    assert reason in why(export)
    assert (script.returncode, script.stderr) == (1, "")
    assert reason in script.stdout


@pytest.mark.parametrize("cheat", [name for name in CHEATS if name != "the lists lost"])
def test_a_chain_built_again_is_refused_by_itself_by_its_signature_by_its_key_and_by_a_head(
    export: Export, cheat: str
) -> None:
    change, _reason, rebuilt = CHEATS[cheat]
    key, head = export["key"]["fingerprint"], export["steps"][-1]["head"]
    change(export)
    forged = rechained(export, keys.new_seed())
    assert why(rechained(export))
    if rebuilt:
        assert rebuilt in why(forged)
    else:
        assert why(forged) == ""
        assert "La signature de l’étape" in why(rechained(export))
        assert "elle a été refaite" in why(forged, head=head)
    assert key in why(forged, key=key)


def test_a_key_and_a_head_are_taken_as_they_are_printed(export: Export, tmp_path: Path) -> None:
    printed = in_groups(export["key"]["fingerprint"]), in_groups(export["steps"][0]["head"]).upper()
    script = recounted_alone(tmp_path, export, "--key", printed[0], "--head", printed[1])
    assert (script.returncode, script.stderr) == (0, "")
    assert "À comparer" not in script.stdout


def unchained(export: Export) -> Export:
    """The same without its chain, as a secret poll opened before there was one."""
    said = {name: value for name, value in export.items() if name != "key"}
    return {**said, "version": 1, "steps": []}


def test_without_its_chain_an_export_is_said_to_be_unsigned_and_refused_where_a_key_or_a_head_is_known(
    export: Export, tmp_path: Path
) -> None:
    bare = unchained(export)
    script = recounted(tmp_path, bare)
    assert (script.returncode, script.stderr) == (3, "")
    assert "RIEN N’EST SIGNÉ" in script.stdout.splitlines()[-1]
    assert "Tout concorde." not in script.stdout
    with pytest.raises(CommandError, match="RIEN N’EST SIGNÉ") as unsigned:
        call_command("verify", str(tmp_path / "export.json"))
    assert unsigned.value.returncode == 3
    for name, value in (("key", export["key"]["fingerprint"]), ("head", export["steps"][0]["head"])):
        assert "n’a pas de chaîne" in why(bare, **{name: value})
        assert recounted(tmp_path, bare, f"--{name}", value).returncode == 1
    assert "autre chose" in why({**export, "version": 1})
    assert "autre chose" in why({**bare, "version": 2})


def test_a_secret_poll_opened_before_there_were_chains_is_still_counted_exported_and_verified(
    entity: LegalEntity, tmp_path: Path
) -> None:
    poll = opened_secret(crowd(entity, 6))
    poll.chain.all().delete()
    Poll.objects.filter(pk=poll.pk).update(head="", steps=0, public_key="")
    poll.refresh_from_db()
    cast_all(poll, "ffaas")
    found = exported(poll)
    assert (found["version"], found["steps"], "key" in found) == (1, [], False)
    report = verify_any(found, check_signatures)
    assert report.not_checked is not None
    found["secret"]["ballots"].pop()
    assert "5 codes et 4 bulletins" in why(found)


def test_the_command_checks_it(export: Export, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "vote.json"
    file.write_text(json.dumps(export), "utf-8")
    call_command("verify", str(file), "--key", export["key"]["fingerprint"])
    assert "Tout concorde." in capsys.readouterr().out
    export["secret"]["ballots"].pop()
    file.write_text(json.dumps(export), "utf-8")
    with pytest.raises(CommandError, match="10 bulletins"):
        call_command("verify", str(file))


def test_who_may_read_the_roll_takes_the_export_and_nobody_else(
    entity: LegalEntity, bob: Person, room_clients: Clients
) -> None:
    poll = opened_secret([*crowd(entity, 4), line_of(bob)])
    send_secret(poll, bob)
    for path in (f"/votes/{poll.pk}/export.json", f"/api/polls/{poll.pk}/export/"):
        assert room_clients["bob"].get(path).status_code in (302, 409)
        assert room_clients["charlie"].get(path).status_code == 404
    result = count(poll)
    found = json.loads(room_clients["bob"].get(f"/votes/{poll.pk}/export.json").content)
    assert found == json.loads(json.dumps(export_of(Poll.objects.get(pk=poll.pk), result)))
    assert room_clients["bob"].get(f"/api/polls/{poll.pk}/export/").json() == found
    assert room_clients["charlie"].get(f"/votes/{poll.pk}/export.json").status_code == 404
    assert (
        sum(line["voted"] for line in found["roll"]["lines"])
        == 1
        == Elector.objects.filter(poll=poll, has_voted_at__isnull=False).count()
    )


def opened_by(method: str, entity: LegalEntity) -> Poll:
    """An open secret poll of eight voters, with as many options as the method takes."""
    options = [("Le lieu", ""), ("Les métiers", ""), ("L’été", "")]
    for count_of_options, setup in ((3, {}), (1, {}), (0, {}), (3, {"seats": 1})):
        try:
            with transaction.atomic():
                how = {"options": options[:count_of_options], "setup": setup}
                return opened_secret(crowd(entity, 8), method=method, **how)
        except Refused:
            continue
    raise AssertionError(f"no secret poll by {method} opens")


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_voted_in_secret_exported_and_recounted(entity: LegalEntity, method: str) -> None:
    poll, chance = opened_by(method, entity), random.Random(method)
    for line in poll.electors.select_related("titular"):
        assert line.titular is not None
        said, key, at = a_ballot(poll, chance), uuid4(), timezone.now()
        cast_secret(elector=line, person=line.titular, choices=said, code=new_code(), key=key, at=at)
    found = exported(poll)
    assert len(found["secret"]["ballots"]) == 8
    assert verify_any(found, check_signatures).sentences
