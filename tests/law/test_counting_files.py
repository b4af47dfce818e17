"""Counting a file: what is read, what is refused in one line, and never a traceback."""

import copy
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from votes.counting.requests import Malformed, NotCounted, answer

ROOT = Path(__file__).parents[2]
RULES = {
    "pooling": "proportional",
    "base": "expressed",
    "tie": "void",
    "empty_college": "lost",
    "threshold": "1/2",
    "strict": True,
    "denominator": "all",
}
RESOLUTION = {
    "method": "resolution",
    "rules": RULES,
    "colleges": [
        {"name": "A", "weight": "3/10", "for": 12, "against": 8, "abstain": 2},
        {
            "name": "B",
            "weight": "1/2",
            "for": 1,
            "against": 3,
            "blank": 1,
            "spoilt": 1,
            "members": 9,
            "present": 7,
        },
        {"name": "D", "weight": "1/5", "members": 0},
    ],
}
QUORUM = {
    "method": "quorum",
    "rule": {"share": "1/2", "weighted": True},
    "colleges": [
        {"name": "A", "weight": "2/5", "members": 16, "present": 16},
        {"name": "B", "weight": "3/5", "members": 100, "present": 1},
    ],
}
APPROVAL = {
    "method": "approval",
    "options": ["A", "B"],
    "ballots": [{"count": 3, "approved": ["A"]}, {"approved": ["A", "B"]}, {"count": 2, "approved": []}],
}
REQUESTS = [RESOLUTION, QUORUM, APPROVAL]
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def changed(request, *path, to):
    """The request with the value at this path replaced, or removed when `to` is None."""
    copied = copy.deepcopy(request)
    place = copied
    for step in path[:-1]:
        place = place[step]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return copied


