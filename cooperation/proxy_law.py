"""The law of proxies (V12) and of voting again in person (V13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cooperation.college_law import Breach, Profile
from cooperation.sentences import Param, dated
from cooperation.statutes_rules import Base, BlankProxies, ProxyHolders, StatutesRules


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


class Relation(StrEnum):
    """What a proxy holder is to the member who gives it."""

    MEMBER = "member"
    SPOUSE = "spouse"
    PARTNER = "partner"
    OTHER = "other"


class BlankVote(StrEnum):
    """How a proxy that names nobody votes: for, against, as its chair likes, or not at all."""

    FOR = "for"
    AGAINST = "against"
    CHAIR = "chair"
    REFUSED = "refused"


ARTICLE_COOPERATIVE = _("loi n° 47-1775 du 10 septembre 1947, art. 9")
ARTICLE_ONE_VOTE = _("loi n° 47-1775 du 10 septembre 1947, art. 1")
ARTICLE_OWN = _("statuts de l’entité")
ARTICLE_HOLDER = {
    Profile.SCIC_SA: _("Code de commerce, art. L225-106"),
    Profile.SCIC_SARL: _("Code de commerce, art. L223-28"),
}
ARTICLE_VALIDITY = {
    Profile.SCIC_SA: _("Code de commerce, art. R225-79"),
    Profile.SCIC_SARL: _("Code de commerce, art. R223-21"),
}
ARTICLE_MANDATE = _("Code civil, art. 1984 et suivants")
BY_STATUTES = {
    ProxyHolders.MEMBERS: {Relation.MEMBER},
    ProxyHolders.FAMILY: {Relation.MEMBER, Relation.SPOUSE, Relation.PARTNER},
    ProxyHolders.ANYONE: set(Relation),
}
BY_LAW = {
    Profile.SCIC_SA: {Relation.MEMBER, Relation.SPOUSE, Relation.PARTNER},
    Profile.SCIC_SARL: {Relation.MEMBER, Relation.SPOUSE},
}
DAYS = {Profile.SCIC_SA: 15, Profile.SCIC_SARL: 7}


@dataclass(frozen=True)
class Proxy:
    """A proxy as the desk sees it: who holds it, for which meeting it was given, and where it is shown.

    `held` counts the proxies its holder has besides this one. `is_passed_on` says that its holder hands it to
    somebody else. `same_agenda` says that the meeting held is a next call of the one it was given for.
    """

    relation: Relation
    given_for: date
    held_on: date
    held: int = 0
    same_college: bool = True
    is_passed_on: bool = False
    same_agenda: bool = False
    is_revoked: bool = False


def proxies_count(rules: StatutesRules) -> bool:
    """Whether who is represented counts as who is there, for the quorum and at the vote.

    Not in an association whose statutes count the members present (docs/law.md, E16). A cooperative reads
    « présents » as present or represented: its members may always be (L47 art. 9 al. 3).
    """
    return rules.profile.is_scic or rules.base is not Base.PRESENT


def admission_breaches(rules: StatutesRules, *, is_blank: bool = False) -> list[Breach]:
    """V12 before anyone is named: whether these statutes take proxies, and one that names nobody (`is_blank`).

    Sources: the statutes; for a blank proxy L225-106 III, which imposes it on an SA.
    """
    if not proxies_count(rules):
        message = _("Vos statuts comptent les membres présents : un pouvoir n’y compte pas.")
        return [Breach("V12", ARTICLE_OWN, message)]
    if rules.proxies_per_holder == 0:
        return [Breach("V12", ARTICLE_OWN, _("Vos statuts n’admettent pas de pouvoir."))]
    if is_blank and blank_proxies_in_force(rules) is BlankProxies.REFUSED:
        message = _("Vos statuts n’admettent pas de pouvoir sans nom : choisissez qui le porte.")
        return [Breach("V12", ARTICLE_OWN, message)]
    return []


def proxy_holders(rules: StatutesRules) -> frozenset[Relation]:
    """Who may hold a proxy: whom the statutes name, and whom the law of the form lets in whatever they say.

    SA: member, spouse, civil partner, nobody else (L225-106). SARL: member, spouse; others if the statutes say so
    (L223-28). SAS and association: the statutes.
    """
    by_law = BY_LAW.get(rules.profile, set())
    allowed = BY_STATUTES[rules.proxy_holders] | by_law
    return frozenset(by_law if rules.profile is Profile.SCIC_SA else allowed)


def proxy_days(profile: Profile) -> int:
    """How many days after its meeting a proxy still serves another: 15 in an SA, 7 in a SARL, else the same day."""
    return DAYS.get(profile, 0)


def proxy_breaches(rules: StatutesRules, proxy: Proxy) -> list[Breach]:
    """V12 on one proxy: an eligible holder, under the cap, who does not pass it on, and a proxy that still holds.

    Sources: L225-106, L223-28, R225-79, R223-21; the cap and the college are the statutes' (docs/law.md, E12).
    """
    return [*_holder(rules, proxy), *_number(rules, proxy), *_life(rules, proxy)]


def _holder(rules: StatutesRules, proxy: Proxy) -> list[Breach]:
    article = ARTICLE_HOLDER.get(rules.profile, ARTICLE_OWN)
    found = []
    if proxy.relation not in proxy_holders(rules):
        found.append(Breach("V12", article, _("Cette personne ne peut pas recevoir de pouvoir ici.")))
    if rules.proxies_same_college and proxy.relation is Relation.MEMBER and not proxy.same_college:
        message = _("Un pouvoir se donne à un membre du même collège.")
        found.append(Breach("V12", ARTICLE_OWN, message))
    if proxy.is_passed_on:
        validity = ARTICLE_VALIDITY.get(rules.profile, ARTICLE_MANDATE)
        message = _("Qui reçoit un pouvoir ne peut pas le confier à quelqu’un d’autre.")
        found.append(Breach("V12", validity, message))
    return found


def _number(rules: StatutesRules, proxy: Proxy) -> list[Breach]:
    cap = rules.proxies_per_holder
    if cap is None or proxy.held < cap:
        return []
    message = _("Une même personne porte %(cap)s pouvoirs au plus : celui-ci serait de trop.")
    return [Breach("V12", ARTICLE_OWN, message, {"cap": cap})]


def _life(rules: StatutesRules, proxy: Proxy) -> list[Breach]:
    article = ARTICLE_VALIDITY.get(rules.profile, ARTICLE_MANDATE)
    if proxy.is_revoked:
        return [Breach("V12", article, _("Ce pouvoir a été retiré par qui l’avait donné."))]
    days = (proxy.held_on - proxy.given_for).days
    if 0 <= days <= proxy_days(rules.profile) or (proxy.same_agenda and days >= 0):
        return []
    message = _("Ce pouvoir valait pour la réunion du %(day)s.")
    if proxy_days(rules.profile):
        message = _("Ce pouvoir valait pour la réunion du %(day)s et les %(days)s jours qui la suivent.")
    values: dict[str, Param] = {"day": dated(proxy.given_for), "days": proxy_days(rules.profile)}
    return [Breach("V12", article, message, values)]


def proxy_setting_breaches(rules: StatutesRules) -> list[Breach]:
    """V12 on the statutes: a cooperative cannot refuse every proxy, and an SA admits no stranger as a holder.

    Sources: L47 art. 9 al. 3; L225-106. An association may forbid proxies.
    """
    found = []
    if rules.profile.is_scic and rules.proxies_per_holder == 0:
        message = _("Les membres d’une coopérative peuvent se faire représenter : au moins un pouvoir.")
        found.append(Breach("V12", ARTICLE_COOPERATIVE, message, {}, "proxies_per_holder"))
    if rules.profile is Profile.SCIC_SA and rules.proxy_holders is ProxyHolders.ANYONE:
        message = _("Dans une SA, un pouvoir va à un membre, à son conjoint ou à son partenaire de PACS.")
        found.append(Breach("V12", ARTICLE_HOLDER[rules.profile], message, {}, "proxy_holders"))
    if rules.profile is Profile.SCIC_SA and rules.blank_proxies is BlankProxies.FREE:
        message = _("Dans une SA, un pouvoir sans nom vote pour ce que le conseil présente, contre le reste.")
        found.append(Breach("V12", ARTICLE_HOLDER[rules.profile], message, {}, "blank_proxies"))
    return found


def blank_proxies_in_force(rules: StatutesRules) -> BlankProxies:
    """What becomes of a blank proxy: what the statutes say, except in an SA, where the law does (L225-106 III)."""
    return BlankProxies.CHAIR if rules.profile is Profile.SCIC_SA else rules.blank_proxies


def blank_proxy_vote(rules: StatutesRules, *, is_backed_by_board: bool) -> BlankVote:
    """How a proxy that names nobody votes on a resolution the board presents or approves, or on another.

    For what the board backs and against the rest (L225-106 III, imposed on an SA; upheld in an association: Cass. 2e
    civ. 21 May 2015, no. 14-16.098); or as the chair likes; or not received.
    """
    policy = blank_proxies_in_force(rules)
    if policy is BlankProxies.CHAIR:
        return BlankVote.FOR if is_backed_by_board else BlankVote.AGAINST
    return BlankVote.CHAIR if policy is BlankProxies.FREE else BlankVote.REFUSED


def vote_again_breaches(
    rules: StatutesRules, *, has_voted_in_room: bool, has_voted_remotely: bool, has_given_proxy: bool = False
) -> list[Breach]:
    """V13 for a member who is there: one ballot per vote.

    Who voted at a distance or gave a proxy votes in person only if the rules let that be withdrawn; a ballot cast
    in the room is never cast again. Source: L47 art. 1 al. 3; the withdrawal is the statutes'.
    """
    article = ARTICLE_ONE_VOTE if rules.profile.is_scic else ARTICLE_OWN
    if has_voted_in_room:
        return [Breach("V13", article, _("Ce membre a déjà voté : un membre, un bulletin."))]
    if not (has_voted_remotely or has_given_proxy) or rules.remote_vote_is_withdrawable:
        return []
    voted = _("Ce membre a voté à distance, et vos statuts ne laissent pas retirer ce vote.")
    given = _("Ce membre a donné un pouvoir, et vos statuts ne laissent pas le retirer en séance.")
    return [Breach("V13", article, voted if has_voted_remotely else given)]
