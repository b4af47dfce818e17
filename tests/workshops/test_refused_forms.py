"""Without the script: what was refused is found again where it was written, unfolded, with why and what it held."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import dom
from tests.workshops.conftest import browser_of
from tests.workshops.scene import Scene


def around(page: dom.Node, node: dom.Node) -> list[dom.Node]:
    """What a node stands in, from the nearest outwards."""
    found = [page.parent_of(node)]
    while found[-1] is not page:
        found.append(page.parent_of(found[-1]))
    return found


def refused(client: Client, address: str, **typed: object) -> dom.Node:
    """The page that a refused form brings back."""
    answer = client.post(address, typed)
    assert answer.status_code == 422
    return dom.parse(answer.content.decode())


def words(page: dom.Node, name: str) -> str:
    """What a text area holds."""
    field = page.by_id(name)
    assert field is not None
    return "".join(str(child) for child in field.children)


def check_unfolded(page: dom.Node) -> None:
    """The sentence is there once, and nothing around it is folded."""
    alerts = [node for node in page.walk() if node.attrs.get("role") == "alert"]
    assert len(alerts) == 1
    folds = [node for node in around(page, alerts[0]) if node.tag == "details"]
    assert folds
    assert all("open" in node.attrs for node in folds)


def test_an_answer_refused_stays_an_answer(scene: Scene) -> None:
    page = refused(
        browser_of(scene, "bob"),
        reverse("workshops:comment-add", args=[scene.mine.pk]),
        parent=scene.remark.pk,
        kind="cry",
        text="La mairie ?",
    )
    check_unfolded(page)
    assert words(page, f"text-{scene.mine.pk}-{scene.remark.pk}") == "La mairie ?"
    assert words(page, f"text-{scene.mine.pk}-") == ""


def test_a_reason_that_is_missing_is_asked_where_it_is_missing(scene: Scene) -> None:
    check_unfolded(
        refused(browser_of(scene, "alice"), f"/ateliers/avis/{scene.remark.pk}/masquer/", reason=" ")
    )


def test_a_step_that_cannot_be_added_shows_why(scene: Scene) -> None:
    page = refused(
        browser_of(scene, "alice"),
        reverse("workshops:step-add", args=[scene.room.pk]),
        title="",
        kind="discuss",
    )
    check_unfolded(page)


def test_the_details_of_a_refused_proposal_are_in_sight(scene: Scene) -> None:
    page = refused(
        browser_of(scene, "bob"), f"/ateliers/{scene.room.pk}/proposer/", title=" ", text="Trois phrases."
    )
    fold = page.parent_of(page.by_id("precisions") or page)
    assert words(page, "precisions") == "Trois phrases."
    assert "open" in fold.attrs


@pytest.mark.parametrize("act", ["comment.add", "proposal.forward"])
def test_a_refused_form_far_down_the_page_leads_back_to_its_place(scene: Scene, act: str) -> None:
    page = dom.parse(browser_of(scene, "alice").get(scene.mine.get_absolute_url()).content.decode())
    form = next(node for node in page.walk() if node.attrs.get("data-act") == act)
    assert page.by_id(form.attrs["action"].partition("#")[2]) is not None
