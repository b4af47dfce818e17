"""Indicative polls: asked in their step, answered by the room, guests apart, binding nobody."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.html import escape

from config.topics import TOPICS
from realtime.models import LoggedEvent
from realtime.publish import last_seq
from realtime.refused import Refused
from tests import dom
from tests.workshops.scene import AT, LATER, Scene
from votes.models import Poll, Result
from votes.services import Cast, cast_ballots
from workshops import services
from workshops.asking import forms
from workshops.live import workshop as WORKSHOP
from workshops.models import PolledVersion
from workshops.rules import ABOUT_ONE, ASKED


def ask(scene: Scene, **more: object) -> Poll:
    scene.move_to("poll")
    asked = {"question": "Lesquelles ?", "method": "approval", "proposals": [scene.mine, scene.his], **more}
    return services.open_indicative_poll(by=scene.alice, workshop=scene.room, at=AT, **asked)  # type: ignore[arg-type]


def answer(scene: Scene, poll: Poll, choice: str) -> None:
    line = poll.electors.get(titular=scene.bob)
    cast_ballots([Cast(elector=line, person=scene.bob, choices=[choice], key=uuid4(), at=AT)])


def test_an_approval_asks_which_proposals_suit(scene: Scene) -> None:
    poll = ask(scene)
    assert (poll.is_binding, poll.shows, poll.allows_change, poll.parent) == (
        False,
        "live",
        True,
        scene.room.topic,
    )
    assert [option.label for option in poll.options.all()] == ["Un lieu partagé", "Une scie pour tous"]
    assert [each.version for each in PolledVersion.objects.filter(poll=poll)] == [
        scene.mine.version,
        scene.his.version,
    ]


def test_one_proposal_is_asked_for_or_against(scene: Scene) -> None:
    poll = ask(scene, method="resolution", proposals=[scene.mine])
    assert (poll.method, poll.text) == ("resolution", "Des ateliers.")
    assert not poll.options.exists()


def test_the_roll_is_who_speaks_in_the_room_guests_marked(scene: Scene) -> None:
    services.join_as_guest(name="Fatou", workshop=scene.room, at=AT)
    roll = {elector.label: elector.is_guest for elector in ask(scene).electors.all()}
    assert roll == {"Alice": False, "Bob, Vélo-Cale": False, "Fatou": True}


@pytest.mark.parametrize(("moment", "looks"), [("before", False), ("after", True)])
def test_who_came_after_the_roll_was_sealed_is_told_to_look(scene: Scene, moment: str, looks: bool) -> None:
    if moment == "before":
        guest = services.join_as_guest(name="Fatou", workshop=scene.room, at=AT)
    poll = ask(scene, method="dots")
    if moment == "after":
        guest = services.join_as_guest(name="Fatou", workshop=scene.room, at=LATER)
    client = Client()
    client.force_login(guest.person)
    page = dom.parse(client.get(scene.room.get_absolute_url()).content.decode())
    link = next(node for node in page.walk() if node.attrs.get("data-mine") == f"regard:{poll.pk}")
    told = next(node for node in page.walk() if node.attrs.get("data-mine", "").startswith("{"))
    assert ("is-mine" in link.attrs["class"].split()) is looks
    assert json.loads(told.attrs["data-mine"])["regard"] == ([poll.pk] if looks else [])


def test_a_poll_can_close_by_itself(scene: Scene) -> None:
    assert ask(scene, minutes=10).closes_at == LATER
    with pytest.raises(Refused, match="minutes_out_of_range"):
        ask(scene, minutes=1000)


def test_the_facilitator_closes_it_and_the_result_is_there(scene: Scene) -> None:
    poll = ask(scene)
    answer(scene, poll, "2")
    closed = services.close_indicative_poll(by=scene.alice, poll=poll, at=LATER)
    assert closed.state == "declared"
    assert Result.objects.get(poll=poll).outcome["received"] == 1


def test_a_poll_of_another_floor_is_not_closed_here(scene: Scene) -> None:
    poll = ask(scene)
    Poll.objects.filter(pk=poll.pk).update(parent="assembly:1")
    with pytest.raises(Refused, match="not_found"):
        services.close_indicative_poll(by=scene.alice, poll=Poll.objects.get(), at=LATER)
    with pytest.raises(Refused, match="not_found"):
        scene.do("alice", "consultation.close", poll=poll.pk)


@pytest.mark.parametrize(
    ("method", "code"), [("approval", "poll_needs_two"), ("resolution", "poll_needs_one")]
)
def test_a_poll_is_asked_on_what_it_can_answer(scene: Scene, method: str, code: str) -> None:
    proposals = [scene.mine] if method == "approval" else [scene.mine, scene.his]
    with pytest.raises(Refused, match=code):
        ask(scene, method=method, proposals=proposals)


def test_a_hidden_proposal_is_not_asked_about(scene: Scene) -> None:
    services.hide_proposal(by=scene.alice, proposal=scene.his, reason="Nomme.", at=AT)
    with pytest.raises(Refused, match="proposal_gone"):
        ask(scene)


def test_a_poll_asks_a_question(scene: Scene) -> None:
    with pytest.raises(Refused, match="question_missing"):
        ask(scene, question=" ")


FORMS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "dots": ({"dots": 4}, {"dots": 4, "cap": 4}),
    "score": ({"highest": 5, "missing": "lowest"}, {"lowest": 0, "highest": 5, "missing": "lowest"}),
    "majority_judgment": (
        {"grades": "5"},
        {"grades": ["À rejeter", "Passable", "Bien", "Très bien", "Excellent"]},
    ),
    "gradients": ({}, {}),
    "consent": ({}, {}),
    "schulze": ({}, {}),
    "irv": ({}, {}),
}


@pytest.mark.parametrize("method", FORMS)
def test_every_form_is_opened_with_its_setting(scene: Scene, method: str) -> None:
    given, kept = FORMS[method]
    about = [scene.mine.pk] if method in ABOUT_ONE else [scene.mine.pk, scene.his.pk]
    scene.move_to("poll")
    opened = scene.do(
        "alice",
        "consultation.open",
        workshop=scene.room.pk,
        question="Et ?",
        method=method,
        proposals=about,
        **given,
    )
    poll = Poll.objects.get(pk=opened["poll"])
    assert (poll.method, poll.setup, poll.options.count()) == (method, kept, len(about))
    assert bool(poll.text) == (method in ABOUT_ONE)


def test_a_setting_out_of_reach_opens_nothing(scene: Scene) -> None:
    with pytest.raises(Refused, match="setup_unreadable"):
        ask(scene, method="dots", setup={"dots": 3, "cap": 5})
    assert not Poll.objects.exists()


def test_each_form_says_when_to_use_it(scene: Scene) -> None:
    client = Client()
    client.force_login(scene.alice)
    html = client.get(f"/ateliers/{scene.room.pk}/sondage/").content.decode()
    for form in forms():
        assert f'value="{form.method}"' in html
        assert escape(form.when) in html
    assert [form.method for form in forms() if form.is_about_one] == ["resolution", "gradients", "consent"]
    assert {form.method for form in forms()} == set(ASKED)


def test_the_facilitator_notes_what_became_of_an_objection_and_nobody_else(scene: Scene) -> None:
    poll = ask(scene, method="consent", proposals=[scene.mine])
    line = poll.electors.get(titular=scene.bob)
    said = ["objection", "reason:Trop cher"]
    cast_ballots([Cast(elector=line, person=scene.bob, choices=said, key=uuid4(), at=AT)])
    note = {"poll": poll.pk, "reason": "Trop cher", "treatment": "withdrawn"}
    with pytest.raises(Refused, match="not_leading"):
        scene.do("bob", "objection.treat", **note)
    with pytest.raises(Refused, match="not_found"):
        scene.do("charlie", "objection.treat", **note)
    scene.do("alice", "objection.treat", **note)
    assert poll.objection_notes.get().by == scene.alice
    before = last_seq(scene.room.topic)
    events = LoggedEvent.objects.filter(topic__name=scene.room.topic, seq=before)
    assert [event.type for event in events] == ["objection.treated"]
    assert "Trop cher" not in "".join(WORKSHOP.render(scene.room.pk, list(events), "fr"))


def test_what_became_of_an_objection_is_withheld_from_strangers(scene: Scene) -> None:
    poll = ask(scene, method="consent", proposals=[scene.mine])
    assert scene.charlie.pk not in TOPICS["poll"].may_follow_many(poll.pk, [scene.bob.pk, scene.charlie.pk])
