"""Comments in threads, support of a version, and tombstones."""

import pytest

from cooperation.models import Notification
from realtime.refused import Refused
from tests.workshops.scene import AT, LATER, Scene
from workshops import board, services
from workshops.models import Support


def answer(scene: Scene, parent: object, text: str = "La ville.") -> object:
    return services.add_comment(
        author=scene.alice,
        proposal=scene.mine,
        kind="suggestion",
        text=text,
        parent=parent,
        at=LATER,  # type: ignore[arg-type]
    )


def test_answers_are_read_under_the_first_remark_of_their_thread(scene: Scene) -> None:
    first = answer(scene, scene.remark)
    second = answer(scene, first, "Ou la région.")
    thread = board.threads_of(scene.mine)[0]
    assert thread.comment == scene.remark
    assert thread.answers == [first, second]


def test_whom_a_remark_answers_is_told(scene: Scene) -> None:
    comment = answer(scene, scene.remark)
    notice = Notification.objects.get(person=scene.bob, sentence__contains="répond")
    assert "Alice répond à votre avis sur « Un lieu partagé »" in notice.sentence.replace("\u00a0", " ")
    assert notice.url == f"/ateliers/proposition/{scene.mine.pk}/#comment-{comment.pk}"  # type: ignore[attr-defined]


def test_an_author_is_told_in_their_own_language(scene: Scene) -> None:
    scene.alice.language = "en"
    scene.alice.save(update_fields=["language"])
    services.add_comment(author=scene.bob, proposal=scene.mine, kind="for", text="Oui.", at=LATER)
    assert Notification.objects.filter(person=scene.alice).latest("pk").sentence


def test_a_remark_speaks_of_the_version_of_its_time(scene: Scene) -> None:
    services.revise_proposal(author=scene.alice, proposal=scene.mine, title="Un lieu", text="", at=LATER)
    later = services.add_comment(author=scene.bob, proposal=scene.mine, kind="for", text="Mieux.", at=LATER)
    assert (scene.remark.version.number, later.version.number) == (1, 2)


def test_an_answer_stays_under_its_proposal(scene: Scene) -> None:
    with pytest.raises(Refused, match="comment_elsewhere"):
        services.add_comment(
            author=scene.bob, proposal=scene.his, kind="for", text="Oui.", parent=scene.remark, at=LATER
        )


def test_nothing_is_added_under_a_tombstone(scene: Scene) -> None:
    services.hide_proposal(by=scene.alice, proposal=scene.his, reason="Hors sujet.", at=LATER)
    for act, data in (
        (services.add_comment, {"author": scene.bob, "proposal": scene.his, "kind": "for", "text": "Oui."}),
        (services.support_version, {"person": scene.bob, "version": scene.his.version}),
    ):
        with pytest.raises(Refused, match="proposal_gone"):
            act(**data, at=LATER)  # type: ignore[operator]


def test_a_comment_is_taken_back_by_its_author_only(scene: Scene) -> None:
    with pytest.raises(Refused, match="not_the_author"):
        services.withdraw_comment(by=scene.alice, comment=scene.remark, at=LATER)
    assert services.withdraw_comment(by=scene.bob, comment=scene.remark, at=LATER).is_gone
    again = services.withdraw_comment(by=scene.bob, comment=scene.remark, at=AT)
    assert again.withdrawn_at == LATER


def test_support_twice_is_once_and_can_be_withdrawn(scene: Scene) -> None:
    version = scene.mine.version
    assert version is not None
    for _time in range(2):
        services.support_version(person=scene.bob, version=version, at=LATER)
    assert Support.objects.filter(version=version).count() == 1
    for _time in range(2):
        services.withdraw_support(person=scene.bob, version=version, at=LATER)
    assert not Support.objects.filter(version=version).exists()


def test_only_the_current_version_is_supported(scene: Scene) -> None:
    before = scene.his.version
    services.revise_proposal(author=scene.bob, proposal=scene.his, title="Deux scies", text="", at=LATER)
    with pytest.raises(Refused, match="version_outdated"):
        services.support_version(person=scene.alice, version=before, at=LATER)  # type: ignore[arg-type]


def test_a_merged_proposal_keeps_its_supports_and_takes_no_more(scene: Scene) -> None:
    services.support_version(person=scene.bob, version=scene.mine.version, at=LATER)  # type: ignore[arg-type]
    merged = scene.merge()
    assert merged.version.supports.count() == 0  # type: ignore[union-attr]
    assert scene.mine.version.supports.count() == 1  # type: ignore[union-attr]
    with pytest.raises(Refused, match="proposal_not_open"):
        services.support_version(person=scene.alice, version=scene.mine.version, at=LATER)  # type: ignore[arg-type]


def test_one_button_supports_then_withdraws_and_tells_what_is_mine(scene: Scene) -> None:
    version = scene.mine.version_id
    assert scene.do("bob", "support.toggle", version=version)["mine"] == {"support": [version]}
    answered = scene.do("bob", "support.toggle", version=version)
    assert (answered["mine"], answered["supports"]) == ({"support": []}, 0)
