"""The same acts by plain forms and by the REST API; pages, forms and addresses keep strangers out."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern

from tests.workshops.acts import ACTS
from tests.workshops.scene import Scene
from workshops import api_urls, urls
from workshops.models import Proposal

API = {command.name: address for address, command in api_urls.ACTS}
FORMS = {
    "workshop.change": "workshop-plan",
    "version.support": "support-toggle",
    "support.withdraw": "support-toggle",
}
NAMES = sorted(set(ACTS) - {"version.support", "support.withdraw"})


def form_address(name: str, data: dict[str, Any]) -> str:
    """The address of an act's plain form."""
    found = FORMS.get(name) or name.replace(".", "-").replace("_", "-")
    pattern = next(each for each in urls.urlpatterns if each.name == found)
    return reverse(f"workshops:{found}", kwargs={key: data[key] for key in pattern.pattern.converters})


def api_address(name: str, data: dict[str, Any]) -> str:
    """The address of an act in the REST API."""
    return "/api/" + re.sub(r"<int:(\w+)>", lambda found: str(data[found[1]]), API[name])


def test_every_act_has_its_address_in_the_api() -> None:
    assert set(ACTS) <= set(API)


@pytest.mark.parametrize("name", NAMES)
def test_a_plain_form_does_the_act_and_a_stranger_finds_nothing(
    scene: Scene, browsers: dict[str, Client], name: str
) -> None:
    act = ACTS[name]
    data = act.data(scene)
    address, sent = form_address(name, data), {**data, "key": str(uuid4())}
    if act.steps:
        scene.move_to(act.steps[0])
    assert browsers["charlie"].post(address, sent).status_code == 404
    assert "/comptes/" in browsers["nobody"].post(address, sent).headers["Location"]
    done = browsers[act.by].post(address, sent)
    assert done.status_code == 303
    assert browsers[act.by].get(done.headers["Location"]).status_code == 200


@pytest.mark.parametrize("name", sorted(ACTS))
def test_the_api_does_the_act_and_a_stranger_finds_nothing(
    scene: Scene, browsers: dict[str, Client], name: str
) -> None:
    act = ACTS[name]
    data = act.data(scene)
    address = api_address(name, data)
    if act.steps:
        scene.move_to(act.steps[0])

    def post(who: str) -> Any:
        return browsers[who].post(address, json.dumps(data), content_type="application/json")

    assert post("nobody").json()["code"] == "login_required"
    refused = post("charlie")
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    assert post(act.by).status_code == 200


def readings(scene: Scene) -> dict[str, dict[str, int]]:
    """Every page one reads, with what its address names."""
    room, poll = {"workshop": scene.room.pk}, scene.ask()
    kinds: dict[str, dict[str, int]] = {
        "workshop": room,
        "proposal": {"proposal": scene.his.pk},
        "comment": {"comment": scene.remark.pk},
        "version": {"version": scene.his.version_id or 0},
        "step": {"step": scene.step("poll").pk},
        "poll": {"poll": poll.pk},
    }
    return kinds


def test_every_page_of_a_room_is_closed_to_a_stranger(scene: Scene, browsers: dict[str, Client]) -> None:
    kinds = readings(scene)
    for pattern in [each for each in urls.urlpatterns if isinstance(each, URLPattern)]:
        names = list(pattern.pattern.converters)
        if not names or names == ["code"]:
            continue
        address = reverse(f"workshops:{pattern.name}", kwargs=kinds[names[0]])
        assert browsers["charlie"].get(address).status_code == 404, pattern.name
        assert browsers["nobody"].get(address).status_code in (302, 404), pattern.name
        assert browsers["alice"].get(address).status_code == 200, pattern.name


