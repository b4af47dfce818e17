"""Ranked ballots written on one line, and what the tests of ranked methods draw."""

from hypothesis import strategies as st

from votes.counting.rankings import RankedBallots

OPTIONS = {key: f"Option {key}" for key in "ABCD"}


def ranked(text: str) -> list[RankedBallots]:
    """Ballots of "5 A>B=C, 2 B, 1": a count, then the ranking; nothing after the count is blank."""
    return [_group(*item.strip().partition(" ")[::2]) for item in text.split(",") if item.strip()]


def _group(count: str, ranking: str) -> RankedBallots:
    levels = [level.split("=") for level in ranking.split(">")] if ranking else []
    return RankedBallots(tuple(frozenset(level) for level in levels), int(count))


@st.composite
def rankings(draw):
    """Some of the options in some order, now and then several equal."""
    keys = draw(st.permutations(list(OPTIONS)))[: draw(st.integers(0, len(OPTIONS)))]
    levels: list[set[str]] = []
    for key in keys:
        if levels and draw(st.integers(0, 3)) == 0:
            levels[-1].add(key)
        else:
            levels.append({key})
    return tuple(frozenset(level) for level in levels)


elections = st.lists(st.builds(RankedBallots, rankings(), st.integers(0, 9)), max_size=8)


def renamed(groups, names):
    """The same ballots under other keys."""
    return [
        RankedBallots(tuple(frozenset(names[key] for key in level) for level in group.ranking), group.count)
        for group in groups
    ]


def doubled(groups):
    """Every ballot cast twice."""
    return [RankedBallots(group.ranking, 2 * group.count) for group in groups]


def rank(ranking, key):
    """The place of an option on a ballot, from 0; those left out are last together."""
    return next((place for place, level in enumerate(ranking) if key in level), len(ranking))
