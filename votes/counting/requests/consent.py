"""Reads and counts a request for a decision by consent."""

from __future__ import annotations

from typing import Any

from votes.counting.consent import ConsentBallots, Stance, Treatment, count_consent
from votes.counting.requests.reading import (
    Answer,
    check_keys,
    read_choice,
    read_count,
    read_list,
    read_object,
    read_text,
)
from votes.counting.requests.valued import read_proposal


def read_consent(request: dict[str, Any]) -> Answer:
    """Consent to one proposal; an objection gives its reason and what became of it, null is a blank ballot.

    `{"method": "consent", "options": ["A"], "ballots": [{"stance": "consent", "count": 4}, {"stance":
    "objection", "reason": "too soon", "treatment": "integrated"}]}`. Stances are `consent`, `reservation`,
    `objection`, `abstain`; treatments `raised`, `integrated`, `withdrawn`, `maintained`.
    """
    check_keys(request, "request", {"method", "options", "ballots"}, {"spoilt"})
    options = read_proposal(request["options"])
    ballots = [_ballots(item) for item in read_list(request["ballots"], "ballots", may_be_empty=True)]
    spoilt = read_count(request.get("spoilt", 0), "spoilt")
    result = count_consent(options, ballots, spoilt=spoilt)
    return result.as_json(), result.derivation


def _ballots(item: Any) -> ConsentBallots:
    data = read_object(item, "a ballot")
    stance = None
    needed, optional = {"stance"}, {"count", "reason"}
    if data.get("stance") is not None:
        stance = read_choice(Stance, data["stance"], "stance")
    if stance is Stance.OBJECTION:
        needed, optional = {"stance", "reason", "treatment"}, {"count"}
    check_keys(data, "a ballot", needed, optional)
    return ConsentBallots(
        stance,
        read_count(data.get("count", 1), "count"),
        read_text(data["reason"], "reason") if "reason" in data else "",
        read_choice(Treatment, data.get("treatment", "raised"), "treatment"),
    )
