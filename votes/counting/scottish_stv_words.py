"""A count by Scottish STV in sentences a member can follow, stage by stage, each product written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from votes.counting.derivation import Param, Sentence
from votes.counting.draw import commitment
from votes.counting.scottish_stv_result import UNIT, Action, Look, Round, Settled, StvResult, Tie, Transfer

Names = Mapping[str, str]


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def derive(result: StvResult, options: Names) -> tuple[Sentence, ...]:
    """Every stage of a count, its ties before it, from the ballots to the seats."""
    sentences = [*_opening(result)]
    ties = {tie.stage: tie for tie in result.ties}
    gone: set[str] = set()
    for stage in result.rounds:
        if stage.stage in ties:
            sentences += _tie(ties[stage.stage], options)
        sentences += _round(result, stage, options, gone)
        gone.update(stage.elected, stage.excluded)
    if not result.is_complete:
        sentences += _tie(result.ties[-1], options)
    return (*sentences, *_seed(result), *_verdict(result, options))


def _opening(result: StvResult) -> list[Sentence]:
    ballots = _(
        "Bulletins valables : %(cast)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s. "
        "Sièges : %(seats)s."
    )
    quota = _(
        "Le quota est la partie entière de %(cast)s / (%(seats)s + 1), plus un : %(whole)s + 1 = %(quota)s "
        "voix."
    )
    rule = _(
        "Qui atteint le quota obtient un siège. Les voix au-delà du quota passent aux préférences suivantes, "
        "puis les bulletins de la candidature qui a le moins de voix."
    )
    counts: dict[str, Param] = {"cast": result.cast, "blank": result.blank, "spoilt": result.spoilt}
    whole: dict[str, Param] = {"cast": result.cast, "whole": result.quota - 1, "quota": result.quota}
    seats: dict[str, Param] = {"seats": result.seats}
    return [Sentence(ballots, counts | seats), Sentence(quota, whole | seats), Sentence(rule)]


# -- numbers and lists


def _votes(units: int) -> Param:
    """Votes as they are written in each language, with five decimals unless they are whole."""
    whole, rest = divmod(units, UNIT)
    return Sentence(_("%(whole)s,%(rest)s"), {"whole": whole, "rest": f"{rest:05d}"}) if rest else whole


def _joined(message: str, items: Sequence[Sentence]) -> Sentence:
    """Several clauses as one, two by two."""
    if len(items) == 1:
        return items[0]
    middle = len(items) // 2
    halves = {"first": _joined(message, items[:middle]), "second": _joined(message, items[middle:])}
    return Sentence(message, halves)


def _listed(items: Sequence[Sentence]) -> Sentence:
    return _joined(_("%(first)s ; %(second)s"), items)


def _totals(totals: Mapping[str, int], options: Names) -> Sentence:
    """Candidates with their votes, the most first."""
    order = sorted(totals, key=lambda key: -totals[key])
    message = _("%(name)s %(votes)s")
    return _listed([Sentence(message, {"name": options[key], "votes": _votes(totals[key])}) for key in order])


def _names(keys: Iterable[str], options: Names) -> str:
    return ", ".join(options[key] for key in keys)


# -- stages


def _round(result: StvResult, stage: Round, options: Names, gone: set[str]) -> list[Sentence]:
    says = {Action.FIRST_PREFERENCES: _first, Action.SURPLUS: _surplus, Action.EXCLUSION: _exclusion}
    before = result.rounds[stage.stage - 2] if stage.stage > 1 else stage
    running = {
        key: votes for key, votes in stage.totals.items() if key not in gone and key not in stage.excluded
    }
    sentences = [says[stage.action](result, before, stage, options)]
    sentences += _transfers(before, stage, options)
    if running and stage.action is not Action.FIRST_PREFERENCES and stage.was_transferred:
        message = _("Voix à la fin de l’étape %(stage)s : %(totals)s.")
        sentences.append(Sentence(message, {"stage": stage.stage, "totals": _totals(running, options)}))
    return [*sentences, *_elected(result, stage, options)]


def _first(_result: StvResult, _before: Round, stage: Round, options: Names) -> Sentence:
    message = _("Étape 1, premières préférences : %(totals)s.")
    return Sentence(message, {"totals": _totals(stage.totals, options)})


def _surplus(result: StvResult, before: Round, stage: Round, options: Names) -> Sentence:
    message = _(
        "Étape %(stage)s, voix de %(name)s au-delà du quota : %(total)s − %(quota)s = %(surplus)s. Chaque "
        "bulletin passe à la préférence suivante ; sa valeur est multipliée par %(surplus)s / %(total)s, les "
        "décimales après la cinquième ignorées."
    )
    total = before.totals[stage.candidate or ""]
    return Sentence(
        message,
        {
            "stage": stage.stage,
            "name": options[stage.candidate or ""],
            "total": _votes(total),
            "quota": result.quota,
            "surplus": _votes(total - result.quota * UNIT),
        },
    )


def _exclusion(_result: StvResult, before: Round, stage: Round, options: Names) -> Sentence:
    message = _(
        "Étape %(stage)s : la candidature de %(name)s, avec %(votes)s voix, est exclue. Il reste assez de "
        "sièges pour toutes les autres : ses bulletins ne sont plus transférés."
    )
    if stage.was_transferred:
        message = _(
            "Étape %(stage)s : la candidature de %(name)s, qui a le moins de voix (%(votes)s), est exclue. "
            "Ses bulletins passent à la préférence suivante avec la valeur qu’ils avaient."
        )
    key = stage.candidate or ""
    return Sentence(
        message, {"stage": stage.stage, "name": options[key], "votes": _votes(before.totals[key])}
    )


def _transfers(before: Round, stage: Round, options: Names) -> list[Sentence]:
    sentences = []
    moved = [transfer for transfer in stage.transfers if transfer.to is not None]
    received = [_received(list(parcels), options) for _key, parcels in groupby(moved, lambda one: one.to)]
    if received:
        sentences.append(Sentence(_("Bulletins × valeur : %(received)s."), {"received": _listed(received)}))
    if stage.action is not Action.FIRST_PREFERENCES and stage.exhausted > before.exhausted:
        message = _("Sans préférence suivante : %(votes)s voix.")
        sentences.append(Sentence(message, {"votes": _votes(stage.exhausted - before.exhausted)}))
    if stage.lost > before.lost:
        message = _("Perdues avec les décimales ignorées : %(votes)s voix.")
        sentences.append(Sentence(message, {"votes": _votes(stage.lost - before.lost)}))
    return sentences


def _received(parcels: Sequence[Transfer], options: Names) -> Sentence:
    """ "A 24 × 0,33333 + 2 × 1 = 9,99992"."""
    product = _("%(papers)s × %(value)s")
    terms = [Sentence(product, {"papers": one.papers, "value": _votes(one.value)}) for one in parcels]
    message = _("%(name)s %(terms)s = %(votes)s")
    return Sentence(
        message,
        {
            "name": options[parcels[0].to or ""],
            "terms": _joined(_("%(first)s + %(second)s"), terms),
            "votes": _votes(sum(one.votes for one in parcels)),
        },
    )


def _elected(result: StvResult, stage: Round, options: Names) -> list[Sentence]:
    sentences = []
    by_quota = [key for key in stage.elected if key not in stage.last_vacancies]
    if by_quota:
        message = _("Quota de %(quota)s voix atteint, siège obtenu : %(names)s.")
        sentences.append(Sentence(message, {"quota": result.quota, "names": _names(by_quota, options)}))
    if stage.last_vacancies:
        message = _(
            "Les candidatures encore en lice ne sont pas plus nombreuses que les sièges restants. "
            "Siège obtenu sans le quota : %(names)s."
        )
        sentences.append(Sentence(message, {"names": _names(stage.last_vacancies, options)}))
    return sentences


# -- ties


def _tie(tie: Tie, options: Names) -> list[Sentence]:
    message = _("Étape %(stage)s, à égalité avec le moins de voix, %(votes)s : %(names)s.")
    if tie.action is Action.SURPLUS:
        message = _("Étape %(stage)s, à égalité avec le plus de voix à transférer, %(votes)s : %(names)s.")
    values: dict[str, Param] = {"stage": tie.stage, "votes": _votes(tie.votes)}
    opening = Sentence(message, values | {"names": _names(tie.candidates, options)})
    return [opening, *(_look(look, options) for look in tie.looks), *_outcome(tie, options)]


def _look(look: Look, options: Names) -> Sentence:
    message = _(
        "La dernière étape où leurs voix différaient est l’étape %(stage)s : %(totals)s. Reste : %(names)s."
    )
    totals, names = _totals(look.totals, options), _names(look.left, options)
    return Sentence(message, {"stage": look.stage, "totals": totals, "names": names})


def _outcome(tie: Tie, options: Names) -> list[Sentence]:
    if tie.settled is Settled.DRAW:
        message = _(
            "Aucune étape ne les départage : le tirage au sort public les range, jamais l’ordre de la liste "
            "ni des bulletins. Ordre tiré : %(names)s. Le premier nom tiré est retenu."
        )
        return [Sentence(message, {"names": _names(tie.drawn, options)})]
    if tie.settled is Settled.NO_EFFECT:
        message = _(
            "Aucune étape ne les départage, mais tous les tirages possibles donnent les mêmes sièges : aucun "
            "tirage au sort n’est nécessaire. La suite est écrite avec %(name)s, sans incidence sur les sièges."
        )
        return [Sentence(message, {"name": options[tie.chosen or ""]})]
    if tie.settled is Settled.UNDECIDED:
        message = _(
            "Aucune étape ne les départage : il faut la graine du tirage au sort public. L’ordre de la liste "
            "ou des bulletins ne décide jamais. Le dépouillement s’arrête ici."
        )
        return [Sentence(message)]
    return []


def _seed(result: StvResult) -> list[Sentence]:
    if result.seed is None or not any(tie.settled is Settled.DRAW for tie in result.ties):
        return []
    message = _(
        "Le tirage au sort vient de la graine « %(seed)s » : chaque nom est rangé selon l’empreinte SHA-256 "
        "de la graine, du numéro de l’étape et du nom. L’empreinte de la graine, à comparer avec celle "
        "annoncée avant le dépouillement, est %(commitment)s."
    )
    return [Sentence(message, {"seed": result.seed, "commitment": commitment(result.seed)})]


def _verdict(result: StvResult, options: Names) -> list[Sentence]:
    sentences = []
    if result.elected:
        message = _("Sièges obtenus, dans l’ordre : %(names)s.")
        sentences.append(Sentence(message, {"names": _names(result.elected, options)}))
    if not result.is_complete:
        message = _("Encore en lice, sans décision avant le tirage au sort : %(names)s.")
        sentences.append(Sentence(message, {"names": _names(result.undecided, options)}))
    return sentences
