"""The followers of a topic by what they were told: who lacks the same is told it together."""

from collections.abc import Sequence

from realtime import frames
from realtime.follower import Follower, tell_all
from realtime.limits import CHUNK
from realtime.render import Batch

Rank = tuple[str, int]  # a form, and the last number told in it


class Ranks:
    """Followers by form and last number told; sorted anew only after somebody came, left or was moved (`forget`)."""

    def __init__(self, followers: set[Follower]) -> None:
        self.followers = followers
        self.known: dict[Rank, list[Follower]] | None = None

    def forget(self) -> None:
        """Somebody came, left, or was told something else than a batch."""
        self.known = None

    def all(self) -> dict[Rank, list[Follower]]:
        """Every follower, in its rank."""
        if self.known is None:
            self.known = {}
            for follower in self.followers:
                self.known.setdefault((follower.form, follower.sent), []).append(follower)
        return self.known

    def behind(self, head: int) -> list[Rank]:
        """The ranks that were told less than this number."""
        return [rank for rank in self.all() if rank[1] < head]

    def tell(self, topic: str, batch: Batch) -> None:
        """Give each rank what it lacks of a batch; the same text to all who lack the same."""
        ranks, moved = self.all(), dict[Rank, list[Follower]]()
        for (form, sent), group in ranks.items():
            if batch.low <= sent < batch.upto and form in batch.encoded:
                for text, upto in frames.cut(topic, batch.after(form, sent), batch.upto):
                    tell_all(group, text, upto)
                sent = batch.upto
            moved[form, sent] = [*moved[form, sent], *group] if (form, sent) in moved else group
        if self.known is ranks:  # nobody left meanwhile
            self.known = moved


def nearest(behind: Sequence[Rank], head: int) -> tuple[int, set[str]]:
    """The number to read after, and the forms to read: for those nearly there, else for those furthest behind."""
    near = [rank for rank in behind if head - rank[1] <= CHUNK]
    low = min(sent for _, sent in near or behind)
    return low, {form for form, sent in near or behind if sent < low + CHUNK}
