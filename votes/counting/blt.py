"""BLT files: the ranked ballots of an election to several seats, read strictly, one refusal to a line.

The format of Hill, Wichmann and Woodall (1987), as OpenSTV and Droop read it: candidates and seats; withdrawn
candidates as negative numbers; one ballot to a line, its count first and 0 last; a line with 0; then the names
and the title, in quotes. `#` begins a comment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from votes.counting.draw import canonical_name

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|\[([^\[\]"]*)\]|#.*|([^\s"#\[\]]+)')
_COUNT = re.compile(r"[0-9]{1,12}", re.ASCII)
_MOST = 100_000


@dataclass(frozen=True)
class BltElection:
    """What a BLT file holds; `ballots` are rankings of names with how often each was cast.

    Withdrawn candidates are in no ballot and not among the `candidates`: preferences close up over them. A
    ballot that ranks nobody is the empty ranking.
    """

    title: str
    seats: int
    candidates: tuple[str, ...]
    withdrawn: tuple[str, ...]
    ballots: Mapping[tuple[str, ...], int]


@dataclass
class _Reading:
    """What has been read so far, in numbers of candidates."""

    size: int = 0
    seats: int = 0
    is_closed: bool = False
    numbers: dict[str, int] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    ballots: Counter[tuple[int, ...]] = field(default_factory=Counter)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """One line of the file: its number and its pieces, comments gone."""

    number: int
    words: tuple[str, ...]
    quoted: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]

    def error(self, reason: str) -> ValueError:
        """A refusal that names the line."""
        return ValueError(f"line {self.number}: {reason}")


def read_blt(text: str) -> BltElection:
    """Read a BLT file. Raises ValueError, one clear line, on anything that is not one.

    Equal ranks, skipped preferences and weights that are not whole are refused by name. Runs of spaces in a
    name are one space. Nicknames `[nick a b c]` and `[withdrawn a]` are read; an order for ties, `[tie a b
    c]`, is read and set aside: ties are never settled by a file.
    """
    reading = _Reading()
    for line in _lines(text):
        _read_line(reading, line)
    _check_end(reading)
    names = reading.names[:-1]
    ballots: Counter[tuple[str, ...]] = Counter()
    for ranking, count in reading.ballots.items():
        ballots[tuple(names[number - 1] for number in ranking if number not in reading.withdrawn)] += count
    return BltElection(
        title=reading.names[-1],
        seats=reading.seats,
        candidates=tuple(name for number, name in enumerate(names, 1) if number not in reading.withdrawn),
        withdrawn=tuple(name for number, name in enumerate(names, 1) if number in reading.withdrawn),
        ballots=ballots,
    )


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold something, in pieces."""
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        words: list[str] = []
        quoted: list[str] = []
        options: list[tuple[str, ...]] = []
        for piece in _pieces(number, raw):
            if piece[1] is not None:
                quoted.append(canonical_name(re.sub(r"\\(.)", r"\1", piece[1])))
            elif piece[2] is not None:
                options.append(tuple(piece[2].split()))
            elif piece[3] is not None:
                words.append(piece[3])
        if words or quoted or options:
            yield _Line(number, tuple(words), tuple(quoted), tuple(options))


def _pieces(number: int, raw: str) -> Iterator[re.Match[str]]:
    place = 0
    while raw[place:].strip():
        place += len(raw[place:]) - len(raw[place:].lstrip())
        piece = _TOKEN.match(raw, place)
        if piece is None:
            raise ValueError(f"line {number}: a quote or a bracket is not closed")
        yield piece
        place = piece.end()


def _read_line(reading: _Reading, line: _Line) -> None:
    """One line in its turn: head, options and withdrawn, ballots, end of ballots, names."""
    if sum(map(bool, (line.words, line.quoted, line.options))) > 1:
        raise line.error("numbers, names and options each have their own line")
    if not reading.size:
        _read_head(reading, line)
    elif line.quoted:
        _read_names(reading, line)
    elif reading.is_closed:
        raise line.error("only quoted names and the title follow the ballots")
    elif line.options:
        _read_options(reading, line)
    elif line.words[0].startswith("-"):
        _read_withdrawn(reading, line)
    elif line.words == ("0",):
        reading.is_closed = True
    else:
        _read_ballot(reading, line)


