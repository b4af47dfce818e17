"""How the script keeps its connection, comes back after a cut, and says whether the page is of now."""

import time

import pytest
from playwright.sync_api import Route, expect

from tests.browser.pages.room import PATH, TOPIC, Room, card, comment_form, until
from tests.browser.proxy import Proxy

pytestmark = pytest.mark.browser


def freshness(room: Room, state: str, seconds: float = 15) -> None:
    """Wait until the mark says this."""
    expect(room.find("[data-freshness]")).to_have_attribute("data-freshness", state, timeout=seconds * 1000)


def test_it_follows_from_the_number_the_page_was_born_with(room: Room) -> None:
    room.tell(card(1, "Avant la page"))
    room.open()
    assert room.server.follows(TOPIC)[0] == {"follow": TOPIC, "after": 1, "as": "html"}
    assert room.titles() == []


def test_what_was_seen_is_dropped(room: Room) -> None:
    room.open()
    room.tell(card(1, "Une fois"))
    expect(room.find("#proposal-1")).to_be_visible()
    again = {"seq": 1, "type": "test.told", "at": "2026-01-01T00:00:00Z", "html": card(2, "Déjà vue")}
    room.server.send(TOPIC, {"topic": TOPIC, "events": [again], "upto": 1})
    room.tell(card(3, "Suivante"))
    until(lambda: room.titles() == ["Une fois", "Suivante"])


def test_after_a_cut_the_missed_facts_come_once_and_in_order(room: Room, proxy: Proxy) -> None:
    room.open(proxy.url)
    room.tell(card(1, "Avant"))
    expect(room.find("#proposal-1")).to_be_visible()
    proxy.cut()
    for pk in (2, 3, 4):
        room.tell(card(pk, f"Manquée {pk}"))
    freshness(room, "reconnexion")
    proxy.resume()
    until(lambda: room.titles() == ["Avant", "Manquée 2", "Manquée 3", "Manquée 4"], 20)
    freshness(room, "a-jour")
    assert room.server.follows(TOPIC)[-1]["after"] == 1
    assert room.server.fetched.count(PATH) == 1, "no reload"


def test_a_stalled_connection_is_found_dead_and_replaced(room: Room, proxy: Proxy) -> None:
    room.hold_the_clock()
    room.open(proxy.url)
    carried = proxy.carried
    proxy.stall()
    room.tell(card(1, "Pendant le silence"))
    room.page.clock.run_for(36_000)  # a beat leaves
    room.page.clock.run_for(8_000)  # and nobody answers
    proxy.resume()

    def arrived() -> bool:
        room.page.clock.run_for(1_000)
        room.page.wait_for_timeout(200)
        return room.titles() == ["Pendant le silence"]

    until(arrived)
    assert proxy.carried > carried


def test_a_beat_leaves_about_every_thirty_seconds_with_the_number_reached(room: Room) -> None:
    room.hold_the_clock()
    room.open()
    room.tell(card(1, "Une"))
    expect(room.find("#proposal-1")).to_be_visible()
    room.page.clock.run_for(24_000)
    assert len(room.server.follows(TOPIC)) == 1
    room.page.clock.run_for(12_000)
    until(lambda: len(room.server.follows(TOPIC)) > 1)
    assert room.server.follows(TOPIC)[-1]["after"] == 1


def test_it_comes_back_at_once_when_the_network_does(room: Room, proxy: Proxy) -> None:
    room.hold_the_clock()  # no retry may come by itself
    room.open(proxy.url)
    proxy.cut()
    until(lambda: proxy.open_links == 0)
    proxy.resume()
    room.page.wait_for_timeout(200)
    assert len(room.server.follows(TOPIC)) == 1
    room.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(room.server.follows(TOPIC)) == 2)


@pytest.mark.parametrize(("drawn", "waits"), [(0, 250), (0.5, 2_125), (0.999, 3_996)])
def test_after_a_cut_each_page_comes_back_at_a_moment_of_its_own(
    room: Room, proxy: Proxy, drawn: float, waits: int
) -> None:
    room.hold_the_clock()
    room.open(proxy.url)
    room.evaluate(f"Math.random = () => {drawn}")
    proxy.cut()
    until(lambda: proxy.open_links == 0)
    proxy.resume()
    room.page.wait_for_timeout(200)  # the page hears of it
    room.page.clock.run_for(waits - 100)
    room.page.wait_for_timeout(200)
    assert len(room.server.follows(TOPIC)) == 1
    room.page.clock.run_for(200)
    until(lambda: len(room.server.follows(TOPIC)) == 2)