def places(value, path=()):
    """Every path inside a request."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


EVERY_PLACE = [(request, path) for request in REQUESTS for path in places(request)]


def written(tmp_path, text):
    path = tmp_path / "request.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_resolution_is_answered():
    found = answer(json.dumps(RESOLUTION))
    assert (found["adopted"], found["for"], found["void"]) == (False, "61/200", "1/5")
    assert all(isinstance(sentence, str) for sentence in found["derivation"])


def test_a_quorum_is_answered_by_weight_and_by_heads():
    weighted = answer(json.dumps(QUORUM))
    assert (weighted["met"], weighted["reached"], weighted["needed"]) == (False, "203/500", "1/2")
    by_heads = answer(json.dumps(changed(QUORUM, "rule", "weighted", to=False)))
    assert (by_heads["met"], by_heads["reached"], by_heads["needed"]) == (False, "17", "58")


def test_an_approval_is_answered():
    found = answer(json.dumps(APPROVAL))
    assert (found["ranking"], found["approvals"], found["blank"]) == ([["A"], ["B"]], {"A": 4, "B": 1}, 2)


def test_heads_need_no_weight_and_no_college_rule():
    request = {
        "method": "resolution",
        "rules": {
            "pooling": "none",
            "base": "expressed",
            "threshold": "1/2",
            "strict": True,
            "denominator": "all",
        },
        "colleges": [{"name": "all", "for": 92, "against": 82}],
    }
    assert answer(json.dumps(request))["for"] == "46/87"


def test_weights_are_ignored_by_heads():
    found = answer(json.dumps(changed(RESOLUTION, "rules", "pooling", to="none")))
    assert found["for"] == "13/24"


@pytest.mark.parametrize(("threshold", "code"), [("1/3", "V08"), ("1/2", "V02")])
def test_what_the_law_refuses_is_answered_with_its_code(threshold, code):
    illegal = changed(RESOLUTION, "rules", "threshold", to=threshold)
    illegal["colleges"][0]["weight"], illegal["colleges"][1]["weight"] = "1/10", "7/10"
    found = answer(json.dumps({**illegal, "profile": "scic_sas"}))
    assert found["refused"] == code
    assert found["article"]
    assert found["derivation"]


def test_weights_that_do_not_make_one_are_v03_under_a_profile():
    wrong = changed(RESOLUTION, "colleges", 0, "weight", to="2/5")
    assert answer(json.dumps({**wrong, "profile": "scic_sa"}))["refused"] == "V03"


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("colleges", 0, "weight"), 0.3),
        (("colleges", 0, "weight"), "0.3"),
        (("colleges", 0, "weight"), "2/5"),
        (("colleges", 0, "weight"), True),
        (("colleges", 0, "weight"), "0"),
        (("colleges", 0, "weight"), None),
        (("colleges", 0, "for"), -1),
        (("colleges", 0, "for"), 1.0),
        (("colleges", 0, "for"), True),
        (("colleges", 0, "for"), "12"),
        (("colleges", 0, "for"), 10**13),
        (("colleges", 0, "for"), None),
        (("colleges", 0, "name"), "B"),
        (("colleges", 0, "name"), " "),
        (("colleges", 0, "nmae"), "A"),
        (("colleges", 1, "members"), 3),
        (("colleges", 1, "present"), 2),
        (("colleges", 2, "for"), 1),
        (("colleges", 2, "members"), False),
        (("colleges",), []),
        (("colleges",), {}),
        (("rules", "pooling"), "lottery"),
        (("rules", "tie"), None),
        (("rules", "strict"), 1),
        (("rules", "threshold"), 0.5),
        (("rules", "threshold"), "0"),
        (("rules", "threshold"), "3/2"),
        (("rules", "quorum"), "1/2"),
        (("profile",), "scop"),
        (("rules",), []),
    ],
)
def test_a_malformed_resolution_is_refused_in_one_line(path, to):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps(changed(RESOLUTION, *path, to=to)))


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("options",), ["A", "A"]),
        (("options",), []),
        (("options",), ["A", 2]),
        (("ballots", 0, "approved"), ["C"]),
        (("ballots", 0, "approved"), ["A", "A"]),
        (("ballots", 0, "count"), -3),
        (("ballots", 0, "count"), True),
        (("ballots", 0, "weight"), "1/2"),
        (("ballots",), None),
    ],
)
def test_a_malformed_approval_is_refused_in_one_line(path, to):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps(changed(APPROVAL, *path, to=to)))


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("rule", "share"), 0.5),
        (("rule", "share"), "3/2"),
        (("rule", "weighted"), "yes"),
        (("rule",), None),
        (("colleges", 0, "present"), 17),
        (("colleges", 0, "members"), None),
        (("colleges", 0, "weight"), None),
        (("colleges", 0, "weight"), "1/5"),
        (("colleges", 0, "name"), "B"),
    ],
)
def test_a_malformed_quorum_is_refused_in_one_line(path, to):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps(changed(QUORUM, *path, to=to)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"method": NaN}',
        '{"method": "approval", "method": "quorum"}',
        "[" * 100_000,
        '{"method": ' + "9" * 5000 + "}",
        '{"method": ["resolution"]}',
        "{}",
    ],
)
def test_what_is_no_request_is_refused_in_one_line(text):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(text)


@pytest.mark.parametrize("method", ["borda", "Majority_judgment", "Resolution"])
def test_a_method_nobody_wrote_is_named(method):
    with pytest.raises(NotCounted, match=method):
        answer(json.dumps({"method": method}))


def test_the_method_asked_must_be_that_of_the_file():
    assert answer(json.dumps(QUORUM), method="quorum")["method"] == "quorum"
    with pytest.raises(Malformed, match="quorum"):
        answer(json.dumps(QUORUM), method="approval")


@given(st.sampled_from(EVERY_PLACE), junk)
def test_junk_anywhere_is_answered_or_refused_never_a_crash(place, value):
    request, path = place
    copied = changed(request, *path, to=0)
    target = copied
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    answered_or_refused(json.dumps(copied))


@given(st.text() | junk.map(json.dumps))
def test_any_text_is_answered_or_refused_never_a_crash(text):
    answered_or_refused(text)


@pytest.mark.parametrize(("request_", "path"), EVERY_PLACE)
def test_a_missing_piece_is_answered_or_refused_never_a_crash(request_, path):
    answered_or_refused(json.dumps(changed(request_, *path, to=None)))


def answered_or_refused(text):
    try:
        line = json.dumps(answer(text))
    except (Malformed, NotCounted) as refused:
        line = str(refused)
    assert len(line.splitlines()) == 1
    assert line.encode()


def test_the_command_prints_one_json_object(tmp_path):
    out = StringIO()
    call_command("count", written(tmp_path, json.dumps(RESOLUTION)), stdout=out)
    assert json.loads(out.getvalue())["for"] == "61/200"


def test_a_byte_order_mark_is_no_obstacle(tmp_path):
    out = StringIO()
    call_command("count", written(tmp_path, b"\xef\xbb\xbf" + json.dumps(APPROVAL).encode()), stdout=out)
    assert json.loads(out.getvalue())["method"] == "approval"


@pytest.mark.parametrize("text", ["{", b"\xff\xfe", json.dumps({"method": "schulze"})])
def test_the_command_leaves_with_two_on_a_file_it_cannot_count(tmp_path, text):
    with pytest.raises(CommandError) as refused:
        call_command("count", written(tmp_path, text))
    assert refused.value.returncode == 2


@pytest.mark.parametrize("name", ["a.blt", "a.abif", "a.csv", "absent.json", "nul\0.json", "."])
def test_other_files_are_refused_in_one_line(tmp_path, name):
    with pytest.raises(CommandError, match=r"^.+$") as refused:
        call_command("count", str(tmp_path / name))
    assert refused.value.returncode == 2


def test_seats_belong_to_elections(tmp_path):
    with pytest.raises(CommandError, match="seats"):
        call_command("count", written(tmp_path, json.dumps(APPROVAL)), "--seats=3")


@settings(max_examples=25)
@given(st.binary(max_size=200))
def test_any_bytes_leave_the_command_with_two(tmp_path_factory, content):
    path = written(tmp_path_factory.mktemp("bytes"), content)
    with pytest.raises(CommandError, match=r"^.+$") as refused:
        call_command("count", path)
    assert refused.value.returncode == 2


def run(path, **env):
    command = [sys.executable, ROOT / "manage.py", "count", path]
    return subprocess.run(
        command, capture_output=True, text=True, env={"DEMO": "1", "PATH": "/usr/bin:/bin", **env}
    )


def test_from_the_shell_the_exit_code_and_the_one_line(tmp_path):
    refused = run(written(tmp_path, '{"method": "resolution", "method": 1}'))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert len(refused.stderr.strip().splitlines()) == 1
    assert "Traceback" not in refused.stderr


def test_a_terminal_without_french_letters_still_gets_its_answer(tmp_path):
    counted = run(written(tmp_path, json.dumps(RESOLUTION)), PYTHONIOENCODING="ascii")
    assert counted.returncode == 0
    assert json.loads(counted.stdout)["derivation"][0].startswith("Chaque collège")
