"""Who keeps a poll: the place it was opened in is asked, and knows its officers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from realtime.topics import find_topic

if TYPE_CHECKING:
    from votes.models import Poll
    from votes.services.opening import RollLine

TELLER = "teller"


def officers_of(parent: str) -> Mapping[int, str]:
    """The officers of the place a poll was opened in: person → office. Empty where there are none."""
    found = find_topic(parent)
    asked = getattr(found[0], "officers", None) if found else None
    return asked(found[1]) if found and asked else {}


def is_officer(parent: str, person: object) -> bool:
    """Whether this person holds any office there."""
    return getattr(person, "pk", None) in officers_of(parent)


def tellers_of(parent: str) -> set[int]:
    """Those who may enter ballots and confirm them."""
    return {person for person, office in officers_of(parent).items() if office == TELLER}


def is_teller(parent: str, person: object) -> bool:
    """Whether this person is one of them."""
    return getattr(person, "pk", None) in tellers_of(parent)


def newcomers_of(poll: "Poll", at: datetime) -> Sequence["RollLine"]:
    """The lines the poll's parent would add to its roll now: members of the opening who came later."""
    found = find_topic(poll.parent)
    asked = getattr(found[0], "newcomers", None) if found else None
    if not found or not asked or poll.opened_at is None:
        return []
    known = set(poll.electors.values_list("membership_id", flat=True))
    lines: Sequence[RollLine] = asked(found[1], poll.opened_at, at)
    return [line for line in lines if line.membership_id not in known]
