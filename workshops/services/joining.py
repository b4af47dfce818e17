"""Coming into a room: as a member, with the code, or as a guest with a name only."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.models import Membership, Organisation, Person, Sector
from cooperation.services import guest_named, set_language, write_notices
from realtime.publish import publish, touch
from workshops import rules
from workshops.events import PersonJoined
from workshops.models import Participation, Workshop
from workshops.services.room import enter, lock


@transaction.atomic
def join_workshop(
    *, person: Person, workshop: Workshop, at: datetime, has_code: bool = False, hat: int | None = None
) -> Participation:
    """Come in; who is in already stays as they are.

    `hat` is the membership under whose structure the person is shown. Raises `Refused`: `workshop_closed`,
    `workshop_planned`, `no_guests`, `members_only`.
    """
    room = lock(workshop.pk)
    present = room.participations.filter(person=person).first()
    if present is not None:
        return present
    rules.check_may_join(
        access=room.access,
        state=room.state,
        welcomes_guests=room.welcomes_guests,
        has_code=has_code,
        is_member=Membership.objects.of(person, timezone.localdate(at))
        .filter(entity=room.entity_id)
        .exists(),
        is_guest=person.is_guest,
    )
    organisation, sector = shown_as(person, room, at, hat)
    joined = seat(room, person, Participation.Role.PARTICIPANT, at, organisation, sector)
    publish([(PersonJoined(joined.pk), room.topic)])
    touch(room.topic)
    return joined


@transaction.atomic
def join_as_guest(*, name: str, workshop: Workshop, at: datetime, language: str = "fr") -> Participation:
    """Make a guest with this name, who reads in this language, and let them in: the code was right.

    Raises `Refused`: `name_missing`, `text_too_long`, `workshop_closed`, `workshop_planned`, `no_guests`.
    """
    guest = guest_named(name=rules.checked_name(name), at=at)
    set_language(person=guest, language=language)
    return join_workshop(person=guest, workshop=workshop, at=at, has_code=True)


@transaction.atomic
def name_facilitator(*, by: Person, workshop: Workshop, person: Person, at: datetime) -> Participation:
    """Let one more person facilitate; they are told. Raises `Refused`: roles, `guest_not_allowed`."""
    room = enter("facilitator.name", by=by, workshop_id=workshop.pk)
    rules.check_may_facilitate(is_guest=person.is_guest)
    present = room.participations.filter(person=person).first()
    if present is None:
        present = seat(room, person, Participation.Role.FACILITATOR, at, *shown_as(person, room, at))
    elif present.role != Participation.Role.FACILITATOR:
        present.role = Participation.Role.FACILITATOR
        present.save(update_fields=["role"])
    else:
        return present
    told = write_notices(
        people=[person],
        sentence=lambda: _("Vous animez désormais l’atelier « %(title)s ».") % {"title": room.title},
        url=room.get_absolute_url(),
        at=at,
    )
    publish([(PersonJoined(present.pk), room.topic), *told])
    touch(room.topic)
    return present


def seat(
    workshop: Workshop,
    person: Person,
    role: str,
    at: datetime,
    organisation: Organisation | None = None,
    sector: Sector | None = None,
    entered_by: Person | None = None,
) -> Participation:
    """Give a person a place in the room."""
    return Participation.objects.create(
        workshop=workshop,
        person=person,
        role=role,
        organisation=organisation,
        sector=sector,
        entered_by=entered_by,
        joined_at=at,
    )


def shown_as(
    person: Person, workshop: Workshop, at: datetime, hat: int | None = None
) -> tuple[Organisation | None, Sector | None]:
    """The structure and the sector the room sees beside a name: those of the hat, else of the first one worn."""
    hats = Membership.objects.of(person, timezone.localdate(at)).select_related("organisation")
    worn = sorted(
        hats,
        key=lambda each: (
            each.pk != hat,
            each.entity_id != workshop.entity_id,
            each.organisation is None,
            each.pk,
        ),
    )
    organisation = worn[0].organisation if worn else None
    return organisation, organisation.sectors.first() if organisation else None
