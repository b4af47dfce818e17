"""Statutes as sentences: each rule in words with its parameters, and the article it stands on."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.rules import (
    ARTICLE_COLLEGES,
    Base,
    Denominator,
    EmptyCollege,
    Majority,
    Pooling,
    Profile,
    SilentCollege,
    StatutesRules,
    Tie,
    quorum_floor,
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
    remote = (
        _("On peut voter à distance, par voie électronique.")
        if rules.allows_remote_voting
        else _("On vote sur place seulement.")
    )
    yield Clause(_("Vote à distance"), remote, own())
