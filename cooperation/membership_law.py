"""The law of membership: the categories a cooperative must gather (V05), how many members it may have (V07)."""

from __future__ import annotations

from collections.abc import Mapping

from cooperation.college_law import Breach, Profile


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


BENEFICIARY, EMPLOYEE, PRODUCER = "beneficiary", "employee", "producer"
CATEGORIES = frozenset({BENEFICIARY, EMPLOYEE, PRODUCER, "volunteer", "public_body", "partner"})
FEWEST_CATEGORIES = 3
MOST_IN_SARL = 100

ARTICLE_CATEGORIES = _("loi n° 47-1775 du 10 septembre 1947, art. 19 septies")
ARTICLE_SARL_MEMBERS = _("Code de commerce, art. L223-3")


def category_breaches(
    profile: Profile, members: Mapping[str, int], *, has_staff: bool = False
) -> list[Breach]:
    """V05: three categories of members, among them beneficiaries, and employees; producers where nobody is employed.

    `members` counts heads by category (the keys of `CATEGORIES`; any other is no category of the law).
    `has_staff` says that the cooperative employs people, members or not. An association has no categories.
    Source: L47 art. 19 septies, version of 23 Feb 2022.
    """
    if not profile.is_scic:
        return []
    present = {name for name, heads in members.items() if heads and name in CATEGORIES}
    breaches = []
    if len(present) < FEWEST_CATEGORIES:
        message = _("Il faut des membres de trois catégories au moins : le registre en compte %(count)s.")
        breaches.append(Breach("V05", ARTICLE_CATEGORIES, message, {"count": len(present)}))
    if BENEFICIARY not in present:
        message = _("Il faut des membres qui bénéficient des biens ou des services de la coopérative.")
        breaches.append(Breach("V05", ARTICLE_CATEGORIES, message))
    if EMPLOYEE not in present and (has_staff or PRODUCER not in present):
        message = _(
            "Il faut des membres salariés ; là où personne n’est salarié, des membres qui produisent les biens "
            "ou les services."
        )
        breaches.append(Breach("V05", ARTICLE_CATEGORIES, message))
    return breaches


def member_count_breaches(profile: Profile, members: int) -> list[Breach]:
    """V07: a SARL has at most 100 members; the other forms have no most. Source: L223-3."""
    if profile is not Profile.SCIC_SARL or members <= MOST_IN_SARL:
        return []
    message = _("Une SARL a au plus %(most)s membres : elle en aurait %(members)s.")
    return [Breach("V07", ARTICLE_SARL_MEMBERS, message, {"most": MOST_IN_SARL, "members": members})]
