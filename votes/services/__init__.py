"""The verbs of the votes: open a poll, cast ballots, close, count, declare."""

from votes.services.casting import Cast, cast_ballot, cast_ballots
from votes.services.closing import close_poll, count_poll, declare_result, read_result
from votes.services.opening import Parent, RollLine, open_poll

__all__ = [
    "Cast",
    "Parent",
    "RollLine",
    "cast_ballot",
    "cast_ballots",
    "close_poll",
    "count_poll",
    "declare_result",
    "open_poll",
    "read_result",
]
