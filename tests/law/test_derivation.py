"""Derivations: sentences a member can follow, exact, readable in each language."""

import ast
import re
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from cooperation.rules import Base, Denominator, EmptyCollege, Pooling, Tie
from cooperation.sentences import Sentence, hundredths, percent, say
from tests.law.written import E01, E04, count
from votes.counting.approval import count_approval, group_approvals
from votes.counting.derivation import as_json, from_json, ratio, total, weighted

ROOT = Path(__file__).parents[2]
PURE = [
    *ROOT.glob("votes/counting/*.py"),
    *ROOT.glob("cooperation/*_law.py"),
    *ROOT.glob("cooperation/*_rules.py"),
]
PURE += [ROOT / "cooperation/rules.py", ROOT / "cooperation/sentences.py", ROOT / "votes/rules.py"]
DIVIDED = "A 3/10 3-3, B 1/5 2-1, C 1/5 0-0-4, D 1/5 empty, E 1/10 1-4"
EVERY_RULE = list(product(Pooling, Base, Tie, EmptyCollege, Denominator, [">1/2", "2/3"]))


def told(result):
    return [say(sentence) for sentence in result.derivation]


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Fraction(118, 139) * Fraction(2, 5), "33,96\u00a0%"),
        (Fraction(1, 8), "12,50\u00a0%"),
        (Fraction(1, 3), "33,33\u00a0%"),
        (Fraction(2, 3), "66,67\u00a0%"),
        (Fraction(1, 20_000), "0,01\u00a0%"),
        (Fraction(1, 20_001), "0,00\u00a0%"),
        (Fraction(0), "0,00\u00a0%"),
        (Fraction(1), "100,00\u00a0%"),
    ],
)
def test_a_percentage_is_rounded_once_half_up(share, written):
    assert say(percent(share)) == written


def test_rounding_uses_integers_only():
    assert hundredths(Fraction(10**40 + 1, 2 * 10**40)) == 5000
    with pytest.raises(ValueError, match="negative"):
        hundredths(Fraction(-1, 2))


def test_a_sentence_is_said_in_the_language_of_its_reader():
    english = {
        "%(whole)s,%(rest)s\u00a0%%": "%(whole)s.%(rest)s%%",
        "Part\u00a0: %(share)s": "Share: %(share)s",
    }
    sentence = Sentence("Part\u00a0: %(share)s", {"share": percent(Fraction(1, 8))})
    assert say(sentence, english.__getitem__) == "Share: 12.50%"


def test_a_derivation_is_stored_and_read_back():
    derivation = count(E01).derivation
    assert from_json(as_json(derivation)) == derivation


@pytest.mark.parametrize("data", [{}, {"message": 1, "params": {}}, {"message": "", "params": {"a": 1.5}}])
def test_anything_but_a_sentence_is_refused(data):
    with pytest.raises(ValueError, match="sentence"):
        from_json([data])


def test_a_college_shows_its_votes_its_fraction_and_its_percentage():
    (line,) = [sentence for sentence in told(count(E01)) if sentence.startswith("Collège A")]
    assert "pour 12, contre 8, suffrages exprimés 20" in line
    assert "12/20 × 3/10 = 9/50, soit 18,00\u00a0%" in line


def test_the_addition_is_written_out():
    assert any("9/50 + 3/20 + 1/20 + 9/100 + 1/10 = 57/100" in sentence for sentence in told(count(E01)))


def test_the_verdict_compares_fractions_not_roundings():
    near = told(count("A 1/2 5000001-5000000, B 1/4 1-1, C 1/4 1-1"))
    assert near[
        -1
    ] == "20000002/40000002 (50,00\u00a0%) dépasse 1/2\u00a0: la résolution est adoptée.".replace(
        "20000002/40000002", str(Fraction(1, 4) + Fraction(5000001, 20000002))
    )


def test_abstentions_blank_and_spoilt_are_told_apart():
    assert any(
        sentence.startswith("Abstentions\u00a0: 28. Bulletins blancs\u00a0: 0.")
        for sentence in told(count(E01))
    )


@pytest.mark.parametrize(("pooling", "base", "tie", "empty", "denominator", "needs"), EVERY_RULE)
def test_under_every_rule_each_equation_told_is_true(pooling, base, tie, empty, denominator, needs):
    result = count(DIVIDED, pooling, base=base, tie=tie, empty=empty, denominator=denominator, needs=needs)
    for sentence in told(result):
        assert "%(" not in sentence
        for left, right in re.findall(r"([\d/ +×]+) = ([\d/]+)", sentence):
            terms = [Fraction(1)] if "×" in left else [Fraction(0)]
            terms += [Fraction(term.strip()) for term in re.split(r"[+×]", left)]
            value = terms[0]
            for term in terms[1:]:
                value = value * term if "×" in left else value + term
            assert value == Fraction(right), sentence
    assert told(result)[-1].endswith("adoptée." if result.adopted else "rejetée.")


def test_what_becomes_of_an_empty_college_is_told():
    told_now = {policy: " ".join(told(count(DIVIDED, empty=policy))) for policy in EmptyCollege}
    assert "est perdu" in told_now["lost"]
    assert "A 3/8, B 1/4, C 1/4, E 1/8" in told_now["proportional"]
    assert "A 7/20, B 1/4, C 1/4, E 3/20" in told_now["equal"]
    assert "suspendue" in told_now["suspend"]


@pytest.mark.parametrize(
    ("tie", "words"), [("void", "ni d’un côté"), ("against", "compte contre"), ("split", "3/20 de")]
)
def test_what_becomes_of_a_divided_college_is_told(tie, words):
    assert any(words in sentence for sentence in told(count(E04, "winner_takes_all", tie=tie)))


def test_the_numbers_of_an_approval_follow_from_its_ballots():
    result = count_approval({"a": "Jardin", "b": "Four"}, group_approvals([["a"], ["a", "b"], []]))
    assert told(result)[1] == "Jardin\u00a0: approbations 2/2 = 1, soit 100,00\u00a0% des bulletins exprimés."


def test_fractions_are_written_as_they_come_then_in_lowest_terms():
    assert (ratio(92, 174), ratio(118, 139)) == ("92/174 = 46/87", "118/139")
    assert weighted(12, 20, Fraction(3, 10)) == "12/20 × 3/10 = 9/50"
    assert (total([Fraction(1, 2), Fraction(0)]), total([])) == ("1/2", "0")


@pytest.mark.parametrize("path", PURE, ids=[path.stem for path in PURE])
def test_the_pure_law_holds_no_float_and_no_django(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), ast.unparse(node)
        assert not (isinstance(node, ast.Name) and node.id in ("float", "round")), path
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [name.name for name in node.names]
            )
            assert not any(name.split(".")[0] in ("django", "rest_framework", "channels") for name in names)


@pytest.mark.parametrize("path", PURE, ids=[path.stem for path in PURE])
def test_every_message_has_its_french_spaces(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            (message,) = (ast.literal_eval(argument) for argument in node.args)
            assert not re.search(r" [:;!?»]| %%|« ", message), message
            assert "'" not in message
