"""The law of voting colleges: their weights, what becomes of an empty one, and the bounds of V01 to V04."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from cooperation.sentences import Param, Sentence


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


_EXACT = re.compile(r"([0-9]{1,18})(?:/([0-9]{1,18}))?")

FLOOR = Fraction(1, 10)
CAP = Fraction(1, 2)
FEWEST_COLLEGES = 3

ARTICLE_COLLEGES = _("loi n° 47-1775 du 10 septembre 1947, art. 19 octies")


class Profile(StrEnum):
    """The legal forms whose law differs; the values are those of `LegalEntity.legal_form`."""

    ASSOCIATION_1901 = "association_1901"
    SCIC_SA = "scic_sa"
    SCIC_SAS = "scic_sas"
    SCIC_SARL = "scic_sarl"

    @property
    def is_scic(self) -> bool:
        """Whether the law of 1947 bounds the colleges; an association is free."""
        return self is not Profile.ASSOCIATION_1901


class EmptyCollege(StrEnum):
    """What becomes of the weight of a college without members."""

    LOST = "lost"
    PROPORTIONAL = "proportional"
    EQUAL = "equal"
    SUSPEND = "suspend"


class WeightBasis(StrEnum):
    """What the weights were decided on; capital is named only to be refused (V04)."""

    EQUAL = "equal"
    ACTIVITY = "activity"
    DEVELOPMENT = "development"
    CAPITAL = "capital"


@dataclass(frozen=True)
class Weight:
    """The share of one college in the voting rights. `label` is its name in words, for the sentences."""

    college: str
    share: Fraction
    label: str = ""

    def as_json(self) -> dict[str, str]:
        """The weight as plain JSON values, the share as "2/5"."""
        return {"college": self.college, "share": str(self.share), "label": self.label}

    @classmethod
    def from_json(cls, data: object) -> Weight:
        """Read what `as_json` wrote. Raises ValueError on any other shape."""
        college, share, label = (
            data.get(key) if isinstance(data, Mapping) else None for key in ("college", "share", "label")
        )
        if not isinstance(college, str) or not isinstance(label, str):
            raise ValueError("a weight is a college, its share and its label")
        return cls(college, read_fraction(share), label)


@dataclass(frozen=True)
class Breach:
    """A setting the law refuses: the validator's code, the article, and the reason (message and values).

    `setting` names the rule of `StatutesRules` that is at fault, empty when it is not one of them.
    """

    code: str
    article: str
    message: str
    params: Mapping[str, Param] = field(default_factory=dict)
    setting: str = ""

    @property
    def sentence(self) -> Sentence:
        """The reason, ready to be said."""
        return Sentence(self.message, self.params)

    def as_json(self) -> dict[str, object]:
        """The breach as plain JSON values."""
        return {"code": self.code, "article": self.article, "reason": self.sentence.as_json()}


class IllegalRules(Exception):
    """Rules that break the law of their profile were asked to count; `breaches` says which and why."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        super().__init__(", ".join(breach.code for breach in breaches))
        self.breaches = tuple(breaches)


@dataclass(frozen=True)
class Redistribution:
    """The weights once the empty colleges are set aside.

    `weights` are those that remain with their share now, `lost` what nobody carries any more, `empty` the
    names set aside. When `is_suspended`, weighting is off: one member, one vote; `weights` then is empty.
    """

    weights: tuple[Weight, ...]
    lost: Fraction
    empty: tuple[str, ...]
    is_suspended: bool


