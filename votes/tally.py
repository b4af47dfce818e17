"""Reads a poll's ballots and hands them to the pure counts: what a result is made of."""

from dataclasses import dataclass
from typing import Any

from votes.counting import ENGINE
from votes.counting.derivation import as_json
from votes.counting.polls import received
from votes.methods import Voice, method_of
from votes.models import Ballot, CountedBallot, Elector, Poll


@dataclass(frozen=True)
class Tally:
    """The outcome of a count and the sentences that show it, as a result stores them."""

    outcome: dict[str, Any]
    derivation: list[dict[str, object]]
    engine: str = ENGINE


def voices_of(poll: Poll) -> list[Voice]:
    """Every ballot of a poll, in one query; of a secret one, those of its emptied box."""
    if poll.secrecy == Poll.Secrecy.SECRET:
        box = CountedBallot.objects.filter(poll=poll).order_by("pk").values_list("college", "choices")
        return [Voice(college, 1, False, tuple(said), Ballot.Channel.WEB) for college, said in box]
    rows = Ballot.objects.filter(poll=poll).values_list(
        "elector__college",
        "elector__weight_numerator",
        "elector__is_guest",
        "choices",
        "channel",
        "elector__number",
    )
    chair = poll.rules.get("chair")
    return [
        Voice(college, heads, guest, tuple(said), channel, number == chair)
        for college, heads, guest, said, channel, number in rows
    ]


def counted(poll: Poll) -> Tally:
    """Count the ballots received, under the rules copied at opening. Guests are counted apart, and decide nothing.

    Raises `IllegalRules` when the law refuses the rules.
    """
    voices = voices_of(poll)
    members = [voice for voice in voices if not voice.is_guest]
    outcome, derivation = method_of(poll).count(poll, members)
    outcome |= received(voices, Elector.objects.standing().filter(poll=poll).count())
    return Tally(outcome, as_json(derivation))
