"""Statutes as sentences: each rule in words with its parameters, and the article it stands on."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.board_law import ARTICLE_SA_BOARD, ARTICLE_TERM
from cooperation.capital_law import ARTICLE_RESERVES
from cooperation.proxy_law import ARTICLE_HOLDER
from cooperation.revision_law import ARTICLE_REVISION
from cooperation.rules import (
    ARTICLE_COLLEGES,
    Base,
    BlankProxies,
    Denominator,
    EmptyCollege,
    Majority,
    Pooling,
    Profile,
    Relation,
    SilentCollege,
    StatutesRules,
    Tie,
    blank_proxies_in_force,
    proxy_holders,
    quorum_floor,
    revision_interval,
)


@dataclass(frozen=True)
class Clause:
    """One rule: a short title, its sentence, and the article or the statutes it comes from."""

    title: str
    sentence: str
    article: str


def own() -> str:
    """The source of a rule the law leaves to the entity."""
    return _("statuts")


def clauses(rules: StatutesRules) -> list[Clause]:
    """Every rule of these statutes as a sentence, from the vote to the notice."""
    return [
        *vote_clauses(rules),
        *college_clauses(rules),
        *majority_clauses(rules),
        *quorum_clauses(rules),
        *notice_clauses(rules),
        *proxy_clauses(rules),
        *board_clauses(rules),
        *cooperative_clauses(rules),
    ]


def share(value: Fraction) -> str:
    """A share as people say it: « 2/5 », « la totalité »."""
    return _("la totalité") if value == 1 else str(value)


def vote_clauses(rules: StatutesRules) -> Iterator[Clause]:
    """How votes add up to a result."""
    heads = _("Une personne, une voix, quel que soit le capital.")
    split = _("Chaque collège répartit son poids entre le pour et le contre, en proportion de ses voix.")
    block = _("Chaque collège donne tout son poids au côté qui l’emporte chez lui.")
    words = {Pooling.NONE: heads, Pooling.PROPORTIONAL: split, Pooling.WINNER_TAKES_ALL: block}
    article = _("loi du 10 septembre 1947, art. 1") if rules.profile.is_scic else own()
    yield Clause(_("Les voix"), words[rules.pooling], article if rules.pooling is Pooling.NONE else own())
    bases = {
        Base.EXPRESSED: _("On compte les suffrages exprimés : ni abstentions, ni blancs, ni nuls."),
        Base.PRESENT: _("On compte les membres présents ou représentés : s’abstenir pèse contre."),
        Base.ENTITLED: _("On compte tous les membres inscrits : ne pas voter pèse contre."),
    }
    law = _("Code de commerce, art. L225-98") if rules.profile is Profile.SCIC_SA else own()
    yield Clause(_("Ce que l’on compte"), bases[rules.base], law)


def college_clauses(rules: StatutesRules) -> Iterator[Clause]:
    """The colleges' weights and what becomes of those that are empty, silent or divided."""
    if not rules.weights:
        return
    article = ARTICLE_COLLEGES if rules.profile.is_scic else own()
    for weight in rules.weights:
        sentence = _("Le collège %(letter)s, %(name)s, pèse %(share)s des voix.") % {
            "letter": weight.college,
            "name": weight.label,
            "share": share(weight.share),
        }
        yield Clause(_("Collège %(letter)s") % {"letter": weight.college}, sentence, article)
    if rules.pooling is Pooling.NONE:
        return
    yield Clause(_("Collège sans membre"), empty_words(rules.empty_college), own())
    silent = {
        SilentCollege.VOID: _("Un collège où personne n’a voté ne pèse pas."),
        SilentCollege.EMPTY: _("Un collège où personne n’a voté est traité comme un collège sans membre."),
    }
    yield Clause(_("Collège silencieux"), silent[rules.silent_college], own())
    if rules.pooling is Pooling.WINNER_TAKES_ALL:
        yield Clause(_("Égalité dans un collège"), tie_words(rules.tie), own())
    whole = {
        Denominator.ALL: _("Le total se compare à l’ensemble des poids."),
        Denominator.CAST: _("Le total se compare aux seuls poids exprimés, pour et contre."),
    }
    yield Clause(_("Le total"), whole[rules.denominator], own())


