"""How many people follow a topic now, over all processes: a number, never who; kept in memory only."""

import time
from collections.abc import Collection

from realtime.follower import Follower

ANNOUNCE_SECONDS = 1.0  # how often a change is told to the other processes, at most
RENEW_SECONDS = 10.0
FORGET_SECONDS = 25.0  # a process that says nothing any more is dead


class Presence:
    """The people who follow a topic here, and what the other processes said of theirs.

    Somebody with two screens counts once, whichever processes serve them. Nobody in particular is not counted.
    """

    def __init__(self, followers: Collection[Follower]) -> None:
        self.followers = followers
        self.others: dict[str, tuple[float, frozenset[int]]] = {}
        self.announced: tuple[float, frozenset[int]] = (0.0, frozenset())
        self.is_asked = False

    def here(self) -> frozenset[int]:
        """The people of this process."""
        return frozenset(one.reader.person for one in self.followers if one.reader.person is not None)

    def count(self) -> int:
        """The people of all processes."""
        since = time.monotonic() - FORGET_SECONDS
        self.others = {by: said for by, said in self.others.items() if said[0] >= since}
        return len(self.here().union(*(people for _, people in self.others.values())))

    def heard(self, by: str, people: Collection[int]) -> bool:
        """Another process said who it serves; whether that is news. One that is new is answered at the next turn."""
        before = self.others.get(by)
        self.others[by] = (time.monotonic(), frozenset(people))
        self.is_asked = self.is_asked or before is None
        return before is None or before[1] != self.others[by][1]

    def news(self) -> frozenset[int] | None:
        """What the other processes should be told now; None when they know."""
        now, here = time.monotonic(), self.here()
        at, told = self.announced
        if here == told and not self.is_asked and (now - at < RENEW_SECONDS or not here):
            return None
        self.announced, self.is_asked = (now, here), False
        return here
