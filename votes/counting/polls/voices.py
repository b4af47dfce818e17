"""What the count of a poll starts from: the question as it was asked, and the ballots as they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from votes.counting.derivation import Sentence
from votes.counting.draw import verify_commitment

BLANK, SPOILT = "blank", "spoilt"
Counted = tuple[dict[str, Any], tuple[Sentence, ...]]


@dataclass(frozen=True)
class PollOption:
    """One option as a ballot names it: its position from 1, as text; its words; what the method must know of it."""

    value: str
    label: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Voice:
    """One ballot as the count takes it: the college, the heads it stands for, what it says, how it came.

    `is_chair` says that it is that of the chair of a board, named by the rules as `chair`: the number of a line.
    """

    college: str
    heads: int
    is_guest: bool
    choices: tuple[str, ...]
    channel: str
    is_chair: bool = False


@dataclass(frozen=True)
class Question:
    """What was asked: the rules copied when the poll opened, the options in order, the heads of each college.

    `seed` is what ties are drawn by, revealed with the result, where the setup holds its `commitment`.
    """

    rules: Mapping[str, Any]
    options: Sequence[PollOption]
    heads: Mapping[str, int]
    seed: str | None = None

    @property
    def setup(self) -> Mapping[str, Any]:
        """What the method was told when the poll opened: dots per person, grades, seats…"""
        return self.rules.get("setup") or {}

    @property
    def drawn_by(self) -> str | None:
        """The seed, once found to be the one committed when the poll opened; None where no seed is known.

        Raises ValueError for another seed, or for one that nothing committed.
        """
        if self.seed is not None and not verify_commitment(self.seed, str(self.setup.get("commitment", ""))):
            raise ValueError("this is not the seed committed when the poll opened")
        return self.seed

    @property
    def labels(self) -> dict[str, str]:
        """The words of each option, by its value."""
        return {option.value: option.label for option in self.options}


def each_head(voices: Iterable[Voice]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Every ballot head by head, as (college, choices): a ballot that stands for three heads comes three times."""
    return ((voice.college, voice.choices) for voice in voices for _head in range(voice.heads))


def heads_by_college(rules: Mapping[str, Any], lines: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The heads of each college, from the lines (college, heads) of a roll, guests left out.

    A college without anyone is there with 0. Where the rules name more members than the roll (it may hold only those
    who are there), their number is taken.
    """
    colleges = rules.get("weights") or rules.get("colleges") or []
    heads: Counter[str] = Counter({item["college"]: 0 for item in colleges})
    for college, count in lines:
        heads[college] += count
    for college, members in (rules.get("members") or {}).items():
        heads[college] = max(heads[college], members)
    return dict(heads) or {"": 0}


def amended_rules(
    rules: Mapping[str, Any],
    arrivals: Iterable[tuple[str, int]],
    departures: Iterable[tuple[str, int]] = (),
) -> Mapping[str, Any]:
    """The rules once the roll was amended: lines (college, heads) added since the opening were there too, struck ones not.

    A line that was struck is neither among those present nor among the members who may vote: it weighs on nothing.
    Nothing but these heads changes, and only where the rules count them. What is asked was added before it was struck.
    """
    moved, struck = Counter[str](), Counter[str]()
    for college, heads in arrivals:
        moved[college] += heads
    for college, heads in departures:
        struck[college] += heads
    changed = dict(rules)
    if rules.get("present"):
        present = Counter(rules["present"])
        present.update(moved)
        changed["present"] = {college: heads - struck[college] for college, heads in present.items()}
    if rules.get("members") and struck:
        changed["members"] = {college: heads - struck[college] for college, heads in rules["members"].items()}
    return changed


def received(voices: Sequence[Voice], electors: int) -> dict[str, Any]:
    """What every outcome adds to its count: ballots received, lines of the roll, channels, and what guests said."""
    said: Counter[str] = Counter()
    for voice in voices:
        if voice.is_guest:
            said.update(dict.fromkeys(voice.choices, voice.heads))
    return {
        "received": len(voices),
        "electors": electors,
        "channels": dict(Counter(voice.channel for voice in voices)),
        "guests": dict(said),
    }
