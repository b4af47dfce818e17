"""The sentences of a Schulze count: the duels that decide, and the path of duels where one is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Protocol

from votes.counting.derivation import Sentence

Matrix = tuple[tuple[int, ...], ...]


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


class Counted(Protocol):
    """What the sentences need of a result."""

    @property
    def options(self) -> tuple[str, ...]: ...
    @property
    def pairwise(self) -> Matrix: ...
    @property
    def paths(self) -> Matrix: ...
    @property
    def ranking(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def winners(self) -> tuple[str, ...]: ...
    @property
    def cast(self) -> int | None: ...
    @property
    def blank(self) -> int | None: ...
    @property
    def spoilt(self) -> int | None: ...


def derive_schulze(result: Counted, words: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The count told: the duels of those in front, then those between one rank and the next, the ranking."""
    opening = _opening(result)
    if not result.winners:
        return (opening, Sentence(_("Aucun bulletin ne classe d’option.")))
    duels = [_compared(pair) for pair in _decisive(result, words)]
    ranks = [", ".join(words[key] for key in group) for group in result.ranking]
    order = " ; ".join(f"{place}. {rank}" for place, rank in enumerate(ranks, start=1))
    whole = Sentence(_("Classement complet : %(ranking)s."), {"ranking": order})
    return (opening, *duels, *_of_all(result, words), whole, _verdict(result, words))


def _opening(result: Counted) -> Sentence:
    if result.cast is None or result.blank is None or result.spoilt is None:
        return Sentence(_("On compare les options deux à deux, d’après le tableau des duels."))
    message = _(
        "On compare les options deux à deux : dans chaque duel, un bulletin soutient l’option qu’il classe "
        "plus haut. Les options qu’il ne classe pas sont dernières, ensemble. "
        "Bulletins exprimés : %(cast)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s."
    )
    return Sentence(message, {"cast": result.cast, "blank": result.blank, "spoilt": result.spoilt})


def _verdict(result: Counted, words: Mapping[str, str]) -> Sentence:
    leading = ", ".join(words[key] for key in result.winners)
    if len(result.winners) == 1:
        return Sentence(_("En tête : %(options)s."), {"options": leading})
    message = _("En tête, à égalité : %(options)s. Les bulletins ne les départagent pas.")
    return Sentence(message, {"options": leading})


def _of_all(result: Counted, words: Mapping[str, str]) -> list[Sentence]:
    """One sentence when a single option wins every duel: it needs no path to be in front."""
    if len(result.winners) != 1 or len(result.options) < 2:
        return []
    place = result.options.index(result.winners[0])
    others = [row[place] for row in result.pairwise]
    won = all(votes > others[other] for other, votes in enumerate(result.pairwise[place]) if other != place)
    message = _("%(option)s gagne tous ses duels.")
    return [Sentence(message, {"option": words[result.winners[0]]})] if won else []


# -- two options


@dataclass(frozen=True)
class _Pair:
    """Two options to compare, the first ahead of the second or tied with it."""

    result: Counted
    words: Mapping[str, str]
    first: int
    second: int

    @property
    def params(self) -> dict[str, str | int]:
        """The names, the ballots of the duel and the strength of the paths, there and back."""
        result, first, second = self.result, self.first, self.second
        return {
            "first": self.name(first),
            "second": self.name(second),
            "votes": result.pairwise[first][second],
            "other": result.pairwise[second][first],
            "strength": result.paths[first][second],
            "back": result.paths[second][first],
        }

    @property
    def is_decided_by_duel(self) -> bool:
        """Whether the duel alone is stronger than every path back."""
        duels, paths = self.result.pairwise, self.result.paths
        against = max(duels[self.second][self.first], paths[self.second][self.first])
        return duels[self.first][self.second] > against

    def name(self, place: int) -> str:
        """The words of an option."""
        return self.words[self.result.options[place]]

    def path(self) -> str:
        """A strongest path, of as few duels as there can be: "A > D (30), D > B (28)"."""
        steps = pairwise(_shortest(self.result, self.first, self.second))
        return ", ".join(
            f"{self.name(start)} > {self.name(end)} ({self.result.pairwise[start][end]})"
            for start, end in steps
        )