def test_the_mark_is_up_to_date_only_while_the_server_answers(room: Room, proxy: Proxy) -> None:
    room.open(proxy.url)
    expect(room.page.get_by_text("À jour", exact=True)).to_be_visible()
    proxy.cut()
    freshness(room, "reconnexion", 5)
    freshness(room, "hors-ligne", 15)
    expect(room.page.get_by_text("Hors ligne, vos envois partiront au retour")).to_be_visible()
    proxy.resume()
    freshness(room, "a-jour", 20)


def a_second_later(room: Room) -> bool:
    """The page's held clock moves on: the socket's own events take real time, its next try waits for the clock."""
    room.page.clock.run_for(1_000)
    return True


def test_silence_is_not_fresh_even_on_an_open_socket(room: Room) -> None:
    room.hold_the_clock()
    room.open()
    room.server.is_mute = True
    room.page.clock.run_for(20_000)
    freshness(room, "a-jour")
    room.page.clock.run_for(30_000)
    until(lambda: a_second_later(room) and len(room.server.follows(TOPIC)) > 2)  # a new socket, as mute
    room.page.clock.run_for(1_000)
    assert room.find("[data-freshness]").get_attribute("data-freshness") != "a-jour"


def test_a_page_that_follows_nothing_opens_no_socket(room: Room) -> None:
    room.server.pages["/votes/3/"] = lambda: room.html().replace("data-topic", "data-no-topic")
    room.page.goto(room.server.url("/votes/3/"))
    room.page.wait_for_timeout(300)
    assert room.server.heard == []
    expect(room.find("[data-freshness]")).to_have_attribute("data-freshness", "")


def test_a_fragment_may_bring_something_else_to_follow(room: Room) -> None:
    room.open()
    room.server.topic("poll:3").last = 6
    room.tell(
        card(
            8,
            "Un sondage",
            extra='<p data-topic="poll:3" data-seq="6"><b data-now="poll:3" data-field="cast">0</b></p>',
        )
    )
    until(lambda: room.server.follows("poll:3") == [{"follow": "poll:3", "after": 6, "as": "html"}])
    room.server.tell_now("poll:3", {"cast": 12})
    expect(room.find("[data-now='poll:3']")).to_have_text("12")


def test_reset_swaps_the_regions_without_reload_and_keeps_a_half_filled_field(room: Room) -> None:
    room.cards.update({1: card(1, "Ancienne"), 2: card(2, "Retirée depuis")})
    room.open()
    room.evaluate("window.kept = true")
    room.find("#texte").fill("À moitié")
    room.evaluate("document.getElementById('texte').setSelectionRange(2, 2)")
    room.cards = {1: card(1, "Récente", author=12), 3: card(3, "Nouvelle")}
    room.server.topic(TOPIC).last = 90
    room.server.forget(TOPIC, 90)
    room.server.send(TOPIC, {"topic": TOPIC, "reset": True})
    until(lambda: room.titles() == ["Récente", "Nouvelle"])
    assert room.evaluate(
        "[window.kept, document.activeElement.id, document.activeElement.selectionStart]"
    ) == [True, "texte", 2]
    assert room.find("#texte").input_value() == "À moitié"
    assert room.find("#salle").get_attribute("data-seq") == "90"
    expect(room.find("#proposal-3 .soutien")).to_have_attribute("aria-pressed", "true")
    expect(room.find("#proposal-1")).to_have_class("prop is-mine")


def test_reset_brings_the_readers_new_role(room: Room) -> None:
    room.open()
    room.roles = "role-facilitator"
    room.cards[1] = card(1, "Une")
    room.server.send(TOPIC, {"topic": TOPIC, "reset": True})
    until(lambda: room.titles() == ["Une"])
    expect(room.find("body")).to_have_class("role-facilitator")


def test_what_is_told_while_the_page_is_fetched_anew_is_not_lost(room: Room) -> None:
    room.open()
    room.cards[1] = card(1, "Dans la page")
    room.server.topic(TOPIC).last = 4

    def slowly(route: Route) -> None:
        copy = route.fetch()
        room.tell(card(2, "Juste après"))
        time.sleep(0.3)
        route.fulfill(response=copy)

    room.page.route(f"**{PATH}", slowly)
    room.server.send(TOPIC, {"topic": TOPIC, "reset": True})
    expect(room.find("#liste h3")).to_have_text(["Dans la page", "Juste après"])


