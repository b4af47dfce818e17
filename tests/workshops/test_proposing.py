"""Contributing: numbers, versions that never change, taking back, entering for somebody."""

import pytest
from django.db import IntegrityError, transaction

from cooperation.models import Notification
from realtime.refused import Refused
from tests.workshops.scene import LATER, Scene
from workshops import services
from workshops.models import Participation, Proposal, ProposalVersion


def refusal(act: object, **data: object) -> str:
    with pytest.raises(Refused) as refused:
        act(**data)  # type: ignore[operator]
    return refused.value.code


def test_a_proposal_takes_the_next_number_and_a_first_version(scene: Scene) -> None:
    proposal = scene.write("Un four à pain", text="Pour le quartier.")
    assert (proposal.number, proposal.state) == (3, "open")
    assert proposal.version is not None
    assert (proposal.version.number, proposal.version.text) == (1, "Pour le quartier.")


def test_a_proposal_can_come_in_under_a_theme_of_the_room_only(scene: Scene) -> None:
    assert scene.write("Au bord de l’eau", theme=scene.theme).theme == scene.theme
    other = services.prepare_workshop(
        by=scene.alice, entity=scene.entity, title="Ailleurs", question="Où ?", starts_at=LATER, at=LATER
    )
    theirs = services.add_theme(by=scene.alice, workshop=other, title="Loin", at=LATER)
    with pytest.raises(Refused, match="theme_elsewhere"):
        scene.write("Perdue", theme=theirs)


def test_a_new_version_leaves_the_earlier_one_as_it_was(scene: Scene) -> None:
    first = scene.his.version
    version = services.revise_proposal(
        author=scene.bob, proposal=scene.his, title="Deux scies", text="Une par quartier.", at=LATER
    )
    assert (version.number, scene.proposal(scene.his).version) == (2, version)
    assert ProposalVersion.objects.get(pk=first.pk).title == "Une scie pour tous"  # type: ignore[union-attr]


def test_a_new_version_starts_without_support_and_says_so_to_who_supported(scene: Scene) -> None:
    services.support_version(person=scene.alice, version=scene.his.version, at=LATER)  # type: ignore[arg-type]
    version = services.revise_proposal(
        author=scene.bob, proposal=scene.his, title="Deux scies", text="", at=LATER
    )
    assert version.supports.count() == 0
    notice = Notification.objects.get(person=scene.alice, sentence__contains="Deux scies")
    assert "nouvelle version" in notice.sentence


def test_a_proposal_is_revised_by_its_author_and_while_it_is_open(scene: Scene) -> None:
    revise = {"proposal": scene.his, "title": "Autre", "text": "", "at": LATER}
    assert refusal(services.revise_proposal, author=scene.alice, **revise) == "not_the_author"
    services.keep_proposal(by=scene.alice, proposal=scene.his, at=LATER)
    assert refusal(services.revise_proposal, author=scene.bob, **revise) == "proposal_not_open"


def test_a_version_that_changes_nothing_is_refused(scene: Scene) -> None:
    same = {"proposal": scene.his, "title": " Une scie  pour tous ", "text": "", "at": LATER}
    assert refusal(services.revise_proposal, author=scene.bob, **same) == "nothing_changed"


def test_a_hidden_proposal_is_not_revised(scene: Scene) -> None:
    services.hide_proposal(by=scene.alice, proposal=scene.his, reason="Hors sujet.", at=LATER)
    revise = {"proposal": scene.his, "title": "Autre", "text": "", "at": LATER}
    assert refusal(services.revise_proposal, author=scene.bob, **revise) == "proposal_gone"


def test_a_withdrawn_proposal_leaves_its_trace_and_its_reason(scene: Scene) -> None:
    proposal = services.withdraw_proposal(by=scene.bob, proposal=scene.his, reason="Déjà fait.", at=LATER)
    assert (proposal.state, proposal.state_reason, proposal.is_gone) == ("withdrawn", "Déjà fait.", True)
    assert (
        refusal(services.withdraw_proposal, by=scene.bob, proposal=scene.his, at=LATER) == "proposal_not_open"
    )
    assert (
        refusal(services.withdraw_proposal, by=scene.bob, proposal=scene.mine, at=LATER) == "not_the_author"
    )


def test_somebody_without_a_phone_is_the_author_of_what_is_entered_for_them(scene: Scene) -> None:
    first = services.enter_contribution(
        by=scene.alice,
        workshop=scene.room,
        name="Idriss",
        title="Des machines",
        sector=scene.sector,
        at=LATER,
    )
    second = services.enter_contribution(
        by=scene.alice, workshop=scene.room, name=" idriss ", title="Un café", at=LATER
    )
    assert first.author == second.author
    assert (first.author.name, first.author.is_guest, first.entered_by) == ("Idriss", True, scene.alice)
    assert Participation.objects.get(person=first.author).sector == scene.sector


def test_a_guest_who_came_with_a_phone_is_not_who_is_entered_under_their_name(scene: Scene) -> None:
    guest = services.join_as_guest(name="Idriss", workshop=scene.room, at=LATER)
    entered = services.enter_contribution(
        by=scene.alice, workshop=scene.room, name="Idriss", title="Des machines", at=LATER
    )
    assert entered.author != guest.person


def test_the_facilitator_may_revise_what_was_entered(scene: Scene) -> None:
    entered = services.enter_contribution(
        by=scene.alice, workshop=scene.room, name="Idriss", title="Des machine", at=LATER
    )
    services.revise_proposal(author=scene.alice, proposal=entered, title="Des machines", text="", at=LATER)
    assert scene.proposal(entered).version.title == "Des machines"  # type: ignore[union-attr]


def test_the_database_holds_one_proposal_per_number(scene: Scene) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            workshop=scene.room, number=1, author=scene.bob, created_at=LATER, placed_at=LATER
        )
