"""What was sent, answered and told, as devices saw it; and the judge, who compares it with what the database holds."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, Protocol

Frame = dict[str, Any]


class Store(Protocol):
    """A database, asked from outside the server."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query gives."""


@dataclass
class Told:
    """What one follower was told of a topic: how far, what came twice, where it had to begin again."""

    upto: int | None = 0
    doubles: int = 0
    resets: int = 0
    holes: list[tuple[int | None, int]] = field(default_factory=list)
    now: Any = None

    def hear(self, frame: Frame) -> None:
        """A frame of the topic, read as a page reads it: what is known already is left aside."""
        if "reset" in frame:
            self.upto, self.resets = None, self.resets + 1
        self.now = frame.get("now", self.now)
        for event in frame.get("events", []):
            seq = event["seq"]
            if self.upto is not None and seq <= self.upto:
                self.doubles += 1
                continue
            if self.upto is not None and seq != self.upto + 1:
                self.holes.append((self.upto, seq))
            self.upto = seq
        if self.upto is None and "upto" in frame:
            self.upto = frame["upto"]


@dataclass
class History:
    """Every act by its key, and what each follower was told."""

    sent: dict[str, Frame] = field(default_factory=dict)
    done: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    passing: Counter[str] = field(default_factory=Counter)
    resent: int = 0
    lost: int = 0
    told: dict[tuple[str, str], Told] = field(default_factory=lambda: defaultdict(Told))
    faults: list[str] = field(default_factory=list)

    def answer(self, frame: Frame) -> None:
        """The answer to an act. Two answers to one key must be the same."""
        if frame.get("done"):
            earlier = self.done.setdefault(frame["done"], frame["data"])
            if earlier != frame["data"]:
                self.faults.append(f"{frame['done']} was answered {earlier}, then {frame['data']}")
        elif frame["code"] in ("busy", "database_away", "storage_full"):
            self.passing[frame["code"]] += 1
        else:
            self.refused[frame["failed"]] = frame["code"]

    def of(self, command: str) -> dict[str, Any]:
        """The answers of the acts of one command."""
        return {key: answer for key, answer in self.done.items() if self.sent[key]["do"] == command}

    def figures(self) -> str:
        """In one line."""
        told = list(self.told.values())
        return (
            f"{len(self.sent)} acts, {len(self.done)} acknowledged, {len(self.refused)} refused, {self.resent} sent"
            f" again, {self.lost} connections lost, {dict(self.passing)} told to come back; {len(told)} followed topics,"
            f" {sum(one.doubles for one in told)} facts heard twice, {sum(one.resets for one in told)} resets"
        )


def judge(history: History, store: Store, resets: int = 0) -> str:
    """Every acknowledged act once, none doubled, every follower whole and in order; the figures.

    Whoever is told to begin again may miss facts without a hole to show it: only so many may be.
    """
    assert not history.faults
    assert sum(told.resets for told in history.told.values()) <= resets
    judge_acts(history, store)
    judge_ballots(history, store)
    judge_notes(history, store)
    return history.figures()


def judge_acts(history: History, store: Store) -> None:
    """Each acknowledged key is kept once with the answer that was given, and no key that nobody sent."""
    kept = Counter(str(key) for (key,) in store.rows("SELECT key FROM realtime_act"))
    assert set(kept.values()) <= {1}
    known = {key.replace("-", ""): key for key in history.sent}
    stored = {known.get(key.replace("-", ""), f"nobody sent {key}") for key in kept}
    assert history.done.keys() <= stored, "an acknowledged act is lost"
    assert stored <= history.sent.keys()


def judge_ballots(history: History, store: Store) -> None:
    """Each acknowledged ballot is there, one per line of the roll, numbered without a hole, each in the chain."""
    rows = store.rows("SELECT id, poll_id, number, elector_id, key FROM votes_ballot")
    held = {(poll, ballot, number) for ballot, poll, number, _line, _key in rows}
    said = {
        (answer["poll"], answer["ballot"], answer["number"]) for answer in history.of("ballot.cast").values()
    }
    assert said <= held, "an acknowledged ballot is lost"
    assert len({line for *_others, line, _key in rows}) == len(rows), "a ballot is doubled"
    assert len({key for *_others, key in rows}) == len(rows)
    for poll, cast, entries in store.rows("SELECT id, ballots_cast, entries_written FROM votes_poll"):
        numbers = sorted(number for _ballot, of, number, *_others in rows if of == poll)
        assert numbers == list(range(1, cast + 1))
        assert entries == cast
    assert store.rows("SELECT count(*) FROM votes_entry") == [(len(rows),)]


def judge_notes(history: History, store: Store) -> None:
    """Facts are numbered without a hole, as many as notes were done; who follows heard each, in order, to the last."""
    rows = store.rows(
        "SELECT t.name, t.last_seq, e.seq FROM realtime_topic t"
        " JOIN realtime_loggedevent e ON e.topic_id = t.id ORDER BY t.name, e.seq"
    )
    facts: dict[str, list[int]] = defaultdict(list)
    for topic, last, seq in rows:
        facts[topic].append(seq)
        assert seq <= last
    for topic, seqs in facts.items():
        assert seqs == list(range(1, len(seqs) + 1)), topic
    notes = sum(len(seqs) for topic, seqs in facts.items() if topic.startswith("wall:"))
    assert len(history.of("note.add")) <= notes <= sum(f["do"] == "note.add" for f in history.sent.values())
    for (who, topic), told in history.told.items():
        assert not told.holes, (who, topic, told.holes)
        if topic.startswith("wall:"):
            assert told.upto == len(facts[topic]), (who, topic, told)
