"""The verbs of decisions: the only files of this floor that write."""

from decisions.services.actions import add_action, drop_action, finish_action, note_progress, resume_action
from decisions.services.measures import add_indicator, record_measure
from decisions.services.register import adopt_plan, record_decision, supersede_decision

__all__ = [
    "add_action",
    "add_indicator",
    "adopt_plan",
    "drop_action",
    "finish_action",
    "note_progress",
    "record_decision",
    "record_measure",
    "resume_action",
    "supersede_decision",
]
