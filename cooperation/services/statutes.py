"""Adopting the rules of an entity: the law of its form is asked first, and nothing illegal is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.models import (
    College,
    CollegeWeight,
    LegalEntity,
    Mandate,
    Person,
    Statutes,
    StatutesDraft,
)
from cooperation.rules import Breach, Majority, Profile, StatutesRules, statutes_breaches, weights_from_points
from cooperation.sentences import say
from realtime.refused import Refused


class IllegalStatutes(Refused):
    """Rules the law of the entity's form refuses: the first breach names the code, `breaches` holds all."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        self.breaches = tuple(breaches)
        super().__init__(breaches[0].code, reasons=" ".join(reason(breach) for breach in breaches))
        for breach in breaches:
            self.errors.setdefault(breach.setting or "non_field_errors", []).append(reason(breach))


def refuse_unlawful(breaches: Sequence[Breach]) -> None:
    """Refuse what the law of the form refuses. Raises `Refused` with the code of the first breach, all in words."""
    if breaches:
        raise Refused(breaches[0].code, reasons=" ".join(reason(breach) for breach in breaches))


def reason(breach: Breach) -> str:
    """Why the law refuses, with the rule's code and its article."""
    return _("%(reason)s (règle %(code)s, %(article)s).") % {
        "reason": say(breach.sentence, _).removesuffix("."),
        "code": breach.code,
        "article": _(breach.article),
    }


@transaction.atomic
def adopt_statutes(
    *,
    entity: LegalEntity,
    rules: StatutesRules,
    weights: Mapping[College, int],
    in_force_from: date,
    by: Person | None,
    at: datetime,
    decided_by: str = "",
) -> Statutes:
    """Write the next version of an entity's statutes, with the points of its colleges.

    The profile is the entity's, the shares are those of the points, whatever `rules` says of them. `by` is
    who records it and sits on the board; None where nobody does yet: the founding rules.
    Raises `Refused`: `not_on_board`, `college_elsewhere`, `points_missing`, `statutes_out_of_order`, and the law's own codes
    V01…V15 (`IllegalStatutes`, with the article and the setting at fault). The draft of the entity is done with.
    """
    rules = lawful(entity, rules, weights, by, at)
    written = Statutes.objects.filter(entity=entity)
    if written.filter(in_force_from__gt=in_force_from).exists():
        raise Refused("statutes_out_of_order")
    last = written.aggregate(last=Max("version"))["last"] or 0
    statutes = Statutes.objects.create(
        entity=entity,
        version=last + 1,
        in_force_from=in_force_from,
        decided_by=decided_by,
        recorded_by=by,
        **columns(rules),
    )
    CollegeWeight.objects.bulk_create(
        [
            CollegeWeight(statutes=statutes, college=college, points=points)
            for college, points in weights.items()
        ]
    )
    StatutesDraft.objects.filter(entity=entity).delete()
    return statutes


@transaction.atomic
def draft_statutes(
    *,
    entity: LegalEntity,
    rules: StatutesRules,
    weights: Mapping[College, int],
    by: Person,
    at: datetime,
    in_force_from: date | None = None,
    decided_by: str = "",
) -> StatutesDraft:
    """Keep the next version of an entity's statutes, in force nowhere, once the law agrees; the last writer's stays.

    Raises `Refused` as `adopt_statutes` does, the order of dates aside.
    """
    written = {
        "rules": lawful(entity, rules, weights, by, at).to_json(),
        "points": {str(college.pk): points for college, points in weights.items()},
        "in_force_from": in_force_from,
        "decided_by": decided_by,
        "written_by": by,
        "written_at": at,
    }
    return StatutesDraft.objects.update_or_create(entity=entity, defaults=written)[0]


@transaction.atomic
def discard_draft(*, entity: LegalEntity, by: Person, at: datetime) -> None:
    """Throw the draft away, if there is one. Raises `Refused("not_on_board")`."""
    check_may_write(entity, by, {}, timezone.localdate(at))
    StatutesDraft.objects.filter(entity=entity).delete()


def lawful(
    entity: LegalEntity, rules: StatutesRules, weights: Mapping[College, int], by: Person | None, at: datetime
) -> StatutesRules:
    """The rules completed, once who writes may and the law agrees; the entity's row is held until the end."""
    LegalEntity.objects.select_for_update().get(pk=entity.pk)
    check_may_write(entity, by, weights, timezone.localdate(at))
    rules = completed(entity, rules, weights)
    breaches = statutes_breaches(rules)
    if breaches:
        raise IllegalStatutes(breaches)
    return rules


def check_may_write(entity: LegalEntity, by: Person | None, weights: Mapping[College, int], on: date) -> None:
    """Who records sits on the board; the weights are those of the entity's own colleges.

    Raises `Refused`: `not_on_board`, `college_elsewhere`, `points_missing`.
    """
    seats = Mandate.objects.as_of(on).on_board(entity)
    if by is not None and not seats.filter(person=by).exists():
        raise Refused("not_on_board")
    if any(college.entity_id != entity.pk for college in weights):
        raise Refused("college_elsewhere")
    if any(points < 1 for points in weights.values()):
        raise Refused("points_missing")


def completed(entity: LegalEntity, rules: StatutesRules, weights: Mapping[College, int]) -> StatutesRules:
    """The rules under the entity's own profile, with the shares its colleges' points give."""
    shares = weights_from_points(
        {college.letter: points for college, points in weights.items()},
        {college.letter: college.name for college in weights},
    )
    return replace(rules, profile=Profile(entity.legal_form), weights=shares if weights else ())


def columns(rules: StatutesRules) -> dict[str, object]:
    """The rules as the columns of `Statutes`: each fraction in two integers."""
    found: dict[str, object] = {}
    for name in (field.name for field in fields(rules) if field.name not in ("profile", "weights")):
        value = getattr(rules, name)
        if isinstance(value, Majority):
            found[f"{name}_is_strict"] = value.is_strict
            value = value.threshold
        if isinstance(value, Fraction):
            found |= {f"{name}_numerator": value.numerator, f"{name}_denominator": value.denominator}
        else:
            found[name] = value
    return found
