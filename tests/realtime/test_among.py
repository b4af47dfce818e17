"""`among` finds what `in` finds, on both databases; on PostgreSQL it is one parameter."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import Person
from realtime.models import Act, LoggedEvent, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics() -> list[Topic]:
    """Three topics with a fact each."""
    made = [Topic.objects.create(name=f"wall:{number}") for number in range(3)]
    for topic in made:
        LoggedEvent.objects.create(topic=topic, seq=1, type="told", at=timezone.now())
    return made


def test_texts_keys_and_keys_of_others_are_found(topics: list[Topic]) -> None:
    first, _, last = topics
    assert set(Topic.objects.filter(name__among=["wall:0", "wall:2", "wall:9"])) == {first, last}
    assert set(Topic.objects.filter(pk__among={first.pk, last.pk})) == {first, last}
    facts = LoggedEvent.objects.filter(topic__among={first.pk, last.pk, 2**40})
    assert {fact.topic_id for fact in facts} == {first.pk, last.pk}
    assert LoggedEvent.objects.filter(topic__name__among={"wall:1"}).get().topic_id == topics[1].pk


def test_uuids_are_found(db: None) -> None:
    keys = [uuid4() for _ in range(3)]
    for key in keys:
        Act.objects.create(actor="person:1", key=key, at=timezone.now())
    found = Act.objects.filter(key__among=[*keys[:2], UUID(int=0)]).values_list("key", flat=True)
    assert set(found) == set(keys[:2])


def test_among_nothing_is_nobody_and_among_nobody_is_no_error(topics: list[Topic], alice: Person) -> None:
    assert not Topic.objects.filter(pk__among=[]).exists()
    assert not Person.objects.filter(pk__among=set(), is_active=True).exists()
    assert Person.objects.filter(pk__among=[None, alice.pk]).get() == alice
    assert Topic.objects.filter(Q(pk__among=[]) | Q(name__among=["wall:1"])).get() == topics[1]
    assert Topic.objects.exclude(pk__among=[topic.pk for topic in topics[1:]]).get() == topics[0]


def test_two_hundred_values_are_one_parameter_where_there_are_arrays(topics: list[Topic]) -> None:
    with CaptureQueriesContext(connection) as asked:
        list(Topic.objects.filter(pk__among=range(200)))
    assert ("ANY" in asked[0]["sql"]) is (connection.vendor == "postgresql")
