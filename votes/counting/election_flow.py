"""Whether two families of rules can be kept together: an exact answer by a flow through their common seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Bounds = tuple[int, int]
Capacities = dict[int, dict[int, int]]
START, END = -1, -2


def find_flow(
    total: Bounds, left: Sequence[Bounds], right: Sequence[Bounds], cells: Mapping[tuple[int, int], int]
) -> dict[tuple[int, int], int] | None:
    """Seats per cell, from the least to the most of `total`, that keep each left and right group within its bounds.

    `cells` holds how many candidates a left and a right group have in common; None when no such seats exist.
    Exact, by Hoffman's theorem on circulations: the bounds can be kept if and only if a greatest flow carries all
    the minima. Source: Ford and Fulkerson, Flows in Networks, 1962.
    """
    lows = sum(low for low, _high in left), sum(low for low, _high in right)
    if max(lows) > total[1] or any(low > high for low, high in (*left, *right)):
        return None
    network: Capacities = {}
    source, sink = _ends(network, total, left, right, lows)
    for (here, there), size in cells.items():
        _edge(network, here, len(left) + there, size)
    asked = lows[0] + lows[1] + max(0, total[0])
    if _carried(network, source, sink, asked) < asked:
        return None
    return {(here, there): size - network[here][len(left) + there] for (here, there), size in cells.items()}


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
    """The greatest flow, phase by phase along shortest paths (Dinic, 1970)."""
    carried = 0
    while carried < asked:
        depths = _depths(network, source, sink)
        if sink not in depths:
            break
        carried += _pushed(network, depths, source, sink, asked - carried)
    return carried


def _pushed(network: Capacities, depths: dict[int, int], here: int, sink: int, most: int) -> int:
    """What can be sent from here along shortest paths, at most `most`; a node that is spent leaves the depths."""
    if here == sink:
        return most
    sent, out = 0, network[here]
    for there, capacity in out.items():
        if capacity and depths.get(there) == depths[here] + 1:
            part = _pushed(network, depths, there, sink, min(capacity, most - sent))
            out[there] -= part
            network[there][here] += part
            sent += part
            if sent == most:
                return sent
    depths[here] = -1
    return sent


def _depths(network: Capacities, source: int, sink: int) -> dict[int, int]:
    """How far from the source each node is, breadth first, up to the sink."""
    depths = {source: 0}
    queue = [source]
    for here in queue:
        if here == sink:
            break
        for there, capacity in network[here].items():
            if capacity and there not in depths:
                depths[there] = depths[here] + 1
                queue.append(there)
    return depths
