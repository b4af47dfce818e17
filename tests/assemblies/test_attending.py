"""The attendance log: who is there, through whom, counted once."""

from datetime import date, timedelta

import pytest

from assemblies.models import Assembly, Attendance, Officer
from assemblies.quorum import present_in
from assemblies.services import appoint_officer, check_in, check_out, close_assembly
from cooperation.models import LegalEntity, Membership, Person
from cooperation.services import end_membership
from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.assemblies import scene
from tests.assemblies.scene import DOORS_AT, LATER, PREPARED_AT, STARTS_AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def copeau(association: LegalEntity, bob: Person, charlie: Person) -> Membership:
    """An organisation for which Charlie speaks, and Bob when Charlie cannot."""
    return scene.organisation(association, "Le Bon Copeau", 40, titular=charlie, substitute=bob)


def present(assembly: Assembly) -> list[int]:
    return sorted(present_in(assembly).values_list("membership_id", flat=True))


def test_the_desk_writes_an_arrival_and_a_departure(
    assembly: Assembly, alice: Person, bobs: Membership
) -> None:
    check_in(by=alice, assembly=assembly, membership=bobs, at=DOORS_AT)
    assert present(assembly) == [bobs.pk]
    check_out(by=alice, assembly=assembly, membership=bobs, at=LATER)
    assert present(assembly) == []
    check_in(by=alice, assembly=assembly, membership=bobs, at=LATER + timedelta(minutes=5))
    assert present(assembly) == [bobs.pk]
    assert Attendance.objects.filter(assembly=assembly).count() == 3


def test_a_member_is_never_counted_twice(assembly: Assembly, alice: Person, bobs: Membership) -> None:
    check_in(by=alice, assembly=assembly, membership=bobs, at=DOORS_AT)
    with pytest.raises(Refused, match="already_present"):
        check_in(by=alice, assembly=assembly, membership=bobs, at=LATER)
    assert present(assembly) == [bobs.pk]


def test_an_organisation_arrives_with_its_titular_or_its_substitute_and_once(
    assembly: Assembly, alice: Person, bob: Person, charlie: Person, copeau: Membership
) -> None:
    line = check_in(by=alice, assembly=assembly, membership=copeau, person=bob, at=DOORS_AT)
    assert line.person == bob
    with pytest.raises(Refused, match="already_present"):
        check_in(by=alice, assembly=assembly, membership=copeau, person=charlie, at=LATER)


def test_without_a_name_the_titular_arrives(
    assembly: Assembly, alice: Person, charlie: Person, copeau: Membership
) -> None:
    assert check_in(by=alice, assembly=assembly, membership=copeau, at=DOORS_AT).person == charlie


def test_one_person_may_arrive_under_several_hats(
    assembly: Assembly, alice: Person, bob: Person, bobs: Membership, copeau: Membership
) -> None:
    check_in(by=alice, assembly=assembly, membership=bobs, at=DOORS_AT)
    check_in(by=alice, assembly=assembly, membership=copeau, person=bob, at=DOORS_AT)
    assert present(assembly) == sorted([bobs.pk, copeau.pk])


def test_who_does_not_speak_for_a_member_does_not_arrive_for_it(
    assembly: Assembly, alice: Person, charlie: Person, bobs: Membership, copeau: Membership
) -> None:
    with pytest.raises(Refused, match="not_a_representative"):
        check_in(by=alice, assembly=assembly, membership=bobs, person=charlie, at=DOORS_AT)
    charlie.representations.update(until=date(2026, 1, 1))
    with pytest.raises(Refused, match="not_a_representative"):
        check_in(by=alice, assembly=assembly, membership=copeau, person=charlie, at=DOORS_AT)


def test_an_organisation_without_representative_is_named_one_first(
    assembly: Assembly, alice: Person, copeau: Membership
) -> None:
    copeau.organisation.representations.all().delete()
    with pytest.raises(Refused, match="not_a_representative"):
        check_in(by=alice, assembly=assembly, membership=copeau, at=DOORS_AT)


