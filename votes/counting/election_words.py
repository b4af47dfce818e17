"""The count of an election in sentences a member can follow, from the ballots to the seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from votes.counting.derivation import Param, Sentence
from votes.counting.election_result import (
    By,
    Elected,
    ElectionResult,
    Held,
    ParityHeld,
    PassedOver,
    Settled,
    Tied,
)
from votes.counting.election_rules import Candidate, Limit, TieRule, Unfilled


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def derive(
    result: ElectionResult, options: Mapping[str, str], candidates: Mapping[str, Candidate]
) -> tuple[Sentence, ...]:
    """Every step of an election: the ballots, the rules, each candidate, each tie, then what is filled."""
    return (
        *_opening(result),
        *_rules(result),
        *_candidates(result, options),
        *(_settled(result, one, options, candidates) for one in result.settled),
        *(_tied(tie, options) for tie in result.ties),
        *_second_round(result, options),
        *(_limit_held(line) for line in result.limits),
        *_parity(result),
        *_verdict(result, options),
    )


def _names(keys: Iterable[str], options: Mapping[str, str]) -> str:
    return ", ".join(options[key] for key in keys)


def _opening(result: ElectionResult) -> list[Sentence]:
    seats = Sentence(
        _("Sièges à pourvoir : %(seats)s. Nombre de noms permis sur un bulletin : %(marks)s."),
        {"seats": result.rules.seats, "marks": result.rules.marks_allowed},
    )
    ballots = Sentence(
        _(
            "Bulletins exprimés : %(cast)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s. "
            "Un bulletin qui porte plus de noms que permis est nul."
        ),
        {"cast": result.cast, "blank": result.blank, "spoilt": result.spoilt},
    )
    return [seats, ballots]


# -- rules


def _rules(result: ElectionResult) -> list[Sentence]:
    rules = result.rules
    lines = [_limit(limit, rules.staying_of(limit.group)) for limit in rules.limits]
    if rules.parity:
        message = _("Parité visée : au plus %(most)s sièges pour chacun des groupes %(groups)s.")
        if rules.parity.is_binding:
            message = _(
                "Parité imposée, autant que les candidatures le permettent : au plus %(most)s sièges pour "
                "chacun des groupes %(groups)s."
            )
        groups = ", ".join(rules.parity.name(group) for group in rules.parity.groups)
        lines.append(Sentence(message, {"most": rules.parity_most, "groups": groups}))
    if rules.needs_majority:
        message = _(
            "À ce tour, un siège demande plus de la moitié des bulletins exprimés : au moins %(needed)s "
            "voix sur %(cast)s."
        )
        lines.append(Sentence(message, {"needed": result.needed, "cast": result.cast}))
    return [*lines, *_order(result)]


def _order(result: ElectionResult) -> list[Sentence]:
    rules = result.rules
    lines = [Sentence(_("On suit l’ordre des voix. Sans aucune voix, il n’y a pas de siège."))]
    if rules.limits or (rules.parity and rules.parity.is_binding):
        message = _(
            "Une candidature n’est écartée que si lui donner un siège empêcherait de respecter les limites "
            "avec les candidatures restantes."
        )
        lines.append(Sentence(message))
    if any(limit.least for limit in rules.limits):
        message = _("Un siège réservé par un minimum et resté sans candidature reste vacant.")
        if rules.unfilled is Unfilled.OPEN:
            message = _("Un siège réservé par un minimum et resté sans candidature s’ouvre aux autres.")
        lines.append(Sentence(message))
    return lines


def _limit(limit: Limit, staying: int) -> Sentence:
    params: dict[str, Param] = {"group": limit.name, "least": limit.least, "staying": staying}
    if limit.most is None:
        message = _("%(group)s : au moins %(least)s sièges, dont %(staying)s déjà occupés.")
    elif limit.most == limit.least:
        message = _("%(group)s : %(least)s sièges exactement, dont %(staying)s déjà occupés.")
    else:
        message = _("%(group)s : de %(least)s à %(most)s sièges, dont %(staying)s déjà occupés.")
        params["most"] = limit.most
    return Sentence(message, params)


# -- candidates


def _candidates(result: ElectionResult, options: Mapping[str, str]) -> list[Sentence]:
    """One line per candidate, from the most votes, then those who withdrew."""
    seats = {seat.candidate: seat for seat in result.elected}
    over = {one.candidate: one for one in result.passed_over}
    tied = {key for tie in result.ties for key in tie.candidates}
    settled = {key for one in result.settled for level in one.order for key in level}
    lines: list[Sentence] = []
    for key in (key for level in result.ranking for key in level):
        params: dict[str, Param] = {"candidate": options[key], "votes": result.votes[key]}
        if key in tied or key in settled:
            lines.append(Sentence(_("%(candidate)s : voix %(votes)s. À égalité."), params))
        elif key in seats:
            lines.append(_seated(seats[key], params))
        elif key in over:
            lines.append(_over(result, over[key], params))
        else:
            lines.append(_unseated(result, key, params))
    message = _("%(candidate)s : candidature retirée. Voix reçues, sans effet : %(votes)s.")
    for key in result.withdrew:
        lines.append(Sentence(message, {"candidate": options[key], "votes": result.votes[key]}))
    return lines


def _seated(seat: Elected, params: Mapping[str, Param]) -> Sentence:
    if seat.by is By.VOTES:
        return Sentence(_("%(candidate)s : voix %(votes)s. Siège obtenu par les voix."), params)
    if seat.by is By.LIMITS:
        message = _(
            "%(candidate)s : voix %(votes)s. Siège obtenu par les voix, dans les limites des groupes."
        )
        return Sentence(message, params)
    message = _("%(candidate)s : voix %(votes)s. Siège obtenu par suite d’une égalité départagée.")
    return Sentence(message, params)


def _over(result: ElectionResult, one: PassedOver, params: Mapping[str, Param]) -> Sentence:
    names = {limit.group: limit.name for limit in result.rules.limits}
    full = ", ".join(names[group] for group in one.full)
    reserved = ", ".join(names[group] for group in one.reserved)
    if full:
        message = _("%(candidate)s : voix %(votes)s. Pas de siège : maximum déjà atteint pour %(groups)s.")
        return Sentence(message, {**params, "groups": full})
    if reserved:
        message = _(
            "%(candidate)s : voix %(votes)s. Pas de siège : les sièges restants sont nécessaires au minimum "
            "de %(groups)s."
        )
        return Sentence(message, {**params, "groups": reserved})
    message = _(
        "%(candidate)s : voix %(votes)s. Pas de siège : avec cette candidature, plus aucune composition ne "
        "respecterait toutes les limites."
    )
    return Sentence(message, params)


def _unseated(result: ElectionResult, key: str, params: Mapping[str, Param]) -> Sentence:
    if result.votes[key] < result.needed and result.rules.needs_majority:
        message = _("%(candidate)s : voix %(votes)s. Pas de siège à ce tour : majorité non atteinte.")
    elif result.votes[key]:
        message = _("%(candidate)s : voix %(votes)s. Pas de siège : d’autres ont plus de voix.")
    else:
        message = _("%(candidate)s : aucune voix, pas de siège.")
    return Sentence(message, params)


# -- ties


def _settled(
    result: ElectionResult,
    one: Settled,
    options: Mapping[str, str],
    candidates: Mapping[str, Candidate],
) -> Sentence:
    params: dict[str, Param] = {
        "votes": one.votes,
        "seats": one.seats,
        "order": " ; ".join(_level(one, level, options, candidates) for level in one.order),
        "elected": _names(one.elected, options) or "—",
    }
    if one.by is TieRule.AGE:
        message = _(
            "Égalité à %(votes)s voix, sièges restants : %(seats)s. Au bénéfice de l’âge, l’ordre est : "
            "%(order)s. Siège obtenu : %(elected)s."
        )
    else:
        message = _(
            "Égalité à %(votes)s voix, sièges restants : %(seats)s. Le tirage public donne l’ordre : "
            "%(order)s. Siège obtenu : %(elected)s."
        )
    return Sentence(message, params)


def _level(
    one: Settled, level: tuple[str, ...], options: Mapping[str, str], candidates: Mapping[str, Candidate]
) -> str:
    """The candidates of one place in an order, with their birth date where age decides."""
    born = candidates[level[0]].born_on
    return _names(level, options) + (f" ({born.isoformat()})" if one.by is TieRule.AGE and born else "")


def _tied(tie: Tied, options: Mapping[str, str]) -> Sentence:
    message = _(
        "Égalité à %(votes)s voix entre %(candidates)s. Sièges restants : %(seats)s. Aucune règle déclarée ne "
        "les départage."
    )
    if tie.to_second_round:
        message = _(
            "Égalité à %(votes)s voix entre %(candidates)s. Sièges restants : %(seats)s. Un second tour les "
            "départagera."
        )
    params: dict[str, Param] = {
        "votes": tie.votes,
        "candidates": _names(tie.candidates, options),
        "seats": tie.seats,
    }
    return Sentence(message, params)


def _second_round(result: ElectionResult, options: Mapping[str, str]) -> list[Sentence]:
    if not result.to_fill:
        return []
    message = _(
        "Sièges laissés au second tour, faute de majorité : %(seats)s. Peuvent s’y présenter : %(candidates)s."
    )
    names = _names(result.remaining, options)
    return [Sentence(message, {"seats": result.to_fill, "candidates": names})]


# -- what is filled


def _limit_held(line: Held) -> Sentence:
    params: dict[str, Param] = {
        "group": line.limit.name,
        "won": line.won,
        "staying": line.staying,
        "short": line.short,
    }
    if line.short:
        message = _(
            "%(group)s : sièges obtenus %(won)s, déjà occupés %(staying)s. Il en manque %(short)s pour "
            "atteindre le minimum."
        )
        return Sentence(message, params)
    return Sentence(_("%(group)s : sièges obtenus %(won)s, déjà occupés %(staying)s."), params)


def _parity(result: ElectionResult) -> list[Sentence]:
    if not result.rules.parity:
        return []
    return [_parity_line(result, line) for line in result.parity]


def _parity_line(result: ElectionResult, line: ParityHeld) -> Sentence:
    name = result.rules.parity.name(line.group) if result.rules.parity else line.group
    params: dict[str, Param] = {"group": name, "held": line.held, "most": line.most, "excess": line.excess}
    if line.excess:
        message = _("Parité, %(group)s : sièges %(held)s, au plus %(most)s visés. Dépassement : %(excess)s.")
        return Sentence(message, params)
    return Sentence(_("Parité, %(group)s : sièges %(held)s, au plus %(most)s visés. Respectée."), params)


def _verdict(result: ElectionResult, options: Mapping[str, str]) -> list[Sentence]:
    params: dict[str, Param] = {
        "filled": len(result.elected),
        "seats": result.rules.seats,
        "elected": _names(result.winners, options) or "—",
    }
    lines = [Sentence(_("Sièges pourvus : %(filled)s sur %(seats)s. Siège obtenu : %(elected)s."), params)]
    if result.vacant:
        message = _("Sièges vacants, faute de candidatures qui puissent les occuper : %(vacant)s.")
        lines.append(Sentence(message, {"vacant": result.vacant}))
    return lines
