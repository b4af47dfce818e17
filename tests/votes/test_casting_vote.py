"""The chair of a board decides its ties where the statutes say so: in the result, its derivation, its export, its recount."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cooperation.models import Person
from cooperation.rules import StatutesRules
from realtime.refused import Refused
from tests.assemblies.scene import PLAIN
from tests.votes.conftest import cast, line_of, opened
from tests.votes.proofs import Export, exported, rechained
from tests.votes.recounting import recounted
from tests.votes.test_proofs import why
from votes.counting.resolution_rules import ResolutionRules
from votes.models import Poll

BOARD: StatutesRules = replace(PLAIN, board_casting_vote=True)


@pytest.fixture
def opens(alice: Person, bob: Person) -> Any:
    """Opens a vote of the board of two that Alice chairs, under the rules given."""

    def board(rules: ResolutionRules, **how: Any) -> Poll:
        return opened([line_of(alice), line_of(bob)], rules=rules, chair=alice.pk, **how)

    return board


def tied(poll: Poll, chair: Person, other: Person, said: str = "for") -> Export:
    cast(poll, chair, said)
    cast(poll, other, "against" if said == "for" else "for")
    return exported(poll)


@pytest.mark.parametrize("said", ["for", "against"])
def test_at_a_tie_what_the_chair_voted_decides_and_everybody_recounts_it(
    opens: Any, alice: Person, bob: Person, tmp_path: Path, said: str
) -> None:
    poll = opens(ResolutionRules.of_board(BOARD))
    export = tied(poll, alice, bob, said)
    outcome = export["result"]["outcome"]
    assert (outcome["adopted"], outcome["casting_vote"]) == (said == "for", said)
    assert poll.rules["chair"] == poll.electors.get(titular=alice).number
    assert why(export) == ""
    script = recounted(tmp_path, export)
    assert script.returncode == 0, script.stdout + script.stderr
    assert "présidence" in script.stdout


def test_without_the_rule_a_tie_of_the_board_rejects(opens: Any, alice: Person, bob: Person) -> None:
    outcome = tied(opens(ResolutionRules.of_board(PLAIN)), alice, bob)["result"]["outcome"]
    assert (outcome["adopted"], "casting_vote" in outcome) == (False, False)


def test_an_assembly_opens_no_vote_with_a_casting_vote(opens: Any) -> None:
    rules = replace(ResolutionRules.from_statutes(BOARD), casting_vote=True)
    with pytest.raises(Refused, match="V13"):
        opens(rules)


def test_naming_a_chair_changes_nothing_in_an_assembly(opens: Any, alice: Person, bob: Person) -> None:
    poll = opens(ResolutionRules.from_statutes(BOARD))
    assert "chair" not in poll.rules
    assert tied(poll, alice, bob)["result"]["outcome"]["adopted"] is False


def test_an_export_that_names_another_chair_is_refused(opens: Any, alice: Person, bob: Person) -> None:
    export = tied(opens(ResolutionRules.of_board(BOARD)), alice, bob)
    export["rules"]["chair"] = 3 - export["rules"]["chair"]
    assert why(export)
    assert why(rechained(export))


def test_a_chair_who_did_not_vote_decides_nothing(
    opens: Any, alice: Person, bob: Person, charlie: Person
) -> None:
    poll = opened(
        [line_of(alice), line_of(bob), line_of(charlie)],
        rules=ResolutionRules.of_board(BOARD),
        chair=charlie.pk,
    )
    outcome = tied(poll, alice, bob)["result"]["outcome"]
    assert (outcome["adopted"], outcome["casting_vote"]) == (False, None)
