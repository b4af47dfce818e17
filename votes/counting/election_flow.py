"""Whether two families of rules can be kept together: an exact answer by a flow through their common seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Bounds = tuple[int, int]
Capacities = dict[int, dict[int, int]]
START, END = -1, -2


def can_flow(
    total: Bounds, left: Sequence[Bounds], right: Sequence[Bounds], cells: Mapping[tuple[int, int], int]
) -> bool:
    """Whether seats, from the least to the most of `total`, can be given so that each left and each right group is within its bounds.

    `cells` holds how many candidates a left and a right group have in common. Exact, by Hoffman's theorem on
    circulations: the bounds can be kept if and only if a greatest flow carries all the minima. Source: Ford
    and Fulkerson, Flows in Networks, 1962.
    """
    lows = sum(low for low, _high in left), sum(low for low, _high in right)
    if max(lows) > total[1] or any(low > high for low, high in (*left, *right)):
        return False
    network: Capacities = {}
    source, sink = _ends(network, total, left, right, lows)
    for (here, there), size in cells.items():
        _edge(network, here, len(left) + there, size)
    asked = lows[0] + lows[1] + max(0, total[0])
    return _carried(network, source, sink, asked) == asked


def _ends(
    network: Capacities, total: Bounds, left: Sequence[Bounds], right: Sequence[Bounds], lows: tuple[int, int]
) -> tuple[int, int]:
    """The edges from and to both ends; every minimum becomes a flow that the greatest flow must carry."""
    source, sink = len(left) + len(right), len(left) + len(right) + 1
    for group, (low, high) in enumerate(left):
        _edge(network, source, group, low)
        _edge(network, START, group, high - low)
    for group, (low, high) in enumerate(right, len(left)):
        _edge(network, group, sink, low)
        _edge(network, group, END, high - low)
    _edge(network, START, sink, lows[0])
    _edge(network, source, END, lows[1])
    low = max(0, total[0])
    _edge(network, source, START, low)
    _edge(network, END, sink, low)
    _edge(network, END, START, total[1] - low)
    return source, sink


def _edge(network: Capacities, here: int, there: int, capacity: int) -> None:
    out = network.setdefault(here, {})
    out[there] = out.get(there, 0) + capacity
    network.setdefault(there, {}).setdefault(here, 0)


def _carried(network: Capacities, source: int, sink: int, asked: int) -> int:
    """The greatest flow, by shortest augmenting paths."""
    carried = 0
    while carried < asked:
        came = _path(network, source, sink)
        if sink not in came:
            break
        steps, there = [], sink
        while there != source:
            steps.append((came[there], there))
            there = came[there]
        amount = min(network[here][there] for here, there in steps)
        for here, there in steps:
            network[here][there] -= amount
            network[there][here] += amount
        carried += amount
    return carried


def _path(network: Capacities, source: int, sink: int) -> dict[int, int]:
    """From where each node is reached, breadth first."""
    came = {source: source}
    queue = [source]
    for here in queue:
        for there, capacity in network[here].items():
            if capacity and there not in came:
                came[there] = here
                if there == sink:
                    return came
                queue.append(there)
    return came
