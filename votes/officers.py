"""Who keeps a poll: the place it was opened in is asked, and knows its officers."""

from collections.abc import Mapping

from realtime.topics import find_topic

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