def empty_words(policy: EmptyCollege) -> str:
    """What becomes of the weight of a college without members."""
    return {
        EmptyCollege.LOST: _("Le poids d’un collège sans membre est perdu."),
        EmptyCollege.PROPORTIONAL: _("Le poids d’un collège sans membre va aux autres, en proportion."),
        EmptyCollege.EQUAL: _(
            "Le poids d’un collège sans membre va aux autres à égalité, sauf à ceux qui pèsent déjà 1/2."
        ),
        EmptyCollege.SUSPEND: _("Si un collège n’a plus de membre, chaque membre retrouve une voix."),
    }[policy]


def tie_words(tie: Tie) -> str:
    """What a divided college weighs."""
    return {
        Tie.VOID: _("Un collège partagé à égalité ne pèse pas."),
        Tie.AGAINST: _("Un collège partagé à égalité compte contre."),
        Tie.SPLIT: _("Un collège partagé à égalité donne la moitié de son poids à chaque côté."),
    }[tie]


def majority_words(majority: Majority) -> str:
    """What it takes to adopt."""
    if majority.is_strict:
        return _("Elle est adoptée avec plus de %(share)s des voix.") % {"share": share(majority.threshold)}
    return _("Elle est adoptée avec au moins %(share)s des voix.") % {"share": share(majority.threshold)}


def majority_clauses(rules: StatutesRules) -> Iterator[Clause]:
    """The majorities of ordinary and extraordinary decisions."""
    ordinary, extraordinary = own(), own()
    if rules.profile is Profile.SCIC_SA:
        ordinary, extraordinary = _("Code de commerce, art. L225-98"), _("Code de commerce, art. L225-96")
    if rules.profile is Profile.SCIC_SARL:
        ordinary, extraordinary = _("Code de commerce, art. L223-29"), _("Code de commerce, art. L223-30")
    yield Clause(_("Décision ordinaire"), majority_words(rules.ordinary), ordinary)
    yield Clause(_("Décision extraordinaire"), majority_words(rules.extraordinary), extraordinary)


def quorum_words(asked: Fraction, is_weighted: bool) -> str:
    """What share must be there."""
    if not asked:
        return _("Aucun quorum n’est demandé.")
    if is_weighted:
        return _("Les présents et représentés doivent peser %(share)s des voix.") % {"share": share(asked)}
    return _("Il faut %(share)s des membres, présents ou représentés.") % {"share": share(asked)}


def quorum_clauses(rules: StatutesRules) -> Iterator[Clause]:
    """The quorum on first and second call."""
    titles = {1: _("Quorum, première convocation"), 2: _("Quorum, deuxième convocation")}
    for call, asked in ((1, rules.quorum_first), (2, rules.quorum_second)):
        floor = quorum_floor(rules.profile, extraordinary=False, call=call)
        article = _("Code de commerce, art. L225-98") if floor else own()
        yield Clause(titles[call], quorum_words(max(asked, floor), rules.quorum_is_weighted), article)
    if rules.quorum_per_college:
        yield Clause(_("Quorum par collège"), _("Chaque collège doit atteindre la même part."), own())


def notice_clauses(rules: StatutesRules) -> Iterator[Clause]:
    """How early people are called, and whether they may vote from afar."""
    articles = {
        Profile.SCIC_SA: _("Code de commerce, art. R225-69"),
        Profile.SCIC_SARL: _("Code de commerce, art. R223-20"),
    }
    titles = {1: _("Convocation"), 2: _("Deuxième convocation")}
    for call, days in ((1, rules.notice_days_first), (2, rules.notice_days_second)):
        sentence = ngettext(
            "Elle part au moins %(days)s jour avant la réunion.",
            "Elle part au moins %(days)s jours avant la réunion.",
            days,
        ) % {"days": days}
        yield Clause(titles[call], sentence, articles.get(rules.profile, own()))
    yield Clause(_("Vote à distance"), remote_words(rules), own())


def remote_words(rules: StatutesRules) -> str:
    """Whether one votes from afar, and may still change by coming."""
    if not rules.allows_remote_voting:
        return _("On vote sur place seulement.")
    if rules.remote_vote_is_withdrawable:
        return _(
            "On peut voter à distance ; qui vient ensuite en séance peut retirer ce vote et voter sur place."
        )
    return _("On peut voter à distance, par voie électronique ; ce vote est définitif.")


