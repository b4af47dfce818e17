"""The verbs of the votes: open a poll, amend its roll, cast ballots, close, count, declare."""

from votes.published import published_lists
from votes.services.amending import countersign, dismiss_amendment, propose_addition, propose_strike
from votes.services.casting import Cast, cast_ballot, cast_ballots
from votes.services.closing import close_poll, count_poll, declare_result, read_result
from votes.services.erasing import count_ended, erase_lines
from votes.services.opening import Parent, RollLine, open_poll
from votes.services.secret import SecretCast, cast_secret, cast_secrets
from votes.services.telling import confirm_entries, enter_ballot, set_aside_entry

__all__ = [
    "Cast",
    "Parent",
    "RollLine",
    "SecretCast",
    "cast_ballot",
    "cast_ballots",
    "cast_secret",
    "cast_secrets",
    "close_poll",
    "confirm_entries",
    "count_ended",
    "count_poll",
    "countersign",
    "declare_result",
    "dismiss_amendment",
    "enter_ballot",
    "erase_lines",
    "open_poll",
    "propose_addition",
    "propose_strike",
    "published_lists",
    "read_result",
    "set_aside_entry",
]
