"""Erasing a person: name, address, login and what was kept for them alone go; what was decided with them stays."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Left, Replace
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cooperation.models import Notification, Person
from cooperation.services.notices import LONGEST
from realtime.models import Act, LoggedEvent
from realtime.refused import Refused


@transaction.atomic
def forget_person(*, person: Person, at: datetime) -> Person:
    """Empty a person's row, end what they hold, and take back what was kept for them alone (RGPD, art. 17).

    Memberships and terms end today; the register keeps their number and dates, and nobody speaks for an organisation
    in their name any more. Sessions, tokens, notices and the answers to their acts go. The floors above are asked first:
    see `config.erasure.erase_person`. Raises `Refused("already_erased")`.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.erased_at is not None:
        raise Refused("already_erased")
    end_all(row, timezone.localdate(at))
    close_doors(row)
    forget_told(row)
    empty(row, at)
    return row


def end_all(person: Person, on: date) -> None:
    """End memberships and terms on this day; an application that was not admitted goes, and every representation."""
    person.representations.all().delete()
    person.memberships.filter(admitted_on__isnull=True).delete()
    for membership in person.memberships.filter(ended_on__isnull=True):
        membership.ended_on = max(on, membership.admitted_on or on)
        membership.save(update_fields=["ended_on"])
    for mandate in person.mandates.as_of(on) | person.mandates.filter(since__gt=on):
        mandate.until = max(on, mandate.since)
        mandate.save(update_fields=["until"])


def close_doors(person: Person) -> None:
    """End what lets somebody in as this person: sessions, tokens, addresses."""
    held = [
        row.pk for row in Session.objects.iterator() if row.get_decoded().get(SESSION_KEY) == str(person.pk)
    ]
    Session.objects.filter(pk__in=held).delete()
    person.tokens.all().delete()
    EmailAddress.objects.filter(user=person).delete()


def forget_told(person: Person) -> None:
    """Take back their notices, the answers to their acts and what was told to them; others' notices lose the name."""
    person.notifications.all().delete()
    Act.objects.filter(actor=person.actor).delete()
    LoggedEvent.objects.filter(topic__name=person.actor).delete()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            nobody = Value(_("Personne effacée"))
        told = Notification.objects.filter(person__language=language, sentence__contains=person.name)
        told.update(sentence=Left(Replace(F("sentence"), Value(person.name), nobody), LONGEST))


def empty(person: Person, at: datetime) -> None:
    """Leave of the row what others' rows point to: a number without a name."""
    person.email = None
    person.given_name = person.family_name = ""
    person.last_login = None
    person.is_active = person.is_staff = person.is_superuser = False
    person.erased_at = at
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
