"""The register of decisions: numbers without holes, one decision replacing another."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from cooperation.models import LegalEntity
from decisions.models import Decision
from decisions.services import record_decision, supersede_decision
from realtime.refused import Refused

DAY = date(2008, 3, 15)


def decide(entity: LegalEntity, title: str = "Le plan est adopté", on: date = DAY) -> Decision:
    return record_decision(entity=entity, title=title, text="…", decided_on=on, at=timezone.now())


def test_decisions_are_numbered_per_year(entity: LegalEntity) -> None:
    references = [
        decide(entity).reference,
        decide(entity).reference,
        decide(entity, on=date(2009, 2, 3)).reference,
    ]
    assert references == ["2008-01", "2008-02", "2009-01"]


def test_each_entity_has_its_own_register(entity: LegalEntity) -> None:
    other = LegalEntity.objects.create(name="Lieux communs", slug="lieux-communs", legal_form="scic_sas")
    assert [decide(entity).reference, decide(other).reference] == ["2008-01", "2008-01"]


@pytest.mark.django_db(transaction=True)
def test_decisions_recorded_at_the_same_time_have_numbers_without_holes() -> None:
    entity = LegalEntity.objects.create(
        name="Les Écossolies", slug="ecossolies", legal_form="association_1901"
    )

    def record() -> None:
        decide(entity)
        connection.close()

    threads = [Thread(target=record) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Decision.objects.values_list("number", flat=True)) == list(range(1, 9))


def test_a_superseded_decision_is_no_longer_in_force(entity: LegalEntity) -> None:
    old, new = decide(entity), decide(entity, on=date(2009, 2, 3))
    supersede_decision(decision=old, by=new, at=timezone.now())
    assert list(Decision.objects.in_force()) == [new]
    with pytest.raises(Refused, match="decision_superseded"):
        supersede_decision(decision=old, by=new, at=timezone.now())


def test_a_decision_does_not_replace_a_later_one_nor_itself(entity: LegalEntity) -> None:
    old, new = decide(entity), decide(entity, on=date(2009, 2, 3))
    with pytest.raises(Refused, match="decided_before"):
        supersede_decision(decision=new, by=old, at=timezone.now())
    with pytest.raises(Refused, match="decision_superseded"):
        supersede_decision(decision=new, by=new, at=timezone.now())


def test_a_decision_replaces_one_of_its_own_entity(entity: LegalEntity) -> None:
    other = LegalEntity.objects.create(name="Lieux communs", slug="lieux-communs", legal_form="scic_sas")
    with pytest.raises(Refused, match="decision_elsewhere"):
        supersede_decision(decision=decide(entity), by=decide(other), at=timezone.now())
