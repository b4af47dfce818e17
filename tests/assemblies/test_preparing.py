"""Preparing a meeting and convening it in time."""

from datetime import date, datetime, timedelta

import pytest

from assemblies.models import Assembly, Officer
from assemblies.services import (
    appoint_officer,
    change_assembly,
    convene_assembly,
    dismiss_officer,
    prepare_assembly,
)
from cooperation.models import LegalEntity, Person
from cooperation.services import guest_named
from realtime.models import LoggedEvent
from realtime.refused import Refused, sentence_of
from tests.assemblies import scene
from tests.assemblies.scene import CONVENED_AT, PREPARED_AT, STARTS_AT

pytestmark = pytest.mark.django_db
DAY = PREPARED_AT.date()


def test_a_draft_is_seen_by_the_board_alone(draft: Assembly, alice: Person, bob: Person) -> None:
    assert Assembly.objects.visible_to(alice, DAY).get() == draft
    assert not Assembly.objects.visible_to(bob, DAY).exists()


def test_a_convened_assembly_is_seen_by_members_and_not_by_strangers(
    association: LegalEntity, alice: Person, bob: Person, charlie: Person
) -> None:
    assembly = scene.convened(association, alice)
    assert Assembly.objects.visible_to(bob, DAY).get() == assembly
    assert not Assembly.objects.visible_to(charlie, DAY).exists()
    assert not Assembly.objects.visible_to(None, DAY).exists()


def test_who_left_sees_only_the_assemblies_held_before(
    association: LegalEntity, alice: Person, bob: Person
) -> None:
    before = scene.convened(association, alice)
    scene.convened(association, alice, starts_at=STARTS_AT + timedelta(days=400))
    bob.memberships.update(ended_on=date(2026, 12, 31))
    assert list(Assembly.objects.visible_to(bob, date(2028, 1, 1))) == [before]


def test_who_speaks_for_a_member_sees_the_assembly(
    association: LegalEntity, alice: Person, charlie: Person
) -> None:
    scene.organisation(association, "Le Bon Copeau", 40, charlie)
    assembly = scene.convened(association, alice)
    assert Assembly.objects.visible_to(charlie, DAY).get() == assembly
    charlie.representations.update(until=date(2026, 3, 1))
    assert not Assembly.objects.visible_to(charlie, DAY).exists()


def test_a_teller_from_outside_sees_the_assembly_once_it_is_convened(
    association: LegalEntity, alice: Person, charlie: Person
) -> None:
    draft = scene.prepared(association, alice)
    appoint_officer(by=alice, assembly=draft, person=charlie, role=Officer.Role.TELLER, at=PREPARED_AT)
    assert not Assembly.objects.visible_to(charlie, DAY).exists()
    scene.with_agenda(draft, alice)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    assert Assembly.objects.visible_to(charlie, DAY).get() == draft


def test_only_the_board_prepares(association: LegalEntity, bob: Person) -> None:
    with pytest.raises(Refused, match="not_on_board"):
        scene.prepared(association, bob)


def test_what_meets_is_the_general_assembly_of_the_entity(association: LegalEntity, alice: Person) -> None:
    board = association.bodies.get(kind="board")
    with pytest.raises(Refused, match="body_elsewhere"):
        prepare_assembly(
            by=alice,
            entity=association,
            body=board,
            kind="ordinary",
            title="CA",
            starts_at=STARTS_AT,
            at=PREPARED_AT,
        )


def test_a_past_day_is_refused(association: LegalEntity, alice: Person, draft: Assembly) -> None:
    with pytest.raises(Refused, match="date_is_past"):
        scene.prepared(association, alice, starts_at=PREPARED_AT - timedelta(days=1))
    with pytest.raises(Refused, match="date_is_past"):
        change_assembly(
            by=alice,
            assembly=draft,
            title="AG",
            starts_at=PREPARED_AT - timedelta(days=1),
            place="",
            at=PREPARED_AT,
        )


def test_the_hour_and_the_place_change_until_the_notice_leaves(draft: Assembly, alice: Person) -> None:
    later = STARTS_AT + timedelta(days=7)
    change_assembly(by=alice, assembly=draft, title="AG", starts_at=later, place="La Cale", at=PREPARED_AT)
    draft.refresh_from_db()
    assert (draft.title, draft.starts_at, draft.place) == ("AG", later, "La Cale")
    scene.with_agenda(draft, alice)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    with pytest.raises(Refused, match="notice_sent"):
        change_assembly(by=alice, assembly=draft, title="AG", starts_at=later, place="", at=CONVENED_AT)


def test_convening_keeps_the_day_tells_every_member_and_the_hall(
    draft: Assembly, alice: Person, bob: Person, charlie: Person
) -> None:
    scene.with_agenda(draft, alice)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    draft.refresh_from_db()
    assert (draft.state, draft.notice_sent_on) == ("convened", date(2026, 3, 2))
    assert bob.notifications.get().sentence == (
        "Vous êtes convié·e à l’assemblée « Assemblée générale », samedi 28 mars 2026, 14\u00a0h\u00a000."
    )
    assert not charlie.notifications.exists()
    assert LoggedEvent.objects.filter(topic__name=draft.topic, type="assembly.convened").count() == 1


