"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\w+|[^\w\s]")
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came or went."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces that, read without the removed ones, give `after`, and without the added ones `before`."""
    old, new = WORD.findall(before), WORD.findall(after)
    pieces = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[a1:a2])))
            continue
        pieces.append(Piece(REMOVED, "".join(old[a1:a2])))
        pieces.append(Piece(ADDED, "".join(new[b1:b2])))
    return [piece for piece in pieces if piece.text]
