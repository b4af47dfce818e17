"""An entity before the law of its form: what its register and its board lack today (V05, V07)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from cooperation.models import GoverningBody, LegalEntity, Mandate, Membership
from cooperation.rules import (
    Breach,
    Profile,
    board_size_breaches,
    category_breaches,
    member_count_breaches,
    term_breaches,
)
from cooperation.sentences import say


@dataclass(frozen=True)
class Lack:
    """What is missing: a sentence, the code of the rule and its article."""

    sentence: str
    code: str
    article: str


@dataclass(frozen=True)
class Standing:
    """The register and the board of a cooperative on a day; `lacks` is empty when they are in order."""

    members: int
    categories: int
    lacks: list[Lack]


def standing_of(entity: LegalEntity, on: date) -> Standing | None:
    """What the law asks of a cooperative's register and board; None for an association, which the law leaves free."""
    profile = Profile(entity.legal_form)
    if not profile.is_scic:
        return None
    rows = Membership.objects.filter(entity=entity).as_of(on).order_by().values_list("category")
    heads: dict[str, int] = dict(rows.annotate(count=Count("pk")))
    members = sum(heads.values())
    breaches = [
        *category_breaches(profile, heads),
        *member_count_breaches(profile, members),
        *board_breaches(entity, profile, on),
    ]
    named = [Lack(say(breach.sentence, _), breach.code, _(breach.article)) for breach in breaches]
    return Standing(
        members, len([name for name, count in heads.items() if count and name != "member"]), named
    )


def board_breaches(entity: LegalEntity, profile: Profile, on: date) -> list[Breach]:
    """V07 on the board as it sits: its directors of today, their terms."""
    terms = list(
        Mandate.objects.as_of(on)
        .filter(body__entity=entity, body__kind=GoverningBody.Kind.BOARD)
        .values_list("since", "until")
    )
    found = board_size_breaches(profile, len(terms)) if terms else []
    for since, until in terms:
        found += term_breaches(profile, since, until)
    return found
