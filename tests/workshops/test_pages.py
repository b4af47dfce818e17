"""What the pages show, to whom; words of people stay words."""

import pytest
from django.test import Client

from tests.workshops.scene import AT, LATER, Scene
from workshops import board, services
from workshops.models import Workshop

SCRIPT = "<script>alert('ici')</script><img src=x onerror=alert(1)>"


def page(browser: Client, address: str) -> str:
    found = browser.get(address)
    assert found.status_code == 200
    return str(found.content.decode()).replace("\u00a0", " ")


def room(scene: Scene) -> str:
    return f"/ateliers/{scene.room.pk}/"


def test_script_in_every_field_stays_text(scene: Scene, browsers: dict[str, Client]) -> None:
    s = services
    proposal = scene.write(SCRIPT, text=SCRIPT)
    comment = s.add_comment(author=scene.bob, proposal=proposal, kind="for", text=SCRIPT, at=AT)
    s.add_comment(author=scene.alice, proposal=proposal, kind="for", text=SCRIPT, parent=comment, at=AT)
    s.enter_contribution(by=scene.alice, workshop=scene.room, name=SCRIPT[:40], title=SCRIPT, at=AT)
    s.add_theme(by=scene.alice, workshop=scene.room, title=SCRIPT[:60], at=AT)
    s.hide_proposal(by=scene.alice, proposal=scene.his, reason=SCRIPT, at=AT)
    s.set_aside_proposal(by=scene.alice, proposal=scene.mine, reason=SCRIPT, at=AT)
    Workshop.objects.update(title=SCRIPT, question=SCRIPT, place=SCRIPT)
    for address in (
        f"{room(scene)}?proposition={proposal.pk}",
        f"{room(scene)}projecteur/",
        f"{room(scene)}preparer/",
        f"{room(scene)}regrouper/",
        f"{room(scene)}saisir/",
        f"/ateliers/proposition/{proposal.pk}/",
        f"/ateliers/proposition/{scene.mine.pk}/",
        f"/rejoindre/{scene.room.join_code}/",
        "/ateliers/",
    ):
        text = browsers["alice"].get(address, follow=True).content.decode()
        assert "<script>alert" not in text, address
        assert "<img src=x" not in text, address


def test_reflected_script_stays_text(scene: Scene, browsers: dict[str, Client]) -> None:
    scene.move_to("poll")
    refused = browsers["bob"].post(f"{room(scene)}proposer/", {"title": SCRIPT, "text": SCRIPT})
    assert "<script>alert" not in refused.content.decode()
    for address in (f"{room(scene)}?proposition={SCRIPT}", f"/ateliers/?serie={SCRIPT}&page={SCRIPT}"):
        assert "<script>alert" not in page(browsers["bob"], address)
    wrong = browsers["nobody"].post("/rejoindre/", {"code": SCRIPT})
    assert "<script>alert" not in wrong.content.decode()


def test_the_page_says_who_reads_it(scene: Scene, browsers: dict[str, Client]) -> None:
    for who, role in (("alice", "facilitator"), ("bob", "participant"), ("odile", "observer")):
        assert f"role-{role}" in page(browsers[who], room(scene))
    assert 'class="regie"' in page(browsers["alice"], room(scene))
    for who in ("bob", "odile", "nina"):
        text = page(browsers[who], room(scene))
        assert 'class="regie"' not in text
        assert 'id="equilibre"' not in text


def test_who_did_not_come_in_is_offered_to_and_who_only_watches_is_not(
    scene: Scene, browsers: dict[str, Client]
) -> None:
    assert "Rejoindre l’atelier" in page(browsers["nina"], room(scene))
    for who in ("alice", "bob", "odile"):
        assert "Rejoindre l’atelier" not in page(browsers[who], room(scene))
    assert 'id="composer"' not in page(browsers["odile"], room(scene))


def test_a_crowd_is_counted_whole_and_listed_in_part(
    scene: Scene, browsers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "MOST_PEOPLE", 2)
    text = page(browsers["alice"], room(scene))
    assert text.count('id="person-') == 2
    assert "Les 2 premières personnes arrivées." in text
    assert 'data-field="people">3<' in text


def test_a_public_room_is_read_by_all_and_joined_by_who_has_an_account(
    scene: Scene, browsers: dict[str, Client]
) -> None:
    Workshop.objects.update(access="public")
    assert "Rejoindre l’atelier" in page(browsers["charlie"], room(scene))
    text = page(browsers["nobody"], room(scene))
    assert "Un lieu partagé" in text
    assert "Rejoindre l’atelier" not in text


def test_the_discussion_asked_for_is_the_one_shown(scene: Scene, browsers: dict[str, Client]) -> None:
    offered = page(browsers["bob"], room(scene))
    assert "discussion--offerte" in offered
    assert "Qui paie le loyer ?" in offered
    asked = page(browsers["bob"], f"{room(scene)}?proposition={scene.his.pk}")
    assert "discussion--offerte" not in asked
    assert "Qui paie le loyer ?" not in asked


