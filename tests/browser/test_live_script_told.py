"""What an act or a fact leaves behind: the focus, the page one is sent to, the page that must be fetched anew."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages.room import PATH, Room, card, comment_form

pytestmark = pytest.mark.browser

GOES = (
    '<form method="post" action="/acts/comment.add" data-act="comment.add" data-done="go">'
    '<input type="hidden" name="proposal" value="8"><button>Proposer</button></form>'
)

CONDUCTS = (
    '<div class="regie"><form method="post" action="/acts/comment.add" data-act="comment.add">'
    '<input type="hidden" name="proposal" value="8"><button>Proclamer</button><p data-status></p></form></div>'
)


def test_an_act_that_leads_to_a_place_of_this_very_page_shows_the_page_anew(room: Room) -> None:
    room.cards[8] = card(8, "Avant", extra=GOES)
    room.server.commands["comment.add"] = lambda data: {"url": f"{PATH}#proposal-8"}
    room.open()
    room.version = 2
    room.page.get_by_role("button", name="Proposer").click()
    expect(room.find("#version")).to_have_text("page 2")
    assert room.page.url.endswith("#proposal-8")


def test_whoever_conducts_sees_what_comes_of_it_where_it_is(room: Room) -> None:
    room.cards.update({pk: card(pk, f"Numéro {pk}") for pk in range(1, 31)})
    room.cards[30] = card(30, "Numéro 30", extra=CONDUCTS)
    room.server.commands["comment.add"] = lambda data: {}
    room.open()
    room.evaluate("window.scrollTo(0, 1200)")
    room.evaluate("document.querySelector('.regie form').requestSubmit()")
    expect(room.find(".regie form [data-status]")).to_have_text("C’est reçu.")
    room.tell(card(1, "Numéro 1", extra='<p class="tall">Le résultat, très long</p>'))
    expect(room.find("#proposal-1 .tall")).to_be_attached()
    assert room.evaluate("window.scrollY") == 1200


def test_a_button_that_disappears_leaves_the_focus_on_what_it_was_about(room: Room) -> None:
    room.cards[8] = card(8, "À noter", extra="<p><button>Noter</button></p>")
    room.open()
    room.page.get_by_role("button", name="Noter").focus()
    room.tell(card(8, "Notée"))
    expect(room.find("#proposal-8")).to_be_focused()
    room.tell(card(8, "Notée, encore"))
    expect(room.find("#proposal-8 h3")).to_have_text("Notée, encore")
    expect(room.find("#proposal-8")).to_be_focused()


def test_what_is_removed_with_the_focus_in_it_leaves_it_on_its_list(room: Room) -> None:
    room.cards[8] = card(8, "À confirmer", extra="<button>Confirmer</button>")
    room.open()
    room.page.get_by_role("button", name="Confirmer").focus()
    room.tell('<template data-remove="proposal-8"></template>')
    expect(room.find("#proposal-8")).not_to_be_attached()
    expect(room.find("#liste")).to_be_focused()


def test_a_page_that_depends_on_what_its_reader_is_told_is_fetched_anew(room: Room) -> None:
    room.cards[8] = card(8, "Ce qui vous attend", extra="<p data-told></p>")
    room.open()
    room.find("#texte").fill("Je suis en train d’écrire")
    room.cards[9] = card(9, "Un pouvoir vous est proposé")
    room.tell("<template data-tells></template>")
    expect(room.find("#proposal-9")).to_be_attached()
    assert room.find("#texte").input_value() == "Je suis en train d’écrire"


def test_a_page_that_does_not_depend_on_it_stays_as_it_is(room: Room) -> None:
    room.cards[8] = card(8, "Une proposition")
    room.hold_the_clock()
    room.open()
    room.cards[9] = card(9, "Une autre")
    room.tell("<template data-tells></template>")
    room.tell(card(8, "Une proposition, relue"))
    expect(room.find("#proposal-8 h3")).to_have_text("Une proposition, relue")
    room.page.clock.run_for(5_000)
    assert room.find("#proposal-9").count() == 0


def test_an_answer_sent_by_the_keyboard_leaves_the_focus_on_what_unfolds_the_form_again(room: Room) -> None:
    answer = comment_form(8, fields=True).replace("data-act=", 'data-done="close" data-act=')
    room.cards[8] = card(8, "À débattre", extra=f"<details><summary>Répondre ici</summary>{answer}</details>")
    room.open()
    room.find("#proposal-8 summary").press("Enter")
    room.find("#avis-8").fill("Oui")
    room.find("#proposal-8 form button").press("Enter")
    expect(room.find("#proposal-8 details")).not_to_have_attribute("open", "")
    expect(room.find("#proposal-8 summary")).to_be_focused()


def test_a_button_reached_by_the_keyboard_stays_where_it_is(room: Room) -> None:
    beside = '<div id="cote"><p id="dessus">Court</p><button>Avant</button> <button>Ici</button></div>'
    room.cards[8] = card(8, "Deux colonnes", extra=f'{beside}<p class="tall">Très long</p>')
    room.open()
    room.evaluate(
        "document.querySelector('#cote').style.cssText = 'float: right; width: 30%; padding: 900px 0'"
    )
    room.page.get_by_role("button", name="Avant").focus()
    room.page.keyboard.press("Tab")
    button = room.page.get_by_role("button", name="Ici")
    before = button.bounding_box()
    room.tell('<p id="dessus" class="tall">Long, lui aussi</p>')
    expect(room.find("#dessus")).to_have_class("tall change")
    expect(button).to_be_focused()
    assert button.bounding_box() == before


def test_what_changes_for_everyone_is_said_aloud_once(room: Room) -> None:
    room.cards[8] = card(8, "Étape").replace("<li ", '<li data-says="Récolter" ', 1)
    room.open()
    said = room.find("#live-status")
    expect(said).to_have_text("")
    room.evaluate(
        "window.said = []; new MutationObserver(() => said.push(document.querySelector('#live-status').textContent))"
        ".observe(document.querySelector('#live-status'), { childList: true })"
    )
    for words in ("Récolter", "Discuter", "Discuter"):
        room.tell(card(8, "Étape").replace("<li ", f'<li data-says="{words}" ', 1))
    room.tell(card(9, "Fin"))
    expect(room.find("#proposal-9")).to_be_attached()
    assert room.evaluate("window.said") == ["Discuter"]
