"""The people and structures of the demo: 252 organisations and 108 persons in the association, and the SCIC beside it."""

from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random

from django.contrib.auth.hashers import make_password

from config.demo.names import (
    CITIES,
    SECTORS,
    SEED_ORGANISATIONS,
    organisation_names,
    person_names,
)
from cooperation.models import (
    Category,
    College,
    GoverningBody,
    LegalEntity,
    Membership,
    Organisation,
    Person,
    Representation,
    Sector,
)

ORGANISATIONS, PERSONS, SUBSTITUTES, MEMBERS_IN_2008 = 252, 108, 60, 140
SCIC_SINCE = date(2012, 10, 1)

# The accounts shown on the login page of the demo: e-mail, given name, family name, what they can do.
ACCOUNTS = (
    (
        "nadege@demo.example",
        "Nadège",
        "Kervadec",
        "anime l’atelier ouvert aujourd’hui, représente un théâtre",
    ),
    (
        "awa@demo.example",
        "Awa",
        "Diarrassouba",
        "copréside le conseil, préside l’assemblée de la SCIC en séance",
    ),
    (
        "yannick@demo.example",
        "Yannick",
        "Le Bihan-Roux",
        "membre : vote pour lui-même et pour le chantier qu’il représente",
    ),
    ("ines@demo.example", "Inès", "Oukaci", "membre, titulaire d’une tête de réseau"),
)

SCIC_COLLEGES = (
    ("A", "Fondateurs", 40, Category.VOLUNTEER, 12),
    ("B", "Salariés", 25, Category.EMPLOYEE, 5),
    ("C", "Usagers et prestataires", 25, Category.BENEFICIARY, 25),
    ("D", "Partenaires", 10, Category.PARTNER, 8),
)


@dataclass
class Network:
    """What the rest of the demo builds on."""

    association: LegalEntity
    scic: LegalEntity
    assembly: GoverningBody
    board: GoverningBody
    executive: GoverningBody
    scic_assembly: GoverningBody
    people: list[Person]  # the accounts first
    organisations: list[Organisation]  # those of the seed first
    sectors: list[Sector]


def make_people() -> list[Person]:
    """The four accounts, then the individual members, the representatives and their substitutes: all invented."""
    nobody = make_password(None)
    drawn = [
        Person(
            email=f"personne{number}@demo.example",
            given_name=given,
            family_name=family,
            is_fiction=True,
            password=nobody,
        )
        for number, (given, family) in enumerate(person_names(PERSONS + ORGANISATIONS + SUBSTITUTES), start=1)
    ]
    accounts = [
        Person(email=email, given_name=given, family_name=family, is_fiction=True, password=nobody)
        for email, given, family, _ in ACCOUNTS
    ]
    wanted = PERSONS - 1 + ORGANISATIONS + SUBSTITUTES
    return Person.objects.bulk_create([*accounts, *drawn][:wanted])


def make_organisations(sectors: list[Sector]) -> list[Organisation]:
    """Those the seed names, with their own names; the others are invented and say so."""
    draw = Random(7)  # noqa: S311  (a fixed draw, not a secret)
    real = [
        Organisation(name=name, kind=kind, city=city, structures=structures, founded_on=date(founded, 1, 1))
        for name, kind, city, structures, founded in SEED_ORGANISATIONS
    ]
    invented = organisation_names(ORGANISATIONS - len(real))
    others = [
        Organisation(
            name=name,
            kind=kind,
            city=draw.choice(CITIES),
            structures=draw.randint(8, 60) if kind == "network" else 1,
            founded_on=date(draw.randint(1965, 2019), 1, 1),
            is_fiction=True,
        )
        for name, kind, _ in invented
    ]
    made = Organisation.objects.bulk_create([*real, *others])
    through = Organisation.sectors.through
    of_real = [
        through(organisation=item, sector=sectors[place % len(sectors)])
        for place, item in enumerate(made[: len(real)])
    ]
    of_others = [
        through(organisation=item, sector=sectors[place])
        for item, (_, _, place) in zip(made[len(real) :], invented, strict=True)
    ]
    through.objects.bulk_create([*of_real, *of_others])
    return made


def name_representatives(people: list[Person], organisations: list[Organisation]) -> None:
    """Each organisation speaks through a titular; sixty of them have a substitute too."""
    speakers = [*people[:4], *people[3 + PERSONS :]]
    rows = [
        Representation(organisation=organisation, person=person, role="titular", since=date(2004, 7, 1))
        for organisation, person in zip(spread(organisations), speakers, strict=False)
    ]
    spare = speakers[len(organisations) :]
    rows += [
        Representation(organisation=organisation, person=person, role="substitute", since=date(2008, 1, 1))
        for organisation, person in zip(organisations, spare, strict=False)
    ]
    Representation.objects.bulk_create(rows)


