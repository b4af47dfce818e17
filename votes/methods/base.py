"""What every method of a poll answers: what a ballot may say, in which words, how it is counted, how it is drawn."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from realtime.refused import Refused
from votes.counting.polls import BLANK, Counted, PollOption, Voice, amended_rules, count_poll
from votes.draws import seed_of
from votes.heads import arrivals_in, departures_in, heads_of

if TYPE_CHECKING:
    from votes.models import Option, Poll

__all__ = [
    "ABSTAIN",
    "AGAINST",
    "BLANK",
    "FOR",
    "Asked",
    "Choice",
    "Counted",
    "Method",
    "Picture",
    "Voice",
    "check_said",
    "is_blank",
    "options_of",
    "pairs_said",
]

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"


class Asked(Protocol):
    """What a poll asks of a ballot; `Poll` has these fields."""

    @property
    def method(self) -> str:
        """The name of a method: `resolution`, `approval`…"""

    @property
    def allows_blank(self) -> bool:
        """Whether a blank ballot may be cast."""

    @property
    def max_choices(self) -> int | None:
        """How many options one ballot may choose, None for any number."""

    @property
    def setup(self) -> Mapping[str, Any]:
        """What the method was told when the poll opened: dots per person, grades, seats…"""


@dataclass(frozen=True)
class Choice:
    """One thing a ballot may say: the value it carries, the words people read, the sign beside them."""

    value: str
    label: str
    icon: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A counted result as every page says it, in the active language; each method adds what its templates draw.

    The templates of a method are `templates/votes/methods/<method>/`: `_result.html` on its page, `_projector.html`
    on the wall, `_minutes.html` in the minutes.
    """

    method: str
    verdict: str
    heading: str
    sentences: list[str]
    turnout: str
    guests: list[tuple[str, int]]
    has_verdict: bool = True
    is_adopted: bool = False
    is_tied: bool = False
    total: str = ""
    total_text: str = ""
    total_words: str = ""
    needed_words: str = ""
    threshold: str = ""
    threshold_text: str = ""
    bar_label: str = ""
    votes: dict[str, int] = field(default_factory=dict)

    @property
    def has_spoilt(self) -> bool:
        """Whether a ballot was spoilt."""
        return bool(self.votes.get("spoilt"))

    @property
    def template(self) -> str:
        """What draws it on its page."""
        return f"votes/methods/{self.method}/_result.html"

    @property
    def projector(self) -> str:
        """What draws it on the wall."""
        return f"votes/methods/{self.method}/_projector.html"

    @property
    def minutes(self) -> str:
        """What tells it in the minutes."""
        return f"votes/methods/{self.method}/_minutes.html"


