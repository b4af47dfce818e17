"""The law of money in a cooperative: what public bodies may hold (V06), what a surplus must leave in reserve (V15)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cooperation.college_law import Breach, Profile
from cooperation.sentences import percent
from cooperation.statutes_rules import StatutesRules


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


PUBLIC_CAP = Fraction(1, 2)
LEGAL_RESERVE = Fraction(15, 100)
STATUTORY_RESERVE = Fraction(1, 2)

ARTICLE_PUBLIC = _("loi n° 47-1775 du 10 septembre 1947, art. 19 septies")
ARTICLE_RESERVES = _("loi n° 47-1775 du 10 septembre 1947, art. 16 et 19 nonies")

Money = Fraction | int


@dataclass(frozen=True)
class Allocation:
    """What the law asks of a surplus, in the unit it was given in.

    `legal` and `statutory` are the least each reserve receives; `interest` is the most that may pay interest on
    shares, public aid deducted.
    """

    legal: Fraction
    statutory: Fraction
    interest: Fraction

    @property
    def reserves(self) -> Fraction:
        """The least that goes to both reserves."""
        return self.legal + self.statutory


def public_capital_breaches(profile: Profile, *, public: Money, total: Money) -> list[Breach]:
    """V06: public bodies hold together at most one half of the capital; one half is lawful.

    Any unit, the same for both. Raises ValueError when the parts contradict the whole. Source: L47 art. 19
    septies al. 4. An association has no capital.
    """
    if not 0 <= public <= total:
        raise ValueError("public bodies hold from none to all of the capital")
    if not profile.is_scic or 2 * public <= total:
        return []
    message = _(
        "Les collectivités publiques détiendraient %(share)s du capital, soit %(percent)s : la limite est 1/2."
    )
    share = Fraction(public, 1) / Fraction(total, 1)
    return [Breach("V06", ARTICLE_PUBLIC, message, {"share": str(share), "percent": percent(share)})]


def reserve_share_floor(*, is_legal_reserve_full: bool = False) -> Fraction:
    """The least part of a surplus put in reserve: 15 % then half of the rest, 23/40; 1/2 once the legal reserve is full.

    Source: L47 art. 16 and 19 nonies (docs/law.md, E17).
    """
    legal = Fraction(0) if is_legal_reserve_full else LEGAL_RESERVE
    return legal + STATUTORY_RESERVE * (1 - legal)


def least_allocation(
    surplus: Money, *, legal_reserve: Money, highest_capital: Money, public_aid: Money = 0
) -> Allocation:
    """What the law asks of this surplus: 15 % to the legal reserve until it equals the highest capital reached, then
    half of the rest to the statutory reserve; what is left, less the public aid received, may pay interest.

    Nothing is rounded. A loss, or nothing, leaves nothing to allocate. Raises ValueError for a negative reserve,
    capital or aid. Source: L47 art. 16 and 19 nonies (docs/law.md, E17).
    """
    if min(legal_reserve, highest_capital, public_aid) < 0:
        raise ValueError("a reserve, a capital, an aid are never negative")
    whole = Fraction(max(surplus, 0))
    missing = max(Fraction(highest_capital) - Fraction(legal_reserve), Fraction(0))
    legal = min(LEGAL_RESERVE * whole, missing)
    statutory = STATUTORY_RESERVE * (whole - legal)
    return Allocation(legal, statutory, max(whole - legal - statutory - Fraction(public_aid), Fraction(0)))


def allocation_breaches(
    profile: Profile, least: Allocation, *, reserves: Money, interest: Money
) -> list[Breach]:
    """V15 on one year: the reserves receive what the law asks, the interest does not pass what is left.

    `least` is the answer of `least_allocation`, in the same unit. An association shares nothing out.
    """
    if not profile.is_scic:
        return []
    breaches = []
    if reserves < least.reserves:
        message = _("Les réserves reçoivent au moins %(least)s : ici, %(given)s.")
        values = {"least": _grouped(least.reserves), "given": _grouped(reserves)}
        breaches.append(Breach("V15", ARTICLE_RESERVES, message, values))
    if interest > least.interest:
        message = _(
            "L’intérêt aux parts sociales ne dépasse pas %(most)s, aides publiques déduites : ici, %(given)s."
        )
        values = {"most": _grouped(least.interest), "given": _grouped(interest)}
        breaches.append(Breach("V15", ARTICLE_RESERVES, message, values))
    return breaches


def _grouped(amount: Money) -> str:
    """An exact amount in digits grouped by three; a fraction stays one."""
    whole = Fraction(amount)
    return f"{whole.numerator:,}".replace(",", "\u202f") if whole.denominator == 1 else str(whole)


def reserve_share_breaches(rules: StatutesRules) -> list[Breach]:
    """V15 on the statutes: the part they put in reserve is from 23/40 to the whole, as long as the legal reserve may
    have to be filled."""
    floor = reserve_share_floor() if rules.profile.is_scic else Fraction(0)
    if floor <= rules.reserve_share <= 1:
        return []
    message = _("La part mise en réserve va de %(floor)s à la totalité : vos statuts écrivent %(share)s.")
    values = {"floor": str(floor), "share": str(rules.reserve_share)}
    return [Breach("V15", ARTICLE_RESERVES, message, values, "reserve_share")]
