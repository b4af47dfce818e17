"""The count of a poll, whatever its method: the one path of the application and of the recount.

A new method brings a file here, `votes/counting/polls/<method>.py`, with one function
`count(asked: Question, voices: Sequence[Voice]) -> Counted`, and its line in `COUNTS`. It reads nothing but its two
arguments: the rules copied when the poll opened (`asked.rules`, `asked.setup`), the options with their details, the
heads of each college, and the ballots. What a count needs besides must be copied into the rules or the setup when the
poll opens, or into the ballots: the recount has nothing else. The one secret, the seed of a draw, is committed in the
setup and revealed in the outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from votes.counting.polls import (
    approval,
    consent,
    dots,
    election,
    gradients,
    irv,
    majority_judgment,
    resolution,
    schulze,
    score,
    scottish_stv,
)
from votes.counting.polls.voices import (
    BLANK,
    SPOILT,
    Counted,
    PollOption,
    Question,
    Voice,
    amended_rules,
    heads_by_college,
    received,
)

__all__ = [
    "BLANK",
    "COUNTS",
    "SPOILT",
    "Counted",
    "PollOption",
    "Question",
    "Voice",
    "amended_rules",
    "count_poll",
    "heads_by_college",
    "received",
]

COUNTS: dict[str, Callable[[Question, Sequence[Voice]], Counted]] = {
    "approval": approval.count,
    "consent": consent.count,
    "dots": dots.count,
    "election": election.count,
    "gradients": gradients.count,
    "irv": irv.count,
    "majority_judgment": majority_judgment.count,
    "resolution": resolution.count,
    "schulze": schulze.count,
    "score": score.count,
    "scottish_stv": scottish_stv.count,
}


def count_poll(
    method: str,
    rules: Mapping[str, Any],
    options: Sequence[PollOption],
    heads: Mapping[str, int],
    voices: Sequence[Voice],
    seed: str | None = None,
) -> Counted:
    """The outcome of a poll as plain JSON values, and its derivation. `voices` are those of members, guests left out.

    `seed` is what ties are drawn by, where the method draws lots: the outcome says it as `seed`.

    Raises ValueError for a method nobody wrote or for ballots and rules that contradict each other, IllegalRules when
    the law refuses the rules.
    """
    if method not in COUNTS:
        raise ValueError(f"no such method: {method}")
    return COUNTS[method](Question(rules, options, heads, seed), voices)
