"""A board with its plan: four axes, an action Bob pilots, an indicator."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from cooperation.models import GoverningBody, LegalEntity, Person
from cooperation.services import appoint
from decisions.models import Action, Decision, Indicator, Plan
from decisions.services import add_action, add_indicator, adopt_plan, record_decision

DAY = date(2008, 3, 15)
AXES = [
    (1, "Entreprenariat social", "Orientation et appui"),
    (2, "Communiquer, faire connaître, promouvoir", ""),
    (3, "Université coopérative", ""),
    (4, "Gouvernance et co-construction participative", ""),
]


@pytest.fixture
def board(entity: LegalEntity) -> GoverningBody:
    """The board of the association."""
    return GoverningBody.objects.create(
        entity=entity, kind="board", name="Conseil d’administration", seats=35
    )


@pytest.fixture
def seated(board: GoverningBody, alice: Person) -> Person:
    """Alice sits on the board."""
    appoint(body=board, person=alice, since=date(2008, 3, 15), at=timezone.now())
    return alice


@pytest.fixture
def decision(entity: LegalEntity) -> Decision:
    """The assembly adopted the plan."""
    return record_decision(
        entity=entity,
        title="Le plan d’actions 2008-2010 est adopté",
        text="L’assemblée adopte le plan et ses quatre axes.",
        decided_on=DAY,
        source_title="Résolution 4",
        source_url="/assemblees/1/",
        at=timezone.now(),
    )


@pytest.fixture
def plan(entity: LegalEntity, decision: Decision) -> Plan:
    """The plan it adopted."""
    return adopt_plan(
        entity=entity,
        title="Plan d’actions 2008-2010",
        since=DAY,
        until=date(2010, 12, 31),
        axes=AXES,
        decision=decision,
        at=timezone.now(),
    )


def put(
    by: Person, plan: Plan, title: str = "Ouvrir un atelier partagé", days: int = 15, **fields: object
) -> Action:
    """Put an action on the first axis, due in some days; any field may differ."""
    given: dict[str, object] = {
        "axis": plan.axes.first(),
        "due_on": timezone.localdate() + timedelta(days=days),
        "at": timezone.now(),
        **fields,
    }
    return add_action(by=by, title=title, **given)  # type: ignore[arg-type]


@pytest.fixture
def action(seated: Person, plan: Plan, bob: Person) -> Action:
    """Bob pilots it."""
    return put(seated, plan, pilot=bob)


@pytest.fixture
def indicator(seated: Person, entity: LegalEntity, plan: Plan) -> Indicator:
    """The share of public funding, to bring below a half."""
    return add_indicator(
        by=seated,
        entity=entity,
        name="Part de financement public",
        target=Decimal(50),
        target_on=date(2010, 12, 31),
        axis=plan.axes.last(),
        at=timezone.now(),
    )
