"""Forms that are acts: over the socket, else by HTTP, counted once whatever the network does."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.pages.room import PATH, TOPIC, Room, card, comment_form, until
from tests.browser.pages.server import Frame, Refusal
from tests.browser.proxy import Proxy

pytestmark = pytest.mark.browser

STATUS = "#ecrire [data-status]"


def write(room: Room, text: str) -> None:
    """Type a proposal and send it."""
    room.find("#texte").fill(text)
    room.page.get_by_role("button", name="Envoyer").click()


def deaf(room: Room) -> None:
    """Open the page with its clock in hand; the server takes acts over the socket and does not answer them."""
    room.hold_the_clock()
    room.server.is_deaf = True
    room.open()


def test_an_act_goes_over_the_socket_with_the_forms_key_and_hat(room: Room) -> None:
    room.open()
    key = room.find("#ecrire [name=key]").input_value()
    write(room, "Un lieu mutualisé")
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.")
    data = {"workshop": "7", "text": "Un lieu mutualisé"}
    assert room.server.acts("proposal.submit") == [
        {"do": "proposal.submit", "key": key, "for": "31", "data": data}
    ]
    assert room.server.posts == []
    assert room.find("#texte").input_value() == ""
    assert room.find("#ecrire [name=key]").input_value() not in ("", key)


def test_a_refusal_is_said_in_the_form_and_the_text_is_kept(room: Room) -> None:
    def refuse(data: Frame) -> Frame:
        raise Refusal("workshop_closed", "L’atelier est fermé.", {"text": ["Trop court."]})

    room.server.commands["proposal.submit"] = refuse
    room.open()
    write(room, "Trop tard")
    expect(room.find(STATUS)).to_have_text("L’atelier est fermé.")
    expect(room.find(STATUS)).to_have_class("etat etat--echec")
    expect(room.find("#texte")).to_have_attribute("aria-invalid", "true")
    assert room.find("#texte").input_value() == "Trop tard"
    room.server.commands["proposal.submit"] = lambda data: {}
    room.page.get_by_role("button", name="Envoyer").click()
    expect(room.find(STATUS)).to_have_text("C’est reçu.")


@pytest.mark.parametrize("code", ["busy", "database_away"])
def test_a_server_that_cannot_take_it_now_is_asked_again_with_the_same_key(room: Room, code: str) -> None:
    answers = [code]

    def later(data: Frame) -> Frame:
        if answers:
            raise Refusal(answers.pop(), "Renvoyez dans un instant.")
        return {}

    room.server.commands["proposal.submit"] = later
    room.open()
    write(room, "Un lieu mutualisé")
    expect(room.find(STATUS)).to_have_text("C’est reçu.")
    first, second = room.server.acts("proposal.submit")
    assert first == second


def test_a_second_click_does_not_send_twice(room: Room) -> None:
    room.server.is_deaf = True
    room.open()
    room.find("#texte").fill("Une fois")
    room.page.get_by_role("button", name="Envoyer").dblclick()
    expect(room.find(STATUS)).to_have_text("Envoi en cours…")
    until(lambda: room.server.acts("proposal.submit"))
    room.page.wait_for_timeout(200)
    assert len(room.server.acts("proposal.submit")) == 1


def test_without_an_answer_in_five_seconds_the_form_goes_by_http_with_the_same_key(room: Room) -> None:
    deaf(room)
    write(room, "Par l’autre porte")
    until(lambda: room.server.acts("proposal.submit"))
    room.page.clock.run_for(3_000)
    assert room.server.posts == []
    room.page.clock.run_for(2_000)
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.")
    [post] = room.server.posts
    assert post["key"] == room.server.acts("proposal.submit")[0]["key"]
    assert (post["text"], post["workshop"], post["for"]) == ("Par l’autre porte", "7", "31")
    assert post["csrf"] == "printed-token"
    assert len(room.server.done) == 1


def test_the_cookie_of_now_is_the_token_of_an_http_act(room: Room) -> None:
    cookie = {"name": "csrftoken", "value": "cookie-token", "url": room.server.url("/")}
    room.page.context.add_cookies([cookie])
    room.server.pages[PATH] = lambda: room.html().replace("data-topic", "data-no-topic")
    room.open(live=False)
    write(room, "Sans socket")
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.")
    assert room.server.posts[0]["csrf"] == "cookie-token"


def test_an_act_sent_at_the_moment_of_the_cut_is_resent_with_the_same_key_and_counts_once(
    room: Room, proxy: Proxy
) -> None:
    room.open(proxy.url)
    proxy.stall("down")
    write(room, "Au moment de la coupure")
    until(lambda: room.server.done)
    proxy.cut()
    expect(room.find(STATUS)).to_contain_text("Pas encore reçu. Nouvel essai dans 3 s.", timeout=10_000)
    expect(room.find(STATUS)).to_contain_text("Votre envoi ne peut pas compter deux fois.")
    proxy.resume()
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.", timeout=20_000)
    keys = {act["key"] for act in room.server.acts("proposal.submit")} | {
        post["key"] for post in room.server.posts
    }
    assert len(keys) == 1
    assert len(room.server.done) == 1


def test_an_act_made_while_offline_leaves_when_the_network_is_back(room: Room, proxy: Proxy) -> None:
    room.open(proxy.url)
    proxy.cut()
    write(room, "Hors ligne")
    expect(room.find(STATUS)).to_contain_text("Pas encore reçu.")
    assert room.server.done == []
    proxy.resume()
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.", timeout=20_000)
    assert [data["text"] for _, _, data in room.server.done] == ["Hors ligne"]


def test_what_waits_leaves_as_soon_as_the_socket_is_back(room: Room, proxy: Proxy) -> None:
    room.hold_the_clock()  # no new try comes by itself
    room.open(proxy.url)
    room.page.route("**/acts/*", lambda route: route.abort())
    proxy.cut()
    write(room, "Par le socket")
    expect(room.find(STATUS)).to_contain_text("Pas encore reçu.")
    proxy.resume()
    room.evaluate("dispatchEvent(new Event('online'))")
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.")
    assert len(room.server.done) == 1


def test_what_is_typed_while_the_act_is_on_its_way_is_kept(room: Room) -> None:
    deaf(room)
    write(room, "Première idée.")
    room.find("#texte").press("End")
    room.page.keyboard.type(" Seconde idée")
    room.page.keyboard.press("ArrowLeft")
    room.page.clock.run_for(5_000)
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.")
    assert room.find("#texte").input_value() == "Seconde idée"
    assert room.evaluate("document.activeElement.selectionStart") == len("Seconde idé")


def test_what_is_rewritten_while_the_act_is_on_its_way_is_kept_whole(room: Room) -> None:
    deaf(room)
    write(room, "Première idée")
    room.find("#texte").fill("Tout autre chose")
    room.page.clock.run_for(5_000)
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.")
    assert room.find("#texte").input_value() == "Tout autre chose"


def test_after_success_choices_go_back_to_what_the_page_gave(room: Room) -> None:
    fields = (
        '<input type="number" name="minutes" value="10"><input type="checkbox" name="open" checked>'
        '<select name="kind"><option>un</option><option selected>deux</option></select><button>Ouvrir</button>'
    )
    form = f'<form method="post" action="/acts/step.open" data-act="step.open">{fields}<p data-status></p></form>'
    room.cards[8] = card(8, "Étape", extra=form)
    room.server.commands["step.open"] = lambda data: {}
    room.open()
    room.find("[name=minutes]").fill("25")
    room.find("[name=open]").uncheck()
    room.find("[name=kind]").select_option("un")
    room.page.get_by_role("button", name="Ouvrir").click()
    expect(room.find("#proposal-8 [data-status]")).to_have_text("C’est reçu.")
    assert room.server.done[0][2] == {"minutes": "25", "kind": "un"}
    assert room.find("[name=minutes]").input_value() == "10"
    assert room.find("[name=open]").is_checked()
    assert room.find("[name=kind]").input_value() == "deux"


def test_a_form_kept_by_name_is_not_cleared(room: Room) -> None:
    room.server.pages[PATH] = lambda: room.html().replace('id="ecrire"', 'id="ecrire" data-keep')
    room.open()
    write(room, "Un réglage")
    expect(room.find(STATUS)).to_have_text("Votre proposition est là.")
    assert room.find("#texte").input_value() == "Un réglage"


def test_a_form_that_came_in_a_fragment_acts_too(room: Room) -> None:
    room.open()
    room.tell(card(8, "Une", extra=comment_form(8)))
    room.find("#avis-8").fill("D’accord")
    room.page.get_by_role("button", name="Répondre").click()
    expect(room.find("#proposal-8 [data-status]")).to_have_text("C’est reçu.")
    assert room.server.done[0][2] == {"proposal": "8", "text": "D’accord"}


def test_a_card_is_not_replaced_under_an_act_on_its_way(room: Room) -> None:
    deaf(room)
    room.tell(card(8, "Avant", extra=comment_form(8)))
    room.find("#avis-8").fill("D’accord")
    room.page.get_by_role("button", name="Répondre").click()
    room.tell(card(8, "Après", extra=comment_form(8)))
    expect(room.find("#proposal-8 h3")).to_have_text("Après")
    expect(room.find("#proposal-8 [data-status]")).to_have_text("Envoi en cours…")
    assert room.find("#avis-8").input_value() == "D’accord"
    room.page.clock.run_for(5_000)
    expect(room.find("#proposal-8 [data-status]")).to_have_text("C’est reçu.")
    assert room.find("#avis-8").input_value() == ""


def test_several_boxes_make_a_list_and_one_button_tells_its_value(room: Room) -> None:
    boxes = '<input type="checkbox" name="choice" value="1" checked><input type="checkbox" name="choice" value="2">'
    form = (
        '<form id="avis" method="post" action="/acts/opinion.give" data-act="opinion.give">'
        + boxes
        + '<input type="checkbox" name="agreed" checked><button name="say" value="yes">Oui</button></form>'
    )
    room.cards[8] = card(8, "Sondage", extra=form)
    room.server.commands["opinion.give"] = lambda data: {}
    room.open()
    room.page.get_by_role("button", name="Oui").click()
    until(lambda: room.server.done)
    assert room.server.done[0][2] == {"choice": ["1"], "agreed": "on", "say": "yes"}


def test_an_answer_tells_what_is_mine_now(room: Room) -> None:
    form = '<form method="post" action="/acts/support.give" data-act="support.give"><button data-mine="support:8">Je soutiens</button></form>'
    room.cards[8] = card(8, "Une", extra=form)
    room.server.commands["support.give"] = lambda data: {"mine": {"support": [3, 8]}}
    room.open()
    button = room.page.get_by_role("button", name="Je soutiens")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert json.loads(room.find("#salle").get_attribute("data-mine") or "") == {"support": [3, 8]}


def test_a_key_used_with_other_content_is_a_new_act(room: Room) -> None:
    def once(data: Frame) -> Frame:
        if len(room.server.acts("proposal.submit")) == 1:
            raise Refusal("key_reused", "Cet envoi porte la clé d’un autre.")
        return {}

    room.server.commands["proposal.submit"] = once
    room.open()
    write(room, "Après un retour en arrière")
    expect(room.find(STATUS)).to_have_text("C’est reçu.")
    first, second = room.server.acts("proposal.submit")
    assert first["key"] != second["key"]
    assert first["data"] == second["data"]


def test_a_session_that_ended_says_so_and_keeps_the_text(room: Room) -> None:
    room.page.route(
        "**/acts/*",
        lambda route: route.fulfill(status=401, content_type="text/html", body="<h1>Connexion</h1>"),
    )
    room.server.pages[PATH] = lambda: room.html().replace("data-topic", "data-no-topic")
    room.open(live=False)
    write(room, "Ma proposition")
    expect(room.find(STATUS)).to_contain_text("Votre session a pris fin.")
    assert room.find("#texte").input_value() == "Ma proposition"


# -- the ballot


def ballot(room: Room) -> None:
    """Accept one ballot, as number 57."""
    room.server.commands["ballot.cast"] = lambda data: {
        "received_at": "2026-11-22T20:14:07+01:00",
        "number": 57,
        "url": "/votes/3/recu/57/",
    }


def cast(room: Room) -> None:
    """Choose and send."""
    room.page.get_by_label("Pour").check()
    room.page.get_by_role("button", name="Envoyer mon bulletin").click()


@pytest.mark.browser_context_args(timezone_id="Indian/Reunion")
def test_a_ballot_says_sending_then_received_at_and_its_number_then_goes_to_the_receipt(room: Room) -> None:
    ballot(room)
    room.hold_the_clock()
    room.server.is_deaf = True
    room.page.goto(room.server.url("/votes/3/"))
    until(lambda: room.server.follows("poll:3"))
    cast(room)
    expect(room.find("[data-status]")).to_have_text("Envoi en cours…")
    room.page.clock.run_for(5_000)
    expect(room.find("[data-status]")).to_have_text("Reçu à 20:14:07, n° 57.")
    room.page.clock.run_for(1_500)
    expect(room.page).to_have_url(room.server.url("/votes/3/recu/57/"))
    assert room.evaluate("sessionStorage.length") == 0


def test_a_reload_during_the_cut_resends_the_ballot_with_the_same_key(room: Room, proxy: Proxy) -> None:
    ballot(room)
    room.page.goto(proxy.url("/votes/3/"))
    until(lambda: room.server.follows("poll:3"))
    proxy.stall("down")
    cast(room)
    until(lambda: room.server.done)
    proxy.cut()
    expect(room.find("[data-status]")).to_contain_text("Pas encore reçu.")
    proxy.resume()
    room.page.reload()
    expect(room.page.get_by_label("Pour")).to_be_checked()
    expect(room.find("[data-status]")).to_contain_text("n° 57", timeout=10_000)
    expect(room.page).to_have_url(proxy.url("/votes/3/recu/57/"))
    keys = {act["key"] for act in room.server.acts("ballot.cast")} | {
        post["key"] for post in room.server.posts
    }
    assert len(keys) == 1
    assert len(room.server.done) == 1


def test_an_act_left_by_somebody_else_is_not_resent(room: Room, proxy: Proxy) -> None:
    ballot(room)
    room.page.goto(proxy.url("/votes/3/"))
    until(lambda: room.server.follows("poll:3"))
    proxy.cut()
    cast(room)
    expect(room.find("[data-status]")).to_contain_text("Pas encore reçu.")
    proxy.resume()
    page = room.server.pages["/votes/3/"]()
    room.server.pages["/votes/3/"] = lambda: page.replace('data-me="12"', 'data-me="13"')
    follows = len(room.server.follows("poll:3"))
    room.page.reload()
    until(lambda: len(room.server.follows("poll:3")) > follows)
    room.page.wait_for_timeout(500)
    assert room.server.done == []


def test_an_act_left_on_another_page_still_arrives_and_says_so(room: Room, proxy: Proxy) -> None:
    room.server.pages["/ailleurs/"] = lambda: (
        room.html().replace('id="ecrire"', 'id="autre" hidden').replace('submit"', 'other"')
    )
    room.open(proxy.url)
    proxy.cut()
    write(room, "Sur le départ")
    expect(room.find(STATUS)).to_contain_text("Pas encore reçu.")
    proxy.resume()
    room.page.goto(proxy.url("/ailleurs/"))
    expect(room.find(".toast")).to_contain_text("Votre proposition est là.", timeout=10_000)
    assert [data["text"] for _, _, data in room.server.done] == ["Sur le départ"]
    assert room.server.follows(TOPIC)
