"""Statutes: adopted if the law of the form agrees, refused with the article if not, read as sentences."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client

from cooperation.clauses import clauses
from cooperation.models import College, CollegeWeight, LegalEntity, Person, Statutes
from cooperation.rules import (
    Base,
    BlankProxies,
    EmptyCollege,
    Majority,
    Pooling,
    Profile,
    ProxyHolders,
    StatutesRules,
    WeightBasis,
)
from cooperation.services import IllegalStatutes
from realtime.refused import Refused, sentence_of
from tests.cooperation.conftest import adopt, rules_of, typed

FROM = date(2026, 1, 1)
SAS, SA, SARL, ASSOCIATION = (Profile.SCIC_SAS, Profile.SCIC_SA, Profile.SCIC_SARL, Profile.ASSOCIATION_1901)
HALF = Majority(Fraction(1, 2), True)


def test_adopted_statutes_come_back_as_the_same_rules(scic: LegalEntity, colleges: list[College]) -> None:
    rules = rules_of(SAS, pooling=Pooling.WINNER_TAKES_ALL, base=Base.PRESENT, quorum_is_weighted=True)
    statutes = adopt(scic, rules, dict(zip(colleges, [40, 25, 25, 10], strict=True)))
    read = Statutes.objects.get(pk=statutes.pk).as_rules()
    assert [str(weight.share) for weight in read.weights] == ["2/5", "1/4", "1/4", "1/10"]
    assert read == StatutesRules.from_json({**rules.to_json(), "weights": read.to_json()["weights"]})


def test_versions_follow_each_other_and_the_day_says_which_is_in_force(
    scic: LegalEntity, colleges: list[College]
) -> None:
    first = adopt(scic, rules_of(SAS, Pooling.NONE), {})
    second = adopt(scic, rules_of(SAS, Pooling.NONE), {}, in_force_from=date(2027, 1, 1))
    assert (first.version, second.version) == (1, 2)
    assert Statutes.objects.in_force(scic, date(2026, 12, 31)) == first
    assert Statutes.objects.in_force(scic, date(2027, 1, 1)) == second
    with pytest.raises(Refused, match="statutes_out_of_order"):
        adopt(scic, rules_of(SAS, Pooling.NONE), {}, in_force_from=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("code", "form", "points", "changed", "article"),
    [
        ("V01", SAS, [50, 50], {}, "art. 19 octies"),
        ("V02", SAS, [30, 30, 15, 15, 5, 5], {}, "art. 19 octies"),
        ("V02", SAS, [60, 20, 20], {}, "art. 19 octies"),
        ("V02", SAS, [50, 20, 20, 10], {"empty_college": EmptyCollege.PROPORTIONAL}, "art. 19 octies"),
        ("V03", SAS, [], {}, "statuts de l’entité"),
        ("V04", SAS, [40, 30, 30], {"weight_basis": WeightBasis.CAPITAL}, "art. 19 octies"),
        ("V08", SAS, [40, 30, 30], {"ordinary": Majority(Fraction(1, 3), False)}, "23-16.670"),
        ("V08", SA, [40, 30, 30], {"quorum_first": Fraction(1, 6)}, "L225-98"),
        ("V08", SA, [40, 30, 30], {"extraordinary": HALF}, "L225-96"),
        ("V09", SA, [40, 30, 30], {"notice_days_first": 8}, "R225-69"),
        ("V09", SARL, [40, 30, 30], {"notice_days_second": 10}, "R223-20"),
    ],
)
def test_what_the_law_refuses_is_refused_with_its_article_and_stores_nothing(
    scic: LegalEntity, code: str, form: Profile, points: list[int], changed: dict[str, object], article: str
) -> None:
    scic.legal_form = form
    scic.save()
    colleges = [
        College.objects.create(entity=scic, letter=letter, name=letter) for letter in "ABCDEF"[: len(points)]
    ]
    with pytest.raises(IllegalStatutes) as refused:
        adopt(scic, rules_of(form, **changed), dict(zip(colleges, points, strict=True)))
    assert refused.value.code == code
    assert code in sentence_of(refused.value)
    assert article in sentence_of(refused.value)
    assert not Statutes.objects.exists()
    assert not CollegeWeight.objects.exists()


def test_an_association_weighs_as_it_likes(entity: LegalEntity) -> None:
    colleges = [College.objects.create(entity=entity, letter=letter, name=letter) for letter in "AB"]
    statutes = adopt(entity, rules_of(ASSOCIATION), {colleges[0]: 95, colleges[1]: 5})
    assert statutes.weights.count() == 2


def test_the_shares_are_those_of_the_points_whatever_the_rules_say(
    scic: LegalEntity, colleges: list[College]
) -> None:
    lying = adopt(scic, rules_of(ASSOCIATION), dict(zip(colleges, [4, 2, 2, 2], strict=True)))
    assert lying.as_rules().profile == SAS
    assert lying.as_rules().weights[0].share == Fraction(2, 5)


def test_a_college_without_points_or_of_another_entity_is_refused(
    scic: LegalEntity, entity: LegalEntity, colleges: list[College]
) -> None:
    with pytest.raises(Refused, match="points_missing"):
        adopt(scic, rules_of(SAS), dict(zip(colleges, [4, 3, 3, 0], strict=True)))
    with pytest.raises(Refused, match="college_elsewhere"):
        adopt(entity, rules_of(ASSOCIATION), {colleges[0]: 1})


def test_only_the_board_writes_statutes(entity: LegalEntity, seated: Person, bob: Person) -> None:
    adopt(entity, rules_of(ASSOCIATION, Pooling.NONE), {}, by=seated)
    with pytest.raises(Refused, match="not_on_board"):
        adopt(entity, rules_of(ASSOCIATION, Pooling.NONE), {}, by=bob)


def test_each_rule_is_a_sentence_with_its_source(scic: LegalEntity, colleges: list[College]) -> None:
    statutes = adopt(scic, rules_of(SAS), dict(zip(colleges, [40, 25, 25, 10], strict=True)))
    told = {clause.title: clause for clause in clauses(statutes.as_rules())}
    assert told["Collège A"].sentence == "Le collège A, Fondateurs, pèse 2/5 des voix."
    assert told["Collège A"].article.endswith("art. 19 octies")
    assert told["Décision ordinaire"].sentence == "Elle est adoptée avec plus de 1/2 des voix."
    assert (
        told["Quorum, première convocation"].sentence == "Il faut 1/5 des membres, présents ou représentés."
    )


def test_every_setting_of_the_statutes_is_kept_and_read_back(
    scic: LegalEntity, colleges: list[College]
) -> None:
    given = rules_of(
        SAS,
        remote_vote_is_withdrawable=True,
        proxies_per_holder=2,
        proxy_holders=ProxyHolders.FAMILY,
        proxies_same_college=True,
        blank_proxies=BlankProxies.CHAIR,
        secret_elections=True,
        board_least=5,
        board_most=9,
        board_years=3,
        board_casting_vote=True,
        revision_years=4,
        reserve_share=Fraction(1),
    )
    statutes = adopt(scic, given, dict(zip(colleges, [40, 25, 25, 10], strict=True)))
    read = Statutes.objects.get(pk=statutes.pk).as_rules()
    assert replace(read, weights=()) == given
    told = {clause.title: clause.sentence for clause in clauses(read)}
    assert told["Nombre de pouvoirs"] == "Une même personne porte au plus 2 pouvoirs."
    assert told["Taille du conseil"] == "Le conseil compte de 5 à 9 membres."
    assert told["Réserves"].startswith("Au moins la totalité de l’excédent")


@pytest.mark.parametrize("form", list(Profile))
@pytest.mark.parametrize("pooling", list(Pooling))
def test_every_form_and_pooling_reads_as_sentences(form: Profile, pooling: Pooling) -> None:
    rules = rules_of(
        form, pooling, quorum_per_college=True, quorum_is_weighted=True, quorum_second=Fraction(1)
    )
    assert all(clause.sentence and clause.article for clause in clauses(rules))


# -- the pages


URL = "/reseau/statuts/lieux-communs/"


def test_members_read_the_statutes_as_sentences(in_force: Statutes, room_clients: dict[str, Client]) -> None:
    page = room_clients["bob"].get(URL).content.decode()
    assert "Le collège D, Partenaires, pèse 1/10 des voix." in page
    assert "art. 19 octies" in page
    assert "nouvelle/" not in page


def test_an_older_version_says_that_it_is_not_in_force(
    in_force: Statutes, scic: LegalEntity, room_clients: dict[str, Client]
) -> None:
    adopt(scic, rules_of(SAS, Pooling.NONE), {}, in_force_from=date(2020, 1, 1))
    page = room_clients["bob"].get(f"{URL}?version=1").content.decode()
    assert "Ce n’est pas la version en vigueur aujourd’hui." in page
    assert room_clients["bob"].get(f"{URL}?version=9").status_code == 404


def test_the_board_writes_the_next_version_by_the_form(
    in_force: Statutes,
    scic: LegalEntity,
    colleges: list[College],
    seated: Person,
    room_clients: dict[str, Client],
) -> None:
    response = room_clients["alice"].post(f"{URL}nouvelle/", typed(scic, colleges, [30, 30, 30, 10]))
    assert (response.status_code, response["Location"]) == (303, URL)
    latest = Statutes.objects.get(version=2)
    assert (latest.recorded_by, latest.extraordinary_majority, latest.allows_remote_voting) == (
        seated,
        Fraction(3, 4),
        False,
    )


def test_an_illegal_setting_is_refused_with_the_article_and_what_was_typed_is_kept(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], room_clients: dict[str, Client]
) -> None:
    response = room_clients["alice"].post(f"{URL}nouvelle/", typed(scic, colleges, [70, 10, 10, 10]))
    page = response.content.decode()
    assert response.status_code == 422
    beside = page[page.index('id="r-points-erreur"') : page.index('id="p-')]
    assert "règle V02" in beside
    assert "art. 19 octies" in beside
    assert 'value="70"' in page
    assert 'value="AGE du 12 décembre 2026"' in page
    assert 'value="3/4"' in page
    assert Statutes.objects.count() == 1


@pytest.mark.parametrize(
    ("setting", "value", "code", "article"),
    [
        ("ordinary", "1/3", "V08", "23-16.670"),
        ("board_years", "7", "V07", "art. 6"),
        ("proxies_per_holder", "0", "V12", "art. 9"),
        ("revision_years", "6", "V14", "25-1"),
        ("reserve_share", "1/2", "V15", "19 nonies"),
    ],
)
def test_each_refusal_stands_next_to_its_field(
    in_force: Statutes,
    scic: LegalEntity,
    colleges: list[College],
    room_clients: dict[str, Client],
    setting: str,
    value: str,
    code: str,
    article: str,
) -> None:
    form = typed(scic, colleges, [40, 25, 25, 10], **{setting: value})
    answer = room_clients["alice"].post(f"{URL}nouvelle/", form, headers={"accept": "application/json"})
    (sentence,) = answer.json()["errors"][setting]
    assert f"règle {code}" in sentence
    assert article in sentence
    page = room_clients["alice"].post(f"{URL}nouvelle/", form).content.decode()
    beside = page[page.index(f'id="r-{setting}-erreur"') :][:900]
    assert f"règle {code}" in beside
    assert f'value="{value}"' in beside
    assert f'r-{setting}-erreur" aria-invalid="true"' in page


def test_a_share_that_is_not_exact_is_refused(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], room_clients: dict[str, Client]
) -> None:
    response = room_clients["alice"].post(
        f"{URL}nouvelle/", typed(scic, colleges, [4, 2, 2, 2], ordinary="0.5")
    )
    assert response.status_code == 422
    assert "Écrivez une part exacte" in response.content.decode()


def test_a_member_who_is_not_on_the_board_does_not_find_the_form(
    in_force: Statutes, scic: LegalEntity, colleges: list[College], room_clients: dict[str, Client]
) -> None:
    assert room_clients["bob"].get(f"{URL}nouvelle/").status_code == 404
    assert room_clients["bob"].post(f"{URL}nouvelle/", typed(scic, colleges, [4, 2, 2, 2])).status_code == 404
    assert Statutes.objects.count() == 1


def test_charlie_finds_no_statutes(in_force: Statutes, room_clients: dict[str, Client]) -> None:
    for url in (URL, f"{URL}nouvelle/"):
        assert room_clients["charlie"].get(url).status_code == 404
        assert room_clients["nobody"].get(url)["Location"].startswith("/comptes/login/?next=/reseau/")