def read_fraction(value: object) -> Fraction:
    """An exact share or weight: an integer, or a text such as "3/10".

    Raises ValueError for anything else: a float, a boolean, a decimal text, a sign, a zero denominator.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**18:
        return Fraction(value)
    match = _EXACT.fullmatch(value) if isinstance(value, str) else None
    if match is None or (match[2] is not None and int(match[2]) == 0):
        raise ValueError('a share is written exactly, as "3/10" or "1"')
    return Fraction(int(match[1]), int(match[2] or 1))


def weights_from_points(
    points: Mapping[str, int], labels: Mapping[str, str] | None = None
) -> tuple[Weight, ...]:
    """The shares of colleges from their points in the statutes: 40, 25, 25, 10 give 2/5, 1/4, 1/4, 1/10.

    Raises ValueError when a college has no points.
    """
    if any(value < 1 for value in points.values()):
        raise ValueError("a college weighs at least one point")
    total = sum(points.values())
    names = labels or {}
    return tuple(Weight(name, Fraction(value, total), names.get(name, "")) for name, value in points.items())


def redistribute(weights: Sequence[Weight], empty: Collection[str], policy: EmptyCollege) -> Redistribution:
    """Set the empty colleges aside by the policy the statutes declare (docs/law.md, S11, E07).

    `lost`: their weight is carried by nobody. `proportional`: the others grow in proportion. `equal`: shared
    equally, except that a college already at 1/2 gets nothing, and fewer than three remaining suspend the
    weighting (model statutes of CG Scop). `suspend`: the weighting is suspended at once. The answer may break
    the cap: ask `redistribution_breaches`. Raises ValueError for an empty college that is not in the table,
    or a weight of zero.
    """
    if not set(empty) <= {weight.college for weight in weights} or any(
        weight.share <= 0 for weight in weights
    ):
        raise ValueError("every college has a weight above zero")
    staying = tuple(weight for weight in weights if weight.college not in empty)
    gone = tuple(weight.college for weight in weights if weight.college in empty)
    freed = sum((weight.share for weight in weights if weight.college in empty), Fraction(0))
    if not gone:
        return Redistribution(staying, Fraction(0), (), False)
    if not staying or policy is EmptyCollege.SUSPEND:
        return Redistribution((), Fraction(0), gone, True)
    if policy is EmptyCollege.LOST:
        return Redistribution(staying, freed, gone, False)
    if policy is EmptyCollege.PROPORTIONAL:
        return Redistribution(_in_proportion(staying), Fraction(0), gone, False)
    if len(staying) < FEWEST_COLLEGES:
        return Redistribution((), Fraction(0), gone, True)
    takers = sum(weight.share < CAP for weight in staying)
    if not takers:
        return Redistribution(staying, freed, gone, False)
    return Redistribution(_equally(staying, freed / takers), Fraction(0), gone, False)


def _in_proportion(staying: Sequence[Weight]) -> tuple[Weight, ...]:
    total = sum((weight.share for weight in staying), Fraction(0))
    return tuple(replace(weight, share=weight.share / total) for weight in staying)


def _equally(staying: Sequence[Weight], gain: Fraction) -> tuple[Weight, ...]:
    return tuple(
        replace(weight, share=weight.share + gain) if weight.share < CAP else weight for weight in staying
    )


def college_breaches(profile: Profile, weights: Sequence[Weight]) -> list[Breach]:
    """V01, V02 and V03 on a table of weights: none or at least three, each from 1/10 to 1/2, together 1.

    An association is free: only V03 holds for it, since a table that does not add up cannot be counted.
    Source: law of 10 September 1947, art. 19 octies (docs/law.md, S3, S5).
    """
    if not weights:
        return []
    breaches = _too_few(weights) + _out_of_bounds(weights) if profile.is_scic else []
    total = sum((weight.share for weight in weights), Fraction(0))
    if total != 1:
        message = _("Les poids des collèges doivent faire 1 exactement : ils font %(total)s.")
        breaches.append(Breach("V03", ARTICLE_COLLEGES, message, {"total": str(total)}))
    return breaches


def _too_few(weights: Sequence[Weight]) -> list[Breach]:
    if len(weights) >= FEWEST_COLLEGES:
        return []
    message = _(
        "Les votes se pondèrent entre trois collèges au moins, ou pas du tout : collèges déclarés, %(count)s."
    )
    return [Breach("V01", ARTICLE_COLLEGES, message, {"count": len(weights)})]


def _out_of_bounds(weights: Sequence[Weight]) -> list[Breach]:
    above = _(
        "Le collège %(college)s pèserait %(share)s des voix : aucun collège ne peut en détenir plus de 1/2."
    )
    below = _(
        "Le collège %(college)s pèserait %(share)s des voix : aucun collège ne peut en détenir moins de 1/10."
    )
    return [
        Breach(
            "V02",
            ARTICLE_COLLEGES,
            above if weight.share > CAP else below,
            {"college": weight.college, "share": str(weight.share)},
        )
        for weight in weights
        if not FLOOR <= weight.share <= CAP
    ]


def redistribution_breaches(
    profile: Profile, weights: Sequence[Weight], empty: Collection[str], policy: EmptyCollege
) -> list[Breach]:
    """V02 again once these colleges are empty: redistribution must not lift one above 1/2 (E07).

    Source: docs/law.md, S5, S11.
    """
    if not profile.is_scic:
        return []
    return _out_of_bounds(redistribute(weights, empty, policy).weights)


def foreseen_breaches(profile: Profile, weights: Sequence[Weight], policy: EmptyCollege) -> list[Breach]:
    """V02 for each college that could become empty alone: told when the statutes are saved.

    One breach per emptied college and per college it would lift above the cap.
    """
    message = _(
        "Si le collège %(empty)s n’avait plus de membre, le collège %(college)s pèserait %(share)s des "
        "voix : "
        "aucun collège ne peut en détenir plus de 1/2."
    )
    found = []
    for weight in weights:
        broken = redistribution_breaches(profile, weights, [weight.college], policy)
        found += [Breach("V02", b.article, message, {**b.params, "empty": weight.college}) for b in broken]
    return found


def capital_breaches(profile: Profile, bases: Iterable[WeightBasis]) -> list[Breach]:
    """V04: weights never follow the capital brought in. Source: art. 19 octies (docs/law.md, S6)."""
    if not profile.is_scic or WeightBasis.CAPITAL not in bases:
        return []
    message = _("Le poids d’un collège ne peut pas dépendre du capital apporté par ses membres.")
    return [Breach("V04", ARTICLE_COLLEGES, message)]
