"""The agenda: its points in order, resolutions numbered, nothing added once the notice left."""

import pytest

from assemblies.models import Assembly, Resolution
from assemblies.services import add_item, change_item, convene_assembly, move_item, remove_item
from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.assemblies import scene
from tests.assemblies.scene import CONVENED_AT, PREPARED_AT

pytestmark = pytest.mark.django_db


def titles(assembly: Assembly) -> list[str]:
    return list(assembly.agenda.order_by("position").values_list("title", flat=True))


def numbers(assembly: Assembly) -> list[tuple[int, str]]:
    return list(assembly.resolutions.order_by("number").values_list("number", "title"))


def test_points_come_one_after_the_other(draft: Assembly, alice: Person) -> None:
    scene.with_agenda(draft, alice, ["", "ordinary", ""])
    assert titles(draft) == ["Point 1", "Point 2", "Point 3"]
    assert numbers(draft) == [(1, "Point 2")]


def test_a_point_moves_and_resolutions_keep_the_order_of_the_agenda(draft: Assembly, alice: Person) -> None:
    items = scene.with_agenda(draft, alice, ["ordinary", "", "ordinary"])
    move_item(by=alice, item=items[2], up=True, at=PREPARED_AT)
    move_item(by=alice, item=items[2], up=True, at=PREPARED_AT)
    assert titles(draft) == ["Point 3", "Point 1", "Point 2"]
    assert numbers(draft) == [(1, "Point 3"), (2, "Point 1")]


def test_the_first_point_goes_no_higher_and_the_last_no_lower(draft: Assembly, alice: Person) -> None:
    first, last = scene.with_agenda(draft, alice)
    move_item(by=alice, item=first, up=True, at=PREPARED_AT)
    move_item(by=alice, item=last, up=False, at=PREPARED_AT)
    assert titles(draft) == ["Point 1", "Point 2"]


def test_a_removed_point_leaves_no_hole(draft: Assembly, alice: Person) -> None:
    items = scene.with_agenda(draft, alice, ["ordinary", "ordinary", "ordinary"])
    remove_item(by=alice, item=items[0], at=PREPARED_AT)
    assert numbers(draft) == [(1, "Point 2"), (2, "Point 3")]
    assert list(draft.agenda.values_list("position", flat=True)) == [1, 2]


def test_a_point_is_rewritten_with_its_resolution(draft: Assembly, alice: Person) -> None:
    discussion, voted = scene.with_agenda(draft, alice)
    change_item(by=alice, item=discussion, title="Accueil", text="Bienvenue", minutes=5, at=PREPARED_AT)
    change_item(by=alice, item=voted, title="Quitus", text="Quitus est donné.", at=PREPARED_AT)
    discussion.refresh_from_db()
    assert (discussion.title, discussion.text, discussion.minutes) == ("Accueil", "Bienvenue", 5)
    assert draft.resolutions.values_list("title", "text").get() == ("Quitus", "Quitus est donné.")


def test_what_is_voted_is_written(draft: Assembly, alice: Person) -> None:
    with pytest.raises(Refused, match="resolution_without_text"):
        add_item(by=alice, assembly=draft, title="Quitus", text=" ", kind="ordinary", at=PREPARED_AT)
    item = add_item(by=alice, assembly=draft, title="Quitus", text="Oui.", kind="ordinary", at=PREPARED_AT)
    with pytest.raises(Refused, match="resolution_without_text"):
        change_item(by=alice, item=item, title="Quitus", text="", at=PREPARED_AT)


@pytest.mark.parametrize(
    ("assembly", "resolution", "fits"),
    [
        ("ordinary", "ordinary", True),
        ("ordinary", "extraordinary", False),
        ("extraordinary", "extraordinary", True),
        ("extraordinary", "ordinary", False),
        ("mixed", "ordinary", True),
        ("mixed", "extraordinary", True),
    ],
)
def test_a_resolution_fits_the_kind_of_assembly(
    association: LegalEntity, alice: Person, assembly: str, resolution: str, fits: bool
) -> None:
    draft = scene.prepared(association, alice, kind=assembly)
    if fits:
        scene.with_agenda(draft, alice, [resolution])
        assert Resolution.objects.get(assembly=draft).kind == resolution
        return
    with pytest.raises(Refused, match="wrong_kind_of_assembly"):
        scene.with_agenda(draft, alice, [resolution])


def test_once_the_notice_left_the_agenda_is_set(draft: Assembly, alice: Person) -> None:
    first, last = scene.with_agenda(draft, alice)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    with pytest.raises(Refused, match="agenda_closed"):
        scene.with_agenda(draft, alice)
    with pytest.raises(Refused, match="agenda_closed"):
        move_item(by=alice, item=first, up=False, at=CONVENED_AT)
    with pytest.raises(Refused, match="agenda_closed"):
        remove_item(by=alice, item=last, at=CONVENED_AT)
    with pytest.raises(Refused, match="agenda_closed"):
        change_item(by=alice, item=last, title="Autre", text="Autre", at=CONVENED_AT)


def test_a_member_does_not_write_the_agenda(draft: Assembly, alice: Person, bob: Person) -> None:
    item = scene.with_agenda(draft, alice)[0]
    with pytest.raises(Refused, match="not_on_board"):
        scene.with_agenda(draft, bob)
    with pytest.raises(Refused, match="not_on_board"):
        remove_item(by=bob, item=item, at=PREPARED_AT)
