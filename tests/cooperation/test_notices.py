"""Being told: one sentence in one's language, in the page and live, to nobody else."""

from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.live import person as person_topic
from cooperation.models import Notification, Person
from cooperation.services import notify, notify_all, read_notifications, set_language, write_notices
from realtime.models import LoggedEvent
from realtime.publish import publish
from tests.dom import apply, parse

NOW = timezone.now


def tell(person: Person, sentence: str = "Votre proposition avance.") -> Notification:
    notify(person=person, sentence=sentence, url="/ateliers/", at=NOW())
    return person.notifications.first()


def events_of(person: Person) -> list[LoggedEvent]:
    return list(LoggedEvent.objects.filter(topic__name=person.actor).order_by("seq"))


def test_a_notification_is_kept_and_told_on_the_persons_topic(bob: Person) -> None:
    notice = tell(bob)
    assert (notice.sentence, notice.url, notice.read_at) == ("Votre proposition avance.", "/ateliers/", None)
    assert [(event.type, event.data) for event in events_of(bob)] == [
        ("notified", {"notification": notice.pk})
    ]


def test_each_is_told_in_their_own_language(alice: Person, bob: Person) -> None:
    set_language(person=bob, language="en")
    heard = []
    notify_all(
        people=[alice, bob], sentence=lambda: heard.append(_("oui")) or f"mot {len(heard)}", url="/", at=NOW()
    )
    assert len(heard) == 2
    assert {person.notifications.get().sentence for person in (alice, bob)} == {"mot 1", "mot 2"}


def test_a_person_named_twice_is_told_once(bob: Person) -> None:
    notify_all(people=[bob, bob], sentence="Une fois.", url="/", at=NOW())
    assert bob.notifications.count() == len(events_of(bob)) == 1


def queries_to_tell(people: list[Person]) -> int:
    with CaptureQueriesContext(connection) as queries:
        notify_all(people=people, sentence="À tous.", url="/", at=NOW())
    return len(queries)


def test_telling_many_takes_hardly_more_queries_than_telling_few(db: None) -> None:
    people = [Person.objects.create_user(f"p{number}@example.org", given_name="P") for number in range(200)]
    few = queries_to_tell(people[:10])
    assert queries_to_tell(people) <= few + 4  # SQLite cuts large inserts in two


def test_a_sentence_too_long_for_its_column_is_cut_with_an_ellipsis(bob: Person) -> None:
    assert tell(bob, "a" * 900).sentence == "a" * 299 + "…"


def test_a_service_tells_its_notices_with_its_own_facts(bob: Person) -> None:
    facts = write_notices(people=[bob], sentence="Ensemble.", url="/", at=NOW())
    assert not events_of(bob)
    publish(facts)
    assert len(events_of(bob)) == 1


def test_reading_marks_only_ones_own(alice: Person, bob: Person) -> None:
    mine, other = tell(bob), tell(alice)
    assert read_notifications(person=bob, at=NOW(), only=[mine.pk, other.pk]) == 1
    assert [row.read_at is None for row in (bob.notifications.get(), alice.notifications.get())] == [
        False,
        True,
    ]
    assert read_notifications(person=bob, at=NOW()) == 0


def test_a_notice_is_replayed_as_the_page_shows_it(bob: Person) -> None:
    notice = tell(bob)
    html = render_to_string("cooperation/_notice.html", {"notice": notice, "is_live": True})
    assert person_topic.render(bob.pk, events_of(bob), "fr") == [html]
    assert "Votre proposition avance." in html


def test_an_erased_notice_is_replayed_as_nothing(bob: Person) -> None:
    tell(bob).delete()
    assert person_topic.render(bob.pk, events_of(bob), "fr") == [""]


def test_what_one_person_is_told_is_withheld_from_everybody_else(
    alice: Person, bob: Person, charlie: Person
) -> None:
    assert person_topic.may_follow_many(bob.pk, [alice.pk, bob.pk, charlie.pk, None]) == {bob.pk}
    bob.is_active = False
    bob.save(update_fields=["is_active"])
    assert person_topic.may_follow_many(bob.pk, [bob.pk]) == set()


def test_the_badge_is_the_number_of_unread_notices(bob: Person) -> None:
    tell(bob)
    assert person_topic.now(bob.pk) == {"unread": 1}
    read_notifications(person=bob, at=NOW())
    assert person_topic.now(bob.pk) == {"unread": 0}


def test_the_old_page_and_its_events_make_the_new_page(bob: Person) -> None:
    client = Client()
    client.force_login(bob)
    old = parse(client.get("/moi/notifications/").content.decode())
    tell(bob)
    tell(bob, "Un vote est ouvert.")
    for fragment in person_topic.render(bob.pk, events_of(bob), "fr"):
        apply(old, fragment)
    new = parse(client.get("/moi/notifications/").content.decode())
    assert old.by_id("avis").shape() == new.by_id("avis").shape()  # type: ignore[union-attr]
