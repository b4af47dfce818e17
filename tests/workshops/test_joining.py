"""Coming in: members, codes, guests with a name only; guessing a code leads nowhere."""

import pytest
from django.test import Client
from django.urls import reverse

from cooperation.models import Person
from realtime.refused import Refused
from tests.workshops.scene import AT, Scene
from workshops import attempts, services
from workshops.models import Participation, Workshop


def page(code: str) -> str:
    return reverse("workshops:code-page", args=[code])


def join(scene: Scene, who: str, **more: object) -> Participation:
    return services.join_workshop(person=getattr(scene, who), workshop=scene.room, at=AT, **more)  # type: ignore[arg-type]


def test_a_member_comes_in_and_is_seen_with_their_structure(scene: Scene) -> None:
    seat = scene.room.participations.get(person=scene.bob)
    assert (seat.organisation, seat.sector) == (scene.organisation, scene.sector)
    assert join(scene, "nina").organisation is None


def test_one_is_seen_in_the_hat_one_chose(scene: Scene) -> None:
    scene.room.participations.filter(person=scene.bob).delete()
    own = scene.bob.memberships.get()
    assert join(scene, "bob", hat=own.pk).organisation is None


def test_coming_in_twice_is_once(scene: Scene) -> None:
    assert join(scene, "nina") == join(scene, "nina")
    assert scene.room.participations.filter(person=scene.nina).count() == 1


def test_a_stranger_needs_the_code(scene: Scene) -> None:
    with pytest.raises(Refused, match="members_only"):
        join(scene, "charlie")
    assert join(scene, "charlie", has_code=True).role == "participant"


def test_the_code_typed_in_leads_to_the_room(scene: Scene, browsers: dict[str, Client]) -> None:
    typed = f" {scene.room.join_code[:3].lower()} {scene.room.join_code[3:].lower()} "
    found = browsers["charlie"].post("/rejoindre/", {"code": typed})
    assert found.headers["Location"] == page(scene.room.join_code)
    entered = browsers["charlie"].post(page(scene.room.join_code))
    assert (entered.status_code, entered.headers["Location"]) == (303, f"/ateliers/{scene.room.pk}/")
    assert scene.room.participations.filter(person=scene.charlie).exists()


def test_looking_at_the_door_changes_nothing(scene: Scene, browsers: dict[str, Client]) -> None:
    assert browsers["charlie"].get(page(scene.room.join_code)).status_code == 200
    assert not scene.room.participations.filter(person=scene.charlie).exists()


def test_who_is_in_already_goes_straight_to_the_room(scene: Scene, browsers: dict[str, Client]) -> None:
    assert (
        browsers["bob"].get(page(scene.room.join_code)).headers["Location"] == f"/ateliers/{scene.room.pk}/"
    )


def test_a_name_is_enough_where_guests_are_welcome(scene: Scene, browsers: dict[str, Client]) -> None:
    entered = browsers["nobody"].post(page(scene.room.join_code), {"name": " Fatou  B. "})
    assert entered.status_code == 303
    guest = Person.objects.get(given_name="Fatou B.")
    assert (guest.is_guest, guest.email) == (True, None)
    room = browsers["nobody"].get(f"/ateliers/{scene.room.pk}/").content.decode()
    assert "role-guest" in room
    assert "invité" in room


def test_a_guest_sees_no_other_room(scene: Scene, browsers: dict[str, Client]) -> None:
    other = services.prepare_workshop(
        by=scene.alice, entity=scene.entity, title="Ailleurs", question="Où ?", starts_at=AT, at=AT
    )
    browsers["nobody"].post(page(scene.room.join_code), {"name": "Fatou"})
    assert browsers["nobody"].get(f"/ateliers/{other.pk}/").status_code == 404


@pytest.mark.parametrize(("name", "words"), [("  ", "Donnez un nom"), ("x" * 81, "la limite est de 80")])
def test_a_name_must_be_one(scene: Scene, browsers: dict[str, Client], name: str, words: str) -> None:
    refused = browsers["nobody"].post(page(scene.room.join_code), {"name": name})
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not Person.objects.filter(is_guest=True).exists()