def spread(organisations: list[Organisation]) -> list[Organisation]:
    """The accounts come first among the speakers: give them invented structures, not those of the seed."""
    first = len(SEED_ORGANISATIONS)
    return [*organisations[first : first + 4], *organisations[:first], *organisations[first + 4 :]]


def register_members(entity: LegalEntity, people: list[Person], organisations: list[Organisation]) -> None:
    """The association's register: 140 members in March 2008, 360 since 2021."""
    parties: list[Person | Organisation] = []
    individuals, structures = iter(people[4 : 3 + PERSONS]), iter(organisations)
    parties += [people[2]]
    for turn in cycle((0, 1, 1, 0, 1, 1, 1)):
        nobody_left = object()
        party = next(structures if turn else individuals, nobody_left)
        if party is nobody_left:
            break
        parties.append(party)  # type: ignore[arg-type]
    parties += [*individuals, *structures]
    rows = []
    for number, party in enumerate(parties, start=1):
        early = number <= MEMBERS_IN_2008
        joined = (
            date(2004 + number % 4, 1 + number % 12, 1)
            if early
            else date(2009 + number % 13, 1 + number % 12, 1)
        )
        person, organisation = (party, None) if isinstance(party, Person) else (None, party)
        rows.append(
            Membership(
                entity=entity,
                person=person,
                organisation=organisation,
                register_number=number,
                applied_on=joined,
                admitted_on=joined,
            )
        )
    Membership.objects.bulk_create(rows)


def register_cooperators(
    scic: LegalEntity, people: list[Person], organisations: list[Organisation], since: date
) -> None:
    """The SCIC's register: fifty members in four colleges; Yannick is a founder and speaks for a user."""
    colleges = {
        letter: College.objects.create(entity=scic, letter=letter, name=name)
        for letter, name, *_ in SCIC_COLLEGES
    }
    first = len(SEED_ORGANISATIONS)
    persons = iter([people[1], people[2], *people[20:60]])
    users = iter([*organisations[first : first + 4], *organisations[first + 20 : first + 60]])
    rows: list[Membership] = []
    for letter, _, _, category, count in SCIC_COLLEGES:
        for _ in range(count):
            is_person = letter in "AB"
            rows.append(
                Membership(
                    entity=scic,
                    person=next(persons) if is_person else None,
                    organisation=None if is_person else next(users),
                    category=category,
                    college=colleges[letter],
                    register_number=len(rows) + 1,
                    applied_on=since,
                    admitted_on=since,
                )
            )
    Membership.objects.bulk_create(rows)


def make_network(scic_since: date) -> Network:
    """Everybody, both legal entities and their bodies; the rules are adopted by the caller, through the service."""
    sectors = Sector.objects.bulk_create(
        [Sector(name=name, position=place) for place, name in enumerate(SECTORS, start=1)]
    )
    people, organisations = make_people(), make_organisations(sectors)
    name_representatives(people, organisations)
    for place, sector in enumerate(sectors):
        sector.lead, sector.employer = people[30 + place], organisations[len(SEED_ORGANISATIONS) + 30 + place]
    Sector.objects.bulk_update(sectors, ["lead", "employer"])
    association = LegalEntity.objects.create(
        name="Les Écossolies",
        slug="ecossolies",
        legal_form="association_1901",
        seat="Nantes",
        founded_on=date(2004, 7, 1),
    )
    scic = LegalEntity.objects.create(
        name="SCIC La Halle aux Outils",
        slug="halle-aux-outils",
        legal_form="scic_sas",
        seat="Nantes",
        founded_on=scic_since,
        is_fiction=True,
    )
    register_members(association, people, organisations)
    register_cooperators(scic, people, organisations, scic_since)
    body = GoverningBody.objects.create
    return Network(
        association=association,
        scic=scic,
        assembly=body(entity=association, kind="assembly", name="Assemblée générale"),
        board=body(entity=association, kind="board", name="Conseil d’administration", seats=35, term_years=3),
        executive=body(entity=association, kind="executive", name="Bureau", seats=8, term_years=3),
        scic_assembly=body(entity=scic, kind="assembly", name="Assemblée des associés"),
        people=people,
        organisations=organisations,
        sectors=sectors,
    )
