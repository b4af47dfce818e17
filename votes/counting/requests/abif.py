"""Counts an ABIF file: its ballots by the method asked, the result under its tokens."""

from __future__ import annotations

from collections.abc import Callable

from votes.counting.abif import read_abif
from votes.counting.derivation import identity, say
from votes.counting.irv import IrvResult, count_irv
from votes.counting.requests.reading import Malformed, NotCounted, one_line, shown
from votes.counting.schulze import SchulzeResult, count_schulze

COUNTS: dict[str, Callable[..., IrvResult | SchulzeResult]] = {"irv": count_irv, "schulze": count_schulze}


def answer_abif(text: str, *, method: str, translate: Callable[[str], str] = identity) -> dict[str, object]:
    """The answer to a file of ranked ballots, its derivation said in words; `names` are the full names.

    Raises Malformed for a file that cannot be read, NotCounted for a method that does not count it.
    """
    if method not in COUNTS:
        raise NotCounted(f"a .abif file is counted with --method {' or '.join(COUNTS)}, not {shown(method)}")
    try:
        file = read_abif(text)
        result = COUNTS[method](file.options, file.ballots)
    except ValueError as error:
        raise Malformed(one_line(str(error))) from error
    said = [say(sentence, translate) for sentence in result.derivation]
    return {**result.as_json(), "names": dict(file.options), "derivation": said}
