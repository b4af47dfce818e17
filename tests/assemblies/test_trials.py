"""Past votes under other rules: the same ballots, counted by the same pure count, beside what was declared."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assemblies.models import Assembly, QuorumRecord, Resolution
from assemblies.trials import tried
from cooperation.models import LegalEntity, Person, Statutes, StatutesDraft
from cooperation.rules import Base, Denominator, EmptyCollege, Majority, Pooling, Profile
from tests.assemblies import scene
from tests.assemblies.trial_scene import drafted, held_votes
from tests.law.written import E01, ballots, count, weights
from votes.counting.derivation import as_json
from votes.models import Poll, Result

FIVE = weights(E01)
RULES = replace(scene.PLAIN, profile=Profile.SCIC_SAS, pooling=Pooling.PROPORTIONAL, weights=FIVE)


def past(text: str = E01, **rules: str) -> Resolution:
    """A vote of the past by colleges, as it was declared; nothing of it is stored."""
    counted = count(text, **rules)
    heads = {line.college: line.received for line in ballots(text)}
    outcome: dict[str, Any] = counted.as_json()
    for line in outcome["colleges"]:
        line["members"] = heads[line["name"]] + 5
    poll = Poll(rules={**counted.rules.to_json(), "present": heads}, method="resolution", is_binding=True)
    poll.result = Result(poll=poll, outcome=outcome, derivation=as_json(counted.derivation))
    return Resolution(kind="ordinary", poll=poll, assembly=Assembly(call=1))


def test_e02_over_those_present_57_100_adopted_becomes_43_88_rejected() -> None:
    trial = tried(past(), replace(RULES, base=Base.PRESENT))
    assert (trial.declared.verdict, trial.declared.reached) == ("Adoptée", "57/100")
    assert (trial.tried.verdict, trial.tried.reached) == ("Rejetée", "43/88")
    assert trial.is_changed
    assert any("43/88" in sentence for sentence in trial.tried.sentences)
    assert any("57/100" in sentence for sentence in trial.declared.sentences)


@pytest.mark.parametrize(
    ("changes", "reached", "is_adopted"),
    [
        ({}, "57/100", True),
        ({"pooling": Pooling.WINNER_TAKES_ALL}, "3/5", True),
        ({"pooling": Pooling.NONE, "weights": ()}, "46/87", True),
        ({"base": Base.PRESENT, "denominator": Denominator.CAST}, "387/700", True),
        ({"ordinary": Majority(Fraction(3, 5), is_strict=False)}, "57/100", False),
    ],
)
def test_any_rule_may_be_tried_on_the_same_ballots(
    changes: dict[str, Any], reached: str, is_adopted: bool
) -> None:
    side = tried(past(), replace(RULES, **changes)).tried
    assert (side.reached, side.is_adopted) == (reached, is_adopted)


def test_the_same_rules_give_the_same_sentences() -> None:
    trial = tried(past(), RULES)
    assert not trial.is_changed
    assert trial.tried.sentences == trial.declared.sentences


def test_an_extraordinary_resolution_is_tried_under_the_extraordinary_majority() -> None:
    resolution = past()
    resolution.kind = "extraordinary"
    assert tried(resolution, RULES).tried.needed == "au moins 2/3"


def test_a_college_that_did_not_exist_was_empty_that_day() -> None:
    six = weights("A 3/10, B 1/5, C 1/5, D 1/10, E 1/10, F 1/10")
    lost = tried(past(), replace(RULES, weights=six)).tried
    assert (lost.reached, lost.is_adopted) == ("21/40", True)


def test_members_without_a_weighed_college_cannot_be_counted_by_colleges() -> None:
    side = tried(past(), replace(RULES, weights=weights("A 2/5, B 3/10, C 3/10"))).tried
    assert (side.is_adopted, side.verdict) == (None, "Ne se compte pas")
    assert "D, E" in side.why


def test_what_the_law_refuses_that_day_is_said_with_its_article() -> None:
    cap = replace(
        RULES,
        weights=weights("A 1/2, B 1/5, C 1/10, D 1/10, F 1/10"),
        empty_college=EmptyCollege("proportional"),
    )
    side = tried(past("A 3/10 12-8, B 1/5 30-10, C 1/5 3-9, D 3/10 4-5"), cap).tried
    assert side.is_adopted is None
    assert "19 octies" in side.why


def test_a_quorum_that_would_have_lacked_is_said() -> None:
    resolution = past()
    heads = [{"name": name, "members": 20, "present": 4} for name in "ABCDE"]
    resolution.quorum = QuorumRecord(figures={"colleges": heads}, derivation=[])
    trial = tried(resolution, replace(RULES, quorum_first=Fraction(1, 4)))
    assert (trial.tried.verdict, trial.tried.is_adopted, trial.is_changed) == ("Pas de quorum", False, True)
    assert tried(resolution, replace(RULES, quorum_first=Fraction(1, 5))).tried.is_adopted


# -- the pages

URL = "/reseau/statuts/cale/essai/"


@pytest.fixture
def cale(alice: Person) -> LegalEntity:
    """A SCIC whose board Alice sits on, and three votes of its assembly: each adopted by 13/20."""
    return held_votes(alice)


def test_the_board_reads_what_its_draft_would_have_changed(
    cale: LegalEntity, alice: Person, room_clients: dict[str, Client]
) -> None:
    drafted(cale, alice, base=Base.PRESENT)
    page = room_clients["alice"].get(URL).content.decode()
    assert "Sur cette page, 3 votes auraient donné un autre résultat." in page
    assert "13/20" in page
    assert page.count("Autre résultat.") == 3


def test_one_vote_is_read_side_by_side(
    cale: LegalEntity, alice: Person, room_clients: dict[str, Client]
) -> None:
    drafted(cale, alice, base=Base.PRESENT)
    resolution = Resolution.objects.filter(assembly__entity=cale).earliest("pk")
    page = room_clients["alice"].get(f"{URL}{resolution.pk}/").content.decode()
    assert "les mêmes bulletins auraient donné un autre résultat" in page
    assert page.count('class="derive') == 4
    assert "Rien n’est écrit par cet essai." in page


def test_a_trial_writes_nothing(
    cale: LegalEntity, alice: Person, room_clients: dict[str, Client], every_row: Callable[[], Any]
) -> None:
    drafted(cale, alice, base=Base.PRESENT)
    before = every_row()
    resolution = Resolution.objects.filter(assembly__entity=cale).earliest("pk")
    for address in (URL, f"{URL}{resolution.pk}/", f"{URL}?version=1"):
        assert room_clients["alice"].get(address).status_code == 200
    assert every_row() == before


@pytest.fixture
def every_row() -> Callable[[], Any]:
    """Every row of what a vote is made of, as values."""
    models = (Poll, Result, Resolution, QuorumRecord, Statutes, StatutesDraft, Assembly)
    return lambda: [list(model.objects.order_by("pk").values()) for model in models]  # type: ignore[attr-defined]


def test_the_list_asks_as_many_queries_for_one_vote_as_for_three(
    cale: LegalEntity, alice: Person, room_clients: dict[str, Client]
) -> None:
    drafted(cale, alice)
    asked = []
    for left in (3, 1):
        Poll.objects.filter(resolution__number__gt=left).update(is_binding=False)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = room_clients["alice"].get(URL).content.decode()
        asked.append(len(queries))
        assert page.count('data-l="Proclamé"') == left
    assert asked[0] == asked[1]


def test_a_member_tries_a_version_everybody_reads_but_not_the_draft(
    cale: LegalEntity, alice: Person, bob: Person, room_clients: dict[str, Client]
) -> None:
    drafted(cale, alice)
    assert room_clients["bob"].get(URL).status_code == 404
    assert room_clients["bob"].get(f"{URL}?version=1").status_code == 200
    assert room_clients["bob"].get(f"{URL}?version=9").status_code == 404


def test_charlie_tries_nothing(cale: LegalEntity, alice: Person, room_clients: dict[str, Client]) -> None:
    drafted(cale, alice)
    resolution = Resolution.objects.filter(assembly__entity=cale).earliest("pk")
    for address in (URL, f"{URL}?version=1", f"{URL}{resolution.pk}/?version=1"):
        assert room_clients["charlie"].get(address).status_code == 404
        assert room_clients["nobody"].get(address).status_code == 302


def test_a_vote_of_another_entity_is_not_tried_here(
    cale: LegalEntity, entity: LegalEntity, alice: Person, room_clients: dict[str, Client]
) -> None:
    scene.give_statutes(entity)
    resolution = Resolution.objects.filter(assembly__entity=cale).earliest("pk")
    other = f"/reseau/statuts/{entity.slug}/essai/{resolution.pk}/?version=1"
    assert room_clients["alice"].get(other).status_code == 404


def test_without_a_draft_there_is_nothing_to_try(cale: LegalEntity, room_clients: dict[str, Client]) -> None:
    assert room_clients["alice"].get(URL).status_code == 404
