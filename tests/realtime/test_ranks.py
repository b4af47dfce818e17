"""Whoever comes, leaves or lags: each follower is told every number once, in order, in the form asked for."""

import json

from hypothesis import given
from hypothesis import strategies as st

from realtime.follower import Follower
from realtime.limits import CHUNK
from realtime.ranks import Ranks, nearest
from realtime.render import Batch

FORMS = ["json", "html:fr", "html:en"]
HEAD = 3 * CHUNK


class Paper:
    """A reader that writes down the numbers it hears, with their form."""

    person = None

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []

    def push(self, text: str, topic: str | None = None) -> None:
        self.heard += [(event["form"], event["seq"]) for event in json.loads(text)["events"]]

    def forget(self, topic: str) -> None:
        """Nothing to forget."""


def read(low: int, forms: set[str]) -> Batch:
    """As the log is read: the next chunk after this number."""
    upto = min(low + CHUNK, HEAD)
    seqs = range(low + 1, upto + 1)
    return Batch(
        low,
        low + 1,
        upto,
        None,
        {form: [json.dumps({"form": form, "seq": n}) for n in seqs] for form in forms},
    )


def advance(ranks: Ranks) -> None:
    """One reading of the log, told."""
    ranks.tell("wall:1", read(*nearest(ranks.behind(HEAD), HEAD)))


lacking = st.sampled_from([0, 1, 7, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, HEAD - 1, HEAD])
moves = st.lists(
    st.tuples(st.sampled_from(["come", "leave", "tell"]), st.sampled_from(FORMS), lacking), max_size=12
)


@given(moves)
def test_each_hears_what_it_lacks_once_and_in_order(moves: list[tuple[str, str, int]]) -> None:
    followers: set[Follower] = set()
    ranks, came = Ranks(followers), list[tuple[Follower, int]]()
    for move, form, sent in moves:
        if move == "come":
            follower = Follower(Paper(), "wall:1", form, sent=sent)
            followers.add(follower)
            came.append((follower, sent))
            ranks.forget()
        elif move == "leave" and followers:
            followers.discard(min(followers, key=lambda one: (one.sent, one.form)))
            ranks.forget()
        elif ranks.behind(HEAD):
            advance(ranks)
    while ranks.behind(HEAD):
        advance(ranks)
    for follower, since in came:
        heard = [(follower.form, number) for number in range(since + 1, follower.sent + 1)]
        assert follower.reader.heard == heard
        assert follower.sent == HEAD or follower not in followers
    assert sorted(map(id, followers)) == sorted(id(one) for group in ranks.all().values() for one in group)


def test_those_nearly_there_are_told_before_those_far_behind() -> None:
    assert nearest([("json", 0), ("html:fr", HEAD - 2), ("json", HEAD - 1)], HEAD) == (
        HEAD - 2,
        {"html:fr", "json"},
    )
    assert nearest([("json", 0), ("html:fr", CHUNK)], HEAD) == (0, {"json"})


def test_whoever_leaves_while_it_is_told_is_not_ranked_again() -> None:
    followers: set[Follower] = set()
    ranks = Ranks(followers)

    class Leaver(Paper):
        def push(self, text: str, topic: str | None = None) -> None:
            followers.discard(leaver)
            ranks.forget()

    leaver, stays = Follower(Leaver(), "wall:1", "json"), Follower(Paper(), "wall:1", "json")
    followers.update({leaver, stays})
    advance(ranks)
    assert [one for group in ranks.all().values() for one in group] == [stays]
