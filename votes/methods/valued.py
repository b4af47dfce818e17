"""Methods whose ballots give each option a value of its own: dots, a score, a grade."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from realtime.refused import Refused
from votes.counting.polls.valued import values_said
from votes.methods.base import BLANK, Asked, Choice, Method, is_blank, options_of, pairs_said
from votes.models import Poll


@dataclass(frozen=True)
class Row:
    """One option on the ballot: its form field, and the value it has there so far, "" for none."""

    position: str
    label: str
    url: str
    value: str

    @property
    def name(self) -> str:
        """The form field that carries its value."""
        return f"choices-{self.position}"


class Valued(Method):
    """A ballot of `position:value` texts, each a whole number, or blank alone."""

    @abstractmethod
    def values(self, setup: Mapping[str, Any]) -> Collection[str]:
        """The values an option may be given."""

    def value_words(self, poll: Poll, value: int) -> str:
        """A value as people read it."""
        return str(value)

    def given(self, choices: Collection[str]) -> dict[str, int]:
        """What a checked ballot gives, by option, in their order."""
        said = values_said([choice for choice in choices if ":" in choice])
        return dict(sorted(said.items(), key=lambda pair: int(pair[0])))

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Raises `Refused`: `choice_missing`, `unknown_choice`, `choice_twice`, `blank_stands_alone`."""
        if not is_blank(asked, choices):
            pairs_said(choices, options, self.values(asked.setup))

    def canonical(self, choices: Collection[str]) -> list[str]:
        """By option, blank last."""
        return sorted(
            set(choices), key=lambda choice: (choice == BLANK, len(choice.partition(":")[0]), choice)
        )

    def choices(self, poll: Poll) -> list[Choice]:
        """The options, then blank; a ballot says `position:value` of each option."""
        asked = [Choice(str(each.position), each.label, "check", each.url) for each in options_of(poll)]
        return asked + ([Choice(BLANK, _("Vote blanc"), "blank")] if poll.allows_blank else [])

    def said(self, poll: Poll, choices: Collection[str]) -> list[Choice]:
        """« Le lieu : 3 », option by option; only what could be read, as after a refusal."""
        offered = {choice.value: choice for choice in self.choices(poll)}
        found = []
        for choice in self.canonical(choices):
            position, colon, value = choice.partition(":")
            if position not in offered:
                continue
            if colon and value in self.values(poll.setup):
                told = {"option": offered[position].label, "value": self.value_words(poll, int(value))}
                found.append(Choice(choice, _("%(option)s : %(value)s") % told, "check"))
            elif choice == BLANK:
                found.append(offered[BLANK])
        return found

    def rows(self, poll: Poll, chosen: Collection[str]) -> list[Row]:
        """The options as the ballot shows them, with what was chosen so far."""
        said = dict(choice.partition(":")[::2] for choice in chosen if ":" in choice)
        return [
            Row(str(each.position), each.label, each.url, said.get(str(each.position), ""))
            for each in options_of(poll)
        ]


def said_apart(poll: Poll, outcome: Mapping[str, Any]) -> list[tuple[str, int]]:
    """How often guests gave each option a value: what a picture says of them when its columns cannot."""
    options = {str(each.position): each.label for each in options_of(poll)}
    counts = dict.fromkeys(options, 0)
    for choice, times in outcome["guests"].items():
        for position in values_said([choice]):
            counts[position] += times
    return [(options[position], count) for position, count in counts.items() if count]


def number_in(setup: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    """A whole number of the setting. Raises `Refused("setup_unreadable")` for anything else, or out of bounds."""
    value = setup.get(name, default)
    if type(value) is not int or not least <= value <= most:
        raise Refused("setup_unreadable")
    return value


def check_names(setup: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse a setting that says more than the method knows. Raises `Refused("setup_unreadable")`."""
    if not setup.keys() <= set(known):
        raise Refused("setup_unreadable")


def lead_words(first: Sequence[str], nobody: str) -> str:
    """Who comes first: one, several equal, or nobody."""
    if len(first) == 1:
        return _("En tête : %(answer)s") % {"answer": first[0]}
    return _("À égalité en tête : %(answers)s") % {"answers": ", ".join(first)} if first else nobody