def _decisive(result: Counted, words: Mapping[str, str]) -> Iterator[_Pair]:
    """Those in front against each other and all the rest, then each rank against the next."""
    place = {key: index for index, key in enumerate(result.options)}
    winners, *rest = result.ranking
    for first, second in combinations(winners, 2):
        yield _Pair(result, words, place[first], place[second])
    for second in (key for group in rest for key in group):
        yield from (_Pair(result, words, place[first], place[second]) for first in winners)
    for upper, lower in pairwise(rest):
        for second in lower:
            pairs = (_Pair(result, words, place[first], place[second]) for first in upper)
            yield from (pair for pair in pairs if pair.params["strength"] != pair.params["back"])


def _compared(pair: _Pair) -> Sentence:
    params = pair.params
    if params["strength"] == params["back"]:
        return _tied(params)
    if pair.is_decided_by_duel:
        return _by_duel(params)
    return _by_path(params, pair.path())


def _by_duel(params: Mapping[str, str | int]) -> Sentence:
    if not params["back"]:
        message = _("%(first)s gagne son duel contre %(second)s, par %(votes)s contre %(other)s.")
        return Sentence(message, _without(params, "strength", "back"))
    message = _(
        "%(first)s gagne son duel contre %(second)s, par %(votes)s contre %(other)s. De %(second)s à "
        "%(first)s, le chemin de duels gagnés le plus fort n’a que la force %(back)s."
    )
    return Sentence(message, _without(params, "strength"))


def _by_path(params: Mapping[str, str | int], path: str) -> Sentence:
    if not params["back"]:
        message = _(
            "%(first)s contre %(second)s : %(votes)s contre %(other)s. Des duels gagnés mènent de "
            "%(first)s à %(second)s : %(path)s. Ce chemin a la force de son duel le plus faible, "
            "%(strength)s, et aucun chemin ne mène en sens inverse : %(first)s passe devant %(second)s."
        )
        return Sentence(message, {**_without(params, "back"), "path": path})
    message = _(
        "%(first)s contre %(second)s : %(votes)s contre %(other)s. Des duels gagnés mènent de "
        "%(first)s à %(second)s : %(path)s. Ce chemin a la force de son duel le plus faible, %(strength)s ; "
        "en sens inverse, le plus fort n’a que la force %(back)s : %(first)s passe devant %(second)s."
    )
    return Sentence(message, {**params, "path": path})


def _tied(params: Mapping[str, str | int]) -> Sentence:
    if not params["back"]:
        message = _(
            "%(first)s contre %(second)s : %(votes)s contre %(other)s. Aucun chemin de duels gagnés ne mène "
            "de l’une de ces options à l’autre : elles sont à égalité."
        )
        return Sentence(message, _without(params, "strength", "back"))
    message = _(
        "%(first)s contre %(second)s : %(votes)s contre %(other)s. Les chemins les plus forts ont la même "
        "force dans les deux sens, %(strength)s : ces options sont à égalité."
    )
    return Sentence(message, _without(params, "back"))


def _without(params: Mapping[str, str | int], *names: str) -> dict[str, str | int]:
    return {name: value for name, value in params.items() if name not in names}


def _shortest(result: Counted, start: int, end: int) -> list[int]:
    """The places along a path as strong as the strongest, of as few duels as there can be."""
    strength, came_from, front = result.paths[start][end], {start: start}, [start]
    while end not in came_from:
        edges = [(i, j) for i in front for j in range(len(result.options)) if _is_won(result, i, j, strength)]
        front = [j for i, j in edges if j not in came_from and came_from.setdefault(j, i) == i]
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]


def _is_won(result: Counted, first: int, second: int, strength: int) -> bool:
    votes, other = result.pairwise[first][second], result.pairwise[second][first]
    return votes > other and votes >= strength
