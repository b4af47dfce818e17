"""The heads of a roll, college by college."""

from collections import Counter

from votes.models import Elector, Poll


def heads_of(poll: Poll) -> Counter[str]:
    """The heads of each college, guests aside, in one query. A college without anyone is there with 0.

    Those of the roll, or those the poll was told of when its roll holds only the members who are there.
    """
    colleges = poll.rules.get("weights") or poll.rules.get("colleges") or []
    heads: Counter[str] = Counter({item["college"]: 0 for item in colleges})
    rows = Elector.objects.filter(poll=poll, is_guest=False).values_list("college", "weight_numerator")
    for college, weight in rows:
        heads[college] += weight
    for college, members in (poll.rules.get("members") or {}).items():
        heads[college] = max(heads[college], members)
    return heads or Counter({"": 0})
