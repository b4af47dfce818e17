"""The sentences of an instant-runoff: its rounds, its ties and every way they can fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from votes.counting.derivation import Sentence


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


class Round(Protocol):
    """What the sentences need of a round."""

    @property
    def votes(self) -> dict[str, int]: ...
    @property
    def waiting(self) -> int: ...
    @property
    def exhausted(self) -> int: ...
    @property
    def eliminated(self) -> tuple[str, ...]: ...
    @property
    def tied(self) -> tuple[str, ...]: ...


class Tie(Protocol):
    """What the sentences need of a tie."""

    @property
    def left(self) -> tuple[str, ...]: ...
    @property
    def outcomes(self) -> dict[str, tuple[str, ...]]: ...


class Counted(Protocol):
    """What the sentences need of a result."""

    @property
    def winners(self) -> tuple[str, ...]: ...
    @property
    def ranking(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def rounds(self) -> Sequence[Round]: ...
    @property
    def ties(self) -> Sequence[Tie]: ...
    @property
    def settled(self) -> Sequence[Tie]: ...
    @property
    def cast(self) -> int: ...
    @property
    def blank(self) -> int: ...
    @property
    def spoilt(self) -> int: ...


def derive_irv(result: Counted, words: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The count told round by round; where a tie opens several ways, where each of them ends."""
    opening = _opening(result)
    if not result.cast:
        return (*opening, Sentence(_("Aucun bulletin ne classe d’option.")))
    ties = {tie.left: tie for tie in (*result.ties, *result.settled)}
    told: list[Sentence] = []
    ahead = None
    for count in result.rounds:
        told += _round(count, words)
        first, ahead = ahead is None, ahead or _majority(count)
        if first and ahead and len(count.votes) > 1:
            told.append(_more_than_half(count, ahead, words))
        told += _put_aside(count, words)
        told += _branches(ties.get(tuple(sorted(count.votes))), words)
    return (*opening, *told, _order(result, words), _verdict(result, words))


def _opening(result: Counted) -> list[Sentence]:
    message = _(
        "À chaque tour, un bulletin compte pour l’option restante qu’il classe le plus haut, et l’option qui "
        "a le moins de voix est écartée. Celle qui reste seule est en tête. "
        "Bulletins exprimés : %(cast)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s."
    )
    counts: dict[str, str | int] = {"cast": result.cast, "blank": result.blank, "spoilt": result.spoilt}
    waits = _(
        "Un bulletin qui préfère plusieurs options restantes, à égalité, attend : il compte de nouveau dès "
        "qu’il n’en reste qu’une. Un bulletin qui ne départage plus les options restantes est épuisé."
    )
    is_plain = not any(count.waiting or count.exhausted for count in result.rounds)
    return [Sentence(message, counts), *([] if is_plain else [Sentence(waits)])]


def _round(count: Round, words: Mapping[str, str]) -> list[Sentence]:
    votes = sorted(count.votes.items(), key=lambda item: (-item[1], words[item[0]]))
    listed = ", ".join(f"{words[key]} {number}" for key, number in votes)
    options: dict[str, str | int] = {"number": len(votes), "votes": listed}
    sentence = Sentence(_("Options restantes : %(number)s. Voix : %(votes)s."), options)
    if not count.waiting and not count.exhausted:
        return [sentence]
    message = _("Bulletins en attente : %(waiting)s. Bulletins épuisés : %(exhausted)s.")
    return [sentence, Sentence(message, {"waiting": count.waiting, "exhausted": count.exhausted})]


def _majority(count: Round) -> str | None:
    """The option that more than half of the ballots still in play prefer: nothing can overtake it."""
    in_play = sum(count.votes.values()) + count.waiting
    return next((key for key, votes in count.votes.items() if 2 * votes > in_play), None)


def _more_than_half(count: Round, key: str, words: Mapping[str, str]) -> Sentence:
    message = _(
        "%(option)s a plus de la moitié des bulletins encore en jeu, %(votes)s sur %(ballots)s : plus rien "
        "ne peut l’écarter."
    )
    in_play = sum(count.votes.values()) + count.waiting
    return Sentence(message, {"option": words[key], "votes": count.votes[key], "ballots": in_play})


def _put_aside(count: Round, words: Mapping[str, str]) -> list[Sentence]:
    gone = count.eliminated
    if not gone:
        return []
    if len(gone) == 1:
        return [Sentence(_("Option écartée : %(option)s."), {"option": words[gone[0]]})]
    message = _(
        "Options écartées ensemble : %(options)s. Elles sont à égalité, et toutes leurs voix réunies aux "
        "bulletins en attente, %(votes)s, sont moins que celles de chacune des autres : l’ordre où on les "
        "écarte ne change rien."
    )
    votes = sum(count.votes[key] for key in gone) + count.waiting
    return [Sentence(message, {"options": _listed(gone, words), "votes": votes})]


def _branches(tie: Tie | None, words: Mapping[str, str]) -> list[Sentence]:
    if tie is None:
        return []
    if not tie.outcomes:
        message = _("Les bulletins ne départagent plus ces options : %(options)s.")
        return [Sentence(message, {"options": _listed(tie.left, words)})]
    message = _("Le plus petit nombre de voix est partagé par : %(options)s. On suit chaque possibilité.")
    lines = [Sentence(message, {"options": _listed(tie.outcomes, words)})]
    for key, winners in sorted(tie.outcomes.items(), key=lambda item: words[item[0]]):
        line = _("Si l’option écartée est %(option)s, en tête à la fin : %(options)s.")
        lines.append(Sentence(line, {"option": words[key], "options": _listed(winners, words)}))
    if len(set(tie.outcomes.values())) == 1:
        lines.append(Sentence(_("Cette égalité ne change pas qui est en tête.")))
    return lines


def _order(result: Counted, words: Mapping[str, str]) -> Sentence:
    ranks = [_listed(group, words) for group in result.ranking]
    order = " ; ".join(f"{place}. {rank}" for place, rank in enumerate(ranks, start=1))
    return Sentence(_("Classement complet : %(ranking)s."), {"ranking": order})


def _verdict(result: Counted, words: Mapping[str, str]) -> Sentence:
    leading = {"options": _listed(result.winners, words)}
    if len(result.winners) == 1:
        return Sentence(_("En tête : %(options)s."), leading)
    return Sentence(_("En tête, à égalité : %(options)s. Les bulletins ne les départagent pas."), leading)


def _listed(keys: Sequence[str] | Mapping[str, object], words: Mapping[str, str]) -> str:
    return ", ".join(sorted(words[key] for key in keys))
