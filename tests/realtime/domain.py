"""A tiny domain for the protocol's tests: walls people write notes on, and a tally of each wall."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from config.refusals import SENTENCES as SENTENCES_OF_THE_HOUSE
from cooperation.models import Person
from realtime.commands import Caller, Command
from realtime.doors import form_door
from realtime.facts import Fact
from realtime.models import LoggedEvent
from realtime.publish import last_seq, publish, touch
from realtime.refused import Refused
from realtime.rest import rest_door

SENTENCES = {**SENTENCES_OF_THE_HOUSE, "wall_full": _("Le mur est plein : %(count)s notes.")}
STATUSES = {"wall_full": 403}
DESKS = 1_200


@dataclass(frozen=True)
class NoteAdded(Fact):
    """Somebody wrote a note."""

    type: ClassVar[str] = "note.added"
    by: int
    wall: int


class WallTopic:
    """Walls are open to every person but fictive ones; nobody in particular may follow wall 100 only."""

    refusal = "not_a_participant"
    fails: ClassVar[bool] = False

    def __init__(self) -> None:
        self.rendered: list[tuple[str, list[int]]] = []
        self.asked: list[int] = []
        self.delay = 0.0
        self.size = 0

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        self.asked.append(len(people))
        real = Person.objects.filter(pk__in=[p for p in people if p is not None], is_fiction=False)
        return {
            *real.exclude(given_name="Charlie").values_list("pk", flat=True),
            *([None] if pk == 100 else []),
        }

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        self.rendered.append((language, [event.seq for event in events]))
        time.sleep(self.delay)
        if any(event.type == "note.unspeakable" for event in events):
            raise RuntimeError("no fragment")
        word = {"fr": "Note", "en": "Sticky note"}[language]
        return [f'<li id="note-{event.seq}">{word}{"." * self.size}</li>' for event in events]

    def now(self, pk: int) -> dict[str, Any] | None:
        return None


class TallyTopic:
    """The number of notes of a wall: a latest value, without a history; `size` makes it a long one."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.size = 0

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        return set(people)

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        return ["" for _ in events]

    def now(self, pk: int) -> dict[str, Any] | None:
        self.asked.append(time.monotonic())
        long = {"padding": "." * self.size} if self.size else {}
        return {"notes": last_seq(f"wall:{pk}"), **long}


class DeskTopic(TallyTopic):
    """A desk for each person, with the number of notes of the first wall: they answer many at once."""

    def may_follow_each(self, asked: Sequence[tuple[int, Collection[int | None]]]) -> list[set[int | None]]:
        return [set(people) for _, people in asked]

    def render_each(
        self, asked: Sequence[tuple[int, Sequence[LoggedEvent]]], language: str
    ) -> list[list[str]]:
        return [self.render(pk, events, language) for pk, events in asked]

    def now_each(self, pks: Sequence[int]) -> list[dict[str, Any]]:
        return [{"notes": last_seq("wall:1")} for _ in pks]


class HallTopic:
    """A place where one sees how many are present."""

    shows_presence = True

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        return set(people)

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        return ["" for _ in events]

    def now(self, pk: int) -> dict[str, Any] | None:
        return None


class NoteIn(serializers.Serializer):
    wall = serializers.IntegerField()
    text = serializers.CharField(max_length=1000, label="Texte")
    tags = serializers.ListField(child=serializers.CharField(), required=False)
    is_loud = serializers.BooleanField(default=False)


def note_add(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write a note; some texts make it fail."""
    if data["wall"] == 404:
        raise Refused("not_found")
    if data["text"] == "full":
        raise Refused("wall_full", count=3)
    if data["text"] == "crash":
        raise RuntimeError("a fault of the domain")
    if data["text"].startswith("slow "):
        time.sleep(float(data["text"].removeprefix("slow ")))
    write(data["wall"], caller.person.pk)
    if "desks" in data.get("tags", ()):
        for desk in range(1, DESKS + 1):
            touch(f"desk:{desk}")
    return {"by": caller.person.pk, "hat": caller.hat, "at": caller.at, "url": f"/walls/{data['wall']}/"}


def write(wall: int, by: int = 0, count: int = 1) -> None:
    """Notes on a wall, as one act."""
    publish([(NoteAdded(by=by, wall=wall), f"wall:{wall}")] * count)
    touch(f"tally:{wall}")


NOTE_ADD = Command("note.add", NoteIn, note_add)
COMMANDS = {"note.add": NOTE_ADD}
WALL, TALLY = WallTopic(), TallyTopic()
TOPICS = {"wall": WALL, "tally": TALLY, "hall": HallTopic(), "desk": DeskTopic()}


def wall_page(request: HttpRequest, wall: int) -> HttpResponse:
    """A wall and its form."""
    page = engines["django"].from_string(
        '<form method="post">{% act_form_fields %}{% failure "note.add" wall %}'
        '<textarea name="text">{% typed "note.add" "text" wall %}</textarea>'
        '<b>{% field_error "note.add" "text" %}</b></form><div {% follow "wall:1" 1234 %}></div>'
        '{% now_value "tally:1" "notes" 3 %}'
    )
    return HttpResponse(page.render({"wall": wall}, request))


urlpatterns = [
    path("walls/<int:wall>/", form_door(NOTE_ADD, wall_page), name="note-add"),
    path("walls/<int:wall>/whisper/", form_door(replace(NOTE_ADD, is_private=True), wall_page)),
    path("api/walls/<int:wall>/notes/", rest_door(NOTE_ADD)),
    path("comptes/login/", lambda request: HttpResponse("login"), name="account_login"),
]
