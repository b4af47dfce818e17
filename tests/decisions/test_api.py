"""The REST doors of decisions: the same rights and acts as the pages, constant work as rows grow."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import Person
from cooperation.services import issue_token
from decisions.models import Action, Axis, Decision, FollowUp, Indicator, Measure, Plan

LISTS = ["/api/decisions/", "/api/plans/", "/api/actions/", "/api/indicators/"]


def post(client: Client, url: str, body: dict[str, object], **headers: str) -> tuple[int, dict[str, object]]:
    response = client.post(url, body, content_type="application/json", headers=headers)
    return response.status_code, response.json()


@pytest.mark.parametrize("url", LISTS)
def test_charlie_reads_empty_lists_and_nobody_is_asked_to_log_in(
    url: str, action: Action, indicator: Indicator, room_clients: dict[str, Client]
) -> None:
    assert room_clients["charlie"].get(url).json()["count"] == 0
    assert room_clients["nobody"].get(url).status_code == 401
    assert room_clients["bob"].get(url).json()["count"] == 1


def test_charlie_finds_no_decision_and_no_action(action: Action, room_clients: dict[str, Client]) -> None:
    for url in (f"/api/decisions/{action.decision_id}/", f"/api/actions/{action.pk}/"):
        assert room_clients["charlie"].get(url).status_code == 404
        assert room_clients["bob"].get(url).status_code == 200


def test_an_action_is_read_with_its_follow_up(
    action: Action, bob: Person, room_clients: dict[str, Client]
) -> None:
    FollowUp.objects.create(action=action, author=bob, at=timezone.now(), text="Trouvé.", progress=40)
    read = room_clients["alice"].get(f"/api/actions/{action.pk}/").json()
    assert (read["reference"], read["pilot"], read["is_late"]) == ("1.1", "Bob", False)
    assert [(note["author"], note["progress"]) for note in read["follow_ups"]] == [("Bob", 40)]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("entity=ecossolies", 1),
        ("entity=x", 0),
        ("state=running", 1),
        ("state=done", 0),
        ("due_before=2008-01-01", 0),
    ],
)
def test_actions_are_filtered(
    query: str, count: int, action: Action, room_clients: dict[str, Client]
) -> None:
    assert room_clients["bob"].get(f"/api/actions/?{query}").json()["count"] == count


def test_a_pilot_notes_progress_with_a_token_and_once_per_key(action: Action, bob: Person) -> None:
    _, secret = issue_token(person=bob, label="x", at=timezone.now())
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": str(uuid4())}
    url = f"/api/actions/{action.pk}/note/"
    first = post(Client(), url, {"text": "Trouvé.", "progress": 40}, **headers)
    assert first == post(Client(), url, {"text": "Trouvé.", "progress": 40}, **headers)
    assert (first[0], FollowUp.objects.count()) == (200, 1)
    status, answer = post(Client(), url, {"text": "Autre.", "progress": 40}, **headers)
    assert (status, answer["code"]) == (409, "key_reused")


def test_refusals_have_their_names(action: Action, seated: Person, room_clients: dict[str, Client]) -> None:
    url = f"/api/actions/{action.pk}/"
    assert (
        post(room_clients["charlie"], f"{url}note/", {"text": "x", "progress": 1})[1]["code"] == "not_found"
    )
    assert post(room_clients["bob"], f"{url}drop/", {"text": "x"})[1]["code"] == "not_on_board"
    assert post(room_clients["alice"], f"{url}resume/", {"text": "x"})[1]["code"] == "action_running"
    assert post(room_clients["bob"], f"{url}note/", {"text": "x", "progress": 101})[1]["code"] == "invalid"
    assert post(room_clients["nobody"], f"{url}finish/", {})[1]["code"] == "login_required"


def test_the_board_keeps_register_plan_and_indicators_by_rest(
    plan: Plan, indicator: Indicator, decision: Decision, room_clients: dict[str, Client]
) -> None:
    alice = room_clients["alice"]
    entity = {"entity": plan.entity_id}
    body = {**entity, "title": "SCIC", "text": "…", "decided_on": "2009-02-03"}
    status, answer = post(alice, "/api/decisions/record/", body)
    assert (status, answer["reference"]) == (200, "2009-01")
    by = {"by": answer["decision"]}
    assert post(alice, f"/api/decisions/{decision.pk}/supersede/", by)[0] == 200
    dates = {"since": "2011-01-01", "until": "2013-12-31"}
    assert post(alice, "/api/plans/adopt/", {**entity, "title": "P", "axes": "Un\nDeux", **dates})[0] == 200
    axis = plan.axes.first()
    assert post(alice, f"/api/axes/{axis.pk}/actions/", {"title": "A", "due_on": "2012-01-01"})[0] == 200  # type: ignore[union-attr]
    measures = f"/api/indicators/{indicator.pk}/measures/"
    assert post(alice, measures, {"on": "2009-03-31", "value": "62.5"})[0] == 200
    new = {**entity, "name": "Adhésions", "unit": "membres", "target": "400", "target_direction": "above"}
    assert post(alice, "/api/indicators/add/", new)[0] == 200


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_nobody_else_keeps_them(
    who: str, plan: Plan, indicator: Indicator, room_clients: dict[str, Client]
) -> None:
    client, entity = room_clients[who], {"entity": plan.entity_id}
    code = {"bob": "not_on_board", "charlie": "not_found"}[who]
    dates = {"since": "2011-01-01", "until": "2013-12-31"}
    tried = [
        ("/api/decisions/record/", {**entity, "title": "x", "text": "x", "decided_on": "2009-02-03"}),
        (f"/api/decisions/{plan.decision_id}/supersede/", {"by": plan.decision_id}),
        ("/api/plans/adopt/", {**entity, "title": "P", "axes": "Un", **dates}),
        (f"/api/axes/{plan.axes.first().pk}/actions/", {"title": "A", "due_on": "2012-01-01"}),  # type: ignore[union-attr]
        (f"/api/indicators/{indicator.pk}/measures/", {"on": "2009-03-31", "value": "1"}),
        ("/api/indicators/add/", {**entity, "name": "x"}),
    ]
    assert {url: post(client, url, body)[1]["code"] for url, body in tried} == {url: code for url, _ in tried}


# -- as rows grow


def grow(plan: Plan, indicator: Indicator, bob: Person, start: int, count: int) -> None:
    """As many more decisions, actions with a note, axes, plans and measures."""
    axis = plan.axes.first()
    for number in range(start, start + count):
        decision = Decision.objects.create(
            entity=plan.entity,
            year=2009,
            number=number,
            title=f"D{number}",
            text="…",
            decided_on=date(2009, 1, 1),
        )
        action = Action.objects.create(
            axis=axis,
            number=number,
            title=f"A{number}",
            decision=decision,
            pilot=bob,
            due_on=date(2009, 1, 1),
        )
        FollowUp.objects.create(action=action, author=bob, at=timezone.now(), text="…", progress=0)
        Axis.objects.create(plan=plan, number=number, title=f"X{number}")
        more = Plan.objects.create(
            entity=plan.entity, title=f"P{number}", since=date(2000, 1, 1), until=date(2001, 1, 1)
        )
        Axis.objects.create(plan=more, number=1, title="Un")
        Indicator.objects.create(entity=plan.entity, name=f"I{number}")
        Measure.objects.create(indicator=indicator, on=date(1000 + number, 1, 1), value=Decimal(1))


def test_pages_and_endpoints_keep_a_constant_number_of_queries(
    plan: Plan,
    indicator: Indicator,
    action: Action,
    seated: Person,
    bob: Person,
    room_clients: dict[str, Client],
) -> None:
    urls = [*LISTS, "/conseil/", "/decisions/", "/actions/", "/actions/?mine=1", f"/conseil/plans/{plan.pk}/"]
    urls += [
        f"/decisions/{plan.decision_id}/",
        f"/actions/{action.pk}/",
        f"/conseil/indicateurs/{indicator.pk}/",
    ]
    urls += [f"/api/actions/{action.pk}/", f"/api/decisions/{plan.decision_id}/"]

    def counted() -> dict[str, int]:
        counts = {}
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                assert room_clients["alice"].get(url).status_code == 200
            counts[url] = len(queries)
        return counts

    grow(plan, indicator, bob, 10, 10)
    counted()
    few = counted()
    grow(plan, indicator, bob, 100, 190)
    assert counted() == few
