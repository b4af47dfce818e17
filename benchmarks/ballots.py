"""Random ballots by a seed: the same whatever library counts them."""

import random
from collections import Counter
from collections.abc import Sequence

Ranking = tuple[tuple[int, ...], ...]


def rankings(
    seed: int, voters: int, options: int, *, equal: bool = False, partial: bool = False
) -> Counter[Ranking]:
    """Rankings as groups of options, from the preferred; `equal` allows ties in a ballot, `partial` leaves some out.

    Voters lean towards one of three orders, so that results are neither all ties nor all alike.
    """
    draw = random.Random(seed)
    leanings = [draw.sample(range(options), options) for _leaning in range(3)]
    return Counter(
        ranking(draw, draw.choice(leanings), equal=equal, partial=partial) for _voter in range(voters)
    )


def ranking(draw: random.Random, leaning: Sequence[int], *, equal: bool, partial: bool) -> Ranking:
    """One ballot: the leaning, with some neighbours exchanged."""
    order = list(leaning)
    for _exchange in range(draw.randrange(len(order))):
        place = draw.randrange(len(order) - 1)
        order[place], order[place + 1] = order[place + 1], order[place]
    kept = order[: draw.randint(1, len(order))] if partial else order
    groups = [[kept[0]]]
    for option in kept[1:]:
        if equal and draw.random() < 0.3:
            groups[-1].append(option)
        else:
            groups.append([option])
    return tuple(tuple(sorted(group)) for group in groups)


def grades(seed: int, voters: int, options: int, levels: int) -> Counter[tuple[int, ...]]:
    """One grade per option and voter, 0 the worst; options differ in how well they are liked."""
    draw = random.Random(seed)
    liked = [draw.uniform(0.5, levels - 1.5) for _option in range(options)]
    return Counter(
        tuple(min(levels - 1, max(0, round(draw.gauss(centre, 1.2)))) for centre in liked)
        for _voter in range(voters)
    )


def approvals(seed: int, voters: int, options: int) -> Counter[tuple[int, ...]]:
    """The options each voter approves: one at least."""
    draw = random.Random(seed)
    chance = [draw.uniform(0.1, 0.7) for _option in range(options)]
    found: Counter[tuple[int, ...]] = Counter()
    for _voter in range(voters):
        said = tuple(option for option in range(options) if draw.random() < chance[option])
        found[said or (draw.randrange(options),)] += 1
    return found