class Method(ABC):
    """One way of deciding. A ballot is a list of short texts whose meaning only its method knows.

    Options are named by their position, from 1, as text; a value given to an option is written `position:value`.

    A method does not count here: it adds its pure adapter, `votes/counting/polls/<method>.py`, to
    `votes.counting.polls.COUNTS`. `count` calls it with what the poll copied when it opened; `manage.py verify` and the
    stand-alone recount call it with what the export says. So a method never overrides `count`.

    `said_template` shows what a ballot says before it is sent and on its receipt; `stylesheet` is what the pages of a
    ballot load besides. A method that `draws_lots` gets a seed, committed in the setup when the poll opens.
    """

    name: ClassVar[str]
    draws_live: ClassVar[bool] = True
    answers_template: ClassVar[str] = "votes/_answers.html"
    script: ClassVar[str] = ""
    options_needed: ClassVar[int] = 1
    said_template: ClassVar[str] = "votes/_said.html"
    stylesheet: ClassVar[str] = ""
    draws_lots: ClassVar[bool] = False

    @property
    def ballot_template(self) -> str:
        """What a ballot page shows between the question and the button: the controls, each a plain form field."""
        return f"votes/methods/{self.name}/_ballot.html"

    @property
    def is_answered_in_place(self) -> bool:
        """Whether an indicative poll is answered in its card, one gesture per answer."""
        return self.answers_template == "votes/_answers.html"

    def check_setup(self, setup: Mapping[str, Any], options: int) -> dict[str, Any]:
        """The setting as the poll keeps it. Raises `Refused("setup_unreadable")`."""
        if setup:
            raise Refused("setup_unreadable")
        return {}

    def draws(self, setup: Mapping[str, Any]) -> bool:
        """Whether a poll of this setting may end on a draw, and needs its seed."""
        return self.draws_lots

    @abstractmethod
    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Refuse a ballot that says nothing, too much, or what the poll does not ask. Raises `Refused`."""

    def canonical(self, choices: Collection[str]) -> list[str]:
        """The choices in one order: two ballots that say the same are equal."""
        return sorted(set(choices), key=lambda choice: (len(choice), choice))

    def toggled(self, earlier: Collection[str], choice: str, asked: Asked) -> list[str]:
        """What a changeable ballot says once this answer is given or taken back in one gesture."""
        return [choice]

    @abstractmethod
    def choices(self, poll: Poll) -> list[Choice]:
        """What its page offers, in order."""

    def ballot(self, poll: Poll, chosen: Collection[str]) -> Any:
        """What its template draws, with what was chosen so far; nothing more than its choices unless a method says."""
        return None

    def tallied(self, choices: Collection[str]) -> Mapping[str, int]:
        """What one ballot adds to the bars an indicative poll draws while it is open, by the value of a choice."""
        return dict.fromkeys(choices, 1)

    def whole(self, asked: Asked, ballots: int) -> int:
        """The length of a full bar."""
        return max(ballots, 1)

    def said(self, poll: Poll, choices: Collection[str]) -> list[Choice]:
        """What a ballot says, as people read it before sending it and on the receipt."""
        offered = {choice.value: choice for choice in self.choices(poll)}
        return [offered[value] for value in self.canonical(choices) if value in offered]

    @abstractmethod
    def rule(self, poll: Poll) -> str:
        """The rule in one or two short sentences for whoever votes."""

    def count(self, poll: Poll, voices: Sequence[Voice]) -> Counted:
        """The outcome as plain values, and its derivation: the pure count, which the recount runs too."""
        options = [PollOption(str(each.position), each.label, each.details) for each in options_of(poll)]
        seed = seed_of(poll) if self.draws(poll.setup) else None
        rules = amended_rules(poll.rules, arrivals_in(poll), departures_in(poll))
        return count_poll(self.name, rules, options, heads_of(poll), voices, seed)

    @abstractmethod
    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The result as pages say and draw it; `common` holds the fields every picture has."""


def check_said(choices: Sequence[str], allowed: Collection[str]) -> None:
    """Refuse a ballot that says nothing, something unknown, or the same twice.

    Raises `Refused`: `choice_missing`, `unknown_choice`, `choice_twice`.
    """
    if not choices:
        raise Refused("choice_missing")
    if any(choice not in allowed for choice in choices):
        raise Refused("unknown_choice")
    if len(set(choices)) < len(choices):
        raise Refused("choice_twice")


def is_blank(asked: Asked, choices: Sequence[str]) -> bool:
    """Whether this is a blank ballot the poll accepts. Raises `Refused("blank_stands_alone")` beside a choice."""
    if not asked.allows_blank or BLANK not in choices:
        return False
    if len(choices) > 1:
        raise Refused("blank_stands_alone")
    return True


def pairs_said(choices: Sequence[str], options: int, values: Collection[str]) -> dict[str, str]:
    """What a ballot of `position:value` texts says of each option it names.

    Raises `Refused`: `choice_missing`, `unknown_choice` (an option or a value nobody offered), `choice_twice`.
    """
    if not choices:
        raise Refused("choice_missing")
    said: dict[str, str] = {}
    for choice in choices:
        position, colon, value = choice.partition(":")
        known = position.isascii() and position.isdigit() and str(int(position)) == position
        if not colon or not known or not 1 <= int(position) <= options or value not in values:
            raise Refused("unknown_choice")
        if position in said:
            raise Refused("choice_twice")
        said[position] = value
    return said


def options_of(poll: Poll) -> list[Option]:
    """The options in the order of the ballot."""
    return list(poll.options.all())
