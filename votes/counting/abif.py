"""ABIF files: aggregated ballots, one ranking a line, read strictly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from votes.counting.rankings import RankedBallots

MOST = 10**12
TOKEN = re.compile(r"[^\s\[\]{}<>=:,/*#\"]+|\[[^\[\]]+\]")
COUNTED = re.compile(r"([0-9]+)\s*:(.*)")
DECLARED = re.compile(r"=\s*(\S+|\[[^\[\]]+\])\s*:\s*\[([^\[\]]+)\]")
TOLD = re.compile(r"\{\s*(?:\"([^\"]+)\"|([\w-]+))\s*:\s*(.*?)\s*\}")


@dataclass(frozen=True)
class AbifFile:
    """What an ABIF file says: each option's token and its full name, the ballots, and what is told of them."""

    options: Mapping[str, str]
    ballots: tuple[RankedBallots, ...]
    metadata: Mapping[str, str]


@dataclass
class _Reading:
    declared: dict[str, str] = field(default_factory=dict)
    ballots: Counter[tuple[frozenset[str], ...]] = field(default_factory=Counter)
    metadata: dict[str, str] = field(default_factory=dict)


def read_abif(text: str) -> AbifFile:
    """Read an ABIF file: `count:A>B=C` lines, `=token:[Full name]`, `{metadata: "…"}`, `#` comments, blanks.

    `>` comes between ranks and `=` between equal options; what a line leaves out is last; `count:` alone is
    blank ballots. Without declarations the options are those on the ballots; with them, all the tokens on
    ballots are declared. Ratings (`A/5`) and unordered lists (`A,B`) are not read. Raises ValueError, with
    the number of the line, for any other line, and for a file without options.

    Source: https://electowiki.org/wiki/ABIF.
    """
    found = _Reading()
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            _read_line(line.strip(), found)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
    ranked = {token for ranking in found.ballots for level in ranking for token in level}
    unknown = sorted(ranked - found.declared.keys()) if found.declared else []
    if unknown:
        raise ValueError(f"{unknown[0]} is on a ballot, but not declared")
    options = found.declared or {token: token for token in sorted(ranked)}
    if not options:
        raise ValueError("the file has no options")
    ballots = tuple(RankedBallots(ranking, count) for ranking, count in found.ballots.items())
    return AbifFile(options, ballots, found.metadata)


def _read_line(line: str, found: _Reading) -> None:
    if not line or line.startswith("#"):
        return
    if line.startswith("{"):
        _tell(line, found)
    elif line.startswith("="):
        _declare(line, found)
    else:
        ranking, count = _ballots(line.partition("#")[0].strip())
        found.ballots[ranking] += count


def _tell(line: str, found: _Reading) -> None:
    told = TOLD.fullmatch(line)
    if not told:
        raise ValueError('not metadata such as {title: "…"}')
    found.metadata[told[1] or told[2]] = told[3].strip('"')


def _declare(line: str, found: _Reading) -> None:
    declared = DECLARED.fullmatch(line)
    if not declared or not TOKEN.fullmatch(declared[1]):
        raise ValueError("not a declaration such as =token:[Full name]")
    token, name = _bare(declared[1]), declared[2].strip()
    if token in found.declared or not token or not name:
        raise ValueError("an option is declared twice, or has no name")
    found.declared[token] = name


def _ballots(line: str) -> tuple[tuple[frozenset[str], ...], int]:
    counted = COUNTED.fullmatch(line)
    if not counted or len(counted[1]) > len(str(MOST)) or int(counted[1]) > MOST:
        raise ValueError("not ballots such as 12:A>B=C")
    ranking = tuple(_levels(counted[2].strip()))
    tokens = [token for level in ranking for token in level]
    if len(set(tokens)) < len(tokens):
        raise ValueError("a ballot ranks an option twice")
    return tuple(frozenset(level) for level in ranking), int(counted[1])


def _levels(written: str) -> Iterator[list[str]]:
    """The ranks of a line, each a list of tokens; no rank at all for a blank ballot."""
    place, level = 0, []
    while written:
        token = TOKEN.match(written, place)
        if not token:
            raise ValueError("an option is missing or written with a sign that has another meaning")
        level.append(_bare(token[0]))
        place = _after_spaces(written, token.end())
        sign = written[place : place + 1]
        if sign != "=":
            yield level
            level = []
        if not sign:
            return
        if sign not in "=>":
            raise ValueError(f"{sign} is not read between options, only > and =")
        place = _after_spaces(written, place + 1)


def _after_spaces(written: str, place: int) -> int:
    return len(written) - len(written[place:].lstrip())


def _bare(token: str) -> str:
    return token.strip("[]").strip()
