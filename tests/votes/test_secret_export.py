"""The export of a secret poll: verified and recounted by anyone, and it joins no code to a ballot nor a ballot to a name."""

import copy
import json
import random
import subprocess
import sys
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
from tests.votes.secret_scene import cast_all, count, opened_secret, send_secret
from tests.votes.test_proofs import a_ballot
from votes.export import export_of, export_text
from votes.management.commands.verify import check_signatures
from votes.methods import METHODS
from votes.models import Elector, Poll
from votes.report import Rejected
from votes.secrecy import new_code
from votes.secret_verification import verify_any
from votes.services import cast_secret
from votes.standalone import build

Export = dict[str, Any]
Clients = dict[str, Client]


def exported(poll: Poll) -> Export:
    """The export as it comes out of its file."""
    return dict(json.loads(export_text(Poll.objects.get(pk=poll.pk), count(poll))))


@pytest.fixture
def export(by_colleges: Callable[..., Poll]) -> Export:
    """Three colleges of five, six and two; two have not voted."""
    poll = by_colleges(5, 6, 2, secrecy="secret", at=timezone.now() - timedelta(minutes=5))
    cast_all(poll, "fffaafaasbf")
    return exported(poll)


def why(export: Export, **known: str) -> str:
    """Why an export is rejected."""
    with pytest.raises(Rejected) as rejected:
        verify_any(export, check_signatures, **known)
    return say(rejected.value.sentence)


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


def drop_a_ballot(export: Export) -> None:
    export["secret"]["ballots"].pop()


def drop_a_voter_s_ballot_and_code(export: Export) -> None:
    export["secret"]["ballots"].pop()
    export["secret"]["codes"].pop()


def repeat_a_code(export: Export) -> None:
    export["secret"]["codes"][0] = export["secret"]["codes"][1]


def move_a_ballot_to_another_college(export: Export) -> None:
    ballots = export["secret"]["ballots"]
    next(ballot for ballot in ballots if ballot["college"] == "A")["college"] = "B"


def change_a_ballot(export: Export) -> None:
    ballots = export["secret"]["ballots"]
    next(ballot for ballot in ballots if ballot["choices"] == ["for"])["choices"] = ["against"]


def rename_a_line(export: Export) -> None:
    export["roll"]["lines"][0]["label"] = "Une autre"


def unmark_a_line(export: Export) -> None:
    next(line for line in export["roll"]["lines"] if line["voted"])["voted"] = False


def change_the_result(export: Export) -> None:
    export["result"]["outcome"]["adopted"] = not export["result"]["outcome"]["adopted"]


def change_a_weight(export: Export) -> None:
    export["rules"]["weights"][0]["share"], export["rules"]["weights"][1]["share"] = "3/10", "2/5"


def lose_the_lists(export: Export) -> None:
    del export["secret"]


@pytest.mark.parametrize(
    ("cheat", "reason"),
    [
        (drop_a_ballot, "L’émargement compte 11 signatures, pour 11 codes et 10 bulletins."),
        (drop_a_voter_s_ballot_and_code, "11 signatures, pour 10 codes et 10 bulletins"),
        (repeat_a_code, "Un code figure deux fois"),
        (move_a_ballot_to_another_college, "Les bulletins d’un collège ne sont pas aussi nombreux"),
        (change_a_ballot, "Les bulletins ne sont pas ceux que la chaîne a inscrits"),
        (rename_a_line, "La ligne 1 de la liste a été changée"),
        (unmark_a_line, "L’émargement compte 10 signatures"),
        (change_the_result, "Le résultat n’est pas celui que la chaîne a inscrit"),
        (change_a_weight, "La question, les règles, les options ou la liste ne sont pas celles scellées"),
        (lose_the_lists, "dit autre chose que ce qu’un export dit"),
    ],
)
def test_a_changed_export_is_rejected_with_its_reason(
    export: Export, cheat: Callable[[Export], None], reason: str
) -> None:
    changed = copy.deepcopy(export)
    cheat(changed)
    assert reason in why(changed)


def test_the_stand_alone_script_and_the_command_check_it(export: Export, tmp_path: Path, capsys: Any) -> None:
    script, file = tmp_path / "recount.py", tmp_path / "vote.json"
    script.write_text(build(), "utf-8")
    file.write_text(json.dumps(export), "utf-8")
    done = subprocess.run([sys.executable, "-I", script, file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip().endswith("Tout concorde.")) == (0, True), done.stderr
    call_command("verify", str(file))
    assert "Tout concorde." in capsys.readouterr().out
    drop_a_ballot(export)
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
