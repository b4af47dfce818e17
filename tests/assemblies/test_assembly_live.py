"""The topics of an assembly: told, replayed, withheld; the page a fragment makes is the page a reload makes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.live import assembly as hall_topic
from assemblies.live import desk as desk_topic
from assemblies.models import Assembly, Officer
from assemblies.services import appoint_officer, check_in, close_vote, declare, open_vote
from cooperation.models import LegalEntity, Membership, Person
from realtime.models import LoggedEvent
from realtime.publish import last_seq
from tests import dom
from tests.assemblies import facts, scene
from tests.assemblies.facts import Meeting
from tests.realtime.phone import Phone

Connect = Callable[[Person | None], Phone]
MOVES = ["member.arrived", "member.left"]


@pytest.fixture
def phone(transactional_db: None, room_server: str) -> Iterator[Connect]:
    """Opens a socket for a person; all are closed at the end."""
    phones: list[Phone] = []

    def connect(person: Person | None) -> Phone:
        cookie = ""
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = f"sessionid={client.cookies['sessionid'].value}"
        phones.append(Phone(room_server, cookie))
        return phones[-1]

    yield connect
    for one in phones:
        one.close()


@pytest.fixture
def meeting(association: LegalEntity, alice: Person, bobs: Membership) -> Meeting:
    """An assembly being prepared, without notice to give: each step of the tests brings it further."""
    scene.give_statutes(association, notice_days_first=0)
    draft = scene.held_today(association, alice, ["", "ordinary", "ordinary"], upto="prepared")
    return Meeting(draft, alice, bobs)


def tells(kind: str) -> Callable[[dict[str, Any]], bool]:
    """A frame that tells this fact."""
    return lambda frame: any(event["type"] == kind for event in frame.get("events", []))


@pytest.mark.parametrize("kind", facts.STEPS)
def test_a_fact_is_told_to_who_may_read_the_assembly(
    phone: Connect, meeting: Meeting, bob: Person, kind: str
) -> None:
    facts.bring_before(meeting, kind)
    follower = phone(meeting.chair if kind == "assembly.convened" else bob)
    follower.send(follow=meeting.assembly.topic, after=None, **{"as": "html"})
    follower.receive()
    facts.STEPS[kind](meeting)
    event = follower.until(tells(kind))["events"][-1]
    assert event["data"]["assembly"] == meeting.assembly.pk
    assert 'id="' in event["html"]
    assert "csrfmiddlewaretoken" not in event["html"]


@pytest.mark.parametrize("kind", facts.STEPS)
def test_a_fact_is_replayed(phone: Connect, meeting: Meeting, bob: Person, kind: str) -> None:
    facts.bring_before(meeting, kind)
    facts.STEPS[kind](meeting)
    follower = phone(bob)
    follower.send(follow=meeting.assembly.topic, after=0, **{"as": "json"})
    assert follower.until(tells(kind))["events"][0]["type"] == "assembly.convened"


@pytest.mark.parametrize("kind", facts.STEPS)
def test_a_fact_is_withheld_from_strangers(
    phone: Connect, meeting: Meeting, charlie: Person, kind: str
) -> None:
    facts.bring_before(meeting, kind)
    facts.STEPS[kind](meeting)
    for person in (charlie, None):
        stranger = phone(person)
        stranger.send(follow=meeting.assembly.topic, after=0, **{"as": "html"})
        assert "refused" in stranger.receive()
        assert stranger.hears_nothing()


@pytest.mark.parametrize("kind", MOVES)
def test_the_desk_is_told_and_replayed_each_movement(phone: Connect, meeting: Meeting, kind: str) -> None:
    facts.bring_before(meeting, kind)
    desk = phone(meeting.chair)
    desk.send(follow=meeting.assembly.desk_topic, after=0, **{"as": "html"})
    facts.STEPS[kind](meeting)
    html = desk.until(tells(kind))["events"][-1]["html"]
    assert f'id="membre-{meeting.member.pk}"' in html
    again = phone(meeting.chair)
    again.send(follow=meeting.assembly.desk_topic, after=0, **{"as": "json"})
    assert again.until(tells(kind))


def test_the_desk_is_withheld_from_members_and_strangers(
    phone: Connect, meeting: Meeting, bob: Person, charlie: Person
) -> None:
    facts.bring_before(meeting, "member.left")
    for person in (bob, charlie, None):
        other = phone(person)
        other.send(follow=meeting.assembly.desk_topic, after=0, **{"as": "html"})
        assert "refused" in other.receive()
        assert other.hears_nothing()


def regions(client: Client, path: str) -> dict[str, dom.Node]:
    """The live regions of a page, by id; those of the reader alone are in no fragment."""
    page = dom.parse(client.get(path).content.decode())
    return {node.attrs["id"]: node for node in page.walk() if node.attrs.get("data-region", "mine") != "mine"}


def after_events(
    old: dict[str, dom.Node], topic: str, seq: int, render: Callable[..., list[str]], pk: int
) -> dict[str, str]:
    """What the script makes of the old regions with the fragments of the facts told since."""
    page = dom.Node("root", children=list(old.values()))
    for html in render(
        pk, list(LoggedEvent.objects.filter(topic__name=topic, seq__gt=seq).order_by("seq")), "fr"
    ):
        dom.apply(page, html)
    return {node.attrs["id"]: node.shape() for node in page.elements() if node.attrs["id"] in old}


@pytest.mark.django_db
def test_each_turn_of_the_meeting_has_words_of_its_own_to_be_said_aloud(meeting: Meeting) -> None:
    facts.bring_before(meeting, "item.started")
    client, address = Client(), f"/assemblees/{meeting.assembly.pk}/"
    client.force_login(meeting.member.person)

    def said() -> str:
        return regions(client, address)["courante"].attrs["data-says"]

    words = [said()]
    facts.begin(meeting)
    for act in (None, open_vote, close_vote, declare):
        if act:
            act(by=meeting.chair, resolution=meeting.resolution(1), at=timezone.now())
        words.append(said())
    assert words == [
        "La séance est ouverte.",
        "Point 2. On discute.",
        "Un vote est ouvert : Point 2",
        "Le vote est clos. Le résultat va être proclamé.",
        "Point 2 : rejetée",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", facts.STEPS)
@pytest.mark.parametrize("path", ["", "projecteur/"])
def test_old_snapshot_and_events_make_the_new_snapshot(meeting: Meeting, kind: str, path: str) -> None:
    facts.bring_before(meeting, kind)
    client, address = Client(), f"/assemblees/{meeting.assembly.pk}/{path}"
    client.force_login(meeting.chair)
    topic = meeting.assembly.topic
    seq, old = last_seq(topic), regions(client, address)
    facts.STEPS[kind](meeting)
    made = after_events(old, topic, seq, hall_topic.render, meeting.assembly.pk)
    new = {name: node.shape() for name, node in regions(client, address).items()}
    assert made == new
    assert path or made != {name: node.shape() for name, node in old.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", MOVES)
def test_at_the_desk_old_snapshot_and_events_make_the_new_snapshot(meeting: Meeting, kind: str) -> None:
    facts.bring_before(meeting, kind)
    client, address = Client(), f"/assemblees/{meeting.assembly.pk}/accueil/"
    client.force_login(meeting.chair)
    topic = meeting.assembly.desk_topic
    seq, old = last_seq(topic), regions(client, address)["emarge"]
    facts.STEPS[kind](meeting)
    for html in desk_topic.render(
        meeting.assembly.pk, list(LoggedEvent.objects.filter(topic__name=topic, seq__gt=seq)), "fr"
    ):
        dom.apply(old, html)
    assert old.shape() == regions(client, address)["emarge"].shape()


@pytest.mark.django_db
def test_the_latest_value_says_who_is_there_and_where_the_vote_stands(meeting: Meeting) -> None:
    facts.bring_before(meeting, "member.left")
    facts.begin(meeting)
    resolution = meeting.resolution(1)
    assert hall_topic.now(meeting.assembly.pk) == {
        "state": "open",
        "item": resolution.item_id,
        "resolution": resolution.pk,
        "vote": "tabled",
        "poll": None,
        "speaker": None,
        "present": 2,
        "represented": 1,
        "members": 2,
        "needed": "0",
        "reached": "2",
        "met": True,
        "colleges": {},
    }
    assert desk_topic.now(meeting.assembly.pk) is None


@pytest.mark.django_db
def test_who_may_follow_is_who_may_read(
    association: LegalEntity, meeting: Meeting, alice: Person, bob: Person, charlie: Person
) -> None:
    teller = Person.objects.create_user("teller@example.org", given_name="Teller")
    appoint_officer(
        by=alice, assembly=meeting.assembly, person=teller, role=Officer.Role.TELLER, at=timezone.now()
    )
    everyone = [alice, bob, charlie, teller]
    for kind in ("assembly.convened", "assembly.opened"):
        seen = {
            p.pk
            for p in everyone
            if Assembly.objects.visible_to(p, timezone.localdate()).filter(pk=meeting.assembly.pk)
        }
        follows = hall_topic.may_follow_many(meeting.assembly.pk, [*[p.pk for p in everyone], None])
        assert follows == seen
        facts.STEPS[kind](meeting)
    assert follows == {alice.pk, bob.pk, teller.pk}
    assert desk_topic.may_follow_many(meeting.assembly.pk, [p.pk for p in everyone]) == {alice.pk, teller.pk}
    assert hall_topic.may_follow_many(0, [alice.pk]) == set()


@pytest.mark.django_db
def test_an_assembly_that_is_gone_tells_nothing(meeting: Meeting, bobs: Membership) -> None:
    facts.bring_before(meeting, "proxies.changed")
    events = list(LoggedEvent.objects.filter(topic__name=meeting.assembly.desk_topic))
    assert hall_topic.render(0, events, "fr") == [""]
    assert desk_topic.render(0, events, "fr") == [""]
    assert hall_topic.now(0) is None


@pytest.mark.django_db
def test_a_run_of_facts_renders_each_part_once(
    meeting: Meeting, association: LegalEntity, alice: Person, django_assert_max_num_queries: Any
) -> None:
    facts.bring_before(meeting, "member.arrived")
    for membership in scene.persons(association, 20):
        check_in(by=alice, assembly=meeting.assembly, membership=membership, at=timezone.now())
    events = list(LoggedEvent.objects.filter(topic__name=meeting.assembly.topic))
    with django_assert_max_num_queries(20):
        assert len(hall_topic.render(meeting.assembly.pk, events, "fr")) == len(events)
