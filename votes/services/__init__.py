"""The verbs of the votes: open a poll, cast ballots, close, count, declare."""

from votes.services.casting import Cast, cast_ballot, cast_ballots
from votes.services.closing import close_poll, count_poll, declare_result, read_result
from votes.services.opening import Parent, RollLine, open_poll
from votes.services.secret import cast_secret, published_lists

__all__ = [
    "Cast",
    "Parent",
    "RollLine",
    "cast_ballot",
    "cast_ballots",
    "cast_secret",
    "close_poll",
    "count_poll",
    "declare_result",
    "open_poll",
    "published_lists",
    "read_result",
]
