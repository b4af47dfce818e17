"""Latest values and timers: what has no history, and what counts down on the server's clock."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages.room import TOPIC, Room, card, until

pytestmark = pytest.mark.browser


def test_a_latest_value_fills_its_places(room: Room) -> None:
    room.open()
    room.server.tell_now(TOPIC, {"here": 34, "hands": {"up": 0}})
    expect(room.find("#presence > [data-field=here]")).to_have_text("34")
    expect(room.find("#mains")).to_be_hidden()
    room.server.tell_now(TOPIC, {"here": 35, "hands": {"up": 2}})
    expect(room.find("#mains")).to_be_visible()
    expect(room.find("#mains")).to_contain_text("2 mains levées")


def test_a_latest_value_draws_an_attribute(room: Room) -> None:
    room.open()
    room.server.tell_now(TOPIC, {"percent": 62.5, "label": "62,5 % des votants"})
    expect(room.find("#jauge rect")).to_have_attribute("width", "62.5")
    room.server.tell_now(TOPIC, {"percent": 70, "label": None})
    expect(room.find("#jauge rect")).to_have_attribute("width", "70")
    assert room.find("#jauge rect").get_attribute("aria-label") is None


def test_a_fragment_enters_with_the_values_of_this_instant(room: Room) -> None:
    room.open()
    room.server.tell_now(TOPIC, {"here": 34})
    expect(room.find("#presence > [data-field=here]")).to_have_text("34")
    room.tell(card(8, "Une", extra=f'<p><b data-now="{TOPIC}" data-field="here">1</b></p>'))
    expect(room.find("#proposal-8 b")).to_have_text("34")


def test_a_timer_counts_down_on_the_servers_clock(room: Room) -> None:
    room.clock_ahead = 3600
    room.open()
    first = room.find("#minuteur").inner_text()
    assert re.fullmatch(r"12:3[0-4]", first)
    until(lambda: room.find("#minuteur").inner_text() < first)


def test_an_event_teaches_the_servers_clock(room: Room) -> None:
    room.server.pages["/ateliers/7/"] = lambda: re.sub(r' data-server-now="[^"]*"', "", room.html())
    room.clock_ahead = 600
    room.open()
    assert re.fullmatch(r"22:[23]\d", room.find("#minuteur").inner_text())
    room.tell_ahead(card(1, "Une"))
    until(lambda: re.fullmatch(r"12:\d\d", room.find("#minuteur").inner_text()))


def test_a_timer_ends_at_zero_and_says_so_by_its_class_alone(room: Room) -> None:
    room.timer_seconds = 1.2
    room.open()
    expect(room.find("#minuteur")).not_to_have_class("minuteur minuteur--fin")
    expect(room.find("#minuteur")).to_have_class("minuteur minuteur--fin", timeout=4000)
    assert room.find("#minuteur").inner_text() == "0:00"
    assert room.find("#live-status").inner_text() == "", "nothing is read out"


def test_a_fragment_may_stop_or_move_a_timer(room: Room) -> None:
    room.open()
    room.tell('<p id="minuteur" class="minuteur" role="timer"><span data-timer="">12:00</span></p>')
    expect(room.find("#minuteur")).to_have_text("")
    room.tell(
        '<p id="minuteur" class="minuteur" role="timer"><span data-timer="2099-01-01T00:00:00Z"></span></p>'
    )
    until(lambda: re.fullmatch(r"\d+:\d\d:\d\d", room.find("#minuteur").inner_text()))
