"""Scottish STV: published elections, the rules one by one, ties by earlier stages or a public draw."""

import json
import re
import time
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from votes.counting.derivation import say
from votes.counting.draw import commitment, draw_order
from votes.counting.requests import Malformed, NotCounted, answer
from votes.counting.requests.scottish_stv import answer_blt
from votes.counting.scottish_stv import StvBallots, count_scottish_stv, group_scottish_stv
from votes.counting.scottish_stv_result import exact

DATA = Path(__file__).parents[1] / "data/elections"
SCOTTISH = json.loads((DATA / "stv-scottish/results.json").read_text("utf-8"))
OTHERS = json.loads((DATA / "stv-meek-wigm/results.json").read_text("utf-8"))
SMALL = {name: case["reference"].get("scotland-fixed-p5-d5") for name, case in OTHERS.items()}
SMALL = {name: expected for name, expected in SMALL.items() if expected}
NAMES = {key: key.upper() for key in "abcdef"}
REQUEST = {
    "method": "scottish_stv",
    "seats": 1,
    "candidates": ["A", "B", "C"],
    "ballots": [{"count": 3, "ranking": ["A", ["B"]]}, {"ranking": ["B"]}, {"ranking": []}],
}


def counted(folder, name):
    text = (DATA / folder / f"{name}.blt").read_text("utf-8")
    return answer_blt(text, method="scottish_stv")


def ballots(*lines):
    return [StvBallots(tuple(ranking), count) for ranking, count in lines]


def count(seats, *lines, keys="abc", **more):
    return count_scottish_stv({key: NAMES[key] for key in keys}, ballots(*lines), seats=seats, **more)


@pytest.mark.parametrize("name", SCOTTISH)
def test_every_published_ward_elects_whom_it_elected(name):
    found, expected = counted("stv-scottish", name), SCOTTISH[name]
    assert set(found["elected"]) == {" ".join(one.split()) for one in expected["elected"]}
    assert (found["seats"], found["cast"]) == (expected["seats"], expected["valid_ballots"])
    assert Fraction(found["quota"]) == Fraction(expected["quota"])
    assert (len(found["rounds"][0]["totals"]), found["undecided"]) == (expected["candidates"], [])


@pytest.mark.parametrize("name", [name for name in SCOTTISH if SCOTTISH[name]["published_party_composition"]])
def test_a_ward_fills_the_seats_of_its_published_parties(name):
    parties = re.findall(r"\d+", SCOTTISH[name]["published_party_composition"])
    assert len(counted("stv-scottish", name)["elected"]) == sum(map(int, parties))


@pytest.mark.parametrize("name", SMALL)
def test_the_small_files_elect_as_their_scottish_reference(name):
    found = counted("stv-meek-wigm", name)
    assert set(found["elected"]) == set(SMALL[name]["elected"])
    assert Fraction(found["quota"]) == Fraction(SMALL[name]["quota"])


@pytest.mark.parametrize(
    ("folder", "name", "stage", "candidate", "votes"),
    [
        ("stv-scottish", "Govan-2007", 2, "Irene Lang", "505.55290"),
        ("stv-scottish", "Govan-2007", 8, "John Flanagan", "1881.06790"),
        ("stv-meek-wigm", "SC", 10, "Kirit Mookerjee", "3.95360"),
        ("stv-meek-wigm", "SC", 12, "Tom Sevigny", "16.62204"),
    ],
)
def test_votes_are_those_of_the_reference_to_the_fifth_decimal(folder, name, stage, candidate, votes):
    assert counted(folder, name)["rounds"][stage - 1]["totals"][candidate] == votes


@pytest.mark.parametrize(
    ("cast", "seats", "quota"), [(9, 2, 4), (10, 2, 4), (11, 2, 4), (12, 2, 5), (0, 1, 1)]
)
def test_the_quota_ignores_decimals_then_adds_one(cast, seats, quota):
    assert count(seats, ("a", cast)).quota == quota


def test_a_transfer_value_is_cut_after_five_decimals_and_the_loss_is_kept():
    result = count(2, ("ab", 7), ("c", 2))
    surplus = result.rounds[1].as_json()
    assert surplus["transfers"] == [{"to": "b", "papers": 7, "value": "0.42857", "votes": "2.99999"}]
    assert (surplus["lost"], surplus["exhausted"], surplus["totals"]["a"]) == (
        "0.00001",
        "0.00000",
        "4.00000",
    )


def test_papers_received_by_transfer_pass_on_at_their_own_value():
    result = count(2, ("abc", 9), ("bc", 3), ("c", 1), ("d", 1), keys="abcd")
    assert [one.value for one in result.rounds[1].transfers] == [44444]
    second = count(3, ("abc", 8), ("bc", 3), ("d", 4), ("e", 1), keys="abcde").rounds[2]
    assert [(one.papers, exact(one.value)) for one in second.transfers] == [(3, "0.16666"), (8, "0.06250")]


