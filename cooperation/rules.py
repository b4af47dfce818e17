"""The pure law shared by statutes and counting: what the law asks of the rules an entity gives itself.

Each matter has its file: `college_law` (V01 to V04), `membership_law` (V05, V07), `capital_law` (V06, V15),
`board_law` (V07), `quorum_law`, `agenda_law` (V10, V11), `proxy_law` (V12, V13), `revision_law` (V14); the rules as
values are in `statutes_rules`. This file holds V08 and V09, gathers all of them, and is the one to import.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from cooperation.agenda_law import agenda_breaches, off_agenda_breaches
from cooperation.board_law import board_breaches, board_size_breaches, term_breaches, years_later
from cooperation.capital_law import (
    Allocation,
    allocation_breaches,
    least_allocation,
    public_capital_breaches,
    reserve_share_breaches,
    reserve_share_floor,
)
from cooperation.college_law import (
    ARTICLE_COLLEGES,
    Breach,
    EmptyCollege,
    IllegalRules,
    Profile,
    Redistribution,
    Weight,
    WeightBasis,
    capital_breaches,
    college_breaches,
    foreseen_breaches,
    read_fraction,
    redistribute,
    redistribution_breaches,
    weights_from_points,
)
from cooperation.membership_law import CATEGORIES, category_breaches, member_count_breaches
from cooperation.proxy_law import (
    BlankVote,
    Proxy,
    Relation,
    admission_breaches,
    blank_proxies_in_force,
    blank_proxy_vote,
    proxies_count,
    proxy_breaches,
    proxy_days,
    proxy_holders,
    proxy_setting_breaches,
    vote_again_breaches,
)
from cooperation.quorum_law import (
    CollegeQuorum,
    Presence,
    Quorum,
    QuorumRule,
    heads_needed,
    quorum_floor,
    quorum_met,
)
from cooperation.revision_law import (
    next_revision,
    revision_alerts,
    revision_breaches,
    revision_interval,
    revision_setting_breaches,
)
from cooperation.statutes_rules import (
    PLAIN_SETTINGS,
    Base,
    BlankProxies,
    Denominator,
    Majority,
    Pooling,
    ProxyHolders,
    SilentCollege,
    StatutesRules,
    Tie,
)

__all__ = [
    "ARTICLE_COLLEGES",
    "CATEGORIES",
    "PLAIN_SETTINGS",
    "Allocation",
    "Base",
    "BlankProxies",
    "BlankVote",
    "Breach",
    "CollegeQuorum",
    "Denominator",
    "EmptyCollege",
    "IllegalRules",
    "Majority",
    "Pooling",
    "Presence",
    "Profile",
    "Proxy",
    "ProxyHolders",
    "Quorum",
    "QuorumRule",
    "Redistribution",
    "Relation",
    "SilentCollege",
    "StatutesRules",
    "Tie",
    "Weight",
    "WeightBasis",
    "admission_breaches",
    "agenda_breaches",
    "allocation_breaches",
    "blank_proxies_in_force",
    "blank_proxy_vote",
    "board_breaches",
    "board_size_breaches",
    "capital_breaches",
    "category_breaches",
    "college_breaches",
    "foreseen_breaches",
    "heads_needed",
    "least_allocation",
    "majority_breaches",
    "majority_reached",
    "member_count_breaches",
    "next_revision",
    "notice_breaches",
    "notice_days",
    "notice_floor",
    "notice_given_breaches",
    "off_agenda_breaches",
    "proxies_count",
    "proxy_breaches",
    "proxy_days",
    "proxy_holders",
    "proxy_setting_breaches",
    "public_capital_breaches",
    "quorum_breaches",
    "quorum_floor",
    "quorum_met",
    "quorum_rule",
    "read_fraction",
    "redistribute",
    "redistribution_breaches",
    "reserve_share_breaches",
    "reserve_share_floor",
    "revision_alerts",
    "revision_breaches",
    "revision_interval",
    "revision_setting_breaches",
    "statutes_breaches",
    "term_breaches",
    "vote_again_breaches",
    "weights_from_points",
    "years_later",
]


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


ARTICLE_MAJORITY = _("Cass. ass. plén., 15 novembre 2024, n° 23-16.670")
ARTICLE_EXTRAORDINARY = {
    Profile.SCIC_SA: _("Code de commerce, art. L225-96"),
    Profile.SCIC_SARL: _("Code de commerce, art. L223-30"),
}
ARTICLE_QUORUM = _("Code de commerce, art. L225-98")
ARTICLE_NOTICE = {
    Profile.SCIC_SA: _("Code de commerce, art. R225-69"),
    Profile.SCIC_SARL: _("Code de commerce, art. R223-20"),
}
ARTICLE_STATUTES = _("statuts de l’entité")


def majority_reached(share: Fraction, majority: Majority) -> bool:
    """Whether this share carries: above the threshold when it is strict, at it or above otherwise.

    A simple majority is strictly more than half; two thirds are reached at two thirds (docs/law.md, E14).
    """
    return share > majority.threshold if majority.is_strict else share >= majority.threshold


def majority_breaches(profile: Profile, majority: Majority, *, extraordinary: bool = False) -> list[Breach]:
    """V08 on a majority: never below that of the votes cast, whatever the form.

    An SA or a SARL needs two thirds for an extraordinary decision, and a SARL may not ask unanimity.
    Sources: Cass. ass. plén. 15 Nov 2024; L225-96; L223-30 (docs/law.md, E11).
    """
    threshold = majority.threshold
    values = {"threshold": str(threshold)}
    if threshold > 1 or (threshold == 1 and majority.is_strict):
        return [
            Breach(
                "V08", ARTICLE_MAJORITY, _("Une majorité de plus de l’unanimité ne peut pas être atteinte.")
            )
        ]
    if threshold < Fraction(1, 2):
        message = _(
            "Une majorité de %(threshold)s laisserait décider sans la majorité des suffrages exprimés."
        )
        return [Breach("V08", ARTICLE_MAJORITY, message, values)]
    if threshold == Fraction(1, 2) and not majority.is_strict:
        message = _(
            "Atteindre 1/2 des suffrages exprimés n’en est pas la majorité : il faut dépasser cette part."
        )
        return [Breach("V08", ARTICLE_MAJORITY, message)]
    article = ARTICLE_EXTRAORDINARY.get(profile)
    if not extraordinary or article is None:
        return []
    if threshold < Fraction(2, 3):
        message = _(
            "Une décision extraordinaire demande au moins 2/3 des voix : vos statuts écrivent %(threshold)s."
        )
        return [Breach("V08", article, message, values)]
    if profile is Profile.SCIC_SARL and threshold == 1:
        return [
            Breach("V08", article, _("Une SARL ne peut pas exiger l’unanimité pour modifier ses statuts."))
        ]
    return []


def quorum_breaches(rules: StatutesRules) -> list[Breach]:
    """V08 on the quorum: the statutes of an SA may only ask more than the law, 1/5 on first call.

    A share above 1, or a weighted quorum without weights, can be met in no form. Source: L225-98.
    """
    breaches = []
    floor = quorum_floor(rules.profile, extraordinary=False, call=1)
    if rules.quorum_first < floor:
        message = _(
            "Le quorum de première convocation est de %(floor)s au moins : vos statuts écrivent %(share)s."
        )
        values = {"floor": str(floor), "share": str(rules.quorum_first)}
        breaches.append(Breach("V08", ARTICLE_QUORUM, message, values, "quorum_first"))
    beyond = _("Un quorum ne peut pas dépasser l’ensemble des membres.")
    for setting in ("quorum_first", "quorum_second"):
        if getattr(rules, setting) > 1:
            breaches.append(Breach("V08", ARTICLE_STATUTES, beyond, setting=setting))
    if rules.quorum_is_weighted and not rules.weights:
        message = _("Un quorum pondéré demande le poids de chaque collège.")
        breaches.append(Breach("V08", ARTICLE_STATUTES, message, setting="quorum_is_weighted"))
    return breaches


def quorum_rule(rules: StatutesRules, *, extraordinary: bool, call: int) -> QuorumRule:
    """The quorum of an assembly of this kind on first (1) or second (2) call.

    The higher of what the statutes ask and what the law asks of the form. Sources: L225-96, L225-98, L223-30;
    E12.
    """
    asked = rules.quorum_first if call == 1 else rules.quorum_second
    share = max(asked, quorum_floor(rules.profile, extraordinary=extraordinary, call=call))
    return QuorumRule(share, rules.quorum_is_weighted, rules.quorum_per_college, rules.empty_college)


def notice_floor(profile: Profile, call: int) -> int:
    """The days of notice the law asks on first (1) or second (2) call; 0 where the statutes decide.

    SA: 15 then 10 (R225-69). SARL: 15 on every call (R223-20). SAS and association: the statutes.
    """
    if profile is Profile.SCIC_SA:
        return 15 if call == 1 else 10
    return 15 if profile is Profile.SCIC_SARL else 0


def notice_days(sent_on: date, held_on: date) -> int:
    """The days of notice: the day of sending is not counted (convention, docs/law.md)."""
    return (held_on - sent_on).days


def notice_breaches(rules: StatutesRules) -> list[Breach]:
    """V09 on the statutes: never less notice than the law of the form. Sources: R225-69, R223-20."""
    message = _(
        "La convocation part au moins %(floor)s jours avant la réunion : vos statuts écrivent %(days)s."
    )
    given = {1: rules.notice_days_first, 2: rules.notice_days_second}
    return [
        Breach(
            "V09",
            ARTICLE_NOTICE[rules.profile],
            message,
            {"floor": notice_floor(rules.profile, call), "days": days},
            "notice_days_first" if call == 1 else "notice_days_second",
        )
        for call, days in given.items()
        if days < notice_floor(rules.profile, call)
    ]


def notice_given_breaches(rules: StatutesRules, *, call: int, sent_on: date, held_on: date) -> list[Breach]:
    """V09 on one notice: sent early enough for the law and for the statutes.

    Sources: R225-69, R223-20; for a SAS or an association the statutes alone.
    """
    asked = rules.notice_days_first if call == 1 else rules.notice_days_second
    floor = notice_floor(rules.profile, call)
    days = notice_days(sent_on, held_on)
    if days >= max(asked, floor):
        return []
    article = ARTICLE_NOTICE[rules.profile] if days < floor else ARTICLE_STATUTES
    message = _("La convocation part au moins %(floor)s jours avant la réunion : ici, %(days)s.")
    return [Breach("V09", article, message, {"floor": max(asked, floor), "days": days})]


def statutes_breaches(rules: StatutesRules) -> list[Breach]:
    """Everything the law refuses in these rules (V01 to V04, V07 to V09, V12, V14, V15); empty: they may be saved.

    Each breach names the setting at fault. A redistribution that could break the cap is told here, before it
    happens, once the weights themselves are legal.
    """
    return [
        *_weight_breaches(rules),
        *_at("weight_basis", capital_breaches(rules.profile, [rules.weight_basis])),
        *_at("ordinary", majority_breaches(rules.profile, rules.ordinary)),
        *_at("extraordinary", majority_breaches(rules.profile, rules.extraordinary, extraordinary=True)),
        *quorum_breaches(rules),
        *notice_breaches(rules),
        *proxy_setting_breaches(rules),
        *board_breaches(rules),
        *revision_setting_breaches(rules),
        *reserve_share_breaches(rules),
    ]


def _at(setting: str, breaches: Iterable[Breach]) -> list[Breach]:
    return [dataclasses.replace(breach, setting=setting) for breach in breaches]


def _weight_breaches(rules: StatutesRules) -> list[Breach]:
    breaches = college_breaches(rules.profile, rules.weights)
    if not rules.weights and rules.pooling is not Pooling.NONE:
        message = _("Des votes par collèges demandent le poids de chaque collège.")
        breaches = [Breach("V03", ARTICLE_STATUTES, message)]
    is_used = rules.pooling is not Pooling.NONE or rules.quorum_is_weighted
    if breaches or not is_used:
        return _at("points", breaches)
    return _at("empty_college", foreseen_breaches(rules.profile, rules.weights, rules.empty_college))
