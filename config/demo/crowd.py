"""A hall of a thousand members in session with a vote open: `manage.py demo --size hall`, for load and for rehearsals."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string

from assemblies.models import Assembly, Officer
from assemblies.services import add_item, move_to_item, open_vote
from config.demo.halls import Table, call, opened
from config.demo.names import person_names
from config.demo.recent import instant_today
from cooperation.models import GoverningBody, LegalEntity, Membership, Person
from cooperation.rules import Base, Majority, Pooling, Profile, StatutesRules
from cooperation.services import adopt_statutes, appoint
from votes.models import Poll

SLUG, SINCE = "grande-halle", date(2010, 1, 1)
MEMBERS = 1000
RULES = StatutesRules(
    profile=Profile.ASSOCIATION_1901,
    pooling=Pooling.NONE,
    base=Base.EXPRESSED,
    ordinary=Majority(Fraction(1, 2), is_strict=True),
    extraordinary=Majority(Fraction(2, 3), is_strict=False),
    allows_remote_voting=True,
)
QUESTION = "Ouvrir la grande halle le dimanche"


def members(entity: LegalEntity, count: int) -> list[Person]:
    """So many persons, all invented, each admitted on the first day."""
    nobody, names = make_password(None), person_names(count)
    people = Person.objects.bulk_create(
        Person(
            email=f"membre{number}@halle.example",
            given_name=names[number % len(names)][0],
            family_name=names[number % len(names)][1],
            is_fiction=True,
            password=nobody,
        )
        for number in range(1, count + 1)
    )
    Membership.objects.bulk_create(
        Membership(entity=entity, person=person, register_number=number, applied_on=SINCE, admitted_on=SINCE)
        for number, person in enumerate(people, start=1)
    )
    return people


def found(count: int) -> tuple[GoverningBody, list[Person]]:
    """The association, its rules by heads, its board of one, its assembly."""
    entity = LegalEntity.objects.create(
        name="La Grande Halle",
        slug=SLUG,
        legal_form="association_1901",
        seat="Nantes",
        founded_on=SINCE,
        is_fiction=True,
    )
    people, at = members(entity, count), instant_today(0) - timedelta(days=400)
    adopt_statutes(entity=entity, rules=RULES, weights={}, in_force_from=SINCE, by=None, at=at)
    board = GoverningBody.objects.create(entity=entity, kind="board", name="Conseil", seats=9, term_years=3)
    appoint(body=board, person=people[0], since=timezone.localdate(at), role="co_chair", at=at)
    body = GoverningBody.objects.create(entity=entity, kind="assembly", name="Assemblée générale")
    return body, people


def put_one_resolution(chair: Person) -> Table:
    """What `call` does with the agenda before the notice leaves."""
    return lambda assembly, at: add_item(
        by=chair,
        assembly=assembly,
        title=QUESTION,
        text="La grande halle ouvre chaque dimanche de 10 h à 18 h, à compter du mois prochain.",
        kind="ordinary",
        at=at,
    )


def fill(count: int = MEMBERS) -> Poll:
    """The whole hall: everybody is on the roll, at a distance, and the vote is open."""
    body, people = found(count)
    chair, begun = people[0], instant_today(20)
    assembly = call(
        by=chair,
        body=body,
        title="Assemblée générale de la grande halle",
        place="La grande halle, et à distance",
        starts_at=begun,
        reports=(),
        forwardings=(),
        officers=((chair, Officer.Role.CHAIR), (people[1], Officer.Role.TELLER)),
        table=put_one_resolution(chair),
    )
    opened(assembly, chair, begun)
    resolution = assembly.resolutions.get()
    move_to_item(by=chair, item=resolution.item, at=instant_today(0))
    return open_vote(by=chair, resolution=resolution, at=instant_today(0))


def hall() -> Assembly:
    """The hall that is in session."""
    return Assembly.objects.filter(entity__slug=SLUG).latest("pk")


def open_sessions(people: Sequence[Person]) -> list[str]:
    """A session for each person, as a login by code leaves one; their keys."""
    backend, store = settings.AUTHENTICATION_BACKENDS[0], SessionStore()
    until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = [
        Session(
            session_key=get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: backend,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=until,
        )
        for person in people
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]