def test_the_largest_surplus_goes_first_whatever_the_stage_that_made_it():
    result = count(4, ("ad", 9), ("bc", 20), ("c", 1), ("d", 1), ("e", 1), keys="abcde")
    assert [stage.candidate for stage in result.rounds[1:4]] == ["b", "c", "a"]


def test_the_elected_receive_nothing_more():
    result = count(2, ("abc", 6), ("bac", 6), ("c", 3))
    assert {one.to for stage in result.rounds for one in stage.transfers} <= {"c", None}


def test_an_exclusion_that_leaves_as_many_as_the_seats_moves_no_paper():
    last = count(2, ("a", 5), ("b", 4), ("cb", 3), ("d", 6), keys="abcd").rounds[-1]
    assert (last.excluded, last.transfers, last.last_vacancies) == (("a",), (), ("d",))


@pytest.mark.parametrize("seats", [3, 5])
def test_no_more_candidates_than_seats_are_all_elected(seats):
    assert set(count(seats, ("a", 3)).elected) == set("abc")


def test_a_tied_exclusion_looks_at_the_latest_stage_where_they_differed():
    found = counted("stv-scottish", "weak-defeat")["ties"][0]
    assert (found["candidates"], found["settled"], found["round"], found["chosen"]) == (
        ["B", "C"],
        "earlier_round",
        1,
        "B",
    )


def test_a_tied_surplus_goes_first_to_who_had_more_before():
    lines = [("ba", 4), ("bc", 8), ("a", 5), ("c", 3), ("d", 4), ("e", 3)]
    result = count(4, *lines, keys="abcde")
    assert (result.rounds[1].totals["a"], result.rounds[1].totals["c"]) == (700_000, 700_000)
    assert (result.ties[0].candidates, result.ties[0].chosen) == (("a", "c"), "a")
    assert (result.ties[0].as_json()["settled"], result.ties[0].as_json()["round"]) == ("earlier_round", 1)


def test_a_surplus_tied_at_every_stage_is_drawn():
    lines = [("acd", 6), ("bdc", 6), ("c", 1), ("d", 1)]
    for seed in ("graine 1", "graine 2", "graine 3", "graine 4"):
        result = count(3, *lines, keys="abcd", seed=seed)
        order = tuple(name.lower() for name in draw_order(seed, 2, "AB"))
        assert (result.ties[0].drawn, result.rounds[1].candidate) == (order, order[0])


def test_a_tie_at_every_stage_is_drawn_by_the_seed_on_names():
    for seed in ("graine 1", "graine 2", "graine 3", "graine 4"):
        result = count(1, ("a", 2), ("b", 2), ("c", 2), seed=seed)
        assert result.ties[0].drawn == tuple(n.lower() for n in draw_order(seed, 2, "ABC"))
        assert result.rounds[1].excluded == result.ties[0].drawn[:1]
        assert (result.as_json()["commitment"], result.undecided) == (commitment(seed), ())


def test_without_a_seed_a_draw_that_matters_stops_the_count():
    result = count(2, ("a", 6), ("b", 2), ("c", 2))
    assert (result.elected, result.undecided, result.is_complete) == (("a",), ("b", "c"), False)
    tie = result.as_json()["ties"][-1]
    assert (tie["settled"], tie["chosen"], tie["candidates"]) == ("undecided", None, ["b", "c"])
    assert set(count(2, ("a", 6), ("b", 2), ("c", 2), seed="s").elected) in ({"a", "b"}, {"a", "c"})


def test_without_a_seed_a_draw_that_changes_no_seat_stops_nothing():
    found = counted("stv-scottish", "weak-surplus")
    assert (found["elected"], found["ties"][0]["settled"]) == (["A", "B", "C", "D"], "no_effect")


def test_a_count_goes_on_without_a_seed_only_where_every_seed_elects_the_same():
    lines = [("ab", 3), ("cb", 2), ("db", 2), ("e", 4), ("f", 1)]
    free = count(2, *lines, keys="abcdef")
    drawn = {frozenset(count(2, *lines, keys="abcdef", seed=f"s{n}").elected) for n in range(30)}
    assert free.is_complete == (len(drawn) == 1)
    assert drawn == {frozenset(free.elected)}


def test_candidates_without_a_vote_are_excluded_in_any_order():
    result = count(1, ("a", 1), ("b", 2), keys="abcdef")
    assert (result.elected, {tie.settled for tie in result.ties}) == (("b",), set())
    result = count(1, ("a", 2), ("b", 2), ("c", 3), keys="abcdef")
    assert {tie.settled for tie in result.ties[:2]} == {"no_effect"}


