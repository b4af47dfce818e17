"""The heads of a roll, college by college."""

from votes.counting.polls import heads_by_college
from votes.models import Elector, Poll


def heads_of(poll: Poll) -> dict[str, int]:
    """The heads of each college, guests aside, in one query. A college without anyone is there with 0.

    Those of the roll, or those the poll was told of when its roll holds only the members who are there.
    """
    rows = Elector.objects.filter(poll=poll, is_guest=False).values_list("college", "weight_numerator")
    return heads_by_college(poll.rules, rows)
