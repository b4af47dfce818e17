"""What a counted secret poll publishes: the codes counted and the ballots, that nothing joins."""

from typing import Any

from votes.lists import in_order
from votes.models import CountedBallot, CountedCode, Poll


def published_lists(poll: Poll) -> dict[str, list[Any]]:
    """The `codes` counted and the `ballots`, each in the order of its own texts. Empty before the count. Two queries."""
    codes = CountedCode.objects.filter(poll=poll).order_by().values_list("code", flat=True)
    return in_order(codes, CountedBallot.objects.filter(poll=poll).order_by().values("college", "choices"))
