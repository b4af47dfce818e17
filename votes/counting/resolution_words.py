"""The count of a resolution in sentences a member can follow, from the ballots to the verdict."""

from __future__ import annotations

from collections.abc import Callable

from cooperation.rules import Base, Denominator, EmptyCollege, Pooling, Tie
from votes.counting.ballots import CollegeBallots
from votes.counting.derivation import Param, Sentence, percent, ratio, total, weighted
from votes.counting.resolution_result import CollegeResult, ResolutionResult, Standing
from votes.counting.resolution_rules import ResolutionRules


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def rule_sentences(rules: ResolutionRules) -> tuple[Sentence, ...]:
    """The rule of a poll in two sentences, for whoever votes: how voices are carried, what is needed."""
    return _pooling_sentence(rules), _needed_sentence(rules, is_by_heads=rules.pooling is Pooling.NONE)


def derive(result: ResolutionResult) -> tuple[Sentence, ...]:
    """Every step of a count, each fraction following from the ballots; rounding only for the eye."""
    rules = result.rules
    lines = _heads(result) if result.is_by_heads else _colleges(result)
    return (
        _pooling_sentence(rules),
        *_set_aside(result),
        *lines,
        *_apart(rules, result.ballots),
        *_compared(result),
        _needed_sentence(rules, is_by_heads=result.is_by_heads),
        _verdict(result),
    )


def _pooling_sentence(rules: ResolutionRules) -> Sentence:
    if rules.pooling is Pooling.NONE:
        return Sentence(_("Une personne, une voix : on compte les bulletins de tout le monde ensemble."))
    if rules.pooling is Pooling.PROPORTIONAL:
        return Sentence(
            _("Chaque collège partage son poids entre le pour et le contre, en proportion de ses bulletins.")
        )
    return Sentence(_("Chaque collège donne tout son poids au côté qui l’emporte chez lui."))


def _needed_sentence(rules: ResolutionRules, *, is_by_heads: bool) -> Sentence:
    message = _("Il faut plus de %(threshold)s %(whole)s.")
    if not rules.majority.is_strict:
        message = _("Il faut au moins %(threshold)s %(whole)s.")
    return Sentence(
        message, {"threshold": str(rules.majority.threshold), "whole": _whole(rules, is_by_heads)}
    )


def _whole(rules: ResolutionRules, is_by_heads: bool) -> Sentence:
    """What the final share is taken of, in words."""
    if is_by_heads and (rules.base is Base.EXPRESSED or rules.denominator is Denominator.CAST):
        return Sentence(_("des suffrages exprimés"))
    if is_by_heads and rules.base is Base.ENTITLED:
        return Sentence(_("des membres inscrits"))
    if is_by_heads:
        return Sentence(_("des membres présents ou représentés"))
    if rules.denominator is Denominator.CAST:
        return Sentence(_("du poids allé au pour et au contre"))
    return Sentence(_("du poids de tous les collèges"))


def _set_aside(result: ResolutionResult) -> list[Sentence]:
    """What became of the weight of the empty colleges."""
    shared = result.redistribution
    if shared is None or not shared.empty:
        return []
    params: dict[str, Param] = {
        "empty": ", ".join(line.name for line in result.colleges if line.ballots.college in shared.empty),
        "now": ", ".join(f"{weight.label or weight.college} {weight.share}" for weight in shared.weights),
    }
    if shared.is_suspended:
        message = _(
            "Sans membre ou sans voix : %(empty)s. La pondération est suspendue : une personne, une voix."
        )
    elif result.rules.empty_college is EmptyCollege.LOST:
        message = _("Sans membre ou sans voix : %(empty)s. Son poids est perdu.")
    elif result.rules.empty_college is EmptyCollege.PROPORTIONAL:
        message = _(
            "Sans membre ou sans voix : %(empty)s. Son poids est partagé en proportion. Poids "
            "désormais : %(now)s."
        )
    else:
        message = _(
            "Sans membre ou sans voix : %(empty)s. Son poids est partagé à égalité, sauf aux collèges "
            "qui ont déjà "
            "la moitié des voix. Poids désormais : %(now)s."
        )
    return [Sentence(message, params)]