def test_what_was_told_before_the_copy_was_made_is_not_shown_twice(room: Room) -> None:
    room.open()
    room.server.send(TOPIC, {"topic": TOPIC, "reset": True})
    room.tell(card(1, "Vieille version"))
    room.cards[1] = card(1, "Version de la page")
    until(lambda: room.titles() == ["Version de la page"])
    room.tell(card(2, "Suivante"))
    until(lambda: room.titles() == ["Version de la page", "Suivante"])


def test_a_number_older_than_the_log_starts_anew_after_a_cut(room: Room, proxy: Proxy) -> None:
    room.open(proxy.url)
    proxy.cut()
    for pk in range(1, 6):
        room.tell(card(pk, f"Numéro {pk}"))
        room.cards[pk] = card(pk, f"Numéro {pk}")
    room.server.forget(TOPIC, 4)
    proxy.resume()
    until(lambda: room.titles() == [f"Numéro {pk}" for pk in range(1, 6)], 20)


def test_a_hole_in_the_numbers_starts_anew(room: Room) -> None:
    room.open()
    room.cards[1] = card(1, "De la page")
    hole = {"seq": 5, "type": "test.told", "at": "2026-01-01T00:00:00Z", "html": card(9, "Après un trou")}
    room.server.send(TOPIC, {"topic": TOPIC, "events": [hole], "upto": 5})
    room.server.topic(TOPIC).last = 5
    until(lambda: room.titles() == ["De la page"])


def test_reset_forgets_what_was_held_and_the_values_of_before(room: Room) -> None:
    room.hold = "data-hold"
    room.cards[1] = card(1, "Une")
    room.open()
    room.server.tell_now(TOPIC, {"here": 34})
    room.tell(card(2, "Deux", at="start"))
    button = room.page.get_by_role("button", name="1 nouvelle proposition")
    expect(button).to_be_visible()
    room.cards[2] = card(2, "Deux")
    room.server.send(TOPIC, {"topic": TOPIC, "reset": True})
    until(lambda: room.titles() == ["Une", "Deux"])
    expect(button).to_have_count(0)
    room.tell(card(1, "Une", extra=f'<b data-now="{TOPIC}" data-field="here">40</b>'))
    expect(room.find("#proposal-1 b")).to_have_text("40")


def test_reset_waits_for_the_end_of_a_composition(room: Room) -> None:
    room.open()
    room.find("#texte").click()
    keys = room.page.context.new_cdp_session(room.page)
    keys.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    room.cards[1] = card(1, "Récente")
    room.server.send(TOPIC, {"topic": TOPIC, "reset": True})
    until(lambda: room.server.fetched.count(PATH) == 2)
    room.page.wait_for_timeout(200)
    assert room.titles() == []
    keys.send("Input.insertText", {"text": "日本"})
    until(lambda: room.titles() == ["Récente"])
    assert room.find("#texte").input_value() == "日本"


def test_a_fragment_form_survives_a_reset_with_its_text(room: Room) -> None:
    room.cards[8] = card(8, "Avant", extra=comment_form(8, fields=True))
    room.open()
    room.find("#avis-8").fill("Mon avis")
    room.cards[8] = card(8, "Après", extra=comment_form(8, fields=True))
    room.server.send(TOPIC, {"topic": TOPIC, "reset": True})
    expect(room.find("#proposal-8 h3")).to_have_text("Après")
    assert room.find("#avis-8").input_value() == "Mon avis"


def test_a_refused_topic_says_so_where_it_shows(room: Room) -> None:
    room.open()
    room.server.topic(TOPIC).refused = "not_a_participant"
    room.server.send(TOPIC, {"topic": TOPIC, "refused": "not_a_participant"})
    expect(room.find("#salle > [data-refused]")).to_contain_text("Vous n’avez plus accès")
    expect(room.find("[data-freshness]")).to_be_hidden()
    room.server.send(TOPIC, {"topic": TOPIC, "refused": "not_a_participant"})
    expect(room.find("[data-refused]")).to_have_count(1)


def test_a_page_no_longer_open_to_the_reader_says_so(room: Room) -> None:
    room.open()
    del room.server.pages[PATH]
    room.server.send(TOPIC, {"topic": TOPIC, "reset": True})
    expect(room.find("#salle > [data-refused]")).to_be_visible()
    expect(room.find("[data-freshness]")).to_be_hidden()


def test_the_words_of_the_page_replace_the_french_ones(room: Room) -> None:
    words = '<script type="application/json" id="live-words">{"refused": "No longer yours."}</script></body>'
    room.server.pages[PATH] = lambda: room.html().replace("</body>", words)
    room.open()
    room.server.send(TOPIC, {"topic": TOPIC, "refused": "not_allowed"})
    expect(room.find("[data-refused]")).to_have_text("No longer yours.")
