"""Who reads a page of a room: role, place, what is theirs."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from cooperation.models import Membership, Person
from votes.calls import choices_said, looked_at
from votes.models import Poll
from workshops import board
from workshops.models import Participation, Proposal, Workshop


@dataclass(frozen=True)
class Reader:
    """The person who reads, their place in the room, what they support there, which polls they only look at."""

    person: Person | None
    place: Participation | None
    supports: list[int]
    answers: list[str]
    looks: list[int]
    can_join: bool

    @property
    def role(self) -> str:
        """The role that opens acts, empty for who only looks on."""
        return self.place.role if self.place else ""

    @property
    def facilitates(self) -> bool:
        """Whether they run the room."""
        return self.role == Participation.Role.FACILITATOR

    @property
    def speaks(self) -> bool:
        """Whether their voice counts."""
        return self.role in (Participation.Role.FACILITATOR, Participation.Role.PARTICIPANT)

    @property
    def classes(self) -> str:
        """What the page's root says of the reader, for the parts of it that only some may see."""
        marks = [f"role-{self.role}"] if self.role else []
        if self.person is not None:
            marks.append(f"me-{self.person.pk}")
            marks.append("role-guest" if self.person.is_guest else "")
        return " ".join(mark for mark in marks if mark)

    @property
    def mine(self) -> str:
        """The map of what is theirs, for the page's script."""
        return json.dumps({"support": self.supports, "avis": self.answers, "regard": self.looks})


def reader_of(request: HttpRequest, room: Workshop, polls: Iterable[Poll] = ()) -> Reader:
    """Who reads a page of this room, and what they support and answered there."""
    person = request.user if isinstance(request.user, Person) else None
    place = board.participation_of(person, room)
    supports = board.supports_of(person, room)
    asked = list(polls)
    said, looks = choices_said(person, asked), looked_at(person, asked)
    return Reader(person, place, supports, said, looks, can_join(person, place, room))


def can_join(person: Person | None, place: Participation | None, room: Workshop) -> bool:
    """Whether the room offers this person to come in without its code."""
    if person is None or place is not None or person.is_guest or room.state == Workshop.State.CLOSED:
        return False
    if room.access == Workshop.Access.PUBLIC:
        return True
    hats = Membership.objects.of(person, timezone.localdate()).filter(entity=room.entity_id)
    return room.access == Workshop.Access.MEMBERS and hats.exists()


def room_or_404(request: HttpRequest, pk: int) -> Workshop:
    """A room the reader may see; a stranger is not told that it exists."""
    rooms = Workshop.objects.visible_to(request.user).select_related("series", "entity")
    room = rooms.filter(pk=pk).first()
    if room is None:
        raise Http404
    return room


def facilitated_or_404(request: HttpRequest, pk: int) -> Workshop:
    """A room the reader runs; nobody else has a page there."""
    room = room_or_404(request, pk)
    place = board.participation_of(request.user, room)
    if place is None or place.role != Participation.Role.FACILITATOR:
        raise Http404
    return room


def proposal_or_404(request: HttpRequest, pk: int) -> Proposal:
    """A proposal the reader may see, with what a card shows."""
    proposal = Proposal.objects.visible_to(request.user).with_card().filter(pk=pk).first()
    if proposal is None:
        raise Http404
    return proposal


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number of the address, None when there is none or it is not one."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def numbers_in(request: HttpRequest, name: str) -> set[int]:
    """The numbers of the address under one name."""
    found: list[Any] = request.GET.getlist(name)
    return {int(text) for text in found if text.isascii() and text.isdigit() and len(text) < 19}
