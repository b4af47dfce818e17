"""What changed between two versions, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from workshops.differences import ADDED, REMOVED, SAME, Piece, differences


def test_a_replaced_word_shows_both() -> None:
    assert differences("Un lieu ouvert le soir", "Un lieu ouvert la nuit") == [
        Piece(SAME, "Un lieu ouvert "),
        Piece(REMOVED, "le"),
        Piece(ADDED, "la"),
        Piece(SAME, " "),
        Piece(REMOVED, "soir"),
        Piece(ADDED, "nuit"),
    ]


def test_the_same_text_has_no_change() -> None:
    assert differences("Un lieu", "Un lieu") == [Piece(SAME, "Un lieu")]


@given(st.text(max_size=80), st.text(max_size=80))
def test_each_text_can_be_read_back(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == after