def test_what_is_hidden_is_a_tombstone_for_everybody(scene: Scene, browsers: dict[str, Client]) -> None:
    services.hide_comment(by=scene.alice, comment=scene.remark, reason="Blessant.", at=AT)
    services.hide_proposal(by=scene.alice, proposal=scene.his, reason="Nomme une personne.", at=AT)
    for who in ("alice", "bob", "odile"):
        for address in (
            f"{room(scene)}?proposition={scene.mine.pk}",
            f"/ateliers/proposition/{scene.his.pk}/",
        ):
            text = page(browsers[who], address)
            assert "Une scie pour tous" not in text
            assert "Qui paie le loyer ?" not in text
        assert "Nomme une personne." in page(browsers[who], room(scene))
    answers = browsers["bob"].get("/api/proposals/").json()["results"]
    assert [each["tombstone"] for each in answers] == [None, "Nomme une personne."]
    assert answers[1]["version"] is None
    assert browsers["bob"].get("/api/comments/").json()["results"][0]["text"] == ""


def test_a_proposal_page_shows_what_changed_word_by_word(scene: Scene, browsers: dict[str, Client]) -> None:
    services.revise_proposal(
        author=scene.alice, proposal=scene.mine, title="Un lieu partagé", text="Deux ateliers.", at=LATER
    )
    text = page(browsers["bob"], f"/ateliers/proposition/{scene.mine.pk}/")
    assert "<del>Des</del><ins>Deux</ins> ateliers." in text


def test_a_merged_proposal_leads_to_the_new_one_and_back(scene: Scene, browsers: dict[str, Client]) -> None:
    merged = scene.merge("Un lieu et des scies")
    assert f'href="/ateliers/proposition/{merged.pk}/"' in page(
        browsers["bob"], f"/ateliers/proposition/{scene.his.pk}/"
    )
    text = page(browsers["bob"], f"/ateliers/proposition/{merged.pk}/")
    assert "Une scie pour tous" in text
    assert "Elle réunit 2 contributions" in text


def test_the_author_alone_is_offered_to_write_again(scene: Scene, browsers: dict[str, Client]) -> None:
    address = f"/ateliers/proposition/{scene.his.pk}/"
    assert "Écrire une nouvelle version" in page(browsers["bob"], address)
    assert "Écrire une nouvelle version" not in page(browsers["alice"], address)
    assert "Transmettre" in page(browsers["alice"], address)
    assert "Transmettre" not in page(browsers["bob"], address)


def test_the_ticked_proposals_fill_the_merge(scene: Scene, browsers: dict[str, Client]) -> None:
    ticked = f"?proposals={scene.mine.pk}&proposals={scene.his.pk}&proposals=x"
    text = page(browsers["alice"], f"{room(scene)}regrouper/{ticked}")
    assert text.count(" checked") == 2
    assert "Des ateliers.\n\nUne scie pour tous" in text


def test_merging_needs_no_script(scene: Scene, browsers: dict[str, Client]) -> None:
    done = browsers["alice"].post(
        f"{room(scene)}regrouper/",
        {"proposals": [scene.mine.pk, scene.his.pk], "title": "Réunies", "text": "Ensemble."},
    )
    assert "Réunies" in page(browsers["alice"], done.headers["Location"])


def test_the_projector_shows_the_way_in(scene: Scene, browsers: dict[str, Client]) -> None:
    text = page(browsers["alice"], f"{room(scene)}projecteur/")
    assert scene.room.spaced_code in text
    assert 'class="qr"' in text
    assert "style=" not in text


def test_the_list_shows_today_first_and_the_past_by_series(scene: Scene, browsers: dict[str, Client]) -> None:
    text = page(browsers["bob"], "/ateliers/")
    assert text.index("Maintenant") < text.index("Ce qui s’y est dit")
    scene.close()
    assert scene.room.title in page(browsers["bob"], f"/ateliers/?serie={scene.series.pk}")
    assert scene.room.title not in page(browsers["bob"], "/ateliers/?serie=999")


def test_every_page_is_said_in_english_too(scene: Scene, browsers: dict[str, Client]) -> None:
    scene.bob.language = "en"
    scene.bob.save(update_fields=["language"])
    for address in (room(scene), f"/ateliers/proposition/{scene.mine.pk}/", "/ateliers/"):
        assert '<html lang="en">' in page(browsers["bob"], address)


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_a_room_says_when_it_is_not_in_session(scene: Scene, browsers: dict[str, Client], state: str) -> None:
    if state == "closed":
        scene.close()
    else:
        scene.move_to(None)
        Workshop.objects.update(state="planned")
    text = page(browsers["alice"], room(scene))
    assert ("Rouvrir l’atelier" if state == "closed" else "Ouvrir l’atelier") in text
