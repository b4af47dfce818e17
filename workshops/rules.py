"""The law of the room: who may do what, in which state of the workshop, during which step; what texts may be."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from realtime.refused import Refused

FACILITATOR = "facilitator"
PARTICIPANT = "participant"
OBSERVER = "observer"
SPEAKERS = frozenset({FACILITATOR, PARTICIPANT})
FACILITATORS = frozenset({FACILITATOR})

COLLECT, DISCUSS, POLL, REPORT_BACK = "collect", "discuss", "poll", "report_back"
PLANNED, OPEN, CLOSED = "planned", "open", "closed"
MET = frozenset({OPEN, CLOSED})
NOT_CLOSED = frozenset({PLANNED, OPEN})
ALWAYS = frozenset({PLANNED, OPEN, CLOSED})

TITLE_LIMIT = 200
TEXT_LIMIT = 5_000
COMMENT_LIMIT = 2_000
NAME_LIMIT = 80
REASON_LIMIT = 300
QUESTION_LIMIT = 300
PLACE_LIMIT = 160

# Letters and figures nobody takes for one another on a projector at fifteen metres.
CODE_ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LENGTH = 6

WITHOUT_TIME = 8 * 60
HIDING_SIGNS = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Opening:
    """When an act is open: to which roles, in which states of the workshop, in which steps (None: any)."""

    roles: frozenset[str]
    states: frozenset[str]
    kinds: frozenset[str] | None = None


LAW: dict[str, Opening] = {
    "proposal.submit": Opening(SPEAKERS, frozenset({OPEN}), frozenset({COLLECT, DISCUSS})),
    "proposal.revise": Opening(SPEAKERS, frozenset({OPEN}), frozenset({COLLECT, DISCUSS})),
    "comment.add": Opening(SPEAKERS, frozenset({OPEN}), frozenset({DISCUSS, POLL, REPORT_BACK})),
    "version.support": Opening(SPEAKERS, frozenset({OPEN}), frozenset({COLLECT, DISCUSS})),
    # Taking one's own words back is never a matter of steps.
    "proposal.withdraw": Opening(SPEAKERS, ALWAYS),
    "comment.withdraw": Opening(SPEAKERS, ALWAYS),
    "contribution.enter": Opening(FACILITATORS, frozenset({OPEN}), frozenset({COLLECT, DISCUSS})),
    "proposals.merge": Opening(FACILITATORS, frozenset({OPEN}), frozenset({COLLECT, DISCUSS, REPORT_BACK})),
    "consultation.open": Opening(FACILITATORS, frozenset({OPEN}), frozenset({POLL})),
    "consultation.close": Opening(FACILITATORS, MET),
    "proposal.theme": Opening(FACILITATORS, MET),
    "theme.add": Opening(FACILITATORS, ALWAYS),
    "text.hide": Opening(FACILITATORS, MET),
    "proposal.settle": Opening(FACILITATORS, MET),
    "workshop.open": Opening(FACILITATORS, frozenset({PLANNED, CLOSED})),
    "workshop.close": Opening(FACILITATORS, frozenset({OPEN})),
    "workshop.change": Opening(FACILITATORS, ALWAYS),
    "step.run": Opening(FACILITATORS, frozenset({OPEN})),
    "step.plan": Opening(FACILITATORS, NOT_CLOSED),
    "facilitator.name": Opening(FACILITATORS, ALWAYS),
    "projector.focus": Opening(FACILITATORS, ALWAYS),
}

OPENED_BY_STEPS = {
    kind: frozenset(act for act, law in LAW.items() if law.kinds and kind in law.kinds)
    for kind in (COLLECT, DISCUSS, POLL, REPORT_BACK)
}


def check_may_act(act: str, *, role: str | None, state: str, kind: str | None) -> None:
    """Refuse an act by role, then by state of the workshop, then by the running step.

    `role` is None for who is not in the room, `kind` None when no step runs. Raises `Refused`:
    `not_a_participant`, `observer_watches`, `not_the_facilitator`, `workshop_planned`, `workshop_open`,
    `workshop_closed`, `step_closed`.
    """
    law = LAW[act]
    if role not in law.roles:
        raise Refused(refusal_of_role(role, law.roles))
    if state not in law.states:
        raise Refused(f"workshop_{state}")
    if law.kinds is not None and kind not in law.kinds:
        raise Refused("step_closed")


def refusal_of_role(role: str | None, asked: frozenset[str]) -> str:
    """The name of the refusal when a role does not open an act."""
    if role is None:
        return "not_a_participant"
    return "not_the_facilitator" if asked == FACILITATORS else "observer_watches"


def is_open_now(act: str, *, state: str, kind: str | None) -> bool:
    """Whether the room and its step open this act to those whose role allows it."""
    law = LAW[act]
    return state in law.states and (law.kinds is None or kind in law.kinds)


def check_may_join(
    *, access: str, state: str, welcomes_guests: bool, has_code: bool, is_member: bool, is_guest: bool
) -> None:
    """Who may come in: anybody into a public room, members into theirs, the others with the code.

    A guest needs the code and a room that welcomes guests while it is open. Raises `Refused`:
    `workshop_closed`, `workshop_planned`, `no_guests`, `members_only`.
    """
    if state == CLOSED:
        raise Refused("workshop_closed")
    if is_guest:
        if not (welcomes_guests and has_code):
            raise Refused("no_guests")
        if state == PLANNED:
            raise Refused("workshop_planned")
        return
    by_code = has_code and (welcomes_guests or access == "invitation")
    if access != "public" and not (access == "members" and is_member) and not by_code:
        raise Refused("members_only")


def check_may_facilitate(*, is_guest: bool) -> None:
    """A guest is known by a name only and never runs a room. Raises `guest_not_allowed`."""
    if is_guest:
        raise Refused("guest_not_allowed")


def check_is_open(state: str) -> None:
    """Only an open proposal is worked on: not one merged, kept, set aside, forwarded or withdrawn."""
    if state != "open":
        raise Refused("proposal_not_open")


def check_is_readable(*, is_gone: bool) -> None:
    """Nothing is added under a tombstone. Raises `Refused("proposal_gone")`."""
    if is_gone:
        raise Refused("proposal_gone")


def check_is_author(is_author: bool) -> None:
    """A text is revised or withdrawn by who wrote it, or by who entered it for them."""
    if not is_author:
        raise Refused("not_the_author")


def check_may_merge(states: Collection[str]) -> None:
    """A merge reunites at least two open proposals. Raises `merge_needs_two`, `proposal_not_open`."""
    if len(states) < 2:
        raise Refused("merge_needs_two")
    for state in states:
        check_is_open(state)


def check_may_forward(state: str) -> None:
    """What is open, kept or already forwarded elsewhere can be forwarded."""
    if state not in ("open", "kept", "forwarded"):
        raise Refused("proposal_not_open")


def check_may_settle(state: str, wanted: str) -> None:
    """Keeping and setting aside end an open or kept proposal; reopening is for those two ends only."""
    possible = {"set_aside": ("open", "kept"), "kept": ("open",), "open": ("kept", "set_aside")}
    if state not in possible[wanted]:
        raise Refused("proposal_not_open" if wanted != "open" else "proposal_not_settled")


ABOUT_ONE = frozenset({"resolution", "gradients", "consent"})
ASKED = [
    "resolution",
    "approval",
    "dots",
    "score",
    "gradients",
    "consent",
    "majority_judgment",
    "schulze",
    "irv",
]


def check_may_ask(method: str, asked: int) -> None:
    """Some forms ask about one proposal, the others compare several. Raises `poll_needs_one`, `poll_needs_two`."""
    if method in ABOUT_ONE and asked != 1:
        raise Refused("poll_needs_one")
    if method not in ABOUT_ONE and asked < 2:
        raise Refused("poll_needs_two")


def cleaned(text: str, *, keeps_lines: bool) -> str:
    """A text as it is stored: composed letters, no control or hiding signs, no space around.

    Lines are kept or joined. Signs that would reorder or hide what others read are dropped.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not keeps_lines:
        text = " ".join(text.split())
    kept = "".join(sign for sign in text if sign in "\n\t" or not is_hiding(sign))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def is_hiding(sign: str) -> bool:
    """Whether a sign is a control, or changes how its neighbours read without being seen."""
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in HIDING_SIGNS


