"""The verbs of the workshops: the only files of this floor that write."""

from workshops.services.consultations import close_indicative_poll, open_indicative_poll
from workshops.services.curating import (
    add_theme,
    focus_projector,
    hide_comment,
    hide_proposal,
    merge_proposals,
    show_comment,
    show_proposal,
    theme_proposal,
)
from workshops.services.discussion import add_comment, support_version, withdraw_comment, withdraw_support
from workshops.services.erasing import forget_hats
from workshops.services.fates import (
    forward_proposal,
    keep_proposal,
    mark_taken_up,
    reopen_proposal,
    set_aside_proposal,
)
from workshops.services.joining import join_as_guest, join_workshop, name_facilitator
from workshops.services.proposals import (
    enter_contribution,
    revise_proposal,
    submit_proposal,
    withdraw_proposal,
)
from workshops.services.rooms import (
    add_series,
    change_workshop,
    close_workshop,
    may_prepare,
    open_workshop,
    prepare_workshop,
)
from workshops.services.steps import (
    StepPlan,
    add_step,
    change_step,
    default_steps,
    extend_step,
    finish_step,
    remove_step,
    start_next_step,
    start_previous_step,
    start_step,
)

__all__ = [
    "StepPlan",
    "add_comment",
    "add_series",
    "add_step",
    "add_theme",
    "change_step",
    "change_workshop",
    "close_indicative_poll",
    "close_workshop",
    "default_steps",
    "enter_contribution",
    "extend_step",
    "finish_step",
    "focus_projector",
    "forget_hats",
    "forward_proposal",
    "hide_comment",
    "hide_proposal",
    "join_as_guest",
    "join_workshop",
    "keep_proposal",
    "mark_taken_up",
    "may_prepare",
    "merge_proposals",
    "name_facilitator",
    "open_indicative_poll",
    "open_workshop",
    "prepare_workshop",
    "remove_step",
    "reopen_proposal",
    "revise_proposal",
    "set_aside_proposal",
    "show_comment",
    "show_proposal",
    "start_next_step",
    "start_previous_step",
    "start_step",
    "submit_proposal",
    "support_version",
    "theme_proposal",
    "withdraw_comment",
    "withdraw_proposal",
    "withdraw_support",
]