def _votes(rules: ResolutionRules, ballots: CollegeBallots) -> Sentence:
    """The votes a share starts from, as a clause."""
    params: dict[str, Param] = {
        "for": ballots.in_favour,
        "against": ballots.against,
        "base": ballots.base(rules.base),
    }
    if rules.base is Base.EXPRESSED:
        return Sentence(_("pour %(for)s, contre %(against)s, suffrages exprimés %(base)s"), params)
    if rules.base is Base.ENTITLED:
        return Sentence(_("pour %(for)s, contre %(against)s, inscrits %(base)s"), params)
    return Sentence(_("pour %(for)s, contre %(against)s, présents ou représentés %(base)s"), params)


def _heads(result: ResolutionResult) -> list[Sentence]:
    ballots, base = result.ballots, result.ballots.base(result.rules.base)
    if not base:
        return [Sentence(_("Personne n’a voté pour ni contre."))]
    message = _(
        "Ensemble : %(votes)s. Pour : %(for)s, soit %(for_percent)s. Contre : %(against)s, soit "
        "%(against_percent)s."
    )
    return [
        Sentence(
            message,
            {
                "votes": _votes(result.rules, ballots),
                "for": ratio(ballots.in_favour, base),
                "for_percent": percent(result.parts.in_favour),
                "against": ratio(ballots.against, base),
                "against_percent": percent(result.parts.against),
            },
        )
    ]


def _colleges(result: ResolutionResult) -> list[Sentence]:
    lines = [line for line in result.colleges if line.standing is not Standing.EMPTY]
    return [*(_college(result.rules, line) for line in lines), _addition(result)]


def _college(rules: ResolutionRules, line: CollegeResult) -> Sentence:
    say_it: Callable[[ResolutionRules, CollegeResult], Sentence] = _won
    if line.standing is Standing.SILENT:
        say_it = _silent
    elif line.standing is Standing.UNDECIDED:
        say_it = _undecided
    elif rules.pooling is Pooling.PROPORTIONAL:
        say_it = _shared
    return say_it(rules, line)


def _silent(rules: ResolutionRules, line: CollegeResult) -> Sentence:
    message = _(
        "Collège %(college)s : ni pour ni contre. Son poids, %(share)s, ne va ni d’un côté ni de l’autre."
    )
    return Sentence(message, {"college": line.name, "share": str(line.share)})


def _shared(rules: ResolutionRules, line: CollegeResult) -> Sentence:
    base = line.ballots.base(rules.base)
    message = _(
        "Collège %(college)s : %(votes)s. Au pour : %(for)s, soit %(for_percent)s. "
        "Au contre : %(against)s, soit %(against_percent)s."
    )
    return Sentence(
        message,
        {
            "college": line.name,
            "votes": _votes(rules, line.ballots),
            "for": weighted(line.ballots.in_favour, base, line.share),
            "for_percent": percent(line.parts.in_favour),
            "against": weighted(line.ballots.against, base, line.share),
            "against_percent": percent(line.parts.against),
        },
    )


def _won(rules: ResolutionRules, line: CollegeResult) -> Sentence:
    message = _("Collège %(college)s : %(votes)s. Le contre l’emporte et reçoit tout son poids, %(share)s.")
    if line.parts.in_favour:
        message = _("Collège %(college)s : %(votes)s. Le pour l’emporte et reçoit tout son poids, %(share)s.")
    votes = _votes(rules, line.ballots)
    return Sentence(message, {"college": line.name, "votes": votes, "share": str(line.share)})


