"""`make demo` tells the seed's own story, with its figures, through the services."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import escape

from assemblies.chain import resolution_of_decision
from assemblies.models import Assembly, Resolution
from config.demo.names import SECTORS, SEED_ORGANISATIONS
from cooperation.models import (
    CollegeWeight,
    GoverningBody,
    LegalEntity,
    Mandate,
    Membership,
    NetworkEvent,
    Organisation,
    Person,
    Sector,
)
from decisions.models import Decision, Indicator, Measure, Plan
from tests.journey.demo import account, browser_of
from votes.models import Poll, Seat
from workshops.ancestry import ancestry_of
from workshops.models import Comment, Series, Workshop

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("demo")]

MARCH_2008 = date(2008, 3, 15)


def counts() -> dict[str, int]:
    """How many rows there are of everything."""
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}


def association() -> LegalEntity:
    return LegalEntity.objects.get(slug="ecossolies")


def test_loading_it_twice_changes_nothing() -> None:
    before = counts()
    said = StringIO()
    call_command("demo", stdout=said)
    assert counts() == before
    assert "already" in said.getvalue()


def test_it_tells_where_to_go_as_whom_and_by_which_code() -> None:
    said = StringIO()
    call_command("demo", "--tell", stdout=said)
    room = Workshop.objects.get(state=Workshop.State.OPEN)
    assert room.join_code in said.getvalue()
    assert account("nadege").email in said.getvalue()


def test_the_association_has_252_organisations_and_108_persons_today() -> None:
    members = Membership.objects.filter(entity=association()).as_of(timezone.localdate())
    assert members.filter(organisation__isnull=False).count() == 252
    assert members.filter(person__isnull=False).count() == 108


def test_the_scic_has_four_colleges_that_weigh_40_25_25_and_10() -> None:
    weights = CollegeWeight.objects.filter(college__entity__slug="halle-aux-outils").order_by(
        "college__letter"
    )
    assert [Fraction(str(row.points)) for row in weights] == [40, 25, 25, 10]


def test_the_assembly_of_march_2008_seats_a_board_of_35_and_an_executive_of_8() -> None:
    sitting = Mandate.objects.filter(body__entity=association(), since=MARCH_2008)
    assert sitting.filter(body__kind=GoverningBody.Kind.BOARD).count() == 35
    assert sitting.filter(body__kind=GoverningBody.Kind.EXECUTIVE).count() == 8
    adopted = Resolution.objects.filter(assembly__starts_at__date=MARCH_2008, state=Resolution.State.ADOPTED)
    assert adopted.count() == 4
    assert Seat.objects.filter(mandate__in=sitting, poll__result__outcome__vacant=0).count() == 35


def test_2007_had_three_series_of_workshops_six_study_days_and_four_board_meetings() -> None:
    assert list(Series.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    of_2007 = NetworkEvent.objects.filter(starts_on__year=2007)
    assert of_2007.filter(kind=NetworkEvent.Kind.STUDY_DAY).count() == 6
    assert of_2007.filter(kind=NetworkEvent.Kind.MEETING).count() == 4


def test_the_seven_sectors_are_there() -> None:
    assert list(Sector.objects.order_by("position").values_list("name", flat=True)) == list(SECTORS)


def test_the_plan_of_2008_has_its_four_axes_numbered_1_to_4_and_its_actions_are_done() -> None:
    plan = Plan.objects.get(since=date(2008, 1, 1))
    assert list(plan.axes.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert plan.axes.get(number=3).title == "Université coopérative"
    assert {action.state for axis in plan.axes.all() for action in axis.actions.all()} == {"done"}


def test_the_funding_of_2006_is_told_exactly_and_its_target_is_half() -> None:
    indicator = Indicator.objects.get(name__startswith="Part de Nantes Métropole")
    assert indicator.target == Decimal(50)
    first = indicator.measures.earliest("on")
    assert (first.on.year, first.value, first.is_fiction) == (2006, Decimal("56.25"), False)
    assert Measure.objects.filter(value=Decimal(85), on__year=2006, is_fiction=False).exists()
    assert not indicator.measures.filter(on__year__gt=2006, is_fiction=False).exists()


def test_the_trace_of_every_decision_leads_to_a_comment() -> None:
    reader = browser_of("awa")
    found = list(Decision.objects.filter(resolution__contest=None))
    assert len(found) >= 5
    for decision in found:
        resolution = resolution_of_decision(decision)
        assert resolution is not None
        assert resolution.version is not None
        remarks = Comment.objects.filter(version__in=ancestry_of(resolution.version).versions)
        page = reader.get(f"/fil/decision/{decision.pk}/").content.decode()
        assert any(escape(remark.text[:100]) in page for remark in remarks), decision


def test_every_invented_person_and_organisation_says_so() -> None:
    assert not Person.objects.filter(is_fiction=False).exists()
    real = Organisation.objects.filter(is_fiction=False).values_list("name", flat=True)
    assert set(real) == {name for name, *_ in SEED_ORGANISATIONS}
    assert LegalEntity.objects.get(slug="halle-aux-outils").is_fiction


def test_a_workshop_and_a_binding_vote_are_open_now() -> None:
    room = Workshop.objects.get(state=Workshop.State.OPEN)
    assert (room.access, room.welcomes_guests) == (Workshop.Access.PUBLIC, True)
    assert room.steps.filter(state="running").count() == 1
    hall = Assembly.objects.get(state=Assembly.State.OPEN)
    poll = Poll.objects.open(timezone.now()).filter(is_binding=True).get()
    assert poll.parent == hall.topic
    assert poll.electors.filter(titular=account("yannick"), has_voted_at=None).exists()


def test_each_account_is_welcomed_with_something_to_do() -> None:
    for given_name in ("nadege", "awa", "yannick", "ines"):
        page = browser_of(given_name).get("/")
        assert page.status_code == 200
        assert page.context["todos"], given_name