def _read_head(reading: _Reading, line: _Line) -> None:
    if len(line.words) != 2:
        raise line.error("the first line is the number of candidates and the number of seats")
    reading.size, reading.seats = (_count(word, line) for word in line.words)
    if not 1 <= reading.size <= _MOST or reading.seats < 1:
        raise line.error(f"an election has 1 to {_MOST} candidates and at least one seat")
    reading.numbers = {str(number): number for number in range(1, reading.size + 1)}


def _read_options(reading: _Reading, line: _Line) -> None:
    for option in line.options:
        if not option or option[0] not in ("nick", "tie", "withdrawn"):
            raise line.error(f"unknown option [{' '.join(option[:1])}]")
        _check_place(reading, line)
        if option[0] == "nick":
            _read_nicknames(reading, line, option[1:])
        else:
            numbers = _ranked(reading, line, option[1:])
            reading.withdrawn.update(numbers if option[0] == "withdrawn" else ())


def _read_nicknames(reading: _Reading, line: _Line, nicknames: Sequence[str]) -> None:
    if len(nicknames) != reading.size or len(set(nicknames)) < reading.size:
        raise line.error("[nick] gives each candidate one nickname")
    if any(name[0] in "-(" or name.isdigit() or "=" in name for name in nicknames):
        raise line.error("a nickname is neither a number nor written with - ( or =")
    reading.numbers.update({name: number for number, name in enumerate(nicknames, 1)})


def _read_withdrawn(reading: _Reading, line: _Line) -> None:
    _check_place(reading, line)
    if any(not word.startswith("-") for word in line.words):
        raise line.error("withdrawn candidates are negative numbers, alone on their line")
    reading.withdrawn.update(_ranked(reading, line, [word[1:] for word in line.words]))


def _check_place(reading: _Reading, line: _Line) -> None:
    if reading.ballots:
        raise line.error("withdrawn candidates and options come before the ballots")


def _read_ballot(reading: _Reading, line: _Line) -> None:
    if line.words[0].startswith("("):
        raise line.error("ballot identifiers are not read: a ballot begins with its count")
    count = _count(line.words[0], line)
    if line.words[-1] != "0" or len(line.words) < 2:
        raise line.error("a ballot is one line that ends with 0")
    if count == 0:
        raise line.error("a ballot is cast at least once")
    reading.ballots[_ranked(reading, line, line.words[1:-1])] += count


def _ranked(reading: _Reading, line: _Line, words: Sequence[str]) -> tuple[int, ...]:
    """The candidates that words name, each once."""
    for word in words:
        if "=" in word:
            raise line.error(f"equal ranks ({word}): a ballot of STV gives each rank to one candidate")
        if word == "-":
            raise line.error("a skipped preference (-) is not read")
        if word not in reading.numbers:
            raise line.error(f"{word} is no candidate")
    numbers = tuple(reading.numbers[word] for word in words)
    if len(set(numbers)) < len(numbers):
        raise line.error("a candidate is named twice")
    return numbers


def _read_names(reading: _Reading, line: _Line) -> None:
    if not reading.is_closed:
        raise line.error("a line with 0 ends the ballots, before the names")
    for name in line.quoted:
        if len(reading.names) > reading.size:
            raise line.error("something follows the title")
        if len(reading.names) < reading.size and not name:
            raise line.error("a candidate has no name")
        if len(reading.names) < reading.size and name in reading.names:
            raise line.error(f"two candidates have the name {name}")
        reading.names.append(name)


def _check_end(reading: _Reading) -> None:
    if not reading.size:
        raise ValueError("the file is empty")
    if not reading.is_closed:
        raise ValueError("the file ends before the line with 0 that ends the ballots")
    if len(reading.names) <= reading.size:
        found = len(reading.names)
        raise ValueError(f"the file ends before its {reading.size} names and its title: {found} found")
    if len(reading.withdrawn) == reading.size:
        raise ValueError("every candidate is withdrawn")


def _count(word: str, line: _Line) -> int:
    if not _COUNT.fullmatch(word):
        raise line.error(f"{word} is not a whole number: weights and counts are whole")
    return int(word)