def test_blank_ballots_are_apart_and_weigh_nothing_in_the_quota():
    result = count(1, ("a", 3), ("", 9), spoilt=2)
    assert (result.cast, result.blank, result.spoilt, result.quota) == (3, 9, 2, 2)


@pytest.mark.parametrize(
    ("seats", "lines", "more", "reason"),
    [
        (0, [("a", 1)], {}, "seat"),
        (1, [("az", 1)], {}, "unknown"),
        (1, [("aa", 1)], {}, "twice"),
        (1, [("a", -1)], {}, "negative"),
        (1, [("a", 1)], {"spoilt": -1}, "negative"),
        (1, [("a", 1)], {"seed": " "}, "seed"),
        (1, [], {"keys": ""}, "candidate"),
    ],
)
def test_contradictory_input_is_refused(seats, lines, more, reason):
    with pytest.raises(ValueError, match=reason):
        count(seats, *lines, **more)


def test_two_candidates_of_one_name_are_refused():
    with pytest.raises(ValueError, match="same name"):
        count_scottish_stv({"1": "Ana", "2": " Ana "}, [], seats=1)


def test_single_ballots_are_grouped_in_their_order():
    groups = group_scottish_stv([["a", "b"], ["b", "a"], ["a", "b"]])
    assert set(groups) == {StvBallots(("a", "b"), 2), StvBallots(("b", "a"), 1)}


def test_the_derivation_writes_each_product_out():
    said = [say(sentence) for sentence in count(2, ("ab", 7), ("c", 2)).derivation]
    assert "Le quota est la partie entière de 9 / (2 + 1), plus un : 3 + 1 = 4 voix." in said
    assert "Bulletins × valeur : B 7 × 0,42857 = 2,99999." in said
    assert said[-1] == "Sièges obtenus, dans l’ordre : A, B."


def test_the_derivation_of_a_draw_tells_the_seed_and_its_commitment():
    said = " ".join(say(one) for one in count(1, ("a", 2), ("b", 2), seed="graine").derivation)
    assert "jamais l’ordre de la liste ni des bulletins" in said
    assert "« graine »" in said
    assert commitment("graine") in said


def test_a_hall_of_a_thousand_is_counted_in_time():
    keys = [f"k{number}" for number in range(80)]
    cast = [[keys[(line * 7 + step * (line % 11 + 1)) % 80] for step in range(30)] for line in range(1000)]
    groups = group_scottish_stv([list(dict.fromkeys(ranking)) for ranking in cast])
    before = time.process_time()
    result = count_scottish_stv({key: key for key in keys}, groups, seats=35, seed="graine")
    assert len(result.elected) == 35
    assert time.process_time() - before < 2


def test_a_request_is_answered_by_names():
    found = answer(json.dumps(REQUEST))
    assert (found["elected"], found["quota"], found["blank"]) == (["A"], "3", 1)
    assert all(isinstance(sentence, str) for sentence in found["derivation"])


@pytest.mark.parametrize(
    "change",
    [
        {"seats": 0},
        {"seats": "1"},
        {"candidates": ["A", "A"]},
        {"candidates": ["A", " A"]},
        {"candidates": []},
        {"seed": ""},
        {"weights": []},
        {"ballots": [{"ranking": [["A", "B"]]}]},
        {"ballots": [{"ranking": [[]]}]},
        {"ballots": [{"ranking": ["A", "A"]}]},
        {"ballots": [{"ranking": ["D"]}]},
        {"ballots": [{"ranking": ["A"], "count": -1}]},
        {"ballots": [{"ranking": "A"}]},
    ],
)
def test_a_malformed_request_is_refused_in_one_line(change):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps({**REQUEST, **change}))


def run(path, *more):
    out = StringIO()
    call_command("count", str(path), *more, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_counts_a_blt_file_with_its_seed_and_seats():
    found = run(DATA / "stv-meek-wigm/SC.blt", "--method=scottish_stv", "--seed=graine", "--seats=3")
    assert (found["seats"], found["quota"], len(found["elected"]), found["seed"]) == (3, "24", 3, "graine")
    assert {tie["settled"] for tie in found["ties"]} == {"draw"}


@pytest.mark.parametrize("method", ["", "meek", "approval"])
def test_a_blt_file_is_counted_by_scottish_stv_alone(method):
    with pytest.raises(NotCounted, match="scottish_stv"):
        answer_blt("", method=method)


@pytest.mark.parametrize(
    ("name", "more"), [("eq1", []), ("SC", ["--seats=0"]), ("SC", ["--seats=-1"]), ("SC", ["--seed="])]
)
def test_the_command_leaves_with_two_and_one_line(name, more):
    path = DATA / f"stv-meek-wigm/{name}.blt"
    with pytest.raises(CommandError, match=r"^.+$") as refused:
        call_command("count", str(path), "--method=scottish_stv", *more)
    assert refused.value.returncode == 2
