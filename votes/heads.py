"""The heads of a roll, college by college."""

from votes.counting.polls import amended_rules, heads_by_college
from votes.models import Elector, Poll


def heads_of(poll: Poll) -> dict[str, int]:
    """The heads of each college, guests aside, in one query. A college without anyone is there with 0.

    Those of the roll, or those the poll was told of when its roll holds only the members who are there.
    """
    rows = (
        Elector.objects.standing()
        .filter(poll=poll, is_guest=False)
        .values_list("college", "weight_numerator")
    )
    return heads_by_college(amended_rules(poll.rules, [], departures_in(poll)), rows)


def arrivals_in(poll: Poll) -> list[tuple[str, int]]:
    """The lines added since the opening, as (college, heads), guests aside; asked only where those present count."""
    if not poll.rules.get("present"):
        return []
    added = Elector.objects.filter(
        poll=poll, is_guest=False, amendments__kind="add", amendments__number__gte=1
    )
    return list(added.values_list("college", "weight_numerator"))


def departures_in(poll: Poll) -> list[tuple[str, int]]:
    """The lines struck since the opening, as (college, heads), guests aside; asked only where heads are told."""
    if not poll.rules.get("present") and not poll.rules.get("members"):
        return []
    struck = Elector.objects.filter(poll=poll, is_guest=False, is_struck=True)
    return list(struck.values_list("college", "weight_numerator"))
