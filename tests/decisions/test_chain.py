"""What this floor hands to the pages that read all floors: actions that wait, and what came of a decision."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from cooperation.chain import todo as cooperation_todo
from cooperation.models import GoverningBody, Organisation, Person
from cooperation.services import appoint, name_representative
from decisions.chain import hops_of_decision, todo
from decisions.models import Action, Indicator, Plan
from decisions.services import drop_action, finish_action, note_progress, record_measure
from tests.decisions.conftest import DAY, put

NOW = timezone.now


def test_a_pilot_is_reminded_of_what_is_due(action: Action, bob: Person) -> None:
    [waiting] = todo(bob, NOW())
    assert waiting.kind == "action"
    assert waiting.title == "Votre action\u00a0: Ouvrir un atelier partagé"
    assert waiting.url == f"/actions/{action.pk}/"
    assert waiting.why.startswith("Dans 15 jours, ")
    assert waiting.detail == "Axe 1. Pas encore de nouvelle."


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (-1, "1 jour de retard"),
        (-13, "13 jours de retard"),
        (-14, "2 semaines de retard"),
        (0, "Aujourd’hui"),
    ],
)
def test_lateness_is_said_in_days_then_in_weeks(
    days: int, why: str, seated: Person, plan: Plan, bob: Person
) -> None:
    put(seated, plan, days=days, pilot=bob)
    assert todo(bob, NOW())[0].why == why


def test_what_is_far_done_or_given_up_does_not_wait(seated: Person, plan: Plan, bob: Person) -> None:
    put(seated, plan, days=200, pilot=bob)
    finish_action(by=bob, action=put(seated, plan, pilot=bob), at=NOW())
    drop_action(by=seated, action=put(seated, plan, pilot=bob), why="Non.", at=NOW())
    assert todo(bob, NOW()) == []


def test_what_waits_for_an_organisation_waits_for_who_speaks_for_it(
    seated: Person, plan: Plan, charlie: Person
) -> None:
    copeau = Organisation.objects.create(name="Le Bon Copeau", kind="cooperative")
    put(seated, plan, pilot_organisation=copeau)
    assert todo(charlie, NOW()) == []
    name_representative(organisation=copeau, person=charlie, role="titular", since=DAY, at=NOW())
    assert len(todo(charlie, NOW())) == 1


def test_the_last_news_is_counted_in_days(action: Action, bob: Person) -> None:
    note_progress(author=bob, action=action, text="…", progress=10, at=NOW() - timedelta(days=21))
    assert todo(bob, NOW())[0].detail == "Axe 1. Dernière nouvelle il y a 21 jours."


def test_a_decision_goes_on_to_its_actions_and_to_what_was_measured(
    seated: Person, bob: Person, plan: Plan, action: Action, indicator: Indicator
) -> None:
    finish_action(by=seated, action=put(seated, plan, "Ouvrir le site"), at=NOW())
    for year, value in ((2006, 85), (2008, 74), (2009, 69)):
        record_measure(by=seated, indicator=indicator, on=date(year, 12, 31), value=Decimal(value), at=NOW())
    hops = hops_of_decision(plan.decision)  # type: ignore[arg-type]
    assert [hop.kind for hop in hops] == ["decision", "action", "action", "mesure"]
    assert hops[0].meta == "Décision 2008-01 · Les Écossolies, 15 mars 2008"
    assert [(hop.title, hop.state, hop.progress) for hop in hops[1:3]] == [
        ("1.1 Ouvrir un atelier partagé", "now", 0),
        ("1.2 Ouvrir le site", "done", 100),
    ]
    assert hops[3].title == "Part de financement public\u00a0: 69\u00a0%"


def test_a_mandate_that_ends_is_recalled_two_months_before(board: GoverningBody, bob: Person) -> None:
    end = timezone.localdate() + timedelta(days=30)
    appoint(body=board, person=bob, since=DAY, until=end, at=NOW())
    assert [waiting.title for waiting in cooperation_todo(bob, NOW())] == [
        "Votre mandat finit\u00a0: Conseil d’administration"
    ]
