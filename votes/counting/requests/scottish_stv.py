"""Reads and counts a request for Scottish STV, or a BLT file."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from votes.counting.blt import read_blt
from votes.counting.derivation import identity, say
from votes.counting.requests.reading import (
    Answer,
    Malformed,
    NotCounted,
    check_distinct,
    check_keys,
    one_line,
    read_count,
    read_list,
    read_object,
    read_text,
    shown,
)
from votes.counting.scottish_stv import StvBallots, count_scottish_stv


def read_scottish_stv(request: dict[str, Any]) -> Answer:
    """`{"method": "scottish_stv", "seats": 2, "candidates": ["A", "B"], "ballots": [{"ranking": ["B"]}]}`.

    A rank may be a list of one name. `seed`, `spoilt` and the `count` of a ballot may be left out.
    """
    check_keys(request, "request", {"method", "seats", "candidates", "ballots"}, {"seed", "spoilt"})
    names = [read_text(name, "candidate") for name in read_list(request["candidates"], "candidates")]
    check_distinct(names, "candidates")
    lines = read_list(request["ballots"], "ballots", may_be_empty=True)
    known = frozenset(names)
    result = count_scottish_stv(
        {name: name for name in names},
        [_ballots(line, known) for line in lines],
        seats=read_count(request["seats"], "seats"),
        seed=read_text(request["seed"], "seed") if "seed" in request else None,
        spoilt=read_count(request.get("spoilt", 0), "spoilt"),
    )
    return result.as_json(), result.derivation


def _ballots(item: Any, names: Collection[str]) -> StvBallots:
    data = read_object(item, "a ballot")
    check_keys(data, "a ballot", {"ranking"}, {"count"})
    ranking = [_rank(rank, names) for rank in read_list(data["ranking"], "ranking", may_be_empty=True)]
    check_distinct(ranking, "ranking")
    return StvBallots(tuple(ranking), read_count(data.get("count", 1), "count"))


def _rank(rank: Any, names: Collection[str]) -> str:
    if isinstance(rank, list) and len(rank) > 1:
        raise Malformed("equal ranks: a ballot of STV gives each rank to one candidate")
    name = read_text(rank[0] if isinstance(rank, list) and rank else rank, "rank")
    if name not in names:
        raise Malformed(f"a ballot ranks {shown(name)}, who is no candidate")
    return name


def answer_blt(
    text: str,
    *,
    method: str = "",
    seats: int | None = None,
    seed: str | None = None,
    translate: Callable[[str], str] = identity,
) -> dict[str, object]:
    """Read a BLT file, count it and answer it, the derivation said in words.

    `seats`, when given, is counted instead of the file's. Raises Malformed for a file that is not one,
    NotCounted for another method than `scottish_stv`.
    """
    if method != "scottish_stv":
        raise NotCounted(f"a .blt file is counted with --method scottish_stv, not {shown(method)}")
    try:
        election = read_blt(text)
        result = count_scottish_stv(
            {name: name for name in election.candidates},
            [StvBallots(ranking, count) for ranking, count in election.ballots.items()],
            seats=election.seats if seats is None else seats,
            seed=seed,
        )
    except ValueError as error:
        raise Malformed(one_line(str(error))) from error
    about: dict[str, object] = {"title": election.title, "withdrawn": list(election.withdrawn)}
    said = [say(sentence, translate) for sentence in result.derivation]
    return {**about, **result.as_json(), "derivation": said}
