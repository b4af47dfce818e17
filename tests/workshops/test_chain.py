"""What the pages of the whole house get from the workshops: things to do, hops of a thread, contributors, fates."""

from datetime import timedelta

import pytest

from tests.workshops.scene import AT, LATER, Scene
from workshops import chain, services
from workshops.models import Proposal, Workshop


def titles(scene: Scene, who: str) -> list[tuple[str, bool]]:
    return [(todo.title, todo.is_now) for todo in chain.todo(getattr(scene, who), AT)]


def test_an_open_room_calls_its_people_and_no_stranger(scene: Scene) -> None:
    assert titles(scene, "bob") == [(scene.room.title, True)]
    assert titles(scene, "charlie") == []


def test_a_coming_workshop_says_when(scene: Scene) -> None:
    for days, why in ((0, "aujourd’hui"), (1, "demain"), (3, "dans 3 jours")):
        Workshop.objects.update(state="planned", starts_at=AT + timedelta(days=days))
        found = chain.todo(scene.bob, AT)[0]
        assert why in found.why
        assert found.due_at == AT + timedelta(days=days)
    Workshop.objects.update(starts_at=AT + timedelta(days=30))
    assert chain.todo(scene.bob, AT) == []


def test_a_closed_room_waits_for_its_facilitator_until_all_have_a_fate(scene: Scene) -> None:
    scene.close()
    assert "2 propositions attendent une suite" in chain.todo(scene.alice, AT)[0].detail
    assert chain.todo(scene.bob, AT) == []
    for proposal in (scene.mine, scene.his):
        services.keep_proposal(by=scene.alice, proposal=proposal, at=AT)
    assert chain.todo(scene.alice, AT) == []


@pytest.fixture
def merged(scene: Scene) -> Proposal:
    """Bob's second version and Alice's first, made one, then written again."""
    services.revise_proposal(author=scene.bob, proposal=scene.his, title="Deux scies", text="", at=AT)
    merged = scene.merge("Un lieu et des scies")
    services.revise_proposal(author=scene.alice, proposal=merged, title="Un lieu équipé", text="", at=LATER)
    return scene.proposal(merged)


def test_a_thread_runs_from_the_first_words_to_the_version(scene: Scene, merged: Proposal) -> None:
    hops = chain.hops_of_version(merged.version)  # type: ignore[arg-type]
    assert [(hop.kind, hop.title) for hop in hops] == [
        ("contribution", "Une scie pour tous"),
        ("proposition", "Un lieu et des scies"),
        ("proposition", "Un lieu équipé"),
    ]
    assert [hop.title for hop in hops[1].sources] == ["Un lieu partagé", "Deux scies"]
    assert hops[1].text.startswith("Réunit 2 contributions.")


def test_a_hop_tells_who_when_and_what_was_said_of_it(scene: Scene) -> None:
    services.support_version(person=scene.bob, version=scene.mine.version, at=AT)  # type: ignore[arg-type]
    hop = chain.hops_of_version(scene.mine.version)[0]  # type: ignore[arg-type]
    said = hop.text.replace("\u00a0", " ")
    assert said == "1 soutien. 1 avis : « Qui paie le loyer ? » (Bob)."
    assert (hop.who, hop.on, hop.url) == ("Alice", AT.date(), f"/ateliers/proposition/{scene.mine.pk}/")
    assert "Contribution n° 1 · Ce que l’on doit pouvoir faire, 12 novembre 2026" in hop.meta.replace(
        "\u00a0", " "
    )
    bobs = chain.hops_of_version(scene.his.version)[0]  # type: ignore[arg-type]
    assert bobs.who == "Bob, Vélo-Cale · Environnement"


def test_what_is_gone_is_not_in_the_thread(scene: Scene) -> None:
    services.hide_proposal(by=scene.alice, proposal=scene.his, reason="Nomme.", at=AT)
    hop = chain.hops_of_version(scene.proposal(scene.his).version)[0]  # type: ignore[arg-type]
    assert (hop.title, hop.text, hop.who) == ("Texte retiré ou masqué", "", "")


def test_a_long_thread_is_read_in_few_queries(
    scene: Scene, merged: Proposal, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        chain.hops_of_version(merged.version)  # type: ignore[arg-type]


def test_the_contributors_are_authors_sources_and_who_commented(scene: Scene, merged: Proposal) -> None:
    services.add_comment(author=scene.bob, proposal=merged, kind="for", text="Oui.", at=LATER)
    assert chain.contributors_of(merged.version) == {scene.alice, scene.bob}  # type: ignore[arg-type]
    assert chain.contributors_of(scene.proposal(scene.his).version) == {scene.bob}  # type: ignore[arg-type]


def test_the_words_of_a_merged_proposal_live_in_the_last_version_of_the_new_one(
    scene: Scene, merged: Proposal
) -> None:
    assert chain.end_of(scene.proposal(scene.his)) == merged.version
    assert chain.end_of(merged) == merged.version


def fate(scene: Scene) -> tuple[str, list[str]]:
    found = chain.fate_of(scene.proposal(scene.mine))
    assert (found.title, found.url) == ("Un lieu partagé", f"/ateliers/proposition/{scene.mine.pk}/")
    return found.sentence.replace("\u00a0", " "), [station.state for station in found.stations]


def test_the_fate_of_a_proposal_follows_it(scene: Scene) -> None:
    s, here = services, {"by": scene.alice, "proposal": scene.mine, "at": AT}
    assert fate(scene) == (
        "Ouverte, dans l’atelier « Ce que l’on doit pouvoir faire ».",
        ["done", "now", "todo", "todo", "todo"],
    )
    s.keep_proposal(**here)  # type: ignore[arg-type]
    assert fate(scene)[0] == "Gardée pour plus tard."
    s.set_aside_proposal(**here, reason="Trop cher.")  # type: ignore[arg-type]
    assert fate(scene)[0] == "Écartée. Motif : Trop cher."
    s.reopen_proposal(**here)  # type: ignore[arg-type]
    sent = s.forward_proposal(**here, body=scene.board)  # type: ignore[arg-type]
    assert fate(scene) == ("Transmise : Conseil d’administration.", ["done", "done", "todo", "todo", "todo"])
    s.mark_taken_up(forwarding=sent, title="Résolution 4", url="/assemblees/3/", at=AT)
    assert fate(scene) == (
        "Transmise : Conseil d’administration, qui l’a inscrite sous « Résolution 4 ».",
        ["done", "done", "now", "todo", "todo"],
    )
    s.hide_proposal(**here, reason="Nomme.")  # type: ignore[arg-type]
    assert fate(scene)[0] == "Masquée par l’animation. Motif : Nomme."


def test_the_fate_of_what_was_merged_or_withdrawn(scene: Scene) -> None:
    scene.merge("Un lieu et des scies")
    assert fate(scene)[0] == "Réunie à d’autres dans « Un lieu et des scies »."
    own = scene.write("Un four")
    services.withdraw_proposal(by=scene.bob, proposal=own, at=AT)
    assert "Retirée" in chain.fate_of(scene.proposal(own)).sentence


def test_an_open_proposal_of_a_closed_workshop_waits(scene: Scene) -> None:
    scene.close()
    assert "doit encore lui donner une suite" in fate(scene)[0]
