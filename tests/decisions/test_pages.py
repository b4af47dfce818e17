"""The board's pages: who reads them, what they say first, and the forms of who may write."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import GoverningBody, LegalEntity, Person
from cooperation.services import appoint
from decisions.models import Action, Decision, FollowUp, Indicator, Measure, Plan
from decisions.services import note_progress, record_decision, record_measure, supersede_decision
from tests.decisions.conftest import put


@pytest.fixture
def addresses(action: Action, indicator: Indicator, plan: Plan) -> list[str]:
    """Every page that is read."""
    return [
        "/conseil/",
        "/conseil/ecossolies/",
        f"/conseil/plans/{plan.pk}/",
        f"/conseil/indicateurs/{indicator.pk}/",
        "/decisions/",
        f"/decisions/{plan.decision_id}/",
        "/actions/",
        f"/actions/{action.pk}/",
    ]


def read(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_members_read_every_page(addresses: list[str], room_clients: dict[str, Client]) -> None:
    for url in addresses:
        read(room_clients["bob"], url)


def test_charlie_finds_none_of_them(addresses: list[str], room_clients: dict[str, Client]) -> None:
    forms = ["/conseil/ecossolies/decision/", "/conseil/ecossolies/plan/"]
    assert {room_clients["charlie"].get(url).status_code for url in [*addresses, *forms]} == {404}


def test_nobody_in_particular_is_sent_to_log_in(
    addresses: list[str], room_clients: dict[str, Client]
) -> None:
    for url in addresses:
        assert room_clients["nobody"].get(url)["Location"] == f"/comptes/login/?next={url}"


# -- what is read


def test_the_board_reads_first_what_is_late(
    seated: Person, plan: Plan, room_clients: dict[str, Client]
) -> None:
    put(seated, plan, "Dans un an", days=360)
    put(seated, plan, "Bientôt", days=15)
    put(seated, plan, "En retard", days=-36)
    page = read(room_clients["bob"], "/conseil/")
    assert "Une action a dépassé sa date." in page
    assert "5 semaines de retard" in page
    assert "dans 15 jours" in page
    assert page.index("En retard</a>") < page.index("Bientôt</a>") < page.index("Dans un an</a>")


def test_the_board_reads_the_progress_of_each_axis(
    action: Action, bob: Person, room_clients: dict[str, Client]
) -> None:
    note_progress(author=bob, action=action, text="…", progress=40, at=timezone.now())
    page = read(room_clients["bob"], "/conseil/")
    assert "Entreprenariat social : avancement 40 %" in page
    assert "1 action : 1 en cours" in page


def test_the_board_reads_what_became_of_each_decision(
    action: Action, room_clients: dict[str, Client]
) -> None:
    page = read(room_clients["bob"], "/conseil/")
    assert "Ce que nous avons fait de vos votes" in page
    assert f"{timezone.localdate().year and 2008}-01</span> Le plan d’actions" in page


def test_the_curve_has_its_table_and_its_target(
    seated: Person, indicator: Indicator, room_clients: dict[str, Client]
) -> None:
    for year, value in ((2006, 85), (2008, 74)):
        record_measure(
            by=seated,
            indicator=indicator,
            on=date(year, 6, 30),
            value=Decimal(value),
            note="bilan",
            at=timezone.now(),
        )
    page = read(room_clients["bob"], "/conseil/")
    assert "De 85 % en 2006 à 74 % en juin 2008." in page
    assert "Cible : moins de 50 % en décembre 2010." in page
    assert '<td class="n">74 %</td><td>bilan' in page


def test_the_mandates_that_end_are_named(
    board: GoverningBody, bob: Person, room_clients: dict[str, Client]
) -> None:
    appoint(
        body=board,
        person=bob,
        role="treasurer",
        since=date(2020, 1, 1),
        until=timezone.localdate() + timedelta(days=60),
        at=timezone.now(),
    )
    assert "<strong>Bob</strong>, trésorerie" in read(room_clients["bob"], "/conseil/")


def test_a_network_without_a_plan_reads_what_will_come(
    entity: LegalEntity, room_clients: dict[str, Client]
) -> None:
    page = read(room_clients["bob"], "/conseil/")
    assert "Pas encore de plan" in page
    assert "Aucune décision encore" in page


def test_the_register_is_narrowed(
    entity: LegalEntity, decision: Decision, room_clients: dict[str, Client]
) -> None:
    later = record_decision(
        entity=entity, title="Étudier une SCIC", text="…", decided_on=date(2009, 2, 3), at=timezone.now()
    )
    supersede_decision(decision=decision, by=later, at=timezone.now())

    def found(query: str) -> list[str]:
        lines = room_clients["bob"].get(f"/decisions/?{query}").context["lines"]
        return [line.decision.reference for line in lines]

    assert found("") == ["2009-01", "2008-01"]
    assert found("year=2008") == found("in_force=false") == ["2008-01"]
    assert found("in_force=true") == found("q=scic") == ["2009-01"]
    assert found("entity=nowhere") == []


def test_a_decision_says_what_replaced_it_and_what_it_replaces(
    entity: LegalEntity, decision: Decision, room_clients: dict[str, Client]
) -> None:
    later = record_decision(
        entity=entity, title="Étudier une SCIC", text="…", decided_on=date(2009, 2, 3), at=timezone.now()
    )
    supersede_decision(decision=decision, by=later, at=timezone.now())
    assert "N’est plus en vigueur." in read(room_clients["bob"], f"/decisions/{decision.pk}/")
    assert "Remplace 2008-01" in read(room_clients["bob"], f"/decisions/{later.pk}/")


def test_a_decision_leads_to_its_source_and_its_thread(
    decision: Decision, room_clients: dict[str, Client]
) -> None:
    page = read(room_clients["bob"], f"/decisions/{decision.pk}/")
    assert '<a href="/assemblees/1/">Résolution 4</a>' in page
    assert f'href="/fil/decision/{decision.pk}/"' in page


def test_the_actions_are_narrowed_to_mine_and_to_the_late_ones(
    action: Action, seated: Person, plan: Plan, room_clients: dict[str, Client]
) -> None:
    late = put(seated, plan, "En retard", days=-3)

    def found(query: str) -> list[Action]:
        return list(room_clients["bob"].get(f"/actions/?{query}").context["page"].object_list)

    assert found("") == [action, late]
    assert found("mine=1") == [action]
    assert found("state=late") == [late]
    assert found("state=done") == []


def test_what_people_wrote_is_shown_as_text_never_as_a_script(
    seated: Person, plan: Plan, room_clients: dict[str, Client]
) -> None:
    attack = "<script>alert(1)</script>"
    action = put(seated, plan, attack, text=attack)
    note_progress(author=seated, action=action, text=attack, progress=10, at=timezone.now())
    decision = record_decision(
        entity=plan.entity, title=attack, text=attack, decided_on=date(2009, 1, 1), at=timezone.now()
    )
    urls = ["/conseil/", f"/actions/{action.pk}/", f"/decisions/{decision.pk}/", f"/conseil/plans/{plan.pk}/"]
    assert not any("<script>alert" in read(room_clients["bob"], url) for url in urls)
    assert "<script>alert" not in read(room_clients["bob"], f"/decisions/?q={attack}")


# -- what is written


def test_the_pilot_notes_progress_by_a_plain_form(
    action: Action, bob: Person, room_clients: dict[str, Client]
) -> None:
    form = {"action": action.pk, "text": "Le lieu est trouvé.", "progress": 40, "key": str(uuid4())}
    response = room_clients["bob"].post(f"/actions/{action.pk}/note/", form)
    assert (response.status_code, response["Location"]) == (303, f"/actions/{action.pk}/#suivi")
    room_clients["bob"].post(f"/actions/{action.pk}/note/", form)
    assert FollowUp.objects.get().author == bob


def test_a_refused_note_says_why_and_keeps_the_words(action: Action, room_clients: dict[str, Client]) -> None:
    form = {"action": action.pk, "text": "Mes mots.", "progress": 400}
    response = room_clients["bob"].post(f"/actions/{action.pk}/note/", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Mes mots." in page
    assert 'value="400"' in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("act", ["note", "faite", "abandon", "reprise"])
def test_charlie_does_nothing_to_an_action(act: str, action: Action, room_clients: dict[str, Client]) -> None:
    form = {"action": action.pk, "text": "Non.", "progress": 10}
    assert room_clients["charlie"].post(f"/actions/{action.pk}/{act}/", form).status_code == 404
    assert (
        room_clients["nobody"]
        .post(f"/actions/{action.pk}/{act}/", form)["Location"]
        .startswith("/comptes/login/")
    )
    assert not FollowUp.objects.exists()


def test_a_refused_reason_is_asked_again_unfolded(action: Action, room_clients: dict[str, Client]) -> None:
    refused = room_clients["alice"].post(f"/actions/{action.pk}/abandon/", {"text": " "})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "<details open><summary>Abandonner" in html
    assert "<details><summary>Dire que c’est fait" in html


def test_a_member_who_is_not_the_pilot_sees_no_form_and_is_refused(
    seated: Person, plan: Plan, room_clients: dict[str, Client]
) -> None:
    action = put(seated, plan)
    assert "Ce qui a avancé" not in read(room_clients["bob"], f"/actions/{action.pk}/")
    response = room_clients["bob"].post(
        f"/actions/{action.pk}/note/", {"action": action.pk, "text": "Si.", "progress": 1}
    )
    assert response.status_code == 422
    assert not FollowUp.objects.exists()


def test_the_board_finishes_gives_up_and_runs_again(
    action: Action, seated: Person, room_clients: dict[str, Client]
) -> None:
    alice = room_clients["alice"]
    for act, state in (("abandon", "dropped"), ("reprise", "running"), ("faite", "done")):
        alice.post(f"/actions/{action.pk}/{act}/", {"action": action.pk, "text": "Raison."})
        action.refresh_from_db()
        assert action.state == state


def test_the_board_adds_an_action_by_the_form(
    plan: Plan, seated: Person, room_clients: dict[str, Client]
) -> None:
    form = {
        "axis": plan.axes.first().pk,  # type: ignore[union-attr]
        "title": "Ouvrir le site",
        "due_on": "2009-06-30",
        "pilot": seated.pk,
        "pilot_organisation": "",
        "text": "",
    }
    response = room_clients["alice"].post(f"/conseil/plans/{plan.pk}/action/", form)
    added = Action.objects.get()
    assert (response["Location"], added.pilot, added.pilot_organisation) == (
        f"/actions/{added.pk}/",
        seated,
        None,
    )


def test_the_board_writes_a_decision_and_a_plan(
    entity: LegalEntity, seated: Person, room_clients: dict[str, Client]
) -> None:
    alice = room_clients["alice"]
    form = {
        "entity": entity.pk,
        "body": "",
        "title": "Étudier une SCIC",
        "text": "…",
        "decided_on": "2009-02-03",
    }
    response = alice.post("/conseil/ecossolies/decision/", form)
    decision = Decision.objects.get()
    assert (response["Location"], decision.reference) == (f"/decisions/{decision.pk}/", "2009-01")
    plan = {"entity": entity.pk, "title": "Plan", "since": "2009-01-01", "until": "2010-12-31"}
    alice.post("/conseil/ecossolies/plan/", {**plan, "axes": "Un\n\n Deux ", "decision": decision.pk})
    assert [axis.title for axis in Plan.objects.get().axes.all()] == ["Un", "Deux"]
    assert alice.post("/conseil/ecossolies/plan/", {**plan, "axes": " \n "}).status_code == 422


def test_the_board_says_that_a_decision_is_replaced(
    entity: LegalEntity, decision: Decision, seated: Person, room_clients: dict[str, Client]
) -> None:
    later = record_decision(
        entity=entity, title="B", text="…", decided_on=date(2009, 2, 3), at=timezone.now()
    )
    form = {"decision": decision.pk, "by": later.pk}
    room_clients["alice"].post(f"/decisions/{decision.pk}/remplacee/", form)
    decision.refresh_from_db()
    assert decision.superseded_by == later
    assert room_clients["bob"].post(f"/decisions/{decision.pk}/remplacee/", form).status_code == 422


def test_the_board_notes_a_measure_with_a_decimal_comma(
    indicator: Indicator, room_clients: dict[str, Client]
) -> None:
    form = {"indicator": indicator.pk, "on": "2009-03-31", "value": "62,5", "note": "provisoire"}
    room_clients["alice"].post(f"/conseil/indicateurs/{indicator.pk}/mesure/", form)
    assert Measure.objects.get().value == Decimal("62.5")
    assert room_clients["bob"].post(f"/conseil/indicateurs/{indicator.pk}/mesure/", form).status_code == 422
    assert (
        room_clients["charlie"].post(f"/conseil/indicateurs/{indicator.pk}/mesure/", form).status_code == 404
    )


@pytest.mark.parametrize("page", ["decision", "plan"])
def test_a_member_who_is_not_on_the_board_does_not_find_the_forms(
    page: str, seated: Person, entity: LegalEntity, room_clients: dict[str, Client]
) -> None:
    url = f"/conseil/ecossolies/{page}/"
    assert [room_clients[who].get(url).status_code for who in ("alice", "bob", "charlie")] == [200, 404, 404]
    assert room_clients["bob"].post(url, {"entity": entity.pk}).status_code == 404
    assert not Decision.objects.exists()
