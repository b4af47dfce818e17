"""The rules of the register, the plan and its follow-up: pure functions, values in, refusal out."""

from datetime import date
from decimal import Decimal

from realtime.refused import Refused


def check_may_keep(*, is_on_board: bool) -> None:
    """Only the board of the entity keeps its register, its plan and its indicators.

    Raises `Refused("not_on_board")`.
    """
    if not is_on_board:
        raise Refused("not_on_board")


def check_may_follow_up(*, is_on_board: bool, is_pilot: bool, is_running: bool) -> None:
    """The pilot of a running action, or the board, says how far it is.

    Raises `Refused`: `not_the_pilot`, `action_closed`.
    """
    if not (is_on_board or is_pilot):
        raise Refused("not_the_pilot")
    if not is_running:
        raise Refused("action_closed")


def check_progress(progress: int) -> None:
    """Progress is a whole number of hundredths. Raises `Refused("progress_out_of_range")`."""
    if not 0 <= progress <= 100:
        raise Refused("progress_out_of_range")


def check_supersedes(
    *, old_entity: int, new_entity: int, is_in_force: bool, old_on: date, new_on: date
) -> None:
    """A later decision of the same entity replaces one in force.

    Raises `Refused`: `decision_elsewhere`, `decision_superseded`, `decided_before`.
    """
    if old_entity != new_entity:
        raise Refused("decision_elsewhere")
    if not is_in_force:
        raise Refused("decision_superseded")
    if new_on < old_on:
        raise Refused("decided_before")


def check_dates(*, since: date | None, until: date | None) -> None:
    """What ends does not end before it begins. Raises `Refused("ends_before_it_begins")`."""
    if since is not None and until is not None and until < since:
        raise Refused("ends_before_it_begins")


def target_reached(*, value: Decimal, target: Decimal | None, is_ceiling: bool) -> bool:
    """Whether a measure is on the right side of its target: strictly below a ceiling, at least a floor."""
    if target is None:
        return False
    return value < target if is_ceiling else value >= target


def progress_of(progresses: list[int]) -> int:
    """The progress of several actions together, in whole hundredths rounded half up; 0 without any."""
    if not progresses:
        return 0
    return (2 * sum(progresses) + len(progresses)) // (2 * len(progresses))