def checked(text: str, *, limit: int, missing: str | None, keeps_lines: bool = False) -> str:
    """The cleaned text. Raises the refusal named by `missing` when it is empty, else `text_too_long`."""
    words = cleaned(text, keeps_lines=keeps_lines)
    if not words and missing is not None:
        raise Refused(missing)
    if len(words) > limit:
        raise Refused("text_too_long", limit=limit, length=len(words))
    return words


def checked_title(text: str) -> str:
    """A proposal's title, one line."""
    return checked(text, limit=TITLE_LIMIT, missing="title_missing")


def checked_text(text: str) -> str:
    """A proposal's text, which may be empty: the title can say it all."""
    return checked(text, limit=TEXT_LIMIT, missing=None, keeps_lines=True)


def checked_comment(text: str) -> str:
    """A comment."""
    return checked(text, limit=COMMENT_LIMIT, missing="text_missing", keeps_lines=True)


def checked_name(text: str) -> str:
    """A name under which somebody speaks, or that of a theme or a step."""
    return checked(text, limit=NAME_LIMIT, missing="name_missing")


def checked_reason(text: str) -> str:
    """Why something is hidden or set aside: never without a reason."""
    return checked(text, limit=REASON_LIMIT, missing="reason_missing")


def checked_minutes(minutes: int) -> int:
    """How long a step lasts, in minutes."""
    if not 1 <= minutes <= WITHOUT_TIME:
        raise Refused("minutes_out_of_range", longest=WITHOUT_TIME)
    return minutes


def normal_code(text: str) -> str:
    """A join code as it is stored, however it was typed: `nav 742` is `NAV742`."""
    return "".join(sign for sign in text.upper() if sign.isalnum())[:12]