def proxy_clauses(rules: StatutesRules) -> Iterator[Clause]:
    """Who may vote for somebody else, how often, and what a proxy without a name becomes."""
    cap, by_law = rules.proxies_per_holder, ARTICLE_HOLDER.get(rules.profile, own())
    if cap == 0:
        yield Clause(_("Pouvoirs"), _("On ne vote pas par pouvoir."), own())
        return
    count = _("Le nombre de pouvoirs par personne n’est pas limité.")
    if cap is not None:
        words = ngettext(
            "Une même personne porte au plus %(cap)s pouvoir.",
            "Une même personne porte au plus %(cap)s pouvoirs.",
            cap,
        )
        count = words % {"cap": cap}
    yield Clause(_("Nombre de pouvoirs"), count, own())
    yield Clause(_("À qui donner pouvoir"), holder_words(proxy_holders(rules)), by_law)
    if rules.proxies_same_college:
        yield Clause(_("Pouvoir et collège"), _("Un pouvoir se donne à un membre du même collège."), own())
    blank = {
        BlankProxies.REFUSED: _("Un pouvoir sans nom n’est pas reçu."),
        BlankProxies.CHAIR: _(
            "Avec un pouvoir sans nom, la présidence vote pour les résolutions que le conseil présente, contre les "
            "autres."
        ),
        BlankProxies.FREE: _(
            "Un pouvoir sans nom est donné à la présidence, qui en vote comme elle l’entend."
        ),
    }
    law = ARTICLE_HOLDER[Profile.SCIC_SA] if rules.profile is Profile.SCIC_SA else own()
    yield Clause(_("Pouvoir sans nom"), blank[blank_proxies_in_force(rules)], law)


def holder_words(allowed: frozenset[Relation]) -> str:
    """Who may receive a proxy."""
    if Relation.OTHER in allowed:
        return _("On donne pouvoir à toute personne.")
    if Relation.PARTNER in allowed:
        return _("On donne pouvoir à un autre membre, à son conjoint ou à son partenaire de PACS.")
    if Relation.SPOUSE in allowed:
        return _("On donne pouvoir à un autre membre ou à son conjoint.")
    return _("On donne pouvoir à un autre membre.")


def board_clauses(rules: StatutesRules) -> Iterator[Clause]:
    """How the board is elected, how large it is, for how long, and whether its chair breaks a tie."""
    if rules.secret_elections:
        yield Clause(_("Élections"), _("Les élections de personnes se font à bulletin secret."), own())
    least, most = rules.board_least, rules.board_most
    size = ARTICLE_SA_BOARD if rules.profile is Profile.SCIC_SA else own()
    if least is not None and most is not None:
        words = _("Le conseil compte de %(least)s à %(most)s membres.") % {"least": least, "most": most}
        yield Clause(_("Taille du conseil"), words, size)
    elif least is not None:
        yield Clause(
            _("Taille du conseil"),
            _("Le conseil compte au moins %(least)s membres.") % {"least": least},
            size,
        )
    elif most is not None:
        yield Clause(
            _("Taille du conseil"), _("Le conseil compte au plus %(most)s membres.") % {"most": most}, size
        )
    if rules.board_years is not None:
        words = ngettext("Un mandat dure %(years)s an.", "Un mandat dure %(years)s ans.", rules.board_years)
        law = ARTICLE_TERM if rules.profile.is_scic else own()
        yield Clause(_("Durée des mandats"), words % {"years": rules.board_years}, law)
    if rules.board_casting_vote:
        words = _("Au conseil, à égalité, la voix de la présidence l’emporte.")
        yield Clause(_("Égalité au conseil"), words, own())


def cooperative_clauses(rules: StatutesRules) -> Iterator[Clause]:
    """What the law of 1947 asks of a cooperative over the years: its reserves, its revision."""
    if not rules.profile.is_scic:
        return
    part = _("Au moins %(share)s de l’excédent va aux réserves, qui ne se partagent pas.")
    yield Clause(_("Réserves"), part % {"share": share(rules.reserve_share)}, ARTICLE_RESERVES)
    words = ngettext(
        "Une révision coopérative a lieu au moins chaque année.",
        "Une révision coopérative a lieu au moins tous les %(years)s ans.",
        revision_interval(rules),
    )
    yield Clause(_("Révision coopérative"), words % {"years": revision_interval(rules)}, ARTICLE_REVISION)
