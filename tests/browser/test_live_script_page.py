"""What the script does with fragments: each sentence holds in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages.room import Room, card, comment_form, until

pytestmark = pytest.mark.browser


def test_a_fact_appears_in_its_container(room: Room) -> None:
    room.open()
    room.tell(card(8, "Un lieu mutualisé"))
    expect(room.find("#proposal-8 h3")).to_have_text("Un lieu mutualisé", timeout=1000)
    expect(room.find("[data-empty]")).to_be_hidden()


def test_it_goes_where_the_fragment_says(room: Room) -> None:
    room.cards[1] = card(1, "Première")
    room.open()
    room.tell(card(2, "Dernière"))
    room.tell(card(3, "Devant", at="start"))
    until(lambda: room.titles() == ["Devant", "Première", "Dernière"])


def test_a_known_id_is_replaced_in_place(room: Room) -> None:
    room.cards[8] = card(8, "Avant", extra='<a href="#x" id="lien">lire</a>')
    room.open()
    room.evaluate("document.getElementById('proposal-8').noted = true")
    room.tell(card(8, "Après", extra='<a href="#x" id="lien">lire</a>'))
    expect(room.find("#proposal-8 h3")).to_have_text("Après")
    assert room.evaluate("document.getElementById('proposal-8').noted")
    assert room.find("#liste > .prop").count() == 1


def test_what_changed_is_marked_for_a_moment(room: Room) -> None:
    room.cards[8] = card(8, "Avant")
    room.open()
    room.tell(card(8, "Après"))
    expect(room.find("#proposal-8.change")).to_be_visible()
    expect(room.find("#proposal-8.change")).to_have_count(0, timeout=3000)


def test_an_element_is_removed_and_the_empty_sentence_comes_back(room: Room) -> None:
    room.cards[8] = card(8, "À retirer")
    room.open()
    room.tell('<template data-remove="proposal-8"></template>')
    expect(room.find("#proposal-8")).to_have_count(0)
    expect(room.find("[data-empty]")).to_be_visible()


def test_an_element_moves_when_its_container_changes(room: Room) -> None:
    room.cards[8] = card(8, "Sans thème")
    room.cards[9] = '<li class="prop" id="theme"><ul id="theme-3"></ul></li>'
    room.open()
    room.tell(card(8, "Avec thème", into="theme-3"))
    expect(room.find("#theme-3 > #proposal-8 h3")).to_have_text("Avec thème")


def test_a_fragment_for_another_page_is_ignored(room: Room) -> None:
    room.open()
    room.tell('<p id="elsewhere" data-into="nowhere">Ailleurs</p>')
    room.tell(card(8, "Ici"))
    expect(room.find("#proposal-8")).to_be_visible()
    expect(room.find("#elsewhere")).to_have_count(0)


def test_a_fragment_is_made_the_readers_own(room: Room) -> None:
    room.open()
    room.tell(card(3, "Soutenue", author=12, extra=comment_form(3)))
    mine = room.find("#proposal-3")
    expect(mine).to_have_class("prop is-mine change")
    expect(mine.locator(".soutien")).to_have_attribute("aria-pressed", "true")
    expect(mine.locator("[name=csrfmiddlewaretoken]")).to_have_value("printed-token")
    assert len(mine.locator("[name=key]").input_value()) == 36


def test_a_form_keeps_its_key_when_its_card_is_replaced(room: Room) -> None:
    room.open()
    room.tell(card(8, "Avant", extra=comment_form(8)))
    key = room.find("#proposal-8 [name=key]").input_value()
    room.tell(card(8, "Après", extra=comment_form(8)))
    expect(room.find("#proposal-8 h3")).to_have_text("Après")
    assert room.find("#proposal-8 [name=key]").input_value() == key


def test_twenty_updates_lose_neither_a_character_nor_the_caret_of_who_types(room: Room) -> None:
    room.cards[8] = card(8, "Version 0", extra=comment_form(8, fields=True))
    room.open()
    field = room.find("#avis-8")
    field.click()
    room.page.keyboard.type("Bonjour le monde")
    room.evaluate("document.activeElement.setSelectionRange(3, 7)")
    for number in range(1, 21):
        room.tell(card(8, f"Version {number}", extra=comment_form(8)))
        room.tell(card(100 + number, "Une autre"))
    expect(room.find("#proposal-8 h3")).to_have_text("Version 20")
    place = "[document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert room.evaluate(place) == ["avis-8", 3, 7]
    room.page.keyboard.type("SOIR")
    assert field.input_value() == "BonSOIR le monde"


def test_a_composition_under_way_is_not_broken_by_twenty_updates(room: Room) -> None:
    room.cards[8] = card(8, "Version 0", extra=comment_form(8, fields=True))
    room.open()
    room.find("#avis-8").click()
    room.page.keyboard.type("avant après")
    room.evaluate("document.activeElement.setSelectionRange(6, 6)")
    keys = room.page.context.new_cdp_session(room.page)
    keys.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    for number in range(1, 21):
        room.tell(card(8, f"Version {number}", extra=comment_form(8)))
        room.tell(card(100 + number, "Une autre"))
    expect(room.find("#proposal-120")).to_be_attached()
    assert room.find("#proposal-8 h3").text_content() == "Version 0", "held while composing"
    keys.send("Input.imeSetComposition", {"text": "にほん", "selectionStart": 3, "selectionEnd": 3})
    keys.send("Input.insertText", {"text": "日本"})
    expect(room.find("#proposal-8 h3")).to_have_text("Version 20")
    room.page.keyboard.type("!")
    assert room.find("#avis-8").input_value() == "avant 日本!après"


def test_a_field_that_was_changed_keeps_its_value_without_the_focus(room: Room) -> None:
    choices = '<input type="checkbox" name="a"{}><input type="radio" name="r" value="1"{}><input type="radio" name="r" value="2">'
    fields = (
        '<select name="s"><option>un</option><option>deux</option></select><textarea name="t">{}</textarea>'
    )
    extra = '<form method="post" action="/acts/x">' + choices + fields + "</form>"
    room.cards[8] = card(8, "Avant", extra=extra.format("", "", "texte"))
    room.open()
    room.find("[name=a]").check()
    room.find("[name=r][value='2']").check()
    room.find("[name=s]").select_option("deux")
    room.find("#texte").click()
    room.tell(card(8, "Après", extra=extra.format("", " checked", "texte neuf")))
    expect(room.find("#proposal-8 h3")).to_have_text("Après")
    assert room.find("[name=a]").is_checked()
    assert room.find("[name=r][value='2']").is_checked()
    assert room.find("[name=s]").input_value() == "deux"
    assert room.find("[name=t]").input_value() == "texte neuf", "nobody had touched this one"


def test_a_field_that_has_the_focus_keeps_its_value_before_anything_is_typed(room: Room) -> None:
    room.cards[8] = card(8, "Avant", extra='<input id="titre" value="Un titre">')
    room.open()
    room.find("#titre").click()
    room.evaluate("document.activeElement.setSelectionRange(3, 3)")
    room.tell(card(8, "Après", extra='<input id="titre" value="Un autre titre">'))
    expect(room.find("#proposal-8 h3")).to_have_text("Après")
    assert room.evaluate("[document.activeElement.value, document.activeElement.selectionStart]") == [
        "Un titre",
        3,
    ]
    room.find("#texte").click()
    expect(room.find("#titre")).to_have_value("Un autre titre")


def test_a_form_that_disappears_waits_until_nobody_types_in_it(room: Room) -> None:
    room.cards[8] = card(8, "Ouverte", extra=comment_form(8, fields=True))
    room.open()
    room.find("#avis-8").fill("Pas fini")
    room.tell(card(8, "Fermée"))
    expect(room.find("#proposal-8 h3")).to_have_text("Fermée")
    room.find("#texte").click()
    assert room.find("#avis-8").input_value() == "Pas fini"
    room.find("#avis-8").fill("")
    room.find("#texte").click()
    expect(room.find("#avis-8")).to_have_count(0)


def test_a_form_that_came_back_meanwhile_stays(room: Room) -> None:
    room.cards[8] = card(8, "Ouverte", extra=comment_form(8, fields=True))
    room.open()
    room.find("#avis-8").fill("Pas fini")
    room.tell(card(8, "Fermée"))
    room.tell(card(8, "Rouverte", extra=comment_form(8)))
    expect(room.find("#proposal-8 h3")).to_have_text("Rouverte")
    room.find("#avis-8").fill("")
    room.find("#texte").click()
    room.page.wait_for_timeout(200)
    expect(room.find("#avis-8")).to_have_count(1)


def test_a_card_moves_only_when_nobody_types_in_it(room: Room) -> None:
    room.cards[8] = card(8, "Sans thème", extra=comment_form(8, fields=True))
    room.cards[9] = '<li class="prop" id="theme"><ul id="theme-3"></ul></li>'
    room.open()
    room.find("#avis-8").fill("Pas fini")
    room.tell(card(8, "Avec thème", extra=comment_form(8), into="theme-3"))
    expect(room.find("#liste > #proposal-8 h3")).to_have_text("Avec thème")
    assert room.evaluate("document.activeElement.id") == "avis-8"
    room.find("#avis-8").fill("")
    room.find("#texte").click()
    expect(room.find("#theme-3 > #proposal-8")).to_be_visible()


def test_an_element_removed_while_someone_types_in_it_goes_afterwards(room: Room) -> None:
    room.cards[8] = card(8, "Retirée", extra=comment_form(8, fields=True))
    room.open()
    room.find("#avis-8").fill("Pas fini")
    room.tell('<template data-remove="proposal-8"></template>')
    room.tell(card(9, "Suivante"))
    expect(room.find("#proposal-9")).to_be_visible()
    assert room.find("#avis-8").input_value() == "Pas fini"
    room.find("#avis-8").fill("")
    room.find("#texte").click()
    expect(room.find("#proposal-8")).to_have_count(0)


def test_what_was_opened_stays_open(room: Room) -> None:
    extra = "<details{}><summary>Avis</summary>{}</details><dialog><p>Fusionner ?</p></dialog>"
    room.cards[8] = card(8, "Avant", extra=extra.format("", "un"))
    room.open()
    room.find("summary").click()
    room.evaluate("document.querySelector('dialog').showModal()")
    room.tell(card(8, "Après", extra=extra.format("", "deux")))
    expect(room.find("#proposal-8 h3")).to_have_text("Après")
    expect(room.find("details")).to_have_attribute("open", "")
    expect(room.find("details")).to_contain_text("deux")
    assert room.evaluate("document.querySelector('dialog').matches(':modal')")


def test_reordering_around_a_focused_field_never_moves_it(room: Room) -> None:
    def wrapped(*pks: int) -> str:
        inner = "".join(f'<li id="row-{pk}">{pk}<input id="field-{pk}"></li>' for pk in pks)
        return f'<li class="prop" id="theme"><ol>{inner}</ol></li>'

    room.cards[1] = wrapped(1, 2, 3)
    room.open()
    room.find("#field-2").click()
    room.evaluate(
        "document.getElementById('field-2').addEventListener('blur', () => (window.blurred = true))"
    )
    room.tell(wrapped(4, 3, 2, 1))
    until(lambda: room.find("#theme li").all_text_contents() == ["4", "3", "2", "1"])
    assert room.evaluate("[document.activeElement.id, window.blurred]") == ["field-2", None]


def test_news_above_the_reading_is_announced_and_waits_for_a_button(room: Room) -> None:
    room.hold = "data-hold"
    room.cards.update({pk: card(pk, f"Numéro {pk}") for pk in range(1, 31)})
    room.open()
    room.evaluate("window.scrollTo(0, 900)")
    for pk in (41, 42, 43):
        room.tell(card(pk, f"Nouvelle {pk}", at="start"))
    button = room.page.get_by_role("button", name="3 nouvelles propositions")
    expect(button).to_be_visible()
    expect(room.find("#live-status")).to_have_text("3 nouvelles propositions")
    assert room.evaluate("window.scrollY") == 900
    assert room.find("#proposal-41").count() == 0
    button.click()
    assert room.titles()[:4] == ["Nouvelle 43", "Nouvelle 42", "Nouvelle 41", "Numéro 1"]
    expect(room.find("#proposal-43")).to_be_focused()
    expect(room.find(".nouveautes")).to_have_count(0)


def test_one_held_proposal_is_singular_changes_and_may_be_withdrawn(room: Room) -> None:
    room.hold = 'data-hold data-hold-one="1 nouvel avis"'
    room.cards.update({pk: card(pk, f"Numéro {pk}") for pk in range(1, 31)})
    room.open()
    room.tell(card(41, "Brouillon", at="start"))
    room.tell(card(41, "Corrigée", at="start"))
    expect(room.page.get_by_role("button", name="1 nouvel avis")).to_be_visible()
    room.tell('<template data-remove="proposal-41"></template>')
    expect(room.page.get_by_role("button", name="1 nouvel avis")).to_have_count(0)


def test_ones_own_proposal_and_an_empty_list_do_not_wait(room: Room) -> None:
    room.hold = "data-hold"
    room.open()
    room.tell(card(1, "La première", at="start"))
    expect(room.find("#proposal-1")).to_be_visible()
    room.tell(card(2, "La mienne", at="start", author=12))
    expect(room.find("#proposal-2")).to_be_visible()
    room.tell(card(3, "Une autre", at="start"))
    expect(room.page.get_by_role("button", name="1 nouvelle proposition")).to_be_visible()


def test_what_lands_below_the_screen_is_inserted(room: Room) -> None:
    room.hold = "data-hold"
    room.cards.update({pk: card(pk, f"Numéro {pk}") for pk in range(1, 31)})
    room.open()
    room.tell(card(41, "Tout en bas"))
    expect(room.find("#proposal-41")).to_be_attached()


def test_growth_above_the_reading_does_not_scroll_it_away(room: Room) -> None:
    room.cards.update({pk: card(pk, f"Numéro {pk}") for pk in range(1, 31)})
    room.open()
    room.evaluate("window.scrollTo(0, 1200)")
    place = "Math.round(document.getElementById('proposal-17').getBoundingClientRect().top)"
    before = room.evaluate(place)
    room.tell(card(1, "Numéro 1", extra='<p class="tall">Très long</p>'))
    room.tell(card(41, "Devant", at="start"))
    expect(room.find("#proposal-41")).to_be_attached()
    assert abs(room.evaluate(place) - before) <= 1
    assert room.evaluate("window.scrollY") > 3200


def test_the_field_one_types_in_does_not_move_on_the_screen(room: Room) -> None:
    room.cards.update({pk: card(pk, f"Numéro {pk}") for pk in range(1, 6)})
    room.open()
    room.find("#texte").click()
    place = "Math.round(document.getElementById('texte').getBoundingClientRect().top)"
    before = room.evaluate(place)
    for pk in range(41, 46):
        room.tell(card(pk, "Au-dessus"))
    expect(room.find("#proposal-45")).to_be_attached()
    assert abs(room.evaluate(place) - before) <= 1


def test_nothing_moves_while_a_finger_is_on_the_glass(room: Room) -> None:
    room.open()
    touch = room.page.context.new_cdp_session(room.page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 200, "y": 300}]})
    room.tell(card(8, "Sous le doigt"))
    room.page.wait_for_timeout(400)
    assert room.find("#proposal-8").count() == 0
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(room.find("#proposal-8")).to_be_visible()


def test_a_link_of_the_reader_s_own_says_the_other_word_and_is_not_pressed(room: Room) -> None:
    link = '<a href="#" data-mine="support:{pk}">Voir</a>'
    room.open()
    for pk in (3, 4):
        room.tell(card(pk, f"Numéro {pk}", extra=link.format(pk=pk)))
    expect(room.find("#proposal-3 a")).to_have_class("is-mine")
    expect(room.find("#proposal-4 a")).not_to_have_class("is-mine")
    expect(room.find("#proposal-3 a")).not_to_have_attribute("aria-pressed", "true")
