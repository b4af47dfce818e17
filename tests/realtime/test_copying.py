"""Rows written by the quickest way are those an INSERT writes, and are refused for the same reasons."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from realtime.copying import write_keyed, write_rows
from realtime.models import Act

pytestmark = pytest.mark.django_db

ROUGH = ["tab\there", "line\nbreak\r", 'quote " and \\ and \\N', "\\.", "é ’ 🌱", "", "{}", "NULL", "\x01"]


def act(text: str, key: UUID | None = None) -> Act:
    return Act(
        actor="person:1",
        key=key or uuid4(),
        digest=text,
        answer={"text": text, "n": [1, None]},
        at=timezone.now(),
    )


def kept(rows: list[Act]) -> list[tuple[object, ...]]:
    fields = ("actor", "key", "digest", "answer", "at")
    return list(Act.objects.filter(key__in=[row.key for row in rows]).order_by("pk").values_list(*fields))


def test_whatever_the_text_the_rows_are_those_of_an_insert() -> None:
    copied = [act(text) for text in ROUGH]
    write_rows(copied)
    inserted = [act(text) for text in ROUGH]
    Act.objects.bulk_create(inserted)
    first, second = kept(copied), kept(inserted)
    assert [row[2:4] for row in first] == [row[2:4] for row in second]
    assert [row[1] for row in first] == [row.key for row in copied]
    assert [row[4] for row in first] == [row.at for row in copied]


def test_rows_given_their_keys_have_those_of_the_database_in_their_order() -> None:
    write_keyed([])
    rows = [act(text) for text in ROUGH]
    write_keyed(rows)
    assert list(Act.objects.order_by("pk").values_list("pk", "key")) == [(row.pk, row.key) for row in rows]
    assert not any(row._state.adding for row in rows)
    later = act("plus tard")
    later.save()
    assert later.pk > rows[-1].pk


def test_an_instant_without_its_zone_is_refused() -> None:
    row = act("à quelle heure ?")
    row.at = datetime(2007, 1, 15, 20, 0)
    with pytest.raises(RuntimeWarning), transaction.atomic():
        write_rows([row])


def test_one_row_and_none() -> None:
    write_rows([])
    write_rows([act("seul")])
    assert Act.objects.count() == 1


def test_a_key_taken_is_an_integrity_error_and_nothing_of_the_set_is_kept() -> None:
    write_rows([first := act("un")])
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows([act("deux"), act("trois", first.key)])
    assert Act.objects.count() == 1


@pytest.mark.stack
def test_a_text_too_long_is_a_data_error() -> None:
    with pytest.raises(DataError), transaction.atomic():
        write_rows([act("trop " * 20)])
