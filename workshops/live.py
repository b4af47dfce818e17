"""Who may follow a room, how its facts become fragments, and its value of this instant."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from cooperation.models import Membership
from realtime.models import LoggedEvent
from workshops.fragments import RENDERERS, Rendering, of_facilitation
from workshops.models import Participation, Step, Workshop


class WorkshopTopic:
    """`workshop:7`: for all who may see the room."""

    refusal = "not_a_participant"
    shows_presence = True

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """Everybody for a public room, members for theirs, those inside for any: three queries at most."""
        room = Workshop.objects.filter(pk=pk).first()
        if room is None:
            return set()
        if room.access == Workshop.Access.PUBLIC:
            return set(people)
        asked = {person for person in people if person is not None}
        found: set[int | None] = set(
            Participation.objects.filter(workshop=room, person__among=asked).values_list(
                "person_id", flat=True
            )
        )
        if room.access == Workshop.Access.MEMBERS:
            hats = Membership.objects.filter(entity=room.entity_id)
            found.update(
                hats.people(timezone.localdate()).filter(pk__among=asked).values_list("pk", flat=True)
            )
        return found

    def officers(self, pk: int) -> dict[int, str]:
        """Who runs the room: what is asked in it asks its rights so."""
        running = Participation.objects.facilitating().filter(workshop=pk)
        return dict.fromkeys(running.values_list("person_id", flat=True), Participation.Role.FACILITATOR)

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """One fragment per fact; a fact this floor does not know has none."""
        room = Workshop.objects.select_related("series", "entity").get(pk=pk)
        rendering = Rendering(room, events)
        return [
            RENDERERS[event.type](rendering, event.data) if event.type in RENDERERS else ""
            for event in events
        ]

    def now(self, pk: int) -> dict[str, Any] | None:
        """People, live proposals, the step and when it ends, what the projector shows: three queries."""
        room = Workshop.objects.with_place().filter(pk=pk).first()
        if room is None:
            return None
        step = Step.objects.filter(workshop=room, state=Step.State.RUNNING).first()
        return {
            "state": room.state,
            "people": room.people,  # type: ignore[attr-defined]
            "proposals": room.contributions,  # type: ignore[attr-defined]
            "step": step.pk if step else None,
            "step_title": step.title if step else "",
            "ends_at": step.ends_at.isoformat() if step and step.ends_at else None,
            "focus": room.projector_focus,
        }


class FacilitationTopic:
    """`facilitation:7`: for who runs the room."""

    refusal = "not_the_facilitator"

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """The facilitators of the room, in one query."""
        asked = [person for person in people if person is not None]
        rows = Participation.objects.facilitating().filter(workshop=pk, person__among=asked)
        return set(rows.values_list("person_id", flat=True))

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """The facilitators' bar, or who speaks."""
        rendering = Rendering(Workshop.objects.get(pk=pk), events)
        return [of_facilitation(rendering, event) for event in events]

    def now(self, pk: int) -> dict[str, Any] | None:
        """Nothing that has no history."""
        return None


workshop = WorkshopTopic()
facilitation = FacilitationTopic()
