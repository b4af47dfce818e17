"""What a counted secret poll publishes, in writing: its two lists and the marks of its roll. Plain Python, shared by the recount.

The lists are written in the order of their own texts, which says nothing of who voted, nor when. The last step of the
chain holds a hash of each, and of the marks; no step holds a ballot, a code or an instant of voting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from votes.entries import canonical, digest


def in_order(codes: Iterable[str], ballots: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The two lists as they are published: each in the order of its own texts, that no value joins."""
    return {
        "codes": sorted(codes),
        "ballots": sorted(({**ballot} for ballot in ballots), key=canonical),
    }


def closed_on(lists: Mapping[str, Any], marks: Sequence[bool]) -> dict[str, Any]:
    """What the last step of a secret poll says of its lists and of its roll.

    `marks` says of each line of the roll, in the order of their numbers, whether it voted.
    """
    return {
        "ballots": len(lists["ballots"]),
        "lists": {"codes": digest(lists["codes"]), "ballots": digest(lists["ballots"])},
        "voted": digest(list(marks)),
    }
