"""ABIF files: Burlington 2009 as published, what is read, and what is refused with its line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.law.ranked import ranked
from votes.counting.abif import read_abif
from votes.counting.requests import Malformed, NotCounted
from votes.counting.requests.abif import answer_abif

FOLDER = Path(__file__).parents[1] / "data/elections/irv"
FILE = FOLDER / "burlington2009.abif"
TEXT = FILE.read_text("utf-8")
PUBLISHED = json.loads((FOLDER / "results.json").read_text("utf-8"))["burlington2009"]
DUELS = PUBLISHED["pairwise_published_electowiki"]
SIGNS = 'AB12:>=<[]{}#/, \n*".'


def test_burlington_is_read_whole():
    file = read_abif(TEXT)
    assert sum(group.count for group in file.ballots) == PUBLISHED["ballots"]
    assert file.options["Kiss"] == "Bob Kiss (Progressive)"
    assert file.metadata["title"] == "2009 Burlington mayoral election"
    assert len(file.metadata) == 10


def test_burlington_by_instant_runoff_elects_kiss_in_the_published_rounds():
    found = answer_abif(TEXT, method="irv")
    first, last = found["rounds"][0]["votes"], found["rounds"][-1]["votes"]
    assert (found["winners"], found["ties"]) == (["Kiss"], [])
    assert {key: first[key] for key in PUBLISHED["first_round"]} == PUBLISHED["first_round"]
    assert last == PUBLISHED["final_round_recount_of_this_file"]
    assert found["names"][found["winners"][0]].startswith(PUBLISHED["official_irv_winner"])


def test_burlington_by_schulze_elects_montroll():
    found = answer_abif(TEXT, method="schulze")
    assert found["winners"] == ["Montroll"]
    assert found["ranking"][0] == ["Montroll"]
    assert "Andy Montroll (Democrat) gagne tous ses duels." in found["derivation"]


@pytest.mark.parametrize("pair", DUELS)
def test_burlington_has_the_published_duels(pair):
    found = answer_abif(TEXT, method="schulze")
    first, second = (found["candidates"].index(name) for name in pair.split("-", 1))
    assert [found["pairwise"][first][second], found["pairwise"][second][first]] == DUELS[pair]


@pytest.mark.parametrize(("method", "winner"), [("irv", "Kiss"), ("schulze", "Montroll")])
def test_the_command_counts_an_abif_file(method, winner):
    out = StringIO()
    call_command("count", str(FILE), f"--method={method}", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["method"], found["winners"]) == (method, [winner])
    assert found["derivation"]


@pytest.mark.parametrize("more", [[], ["--method=approval"], ["--method=irv", "--seats=2"]])
def test_the_command_leaves_with_two_where_the_method_does_not_fit(more):
    with pytest.raises(CommandError, match=r"^.+$") as refused:
        call_command("count", str(FILE), *more)
    assert refused.value.returncode == 2


def test_ranks_equal_options_comments_and_blank_ballots_are_read():
    file = read_abif('# A comment\n\n{"title": "T"}\n 5 : A > B = [C d]  # so\n2:B\n2:B\n3:\n')
    assert dict(file.options) == {"A": "A", "B": "B", "C d": "C d"}
    assert set(file.ballots) == set(ranked("5 A>B=C d,4 B,3"))
    assert file.metadata == {"title": "T"}


def test_declared_options_that_nobody_ranks_are_there():
    assert dict(read_abif("=A:[Ann]\n= [B b] : [Bob #2]\n1:A").options) == {"A": "Ann", "B b": "Bob #2"}


@pytest.mark.parametrize(
    "line",
    [
        "A>B",
        "-1:A",
        "1.5:A",
        "1_0:A",
        "٣:A",
        f"{10**13}:A",
        "1:A>",
        "1:>A",
        "1:A>>B",
        "1:A=",
        "1:A B",
        "1:A,B",
        "1:A/5>B/3",
        "1:A>B>A",
        "1:A=A",
        "1*A",
        "1:A<B",
        "1:[A",
        "{title}",
        '{title: "T"',
        "=A",
        "=A:Ann",
        "=A:[]",
        "=:[Ann]",
        "=A:[Ann]\n=A:[Ann]",
        "=A:[Ann]\n1:B",
        "",
        "3:",
    ],
)
def test_anything_else_is_refused_in_one_line(line):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer_abif(line, method="irv")


def test_a_refusal_says_the_line():
    with pytest.raises(ValueError, match="^line 3: "):
        read_abif("# one\n1:A\n1:A,B\n")


@given(st.text(SIGNS) | st.text())
def test_any_text_is_answered_or_refused_never_a_crash(text):
    try:
        line = json.dumps(answer_abif(text, method="irv"))
    except (Malformed, NotCounted) as refused:
        line = str(refused)
    assert len(line.splitlines()) == 1