@pytest.mark.parametrize(("days", "is_enough"), [(14, False), (15, True), (16, True)])
def test_the_notice_leaves_fifteen_days_before(
    draft: Assembly, alice: Person, days: int, is_enough: bool
) -> None:
    scene.with_agenda(draft, alice)
    at = STARTS_AT - timedelta(days=days)
    if is_enough:
        assert convene_assembly(by=alice, assembly=draft, at=at).state == "convened"
        return
    with pytest.raises(Refused, match="notice_too_short") as refused:
        convene_assembly(by=alice, assembly=draft, at=at)
    assert sentence_of(refused.value) == (
        "La convocation part au moins 15 jours avant la réunion : ici, 14. Règle V09, statuts de l’entité."
    )


def test_the_law_of_the_form_is_named_when_the_notice_is_too_short(alice: Person) -> None:
    entity, _members = scene.scic(
        {"A": 3, "B": 3, "C": 3, "D": 3}, form="scic_sa", quorum_first=scene.Fraction(1, 5)
    )
    scene.seat_on_board(alice, entity)
    assembly = scene.prepared(entity, alice)
    scene.with_agenda(assembly, alice)
    with pytest.raises(Refused, match="notice_too_short") as refused:
        convene_assembly(by=alice, assembly=assembly, at=STARTS_AT - timedelta(days=14))
    assert refused.value.details["article"] == "Code de commerce, art. R225-69"


def test_a_notice_says_where_and_what(association: LegalEntity, alice: Person) -> None:
    nowhere = scene.prepared(association, alice, place="")
    with pytest.raises(Refused, match="place_missing"):
        convene_assembly(by=alice, assembly=nowhere, at=CONVENED_AT)
    empty = scene.prepared(association, alice)
    with pytest.raises(Refused, match="agenda_empty"):
        convene_assembly(by=alice, assembly=empty, at=CONVENED_AT)


def test_nobody_is_convened_twice_nor_to_the_past(draft: Assembly, alice: Person) -> None:
    scene.with_agenda(draft, alice)
    with pytest.raises(Refused, match="date_is_past"):
        convene_assembly(by=alice, assembly=draft, at=STARTS_AT + timedelta(days=1))
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    with pytest.raises(Refused, match="notice_sent"):
        convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)


def test_without_statutes_nothing_can_be_convened(entity: LegalEntity, alice: Person) -> None:
    scene.seat_on_board(alice, entity)
    assembly = scene.prepared(entity, alice)
    scene.with_agenda(assembly, alice)
    with pytest.raises(Refused, match="statutes_missing"):
        convene_assembly(by=alice, assembly=assembly, at=CONVENED_AT)


def test_a_member_may_not_convene(draft: Assembly, alice: Person, bob: Person) -> None:
    scene.with_agenda(draft, alice)
    with pytest.raises(Refused, match="not_on_board"):
        convene_assembly(by=bob, assembly=draft, at=CONVENED_AT)


def test_a_new_officer_is_told_and_a_second_office_replaces_the_first(
    draft: Assembly, alice: Person, bob: Person
) -> None:
    appoint_officer(by=alice, assembly=draft, person=bob, role=Officer.Role.TELLER, at=PREPARED_AT)
    appoint_officer(by=alice, assembly=draft, person=bob, role=Officer.Role.SECRETARY, at=PREPARED_AT)
    assert draft.officers.get(person=bob).role == "secretary"
    assert "secrétariat de séance" in bob.notifications.first().sentence


def test_the_secretary_prepares_too(draft: Assembly, alice: Person, bob: Person) -> None:
    appoint_officer(by=alice, assembly=draft, person=bob, role=Officer.Role.SECRETARY, at=PREPARED_AT)
    assert scene.with_agenda(draft, bob)


def test_an_office_is_taken_back(draft: Assembly, alice: Person, bob: Person) -> None:
    officer = appoint_officer(by=alice, assembly=draft, person=bob, role=Officer.Role.TELLER, at=PREPARED_AT)
    with pytest.raises(Refused, match="not_on_board"):
        dismiss_officer(by=bob, officer=officer, at=PREPARED_AT)
    dismiss_officer(by=alice, officer=officer, at=PREPARED_AT)
    assert not draft.officers.filter(person=bob).exists()


def test_a_guest_holds_no_office(draft: Assembly, alice: Person) -> None:
    guest = guest_named(name="Idriss", at=PREPARED_AT)
    with pytest.raises(Refused, match="guest_not_allowed"):
        appoint_officer(by=alice, assembly=draft, person=guest, role=Officer.Role.TELLER, at=PREPARED_AT)


def test_a_member_names_no_officer(draft: Assembly, bob: Person) -> None:
    with pytest.raises(Refused, match="not_on_board"):
        appoint_officer(by=bob, assembly=draft, person=bob, role=Officer.Role.CHAIR, at=PREPARED_AT)


def test_the_day_of_the_meeting_is_that_of_paris(association: LegalEntity, alice: Person) -> None:
    assembly = scene.prepared(
        association, alice, starts_at=datetime.fromisoformat("2026-03-28T23:30:00+00:00")
    )
    assert assembly.held_on == date(2026, 3, 29)
