"""The draft of the next statutes: kept once the law agrees, read by the board, done with at the adoption."""

from fractions import Fraction

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import College, LegalEntity, Person, Statutes, StatutesDraft
from cooperation.rules import Majority, Profile
from cooperation.services import IllegalStatutes, discard_draft, draft_statutes
from realtime.refused import Refused
from tests.cooperation.conftest import rules_of, typed

URL = "/reseau/statuts/lieux-communs/"


def drafted(scic: LegalEntity, colleges: list[College], by: Person, **changes: object) -> StatutesDraft:
    weights = dict(zip(colleges, [30, 30, 30, 10], strict=True))
    rules = rules_of(Profile.SCIC_SAS, **changes)
    return draft_statutes(entity=scic, rules=rules, weights=weights, by=by, at=timezone.now())


def test_a_draft_is_in_force_nowhere(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], seated: Person
) -> None:
    draft = drafted(scic, colleges, seated)
    assert [str(weight.share) for weight in draft.as_rules().weights] == ["3/10", "3/10", "3/10", "1/10"]
    assert Statutes.objects.in_force(scic, timezone.localdate()) == in_force


def test_there_is_one_draft_the_last_written(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], seated: Person
) -> None:
    drafted(scic, colleges, seated)
    drafted(scic, colleges, seated, proxies_per_holder=3)
    assert StatutesDraft.objects.get().as_rules().proxies_per_holder == 3


def test_a_draft_the_law_refuses_is_not_kept(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], seated: Person
) -> None:
    with pytest.raises(IllegalStatutes) as refused:
        drafted(scic, colleges, seated, ordinary=Majority(Fraction(1, 3), False))
    assert list(refused.value.errors) == ["ordinary"]
    assert not StatutesDraft.objects.exists()


def test_only_the_board_drafts_and_discards(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], seated: Person, bob: Person
) -> None:
    with pytest.raises(Refused, match="not_on_board"):
        drafted(scic, colleges, bob)
    drafted(scic, colleges, seated)
    with pytest.raises(Refused, match="not_on_board"):
        discard_draft(entity=scic, by=bob, at=timezone.now())
    discard_draft(entity=scic, by=seated, at=timezone.now())
    assert not StatutesDraft.objects.exists()


def test_the_form_keeps_a_draft_without_a_date_then_offers_it_again(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], room_clients: dict[str, Client]
) -> None:
    form = typed(scic, colleges, [30, 30, 30, 10], in_force_from="", decided_by="", proxies_per_holder="")
    answer = room_clients["alice"].post(f"{URL}brouillon/", form)
    assert (answer.status_code, answer["Location"]) == (303, f"{URL}essai/")
    page = room_clients["alice"].get(f"{URL}nouvelle/").content.decode()
    assert 'value="30"' in page
    assert "Brouillon du" in page
    assert "Reprendre le brouillon" in room_clients["alice"].get(URL).content.decode()


def test_an_illegal_draft_is_refused_beside_its_field_and_keeps_what_was_typed(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], room_clients: dict[str, Client]
) -> None:
    form = typed(scic, colleges, [40, 25, 25, 10], board_years="9", ordinary_is_strict="")
    del form["ordinary_is_strict"]
    answer = room_clients["alice"].post(f"{URL}brouillon/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="r-board_years-erreur"' in page
    assert 'id="r-ordinary-erreur"' in page
    assert 'value="9"' in page
    assert 'name="ordinary_is_strict" value="true" checked' not in page


def test_adopting_ends_the_draft(
    in_force: Statutes,
    scic: LegalEntity,
    colleges: list[College],
    seated: Person,
    room_clients: dict[str, Client],
) -> None:
    drafted(scic, colleges, seated)
    room_clients["alice"].post(f"{URL}nouvelle/", typed(scic, colleges, [30, 30, 30, 10]))
    assert not StatutesDraft.objects.exists()
    assert Statutes.objects.count() == 2


def test_the_draft_is_thrown_away_by_its_form(
    in_force: Statutes,
    scic: LegalEntity,
    colleges: list[College],
    seated: Person,
    room_clients: dict[str, Client],
) -> None:
    drafted(scic, colleges, seated)
    answer = room_clients["alice"].post(f"{URL}brouillon/jeter/", {"entity": scic.pk})
    assert (answer.status_code, answer["Location"]) == (303, URL)
    assert not StatutesDraft.objects.exists()


@pytest.mark.parametrize("door", ["brouillon/", "brouillon/jeter/"])
def test_charlie_and_a_member_off_the_board_find_no_draft(
    in_force: Statutes,
    scic: LegalEntity,
    colleges: list[College],
    seated: Person,
    room_clients: dict[str, Client],
    door: str,
) -> None:
    drafted(scic, colleges, seated)
    for name in ("charlie", "bob"):
        assert room_clients[name].get(f"{URL}{door}").status_code == 404
        answer = room_clients[name].post(f"{URL}{door}", typed(scic, colleges, [40, 25, 25, 10]))
        assert answer.status_code == 404
    assert "brouillon" not in room_clients["bob"].get(URL).content.decode()
    assert StatutesDraft.objects.get().points[str(colleges[0].pk)] == 30