def test_who_left_the_register_does_not_arrive(assembly: Assembly, alice: Person, bobs: Membership) -> None:
    end_membership(membership=bobs, on=date(2026, 3, 1), at=PREPARED_AT)
    with pytest.raises(Refused, match="not_a_member_today"):
        check_in(by=alice, assembly=assembly, membership=bobs, at=DOORS_AT)


def test_a_member_of_another_entity_does_not_arrive(assembly: Assembly, alice: Person) -> None:
    _other, members = scene.scic({"A": 3, "B": 3, "C": 3, "D": 3})
    with pytest.raises(Refused, match="not_a_member_today"):
        check_in(by=alice, assembly=assembly, membership=members["A"][0], at=DOORS_AT)


def test_members_arrive_by_themselves_at_a_distance(
    assembly: Assembly, bob: Person, bobs: Membership
) -> None:
    line = check_in(by=bob, assembly=assembly, membership=bobs, channel="remote", at=DOORS_AT)
    assert (line.person, line.channel) == (bob, "remote")
    check_out(by=bob, assembly=assembly, membership=bobs, at=LATER)
    assert present(assembly) == []


def test_in_the_room_the_desk_writes_who_arrives(assembly: Assembly, bob: Person, bobs: Membership) -> None:
    with pytest.raises(Refused, match="desk_only"):
        check_in(by=bob, assembly=assembly, membership=bobs, at=DOORS_AT)


def test_nobody_is_remote_where_the_statutes_do_not_allow_it(
    association: LegalEntity, alice: Person, bob: Person, bobs: Membership
) -> None:
    scene.give_statutes(association, allows_remote_voting=False)
    assembly = scene.in_session(association, alice)
    for by in (bob, alice):
        with pytest.raises(Refused, match="remote_not_allowed"):
            check_in(by=by, assembly=assembly, membership=bobs, channel="remote", at=DOORS_AT)


def test_a_stranger_enters_and_takes_out_nobody(
    assembly: Assembly, alice: Person, charlie: Person, bobs: Membership
) -> None:
    for channel in ("desk", "remote"):
        with pytest.raises(Refused, match="not_an_officer"):
            check_in(by=charlie, assembly=assembly, membership=bobs, channel=channel, at=DOORS_AT)
    check_in(by=alice, assembly=assembly, membership=bobs, at=DOORS_AT)
    with pytest.raises(Refused, match="not_an_officer"):
        check_out(by=charlie, assembly=assembly, membership=bobs, at=LATER)


def test_a_teller_keeps_the_desk(
    assembly: Assembly, alice: Person, charlie: Person, bobs: Membership
) -> None:
    appoint_officer(by=alice, assembly=assembly, person=charlie, role=Officer.Role.TELLER, at=PREPARED_AT)
    check_in(by=charlie, assembly=assembly, membership=bobs, at=DOORS_AT)
    assert present(assembly) == [bobs.pk]


def test_the_doors_open_on_the_day_and_close_with_the_session(
    association: LegalEntity, alice: Person, bobs: Membership, draft: Assembly
) -> None:
    with pytest.raises(Refused, match="not_convened"):
        check_in(by=alice, assembly=draft, membership=bobs, at=DOORS_AT)
    assembly = scene.in_session(association, alice)
    with pytest.raises(Refused, match="not_the_day"):
        check_in(by=alice, assembly=assembly, membership=bobs, at=STARTS_AT - timedelta(days=1))
    close_assembly(by=alice, assembly=assembly, at=LATER)
    with pytest.raises(Refused, match="assembly_closed"):
        check_in(by=alice, assembly=assembly, membership=bobs, at=LATER)


def test_who_is_not_there_does_not_leave(assembly: Assembly, alice: Person, bobs: Membership) -> None:
    with pytest.raises(Refused, match="not_present"):
        check_out(by=alice, assembly=assembly, membership=bobs, at=LATER)


def test_a_movement_is_told_to_the_hall_and_to_the_desk(
    assembly: Assembly, alice: Person, bobs: Membership
) -> None:
    check_in(by=alice, assembly=assembly, membership=bobs, at=DOORS_AT)
    told = LoggedEvent.objects.filter(type="member.arrived").values_list("topic__name", "data")
    data = {"assembly": assembly.pk, "membership": bobs.pk}
    assert sorted(told) == [(assembly.topic, data), (assembly.desk_topic, data)]
