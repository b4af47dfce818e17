"""Preparing a workshop, opening it, closing it."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cooperation.models import GoverningBody, LegalEntity, Mandate, Person
from realtime.publish import publish, touch
from realtime.refused import Refused
from workshops import rules
from workshops.events import StepFinished, WorkshopChanged, WorkshopClosed, WorkshopOpened
from workshops.models import Participation, Series, Step, Workshop
from workshops.services.joining import seat, shown_as
from workshops.services.room import enter
from workshops.services.steps import StepPlan, default_steps, write_steps

CALLING_BODIES = (GoverningBody.Kind.BOARD, GoverningBody.Kind.EXECUTIVE)


def may_prepare(person: Person, entity: LegalEntity, at: datetime) -> bool:
    """Whether this person may call workshops of this entity: its board, its executive, the staff."""
    if person.pk is None:
        return False
    mandates = Mandate.objects.as_of(timezone.localdate(at)).filter(
        person=person, body__entity=entity, body__kind__in=CALLING_BODIES
    )
    return bool(person.is_staff) or mandates.exists()


def check_may_prepare(by: Person, entity: LegalEntity, at: datetime) -> None:
    """Raises `Refused("may_not_prepare")`."""
    if not may_prepare(by, entity, at):
        raise Refused("may_not_prepare")


@transaction.atomic
def add_series(*, by: Person, entity: LegalEntity, title: str, text: str = "", at: datetime) -> Series:
    """Begin a series of workshops, with the entity's next number.

    Raises `Refused`: `may_not_prepare`, `title_missing`, `text_too_long`.
    """
    check_may_prepare(by, entity, at)
    words = rules.checked(title, limit=rules.PLACE_LIMIT, missing="title_missing")
    LegalEntity.objects.select_for_update(no_key=True).get(pk=entity.pk)
    last = Series.objects.filter(entity=entity).aggregate(last=Max("number"))["last"] or 0
    return Series.objects.create(entity=entity, number=last + 1, title=words, text=rules.checked_text(text))


@transaction.atomic
def prepare_workshop(
    *,
    by: Person,
    entity: LegalEntity,
    title: str,
    question: str,
    starts_at: datetime,
    at: datetime,
    series: Series | None = None,
    place: str = "",
    access: str = Workshop.Access.MEMBERS,
    welcomes_guests: bool = False,
    steps: Sequence[StepPlan] | None = None,
    facilitators: Sequence[Person] = (),
) -> Workshop:
    """Prepare a workshop: who prepares it facilitates it, with those named beside.

    Without `steps` the four usual ones are planned. Raises `Refused`: `may_not_prepare`, `title_missing`,
    `question_missing`, `text_too_long`, `series_elsewhere`, `guests_where_invited`, `minutes_out_of_range`.
    """
    check_may_prepare(by, entity, at)
    if series is not None and series.entity_id != entity.pk:
        raise Refused("series_elsewhere")
    workshop = Workshop(entity=entity, series=series, starts_at=starts_at, join_code=new_code())
    describe(workshop, title, question, place, access, welcomes_guests)
    workshop.save()
    write_steps(workshop, default_steps() if steps is None else steps)
    for person in {person.pk: person for person in (by, *facilitators)}.values():
        seat(workshop, person, Participation.Role.FACILITATOR, at, *shown_as(person, workshop, at))
    return workshop


def describe(
    workshop: Workshop, title: str, question: str, place: str, access: str, welcomes_guests: bool
) -> None:
    """Write on the workshop what it is about, where, and for whom; nothing is saved."""
    if welcomes_guests and access == Workshop.Access.INVITATION:
        raise Refused("guests_where_invited")
    workshop.title = rules.checked_title(title)
    workshop.question = rules.checked(question, limit=rules.QUESTION_LIMIT, missing="question_missing")
    workshop.place = rules.checked(place, limit=rules.PLACE_LIMIT, missing=None)
    workshop.access, workshop.welcomes_guests = access, welcomes_guests


@transaction.atomic
def change_workshop(
    *,
    by: Person,
    workshop: Workshop,
    title: str,
    question: str,
    place: str,
    starts_at: datetime,
    access: str,
    welcomes_guests: bool,
    at: datetime,
) -> Workshop:
    """Change what a workshop is about, when, where and for whom. Raises as `prepare_workshop`, and by role."""
    room = enter("workshop.change", by=by, workshop_id=workshop.pk)
    describe(room, title, question, place, access, welcomes_guests)
    room.starts_at = starts_at
    room.save(update_fields=["title", "question", "place", "access", "welcomes_guests", "starts_at"])
    publish([(WorkshopChanged(room.pk), room.topic)])
    return room


def new_code() -> str:
    """A join code no workshop has."""
    while True:
        code = "".join(secrets.choice(rules.CODE_ALPHABET) for _place in range(rules.CODE_LENGTH))
        if not Workshop.objects.filter(join_code=code).exists():
            return code


@transaction.atomic
def open_workshop(*, by: Person, workshop: Workshop, at: datetime) -> Workshop:
    """Open the room, or open it again after its end. Raises `Refused`: roles, `workshop_open`."""
    room = enter("workshop.open", by=by, workshop_id=workshop.pk)
    room.state, room.closed_at = Workshop.State.OPEN, None
    room.opened_at = room.opened_at or at
    room.save(update_fields=["state", "opened_at", "closed_at"])
    opened = WorkshopOpened(room.pk)
    publish([(opened, room.topic), (opened, room.facilitation_topic)])
    touch(room.topic)
    return room


@transaction.atomic
def close_workshop(*, by: Person, workshop: Workshop, at: datetime) -> Workshop:
    """End the workshop, and the step that runs. Raises `Refused`: roles, `workshop_planned`, `workshop_closed`."""
    room = enter("workshop.close", by=by, workshop_id=workshop.pk)
    running = room.steps.filter(state=Step.State.RUNNING).first()
    if running is not None:
        running.state = Step.State.DONE
        running.save(update_fields=["state"])
    room.state, room.closed_at = Workshop.State.CLOSED, at
    room.save(update_fields=["state", "closed_at"])
    told = [StepFinished(running.pk)] if running else []
    facts = [*told, WorkshopClosed(room.pk)]
    publish([(fact, topic) for topic in (room.topic, room.facilitation_topic) for fact in facts])
    touch(room.topic)
    return room
