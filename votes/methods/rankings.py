"""Methods whose ballots rank the options: the page one ranks on, the order in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from votes.counting.polls.ranked import levels_of
from votes.methods.base import BLANK, Asked, Choice, Method, is_blank, options_of, pairs_said
from votes.models import Option, Poll

Levels = list[list[str]]


@dataclass(frozen=True)
class RankRow:
    """One option on the ballot: its form field, its rank so far (None without), whether another has the same."""

    position: str
    label: str
    url: str
    rank: int | None
    is_shared: bool

    @property
    def name(self) -> str:
        """The form field that carries its rank."""
        return f"choices-{self.position}"


@dataclass(frozen=True)
class RankBallot:
    """The ballot as its page draws it: a row per option, the ranks each may have, whether a blank one may be cast."""

    rows: list[RankRow]
    ranks: list[int]
    allows_ties: bool
    allows_blank: bool
    is_blank: bool

    @property
    def ranked(self) -> int:
        """How many options have a rank."""
        return sum(row.rank is not None for row in self.rows)


class Ranked(Method):
    """A ballot of `position:rank` texts, the first rank preferred, or blank alone. An option left out is last."""

    answers_template = "votes/_answer_link.html"
    said_template = "votes/methods/rankings/_said.html"
    stylesheet = "css/rankings.css"
    script = "js/ranking.js"
    draws_live = False
    options_needed = 2
    allows_ties: ClassVar[bool] = True

    @property
    def ballot_template(self) -> str:
        """The same controls for every ranking."""
        return "votes/methods/rankings/_ballot.html"

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Raises `Refused`: `choice_missing`, `unknown_choice`, `choice_twice`, `blank_stands_alone`."""
        if not is_blank(asked, choices):
            pairs_said(choices, options, [str(rank) for rank in range(1, options + 1)])

    def canonical(self, choices: Collection[str]) -> list[str]:
        """By rank, then by option; ranks nobody has are closed up: two ballots of one order are equal."""
        levels = order_said(choices)
        if sum(map(len, levels)) != len(choices):
            return super().canonical(choices)
        return [f"{value}:{rank}" for rank, level in enumerate(levels, start=1) for value in level]

    def choices(self, poll: Poll) -> list[Choice]:
        """The options, then blank; a ballot says `position:rank` of those it ranks."""
        asked = [Choice(str(each.position), each.label, "check", each.url) for each in options_of(poll)]
        return asked + ([Choice(BLANK, _("Vote blanc"), "blank")] if poll.allows_blank else [])

    def said(self, poll: Poll, choices: Collection[str]) -> list[Choice]:
        """« 1er choix : Le lieu », rank by rank, then what has no rank; only what could be read, as after a refusal."""
        if BLANK in choices:
            return [Choice(BLANK, _("Vote blanc"), "blank")]
        words = {str(each.position): each.label for each in options_of(poll)}
        levels = [[value for value in level if value in words] for level in order_said(choices)]
        ranked = {value for level in levels for value in level}
        found = [
            Choice(f"{value}:{place}", placed(place, words[value]), str(place))
            for place, level in enumerate(filter(None, levels), start=1)
            for value in level
        ]
        left = [label for value, label in words.items() if value not in ranked]
        return found + ([Choice("", self.without_rank(left), "")] if found and left else [])

    def without_rank(self, labels: Sequence[str]) -> str:
        """What becomes of the options a ballot does not rank."""
        return without_rank(labels)

    def ballot(self, poll: Poll, chosen: Collection[str]) -> RankBallot:
        """A row per option, in the order of the ballot."""
        options = options_of(poll)
        ranks = {value: rank for value, rank in ranks_said(chosen).items() if 1 <= rank <= len(options)}
        given = list(ranks.values())
        return RankBallot(
            rows=[row_of(each, ranks.get(str(each.position)), given) for each in options],
            ranks=list(range(1, len(options) + 1)),
            allows_ties=self.allows_ties,
            allows_blank=poll.allows_blank,
            is_blank=BLANK in chosen,
        )


def row_of(option: Option, rank: int | None, given: Sequence[int]) -> RankRow:
    """One row of the ballot."""
    is_shared = rank is not None and given.count(rank) > 1
    return RankRow(str(option.position), option.label, option.url, rank, is_shared)


def ranks_said(choices: Collection[str]) -> dict[str, int]:
    """The rank a ballot gives each option it names; what cannot be read is left out, the first word of a twice said holds."""
    found: dict[str, int] = {}
    for choice in choices:
        position, _colon, rank = choice.partition(":")
        if position.isascii() and position.isdigit() and rank.isascii() and rank.isdigit():
            found.setdefault(position, int(rank))
    return found


def order_said(choices: Collection[str]) -> Levels:
    """The options a ballot ranks, the preferred first, those of equal rank together in the order of the ballot."""
    return [sorted(level, key=int) for level in levels_of(ranks_said(choices))]


def placed(place: int, label: str) -> str:
    """An option with its place in the order, in words."""
    if place == 1:
        return _("1er choix : %(option)s") % {"option": label}
    return _("%(place)se choix : %(option)s") % {"place": place, "option": label}


def without_rank(labels: Sequence[str]) -> str:
    """The options a ballot leaves last, together."""
    if len(labels) == 1:
        return _("Sans rang, en dernier : %(option)s") % {"option": labels[0]}
    return _("Sans rang, en dernier, à égalité : %(options)s") % {"options": ", ".join(labels)}


def joined(labels: Sequence[str]) -> str:
    """Names one after the other: « A, B et C »."""
    if len(labels) < 2:
        return "".join(labels)
    return _("%(first)s et %(last)s") % {"first": ", ".join(labels[:-1]), "last": labels[-1]}


def labels_by_value(poll: Poll) -> dict[str, str]:
    """The words of each option, by its position as text."""
    return {str(each.position): each.label for each in options_of(poll)}


def first_choices(poll: Poll, said: Mapping[str, int]) -> list[tuple[str, int]]:
    """What guests put first, apart: (words, how many)."""
    return [(each.label, said[key]) for each in options_of(poll) if (key := f"{each.position}:1") in said]


def verdict_of(first: Sequence[str]) -> str:
    """Who comes first: one, several equal, or nobody."""
    if len(first) == 1:
        return _("En tête : %(answer)s") % {"answer": first[0]}
    return (
        _("À égalité en tête : %(answers)s") % {"answers": joined(first)}
        if first
        else _("Aucun classement reçu")
    )


def common_of(poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, Any]:
    """What every picture of a ranking says alike."""
    return {
        **common,
        "guests": first_choices(poll, outcome["guests"]),
        "votes": {"blank": outcome["blank"], "spoilt": outcome["spoilt"]},
    }
