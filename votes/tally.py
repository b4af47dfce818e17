"""Reads a poll's ballots and hands them to the pure counts: what a result is made of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cooperation.rules import Base
from votes.counting import ENGINE
from votes.counting.approval import count_approval, group_approvals
from votes.counting.ballots import group_ballots
from votes.counting.derivation import Sentence, as_json
from votes.counting.resolution import count_resolution
from votes.counting.resolution_rules import ResolutionRules
from votes.models import Ballot, Elector, Poll
from votes.rules import BLANK


@dataclass(frozen=True)
class Voice:
    """One ballot as the count takes it: the college, the heads it stands for, what it says, how it came."""

    college: str
    heads: int
    is_guest: bool
    choices: tuple[str, ...]
    channel: str


@dataclass(frozen=True)
class Tally:
    """The outcome of a count and the sentences that show it, as a result stores them."""

    outcome: dict[str, Any]
    derivation: list[dict[str, object]]
    engine: str = ENGINE


def voices_of(poll: Poll) -> list[Voice]:
    """Every ballot of a poll, in one query."""
    rows = Ballot.objects.filter(poll=poll).values_list(
        "elector__college", "elector__weight_numerator", "elector__is_guest", "choices", "channel"
    )
    return [
        Voice(college, heads, guest, tuple(said), channel) for college, heads, guest, said, channel in rows
    ]


def heads_of(poll: Poll) -> Counter[str]:
    """The heads of each college, guests aside, in one query. A college without anyone is there with 0.

    Those of the roll, or those the poll was told of when its roll holds only the members who are there.
    """
    colleges = poll.rules.get("weights") or poll.rules.get("colleges") or []
    heads: Counter[str] = Counter({item["college"]: 0 for item in colleges})
    rows = Elector.objects.filter(poll=poll, is_guest=False).values_list("college", "weight_numerator")
    for college, weight in rows:
        heads[college] += weight
    for college, members in (poll.rules.get("members") or {}).items():
        heads[college] = max(heads[college], members)
    return heads or Counter({"": 0})


def counted(poll: Poll) -> Tally:
    """Count the ballots received, under the rules copied at opening. Guests are counted apart, and decide nothing.

    Raises `IllegalRules` when the law refuses the rules.
    """
    voices = voices_of(poll)
    members = [voice for voice in voices if not voice.is_guest]
    count = resolution if poll.method == Poll.Method.RESOLUTION else approval
    outcome, derivation = count(poll, members)
    outcome |= {
        "received": len(voices),
        "electors": poll.electors.count(),
        "channels": dict(Counter(voice.channel for voice in voices)),
        "guests": said_by(voice for voice in voices if voice.is_guest),
    }
    return Tally(outcome, as_json(derivation))


def said_by(voices: Iterable[Voice]) -> dict[str, int]:
    """How often each choice was said, head by head."""
    said: Counter[str] = Counter()
    for voice in voices:
        for choice in voice.choices:
            said[choice] += voice.heads
    return dict(said)


def resolution(poll: Poll, voices: list[Voice]) -> tuple[dict[str, Any], tuple[Sentence, ...]]:
    """Count for, against, abstention and blank, by heads or by colleges."""
    rules = ResolutionRules.from_json(poll.rules)
    cast = [(voice.college, voice.choices[0]) for voice in voices for _ in range(voice.heads)]
    present = poll.rules.get("present") if rules.base is Base.PRESENT else None
    if present is not None:
        # Whoever voted was there, also if the door was late in saying so.
        received = Counter(college for college, _ in cast)
        present = {college: max(received[college], present.get(college, 0)) for college in heads_of(poll)}
    result = count_resolution(rules, group_ballots(heads_of(poll), cast, present))
    return result.as_json(), result.derivation


def approval(poll: Poll, voices: list[Voice]) -> tuple[dict[str, Any], tuple[Sentence, ...]]:
    """Count the approvals of each option; a blank ballot approves none."""
    options = {str(option.position): option.label for option in poll.options.all()}
    said = [
        [choice for choice in voice.choices if choice != BLANK]
        for voice in voices
        for _ in range(voice.heads)
    ]
    result = count_approval(options, group_approvals(said))
    return result.as_json(), result.derivation
