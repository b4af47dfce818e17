"""BLT files: what is read, and what is refused in one line that says where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.counting.blt import read_blt

FILE = """\
# the committee of the garden
4 2          # four candidates, two seats
-3
3 1 2 0
2 3 4 0
1 0
0
"Ana  B. "
"Bruno # 2"
"Chloé"
"Dora \\"D\\""
"Committee"
"""


def test_a_file_is_read():
    found = read_blt(FILE)
    assert (found.title, found.seats, found.withdrawn) == ("Committee", 2, ("Chloé",))
    assert found.candidates == ("Ana B.", "Bruno # 2", 'Dora "D"')


def test_ballots_close_up_over_the_withdrawn():
    assert read_blt(FILE).ballots == {("Ana B.", "Bruno # 2"): 3, ('Dora "D"',): 2, (): 1}


def test_equal_ballots_are_one_group():
    assert read_blt(FILE.replace("3 1 2 0", "1 1 2 0\n2 1 2 0")) == read_blt(FILE)


def test_windows_lines_and_a_byte_order_mark_are_no_obstacle():
    assert read_blt("\ufeff" + FILE.replace("\n", "\r\n")) == read_blt(FILE)


def test_nicknames_options_and_withdrawn_are_read():
    text = FILE.replace("-3", "[nick a b c d] [tie d c b a]\n[withdrawn c]").replace("2 3 4 0", "2 c d 0")
    assert read_blt(text) == read_blt(FILE)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("4 2 ", "4 ", "line 2: the first line"),
        ("4 2 ", "0 2 ", "line 2: an election has"),
        ("4 2 ", "4 0 ", "line 2: an election has"),
        ("4 2 ", "4 -2 ", "line 2: -2 is not a whole number"),
        ("4 2 ", "5 2 ", "ends before its 5 names"),
        ("4 2 ", "3 2 ", "line 5: 4 is no candidate"),
        ("-3", "-3 1", "line 3: withdrawn candidates are negative"),
        ("-3", "-5", "line 3: 5 is no candidate"),
        ("-3", "-3 -3", "line 3: a candidate is named twice"),
        ("-3", "-1 -2 -3 -4", "every candidate is withdrawn"),
        ("-3", "[nick a b]", "line 3: .nick. gives"),
        ("-3", "[nick 1 2 3 4]", "line 3: a nickname"),
        ("-3", "[droop meek]", "line 3: unknown option"),
        ("-3", "[tie 1 2", "line 3: a quote or a bracket is not closed"),
        ("3 1 2 0", "3 1=2 0", "line 4: equal ranks"),
        ("3 1 2 0", "3 1 - 2 0", "line 4: a skipped preference"),
        ("3 1 2 0", "3 1 2", "line 4: a ballot is one line that ends with 0"),
        ("3 1 2 0", "3 1 1 0", "line 4: a candidate is named twice"),
        ("3 1 2 0", "3 1 0 2 0", "line 4: 0 is no candidate"),
        ("3 1 2 0", "3 1 5 0", "line 4: 5 is no candidate"),
        ("3 1 2 0", "0 1 2 0", "line 4: a ballot is cast at least once"),
        ("3 1 2 0", "1.5 1 2 0", "line 4: 1.5 is not a whole number"),
        ("3 1 2 0", "9999999999999 1 0", "line 4: 9999999999999 is not"),
        ("3 1 2 0", "(id) 1 2 0", "line 4: ballot identifiers"),
        ("2 3 4 0", "-4", "line 5: withdrawn candidates and options come before"),
        ("1 0\n0", "1 0", "a line with 0 ends the ballots"),
        ('0\n"Ana', '0\n1 2 0\n"Ana', "line 8: only quoted names"),
        ('"Chloé"', '"Chloé', "line 10: a quote or a bracket is not closed"),
        ('"Chloé"', "Chloé", "line 10: only quoted names"),
        ('"Chloé"', '""', "line 10: a candidate has no name"),
        ('"Chloé"', '"Ana B."', "line 10: two candidates"),
        ('"Chloé"', '3 "Chloé"', "line 10: numbers, names and options"),
        ('"Chloé"\n', "", "ends before its 4 names and its title"),
        ('"Committee"', '"Committee" "again"', "line 12: something follows the title"),
    ],
)
def test_a_malformed_file_is_refused_in_one_line(old, new, reason):
    assert old in FILE
    with pytest.raises(ValueError, match=rf"^.*{reason}.*$"):
        read_blt(FILE.replace(old, new, 1))


@pytest.mark.parametrize("text", ["", "\n# nothing\n", "2 1", "2 1\n1 1 0\n"])
def test_a_file_that_ends_early_is_refused(text):
    with pytest.raises(ValueError, match="^the file"):
        read_blt(text)


@given(st.lists(st.sampled_from([*'012-=#[]"(x \n', '"A"', "1 0\n", "2 1\n", "0\n"])).map("".join))
def test_any_text_is_read_or_refused_in_one_line(text):
    try:
        line = read_blt(text).candidates[0]
    except ValueError as refused:
        line = str(refused)
    assert len(line.splitlines()) == 1


def test_a_file_cut_anywhere_is_refused():
    whole = FILE.rstrip()
    for end in range(len(whole)):
        with pytest.raises(ValueError, match="^.+$"):
            read_blt(whole[:end])
