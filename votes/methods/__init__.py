"""The methods of a poll, by name: whatever depends on the method asks it here."""

from votes.methods.approval import Approval
from votes.methods.base import BLANK, Asked, Choice, Method, Picture, Voice
from votes.methods.consent import Consent
from votes.methods.dots import Dots
from votes.methods.election import Election
from votes.methods.gradients import Gradients
from votes.methods.irv import Irv
from votes.methods.majority_judgment import MajorityJudgment
from votes.methods.resolution import Resolution
from votes.methods.schulze import Schulze
from votes.methods.score import Score
from votes.methods.scottish_stv import ScottishStv
from votes.models import Poll

__all__ = ["BLANK", "METHODS", "Choice", "Method", "Picture", "Voice", "method_of", "rule_of"]

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Resolution(),
        Approval(),
        Dots(),
        Score(),
        Gradients(),
        Consent(),
        MajorityJudgment(),
        Schulze(),
        Irv(),
        ScottishStv(),
        Election(),
    )
}


def method_of(asked: Asked) -> Method:
    """The method of a poll."""
    return METHODS[asked.method]


def rule_of(poll: Poll) -> str:
    """The rule copied at opening, in one or two short sentences for whoever votes."""
    return method_of(poll).rule(poll)
