"""Acts over the socket: answered after commit, once per key and person, never by somebody else's answer."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cooperation.models import Person
from realtime.commands import Caller
from realtime.doors import Invalid, key_of, perform
from realtime.models import Act, LoggedEvent
from realtime.refused import Refused
from tests.realtime.conftest import Connect
from tests.realtime.domain import NOTE_ADD

pytestmark = pytest.mark.both_servers


def test_an_act_is_answered_when_it_is_committed(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    key = page.do("note.add", wall=1, text="slow 0.2")
    assert page.answer(key)["data"]["by"] == bob.pk
    assert LoggedEvent.objects.count() == 1
    assert Act.objects.get().actor == f"person:{bob.pk}"


def test_an_act_reaches_the_followers_and_its_author_by_the_same_path(
    phone: Connect, alice: Person, bob: Person
) -> None:
    author, other = phone(alice), phone(bob)
    author.joined("wall:1")
    other.joined("wall:1")
    author.do("note.add", wall=1, text="hello")
    assert author.seqs("wall:1", upto=1) == other.seqs("wall:1", upto=1) == [1]


def test_the_same_key_and_content_gets_the_same_answer_and_changes_nothing(
    phone: Connect, bob: Person
) -> None:
    page = phone(bob)
    key = page.do("note.add", wall=1, text="hello")
    first = page.answer(key)
    page.do("note.add", key, wall=1, text="hello")
    assert page.answer(key) == first
    assert LoggedEvent.objects.count() == 1


def test_the_same_key_on_another_socket_gets_the_same_answer(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    key = page.do("note.add", wall=1, text="hello")
    first = page.answer(key)
    page.close()
    again = phone(bob)
    again.do("note.add", key, wall=1, text="hello")
    assert again.answer(key) == first


def test_the_form_and_the_socket_agree_on_what_the_same_content_is(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    key = page.do("note.add", wall=1, text="hello", tags=["a", "b"])
    first = page.answer(key)
    page.do("note.add", key, wall="1", text="hello", tags=["a", "b"])
    assert page.answer(key) == first


@pytest.mark.parametrize("change", [{"text": "other"}, {"wall": 2}, {"hat": 7}, {"name": "note.gone"}])
def test_the_same_key_with_other_content_is_refused_by_name(
    phone: Connect, bob: Person, change: dict[str, object]
) -> None:
    page = phone(bob)
    key = page.do("note.add", wall=1, text="hello")
    page.answer(key)
    page.do(**{"name": "note.add", "key": key, "wall": 1, "text": "hello", **change})
    answer = page.answer(key)
    assert answer["code"] == ("unknown_command" if "name" in change else "key_reused")
    assert answer["message"]
    assert LoggedEvent.objects.count() == 1


def test_another_persons_key_never_gives_the_first_persons_answer(
    phone: Connect, alice: Person, bob: Person
) -> None:
    first, second = phone(alice), phone(bob)
    key = first.do("note.add", wall=1, text="hello")
    first.answer(key)
    second.do("note.add", key, wall=1, text="hello")
    assert second.answer(key)["data"]["by"] == bob.pk
    assert LoggedEvent.objects.count() == 2


def test_a_refusal_is_told_by_name_and_in_words_and_is_not_kept(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    key = page.do("note.add", wall=1, text="full")
    assert page.answer(key) == {
        "failed": key,
        "code": "wall_full",
        "message": "Le mur est plein : 3 notes.",
        "errors": {},
    }
    assert not Act.objects.exists()
    page.do("note.add", key, wall=1, text="free again")
    assert page.answer(key)["done"] == key


def test_what_has_not_the_right_form_is_refused_field_by_field(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    answer = page.answer(page.do("note.add", wall=1, text=""))
    assert answer["code"] == "invalid"
    assert answer["message"].startswith("Texte : ")
    assert list(answer["errors"]) == ["text"]


@pytest.mark.logs_errors
def test_a_fault_of_the_domain_is_answered_and_the_connection_stays(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    assert page.answer(page.do("note.add", wall=1, text="crash"))["code"] == "internal_error"
    key = page.do("note.add", wall=1, text="hello")
    assert page.answer(key)["done"] == key


def test_nobody_in_particular_is_asked_to_log_in(phone: Connect) -> None:
    page = phone(None)
    assert page.answer(page.do("note.add", wall=1, text="hello"))["code"] == "login_required"
    assert not LoggedEvent.objects.exists()


def test_somebody_deactivated_meanwhile_acts_no_more(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    Person.objects.filter(pk=bob.pk).update(is_active=False)
    assert page.answer(page.do("note.add", wall=1, text="hello"))["code"] == "login_required"


def test_the_hat_is_told_to_the_act(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    assert page.answer(page.do("note.add", hat="12", wall=1, text="hello"))["data"]["hat"] == 12
    assert page.answer(page.do("note.add", hat="top", wall=1, text="hello"))["errors"].keys() == {"for"}


def test_the_instant_of_an_act_is_when_it_arrived(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    keys = [page.do("note.add", wall=1, text="slow 0.6"), page.do("note.add", wall=1, text="next")]
    slow, following = (timezone.datetime.fromisoformat(page.answer(key)["data"]["at"]) for key in keys)
    assert (following - slow).total_seconds() < 0.4


def test_a_beat_is_answered_while_an_act_is_under_way(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    key = page.do("note.add", wall=1, text="slow 0.8")
    before = time.monotonic()
    assert page.joined("wall:2") == {"topic": "wall:2", "upto": 0}
    assert time.monotonic() - before < 0.6
    assert page.answer(key)["done"] == key


def test_a_refusal_speaks_the_language_of_the_session(phone: Connect, bob: Person) -> None:
    Person.objects.filter(pk=bob.pk).update(language="en")
    page = phone(bob)
    answer = page.answer(page.do("note.add", wall=1, text=""))
    assert "may not be blank" in answer["message"]


def test_of_the_same_key_sent_twice_at_once_one_is_done_and_both_get_its_answer(
    transactional_db: None, walls: object, bob: Person
) -> None:
    key, answers = uuid4(), []

    def send() -> None:
        answers.append(perform(NOTE_ADD, Caller(bob, timezone.now()), key, {"wall": 1, "text": "slow 0.1"}))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert LoggedEvent.objects.count() == 1
    assert answers[0] == answers[1] == answers[2]


def test_an_act_that_fails_leaves_nothing(db: None, walls: object, bob: Person) -> None:
    with pytest.raises(Refused, match="not_found"), transaction.atomic():
        perform(NOTE_ADD, Caller(bob, timezone.now()), uuid4(), {"wall": 404, "text": "hello"})
    assert not Act.objects.exists()


def test_a_key_that_is_no_uuid_is_invalid() -> None:
    with pytest.raises(Invalid):
        key_of("mine")
    assert key_of("") is None
