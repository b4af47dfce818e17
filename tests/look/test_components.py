"""Each component renders and says what it shows."""

from typing import Any

import pytest
from django.template import Context
from django.template.loader import get_template

from config.gallery import COLLEGES, CURVE, QUORUM, STEPS


def shown(name: str, /, **context: Any) -> str:
    """A component, rendered in French."""
    return get_template(f"components/_{name}.html").template.render(Context(context))


def test_an_icon_is_a_picture_beside_a_word() -> None:
    assert "#check" in shown("icon", name="check")
    assert 'aria-hidden="true"' in shown("icon", name="check")


def test_an_icon_alone_has_a_name() -> None:
    assert 'role="img" aria-label="Fermer"' in shown("icon", name="cross", label="Fermer")


def test_steps_say_which_one_is_under_way() -> None:
    html = shown("fil", items=STEPS, label="Déroulé")
    assert html.count('aria-current="step"') == 1
    assert html.count("à venir") == 2


def test_the_small_thread_has_its_words_for_who_does_not_see_it() -> None:
    stations = [{"kind": "contribution", "state": "done"}, {"kind": "vote", "state": "now"}]
    assert "vote, en cours" in shown("fil_mini", stations=stations)


def test_the_college_picture_is_drawn_with_attributes() -> None:
    html = shown("mosaic", colleges=COLLEGES, label="Cinq collèges")
    assert 'x="40%" y="22.64%" width="20%" height="77.36%"' in html
    assert 'aria-label="Cinq collèges"' in html


def test_two_pictures_of_one_page_share_no_id() -> None:
    first, second = (shown("mosaic", colleges=COLLEGES, label="x", prefix=prefix) for prefix in ("r1", "r2"))
    assert 'id="r1-2"' in first
    assert 'id="r1-2"' not in second


def test_the_total_bar_marks_its_threshold() -> None:
    html = shown(
        "total_bar", colleges=COLLEGES, total="83.03", total_text="83,03 %", threshold="50", label="x"
    )
    assert html.count('x1="50%" x2="50%"') == 2


def test_a_total_bar_without_threshold_draws_no_mark() -> None:
    assert "<line" not in shown(
        "total_bar", colleges=COLLEGES, total="83.03", total_text="83,03 %", label="x"
    )


def test_the_quorum_says_how_many_are_missing() -> None:
    html = shown("quorum", colleges=QUORUM)
    assert "Il manque 2 votants" in html
    assert html.count("Quorum atteint") == 4


def test_a_college_without_quorum_is_neither_met_nor_missing() -> None:
    gauge = {**QUORUM[0], "needed": 0, "is_met": None}
    html = shown("quorum", colleges=[gauge])
    assert "Quorum atteint" not in html
    assert "manque" not in html.replace("quorum-m", "")


def test_the_curve_joins_its_points() -> None:
    html = shown("curve", points=CURVE["points"], ticks=CURVE["ticks"], label="La part publique")
    assert 'points="4,15 24,19 44,26 54,31 "' in html


def test_a_guest_and_an_invented_person_are_marked() -> None:
    html = shown("who", name="Idriss", initials="I", is_guest=True, is_fiction=True)
    assert "invité" in html
    assert "personne fictive" in html


@pytest.mark.parametrize(
    ("kind", "icon"), [("recu", "check"), ("attente", "clock"), ("echec", "alert"), ("", "comment")]
)
def test_a_state_has_a_sign_and_a_sentence(kind: str, icon: str) -> None:
    html = shown("state", kind=kind, strong="Reçu", text="bulletin n° 57.")
    assert f"#{icon}" in html
    assert "bulletin n° 57." in html


def test_progress_is_said_as_well_as_drawn() -> None:
    assert 'aria-label="Avancement : 40 %"' in shown("progress", value=40)


def test_an_empty_place_says_what_to_do_next() -> None:
    html = shown("empty", title="Rien", text="Commencez ainsi.", url="/ateliers/", label="Voir les ateliers")
    assert 'href="/ateliers/"' in html


def test_the_call_bar_is_there_but_hidden_when_nothing_is_open() -> None:
    assert "hidden" in shown("appel", open_votes=[])


def test_the_call_bar_names_the_vote_and_counts_the_others() -> None:
    votes = [{"title": f"Résolution {n}", "url": f"/votes/{n}/", "closes_at": None} for n in (4, 5, 6)]
    html = shown("appel", open_votes=votes)
    assert 'href="/votes/4/"' in html
    assert "et 2 autres" in html


def test_the_words_of_freshness_wait_for_the_script() -> None:
    html = shown("freshness")
    assert 'data-freshness=""' in html
    assert html.count("data-when=") == 3
