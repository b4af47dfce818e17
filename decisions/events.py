"""Facts of decisions and of what became of them; told on `board:<entity pk>`."""

from dataclasses import dataclass
from typing import ClassVar

from realtime.facts import Fact


@dataclass(frozen=True)
class DecisionRecorded(Fact):
    """A decision entered the register."""

    type: ClassVar[str] = "decision.recorded"
    decision: int


@dataclass(frozen=True)
class DecisionSuperseded(Fact):
    """A decision is no longer in force: a later one replaces it."""

    type: ClassVar[str] = "decision.superseded"
    decision: int
    superseded_by: int


@dataclass(frozen=True)
class PlanAdopted(Fact):
    """A plan of actions begins."""

    type: ClassVar[str] = "plan.adopted"
    plan: int


@dataclass(frozen=True)
class ActionAdded(Fact):
    """An action was put on an axis."""

    type: ClassVar[str] = "action.added"
    action: int
    axis: int


@dataclass(frozen=True)
class ActionProgressed(Fact):
    """Somebody said how far an action is."""

    type: ClassVar[str] = "action.progressed"
    action: int
    axis: int
    follow_up: int
    progress: int


@dataclass(frozen=True)
class ActionFinished(Fact):
    """An action is done."""

    type: ClassVar[str] = "action.finished"
    action: int
    axis: int


@dataclass(frozen=True)
class ActionDropped(Fact):
    """An action is given up, with a reason."""

    type: ClassVar[str] = "action.dropped"
    action: int
    axis: int
    follow_up: int


@dataclass(frozen=True)
class ActionResumed(Fact):
    """An action that was done or given up runs again."""

    type: ClassVar[str] = "action.resumed"
    action: int
    axis: int
    follow_up: int


@dataclass(frozen=True)
class MeasureRecorded(Fact):
    """An indicator was measured."""

    type: ClassVar[str] = "measure.recorded"
    measure: int
    indicator: int
