"""How a proposal leaves the room, and who is told at each hop."""

import pytest
from django.db import IntegrityError, transaction

from cooperation.models import GoverningBody, Notification
from realtime.refused import Refused
from tests.workshops.scene import AT, LATER, Scene
from workshops import services
from workshops.models import Forwarding, Proposal


def told(scene: Scene, who: str) -> str:
    """The last sentence that person was told."""
    found = Notification.objects.filter(person=getattr(scene, who)).order_by("-pk").first()
    return found.sentence.replace("\u00a0", " ") if found else ""


def forward(scene: Scene, proposal: Proposal | None = None) -> Forwarding:
    return services.forward_proposal(
        by=scene.alice, proposal=proposal or scene.mine, body=scene.board, why="Prête.", at=LATER
    )


def test_a_forwarded_version_reaches_the_inbox_and_its_contributors_are_told(scene: Scene) -> None:
    forwarding = forward(scene)
    assert list(Forwarding.objects.waiting()) == [forwarding]
    assert forwarding.version == scene.mine.version
    assert scene.proposal(scene.mine).state == "forwarded"
    assert "« Un lieu partagé », à laquelle vous avez contribué, est transmise" in told(scene, "bob")
    assert "transmise" not in told(scene, "alice")


def test_a_text_is_forwarded_once_to_a_body_and_can_go_to_another(scene: Scene) -> None:
    forward(scene)
    with pytest.raises(Refused, match="already_forwarded"):
        forward(scene)
    assembly = GoverningBody.objects.create(entity=scene.entity, kind="assembly", name="Assemblée générale")
    services.forward_proposal(by=scene.alice, proposal=scene.mine, body=assembly, at=LATER)
    assert Forwarding.objects.count() == 2


def test_the_body_takes_it_up_once_and_everybody_in_it_is_told(scene: Scene) -> None:
    forwarding = forward(scene, scene.merge("Un lieu et des scies"))
    taken = {"forwarding": forwarding, "title": "Résolution 4", "url": "/assemblees/3/", "at": LATER}
    row = services.mark_taken_up(**taken)  # type: ignore[arg-type]
    assert (row.taken_up_at, row.taken_up_title, row.taken_up_url) == (
        LATER,
        "Résolution 4",
        "/assemblees/3/",
    )
    for who in ("alice", "bob"):
        assert "est inscrite : Conseil d’administration, « Résolution 4 »" in told(scene, who)
    with pytest.raises(Refused, match="already_taken_up"):
        services.mark_taken_up(**taken)  # type: ignore[arg-type]


def test_what_is_set_aside_says_why_to_everybody_in_it(scene: Scene) -> None:
    services.set_aside_proposal(by=scene.alice, proposal=scene.mine, reason="Déjà fait ailleurs.", at=LATER)
    assert scene.proposal(scene.mine).state_reason == "Déjà fait ailleurs."
    assert "Motif : Déjà fait ailleurs." in told(scene, "bob")


def test_nothing_is_set_aside_without_a_reason(scene: Scene) -> None:
    with pytest.raises(Refused, match="reason_missing"):
        services.set_aside_proposal(by=scene.alice, proposal=scene.mine, reason=" ", at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=scene.mine.pk).update(state="set_aside")


def test_what_is_kept_or_set_aside_can_be_worked_on_again(scene: Scene) -> None:
    services.keep_proposal(by=scene.alice, proposal=scene.mine, why="Après l’été.", at=AT)
    assert "gardée pour plus tard" in told(scene, "bob")
    services.set_aside_proposal(by=scene.alice, proposal=scene.mine, reason="Trop cher.", at=AT)
    services.reopen_proposal(by=scene.alice, proposal=scene.mine, at=LATER)
    reopened = scene.proposal(scene.mine)
    assert (reopened.state, reopened.state_reason, reopened.state_at) == ("open", "", LATER)
    assert "de nouveau ouverte" in told(scene, "bob")


@pytest.mark.parametrize("ended", ["merged", "withdrawn"])
def test_what_has_its_end_receives_no_other(scene: Scene, ended: str) -> None:
    Proposal.objects.filter(pk=scene.his.pk).update(state=ended)
    done = {"by": scene.alice, "proposal": scene.his, "at": LATER}
    code = "proposal_gone" if ended == "withdrawn" else "proposal_not_open"
    for act, more in (
        (services.forward_proposal, {"body": scene.board}),
        (services.set_aside_proposal, {"reason": "Non."}),
        (services.keep_proposal, {}),
    ):
        with pytest.raises(Refused, match=code):
            act(**done, **more)  # type: ignore[operator]


def test_only_what_was_kept_or_set_aside_is_reopened(scene: Scene) -> None:
    with pytest.raises(Refused, match="proposal_not_settled"):
        services.reopen_proposal(by=scene.alice, proposal=scene.mine, at=LATER)
    forward(scene)
    with pytest.raises(Refused, match="proposal_not_settled"):
        services.reopen_proposal(by=scene.alice, proposal=scene.mine, at=LATER)


def test_a_hidden_proposal_is_not_forwarded(scene: Scene) -> None:
    services.hide_proposal(by=scene.alice, proposal=scene.mine, reason="Hors sujet.", at=LATER)
    with pytest.raises(Refused, match="proposal_gone"):
        forward(scene)


def test_each_is_told_in_their_own_language(scene: Scene) -> None:
    scene.bob.language = "en"
    scene.bob.save(update_fields=["language"])
    forward(scene)
    assert told(scene, "bob")
