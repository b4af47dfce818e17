"""What the facilitator does with what was said: themes, merges, hiding, the projector."""

import pytest

from cooperation.models import Notification
from realtime.refused import Refused
from tests.workshops.scene import AT, LATER, Scene
from workshops import board, services
from workshops.models import Lineage, Proposal, Theme, Workshop


@pytest.fixture
def elsewhere(scene: Scene) -> Proposal:
    """A proposal of another room of Alice."""
    other = services.prepare_workshop(
        by=scene.alice, entity=scene.entity, title="Ailleurs", question="Où ?", starts_at=AT, at=AT
    )
    services.open_workshop(by=scene.alice, workshop=other, at=AT)
    services.start_next_step(by=scene.alice, workshop=other, at=AT)
    return services.submit_proposal(author=scene.alice, workshop=other, title="Là-bas", at=AT)


def test_a_merge_descends_from_the_current_version_of_each_source(scene: Scene) -> None:
    services.revise_proposal(author=scene.bob, proposal=scene.his, title="Deux scies", text="", at=AT)
    merged = scene.merge("Un lieu et des scies")
    edges = Lineage.objects.filter(child=merged.version)
    assert {edge.parent.title for edge in edges} == {"Un lieu partagé", "Deux scies"}
    assert {edge.kind for edge in edges} == {"merged_from"}
    assert merged.author == scene.alice
    assert {scene.proposal(each).state for each in (scene.mine, scene.his)} == {"merged"}


def test_a_merge_keeps_the_theme_its_sources_share(scene: Scene) -> None:
    services.theme_proposal(by=scene.alice, proposal=scene.mine, theme=scene.theme, at=AT)
    services.theme_proposal(by=scene.alice, proposal=scene.his, theme=scene.theme, at=AT)
    assert scene.merge().theme == scene.theme


def test_who_contributed_or_supported_is_told_of_the_merge_and_invited(scene: Scene) -> None:
    scene.merge("Un lieu et des scies")
    notice = Notification.objects.filter(person=scene.bob).latest("pk")
    assert "Un lieu et des scies" in notice.sentence
    assert "Les soutiens ne suivent pas" in notice.sentence
    assert not Notification.objects.filter(person=scene.alice, sentence__contains="réunie").exists()


def test_a_merge_needs_two_open_proposals_of_the_room(scene: Scene, elsewhere: Proposal) -> None:
    merge = {"by": scene.alice, "title": "Réunies", "text": "", "at": LATER}
    for proposals, code in (
        ([], "merge_needs_two"),
        ([scene.mine], "merge_needs_two"),
        ([scene.mine, scene.mine], "merge_needs_two"),
        ([scene.mine, elsewhere], "proposals_elsewhere"),
    ):
        with pytest.raises(Refused, match=code):
            services.merge_proposals(proposals=proposals, **merge)  # type: ignore[arg-type]
    services.keep_proposal(by=scene.alice, proposal=scene.his, at=LATER)
    with pytest.raises(Refused, match="proposal_not_open"):
        services.merge_proposals(proposals=[scene.mine, scene.his], **merge)  # type: ignore[arg-type]


def test_a_hidden_proposal_is_not_merged(scene: Scene) -> None:
    services.hide_proposal(by=scene.alice, proposal=scene.his, reason="Hors sujet.", at=LATER)
    with pytest.raises(Refused, match="proposal_gone"):
        scene.merge()


def test_one_ticked_box_is_a_list_of_one(scene: Scene) -> None:
    with pytest.raises(Refused, match="merge_needs_two"):
        scene.do(
            "alice", "proposals.merge", workshop=scene.room.pk, proposals=str(scene.his.pk), title="Seule"
        )


def test_a_title_finds_its_theme_or_makes_it(scene: Scene) -> None:
    scene.do("alice", "proposal.theme", proposal=scene.his.pk, title="le LIEU")
    assert scene.proposal(scene.his).theme == scene.theme
    scene.do("alice", "proposal.theme", proposal=scene.his.pk, title="Les métiers")
    assert Theme.objects.get(title="Les métiers") == scene.proposal(scene.his).theme
    scene.do("alice", "proposal.theme", proposal=scene.his.pk)
    assert scene.proposal(scene.his).theme is None


def test_what_was_just_put_under_a_theme_comes_first(scene: Scene) -> None:
    services.theme_proposal(by=scene.alice, proposal=scene.his, theme=scene.theme, at=AT)
    services.theme_proposal(by=scene.alice, proposal=scene.mine, theme=scene.theme, at=LATER)
    column = board.columns_of(scene.room)[1]
    assert column.proposals == [scene.mine, scene.his]


def test_a_hidden_text_leaves_its_reason_and_its_author_is_told(scene: Scene) -> None:
    hidden = services.hide_proposal(
        by=scene.alice, proposal=scene.his, reason="Nomme une personne.", at=LATER
    )
    assert (hidden.is_gone, hidden.hidden_reason, hidden.hidden_by) == (
        True,
        "Nomme une personne.",
        scene.alice,
    )
    assert "Nomme une personne." in Notification.objects.filter(person=scene.bob).latest("pk").sentence
    shown = services.show_proposal(by=scene.alice, proposal=scene.his, at=LATER)
    assert (shown.is_gone, shown.hidden_reason) == (False, "")


def test_a_hidden_comment_leaves_its_reason_and_can_be_shown_again(scene: Scene) -> None:
    hidden = services.hide_comment(by=scene.alice, comment=scene.remark, reason="Blessant.", at=LATER)
    assert (hidden.is_gone, hidden.hidden_reason) == (True, "Blessant.")
    assert not services.show_comment(by=scene.alice, comment=scene.remark, at=LATER).is_gone


def test_nothing_is_hidden_without_a_reason(scene: Scene) -> None:
    with pytest.raises(Refused, match="reason_missing"):
        services.hide_proposal(by=scene.alice, proposal=scene.his, reason="  ", at=LATER)


def test_the_projector_shows_what_is_of_the_room(scene: Scene, elsewhere: Proposal) -> None:
    services.focus_projector(by=scene.alice, workshop=scene.room, focus=scene.his, at=LATER)
    assert board.focus_of(scene.now()).proposal == scene.his
    services.focus_projector(by=scene.alice, workshop=scene.room, focus=scene.ask(), at=LATER)
    assert board.focus_of(scene.now()).poll is not None
    services.focus_projector(by=scene.alice, workshop=scene.room, focus=None, at=LATER)
    assert board.focus_of(scene.now()) == board.Focus()
    with pytest.raises(Refused, match="focus_elsewhere"):
        services.focus_projector(by=scene.alice, workshop=scene.room, focus=elsewhere, at=LATER)


def test_the_projector_does_not_show_what_was_hidden_meanwhile(scene: Scene) -> None:
    services.focus_projector(by=scene.alice, workshop=scene.room, focus=scene.his, at=LATER)
    services.hide_proposal(by=scene.alice, proposal=scene.his, reason="Hors sujet.", at=LATER)
    assert board.focus_of(Workshop.objects.get(pk=scene.room.pk)).proposal is None


def test_the_balance_counts_who_speaks_by_sector(scene: Scene) -> None:
    balance = board.balance_of(scene.room)
    assert {(voice.name, voice.count) for voice in balance.voices} == {
        ("Environnement", 2),
        ("Sans secteur", 1),
    }
    services.hide_comment(by=scene.alice, comment=scene.remark, reason="Blessant.", at=LATER)
    services.withdraw_proposal(by=scene.bob, proposal=scene.his, at=LATER)
    after = board.balance_of(scene.room)
    assert (after.absent, after.total) == (["Environnement"], 1)