def test_preparing_is_closed_to_who_may_not_prepare(browsers: dict[str, Client]) -> None:
    for name in ("workshop-prepare", "series-add"):
        assert browsers["bob"].get(reverse(f"workshops:{name}")).status_code == 404
        assert browsers["charlie"].get(reverse(f"workshops:{name}")).status_code == 404
        assert browsers["alice"].get(reverse(f"workshops:{name}")).status_code == 200


def test_the_gestures_of_the_facilitator_have_no_page_for_the_others(
    scene: Scene, browsers: dict[str, Client]
) -> None:
    for name in (
        "workshop-plan",
        "proposals-merge",
        "consultation-open",
        "contribution-enter",
        "proposals-hide",
    ):
        address = reverse(f"workshops:{name}", args=[scene.room.pk])
        assert browsers["bob"].get(address).status_code == 404
        assert browsers["alice"].get(address).status_code == 200


@pytest.mark.parametrize("who", ["charlie", "nobody"])
def test_strangers_read_nothing_in_the_api(scene: Scene, browsers: dict[str, Client], who: str) -> None:
    denied = 401 if who == "nobody" else 200
    for kind in ("workshops", "proposals", "comments"):
        answer = browsers[who].get(f"/api/{kind}/")
        assert answer.status_code == denied
        assert who == "nobody" or answer.json()["count"] == 0
    for address in (f"/api/workshops/{scene.room.pk}/", f"/api/proposals/{scene.his.pk}/"):
        assert browsers[who].get(address).status_code == (401 if who == "nobody" else 404)


def test_the_list_of_workshops_shows_a_stranger_none_of_the_members(
    scene: Scene, browsers: dict[str, Client]
) -> None:
    assert scene.room.title in browsers["bob"].get("/ateliers/").content.decode()
    for who in ("charlie", "nobody"):
        assert scene.room.title not in browsers[who].get("/ateliers/").content.decode()


def test_a_form_without_its_token_is_refused(scene: Scene) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.bob)
    address = reverse("workshops:proposal-submit", args=[scene.room.pk])
    assert browser.post(address, {"title": "Glissée"}).status_code == 403
    assert not Proposal.objects.filter(version__title="Glissée").exists()


def test_a_refused_form_says_why_and_gives_back_what_was_typed(
    scene: Scene, browsers: dict[str, Client]
) -> None:
    scene.move_to("poll")
    address = reverse("workshops:proposal-submit", args=[scene.room.pk])
    page = browsers["bob"].post(address, {"title": "Un four à pain", "text": "Pour le quartier"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "L’étape en cours n’ouvre pas cet acte" in text
    assert 'value="Un four à pain"' in text
    assert "Pour le quartier" in text


def test_the_same_key_twice_is_one_proposal(scene: Scene, browsers: dict[str, Client]) -> None:
    address, key = reverse("workshops:proposal-submit", args=[scene.room.pk]), str(uuid4())
    for _time in range(2):
        assert browsers["bob"].post(address, {"title": "Un four", "key": key}).status_code == 303
    assert Proposal.objects.filter(version__title="Un four").count() == 1


def test_the_key_of_another_person_gives_nothing_of_theirs(scene: Scene, browsers: dict[str, Client]) -> None:
    address, key = reverse("workshops:proposal-submit", args=[scene.room.pk]), str(uuid4())
    headers = {"Accept": "application/json"}
    first = browsers["bob"].post(address, {"title": "Un four", "key": key}, headers=headers).json()
    second = browsers["alice"].post(address, {"title": "Un four", "key": key}, headers=headers).json()
    assert first["data"]["proposal"] != second["data"]["proposal"]


def test_going_back_never_leaves_the_site(scene: Scene, browsers: dict[str, Client]) -> None:
    address = reverse("workshops:comment-add", args=[scene.mine.pk])
    page = browsers["bob"].post(
        address,
        {"kind": "for", "text": "Oui.", "back": "https://evil.example/", "next": "https://evil.example/"},
    )
    assert page.status_code == 422
    assert "evil.example" not in page.headers.get("Location", "")