def _undecided(rules: ResolutionRules, line: CollegeResult) -> Sentence:
    params: dict[str, Param] = {
        "college": line.name,
        "votes": _votes(rules, line.ballots),
        "share": str(line.share),
        "half": str(line.share / 2),
    }
    if rules.tie is Tie.SPLIT:
        message = _(
            "Collège %(college)s : %(votes)s. Aucun côté ne l’emporte : son poids, %(share)s, est partagé, "
            "%(half)s de chaque côté."
        )
    elif rules.tie is Tie.AGAINST:
        message = _(
            "Collège %(college)s : %(votes)s. Aucun côté ne l’emporte : la règle le compte contre, %(share)s."
        )
    else:
        message = _(
            "Collège %(college)s : %(votes)s. Aucun côté ne l’emporte : son poids, %(share)s, ne va ni "
            "d’un côté "
            "ni de l’autre."
        )
    return Sentence(message, params)


def _addition(result: ResolutionResult) -> Sentence:
    message = _(
        "On additionne les fractions sans rien arrondir. Pour : %(for)s, soit "
        "%(for_percent)s. "
        "Contre : %(against)s, soit %(against_percent)s. Ni l’un ni l’autre : %(void)s, soit "
        "%(void_percent)s."
    )
    lines, parts = [line.parts for line in result.colleges], result.parts
    return Sentence(
        message,
        {
            "for": total(part.in_favour for part in lines),
            "for_percent": percent(parts.in_favour),
            "against": total(part.against for part in lines),
            "against_percent": percent(parts.against),
            "void": total(part.void for part in lines),
            "void_percent": percent(parts.void),
        },
    )


def _apart(rules: ResolutionRules, ballots: CollegeBallots) -> list[Sentence]:
    """Abstentions, blank and spoilt ballots: always told, never votes cast."""
    if ballots.received == ballots.cast:
        return []
    message = _(
        "Abstentions : %(abstain)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s. "
        "Ce ne sont pas des suffrages exprimés."
    )
    return [Sentence(message, {"abstain": ballots.abstain, "blank": ballots.blank, "spoilt": ballots.spoilt})]


def _cast_by_chair(result: ResolutionResult) -> Sentence:
    """The verdict of a tie that the chair of a board decides."""
    message = _(
        "Le pour et le contre sont à égalité, %(for)s de chaque côté. Au conseil, la voix de la présidence départage : "
        "elle a voté contre, la résolution est rejetée."
    )
    if result.adopted:
        message = _(
            "Le pour et le contre sont à égalité, %(for)s de chaque côté. Au conseil, la voix de la présidence "
            "départage : elle a voté pour, la résolution est adoptée."
        )
    return Sentence(message, {"for": str(result.parts.in_favour)})


def _compared(result: ResolutionResult) -> list[Sentence]:
    """The final division, when the for is compared with for and against only."""
    parts = result.parts
    if result.rules.denominator is Denominator.ALL or not parts.in_favour + parts.against:
        return []
    message = _("On compare le pour au pour et au contre réunis : %(for)s sur %(cast)s, c’est %(reached)s.")
    cast = str(parts.in_favour + parts.against)
    return [Sentence(message, {"for": str(parts.in_favour), "cast": cast, "reached": str(result.reached)})]


def _verdict(result: ResolutionResult) -> Sentence:
    if result.chair is not None:
        return _cast_by_chair(result)
    messages = {
        (True, True): _("%(reached)s (%(percent)s) dépasse %(threshold)s : la résolution est adoptée."),
        (False, True): _("%(reached)s (%(percent)s) atteint %(threshold)s : la résolution est adoptée."),
        (True, False): _(
            "%(reached)s (%(percent)s) ne dépasse pas %(threshold)s : la résolution est rejetée."
        ),
        (False, False): _(
            "%(reached)s (%(percent)s) n’atteint pas %(threshold)s : la résolution est rejetée."
        ),
    }
    return Sentence(
        messages[result.rules.majority.is_strict, result.adopted],
        {
            "reached": str(result.reached),
            "percent": percent(result.reached),
            "threshold": str(result.rules.majority.threshold),
        },
    )