def test_where_guests_are_not_welcome_one_is_asked_to_log_in(
    scene: Scene, browsers: dict[str, Client]
) -> None:
    Workshop.objects.filter(pk=scene.room.pk).update(welcomes_guests=False)
    for method in ("get", "post"):
        refused = getattr(browsers["nobody"], method)(page(scene.room.join_code), {"name": "Fatou"})
        assert refused.status_code == 403
        assert "demande un compte" in refused.content.decode()
    assert not Person.objects.filter(is_guest=True).exists()


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_a_stranger_is_told_the_same_of_a_shut_room_and_of_none(
    scene: Scene, browsers: dict[str, Client], state: str
) -> None:
    Workshop.objects.filter(pk=scene.room.pk).update(state=state)
    for who in ("nobody", "charlie"):
        shut = browsers[who].post("/rejoindre/", {"code": scene.room.join_code})
        none = browsers[who].post("/rejoindre/", {"code": "XXXXXX"})
        assert (shut.status_code, none.status_code) == (404, 404)
        assert "Aucun atelier ouvert" in shut.content.decode()
        assert "Aucun atelier ouvert" in none.content.decode()


def test_a_member_is_told_why_the_room_is_shut(scene: Scene, browsers: dict[str, Client]) -> None:
    scene.close()
    refused = browsers["nina"].post(page(scene.room.join_code))
    assert refused.status_code == 409
    assert "terminé" in refused.content.decode()


def test_ten_wrong_codes_close_the_door_even_to_the_right_one(
    scene: Scene, browsers: dict[str, Client]
) -> None:
    for who in ("nobody", "charlie"):
        for number in range(10):
            assert browsers[who].post("/rejoindre/", {"code": f"XXXX{number}A"}).status_code == 404
        blocked = browsers[who].post("/rejoindre/", {"code": scene.room.join_code})
        assert blocked.status_code == 429
        assert "Trop d’essais" in blocked.content.decode()
        assert browsers[who].get(page(scene.room.join_code)).status_code == 429


def test_the_address_of_the_code_is_no_way_round(scene: Scene, browsers: dict[str, Client]) -> None:
    for number in range(10):
        browsers["nobody"].get(page(f"YYYY{number}A"))
    assert browsers["nobody"].get(page(scene.room.join_code)).status_code == 429


def test_who_drops_the_cookies_meets_the_limit_of_the_address(scene: Scene) -> None:
    for _number in range(attempts.MOST_PER_ADDRESS):
        attempts.note_wrong(["address:192.0.2.7"])
    blocked = Client(REMOTE_ADDR="192.0.2.7").post("/rejoindre/", {"code": scene.room.join_code})
    assert blocked.status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.8").get(page(scene.room.join_code)).status_code == 200


def test_wrong_codes_are_counted_on_the_socket_and_in_the_api_too(scene: Scene) -> None:
    for number in range(10):
        with pytest.raises(Refused, match="code_unknown"):
            scene.do("charlie", "code.enter", code=f"XXXX{number}A")
    with pytest.raises(Refused, match="too_many_attempts"):
        scene.do("charlie", "code.enter", code=scene.room.join_code)
    assert scene.do("nina", "code.enter", code=scene.room.join_code)["role"] == "participant"


def test_a_member_joins_from_the_room_and_a_stranger_finds_none(scene: Scene) -> None:
    assert scene.do("nina", "workshop.join", workshop=scene.room.pk)["url"] == f"/ateliers/{scene.room.pk}/"
    with pytest.raises(Refused, match="not_found"):
        scene.do("charlie", "workshop.join", workshop=scene.room.pk)


def test_the_code_opens_a_room_by_invitation_to_who_has_it(scene: Scene) -> None:
    Workshop.objects.filter(pk=scene.room.pk).update(access="invitation", welcomes_guests=False)
    with pytest.raises(Refused, match="not_found"):
        scene.do("nina", "workshop.join", workshop=scene.room.pk)
    assert scene.do("nina", "code.enter", code=scene.room.join_code)["role"] == "participant"


def test_a_guest_reads_in_the_language_of_their_browser(scene: Scene) -> None:
    browser = Client(headers={"accept-language": "en"})
    browser.post(page(scene.room.join_code), {"name": "Fatou"})
    assert Person.objects.get(given_name="Fatou").language == "en"
