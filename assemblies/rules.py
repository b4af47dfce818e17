"""The law of meeting: who may prepare, convene, run and attend; pure functions, values in, refusal out."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cooperation.rules import (
    Breach,
    Profile,
    StatutesRules,
    agenda_breaches,
    notice_floor,
    notice_given_breaches,
    off_agenda_breaches,
)
from cooperation.sentences import say
from realtime.refused import Refused

PREPARED, CONVENED, OPEN, CLOSED = "prepared", "convened", "open", "closed"
MIXED = "mixed"
TABLED, VOTING = "tabled", "voting"


def check_may_prepare(*, may_prepare: bool) -> None:
    """The board of the entity prepares, with the chair and the secretary of the meeting.

    Raises `Refused("not_on_board")`.
    """
    if not may_prepare:
        raise Refused("not_on_board")


def check_may_conduct(*, role: str | None, conducting: Collection[str]) -> None:
    """The chair and the secretary open items and votes. Raises `Refused("not_an_officer")`."""
    if role not in conducting:
        raise Refused("not_an_officer")


def check_keeps_desk(*, role: str | None) -> None:
    """Every officer of the meeting may keep the desk. Raises `Refused("not_an_officer")`."""
    if role is None:
        raise Refused("not_an_officer")


def check_body(*, body_entity: int, entity: int, is_assembly: bool) -> None:
    """What meets is the general assembly of that entity. Raises `Refused("body_elsewhere")`."""
    if body_entity != entity or not is_assembly:
        raise Refused("body_elsewhere")


def check_agenda_open(*, state: str, call: int) -> None:
    """The agenda is written before the notice leaves, and a second call keeps that of the first (V10, V11).

    Sources: L225-105, R225-66. Raises `Refused`: `agenda_closed`, `same_agenda`.
    """
    if state != PREPARED:
        raise Refused("agenda_closed")
    if call == 2:
        raise Refused("same_agenda")


def check_same_agenda(profile: Profile, *, left: Sequence[str], second: Sequence[str]) -> None:
    """V10: a second call convenes to what the first left undecided, word for word.

    Source: L225-105. Raises `Refused("V10")` with the reason and the article.
    """
    refuse_breach(agenda_breaches(profile, left, second))


def check_on_agenda(profile: Profile, *, is_on_agenda: bool, is_dismissal: bool = False) -> None:
    """V11: only the agenda is voted, a dismissal aside.

    Sources: L225-105, R223-20. Raises `Refused("V11")` with the reason and the article.
    """
    refuse_breach(off_agenda_breaches(profile, is_on_agenda=is_on_agenda, is_dismissal=is_dismissal))


def refuse_breach(breaches: Sequence[Breach]) -> None:
    """Refuse by the validator's name. Raises `Refused` with the reason and the article."""
    for breach in breaches:
        words = {"reason": reason_of(breach), "article": _(breach.article)}
        raise Refused(breach.code, reasons=_("%(reason)s (%(article)s)") % words)


def check_still_prepared(*, state: str) -> None:
    """Date and place change until the notice leaves. Raises `Refused("notice_sent")`."""
    if state != PREPARED:
        raise Refused("notice_sent")


def check_kind(*, assembly: str, resolution: str) -> None:
    """An ordinary assembly takes ordinary resolutions, an extraordinary one its own, a mixed one both.

    Raises `Refused("wrong_kind_of_assembly")`.
    """
    if assembly not in (MIXED, resolution):
        raise Refused("wrong_kind_of_assembly")


def check_resolution_text(*, is_voted: bool, text: str) -> None:
    """What is put to the vote is written. Raises `Refused("resolution_without_text")`."""
    if is_voted and not text.strip():
        raise Refused("resolution_without_text")


def check_may_take_up(*, forwarded_to: int, entity: int, is_taken_up: bool) -> None:
    """An assembly takes up, once, what was forwarded to a body of its entity.

    Raises `Refused`: `not_found`, `already_taken_up`.
    """
    if forwarded_to != entity:
        raise Refused("not_found")
    if is_taken_up:
        raise Refused("already_taken_up")


def check_may_change_item(*, is_taken_up: bool) -> None:
    """The text of a workshop is taken as it stands, and its authors were told. Raises `Refused("taken_up_stays")`."""
    if is_taken_up:
        raise Refused("taken_up_stays")


def notice_asked(rules: StatutesRules, call: int) -> int:
    """The days of notice due on this call: the longer of what the statutes and the law ask."""
    asked = rules.notice_days_first if call == 1 else rules.notice_days_second
    return max(asked, notice_floor(rules.profile, call))


def last_day_to_convene(rules: StatutesRules, *, call: int, held_on: date) -> date:
    """The last day on which a notice sent is early enough."""
    return held_on - timedelta(days=notice_asked(rules, call))


def check_may_convene(*, state: str, items: int, place: str, remote_link: str) -> None:
    """A notice says where to meet and what is on the agenda (R225-66).

    Raises `Refused`: `notice_sent`, `place_missing`, `agenda_empty`.
    """
    check_still_prepared(state=state)
    if not (place.strip() or remote_link):
        raise Refused("place_missing")
    if not items:
        raise Refused("agenda_empty")


def check_notice(rules: StatutesRules, *, call: int, sent_on: date, held_on: date) -> None:
    """V09: the notice leaves early enough for the law and the statutes; nobody is convened to the past.

    Raises `Refused`: `date_is_past`, `notice_too_short` with the reason and the article.
    """
    if held_on < sent_on:
        raise Refused("date_is_past")
    for breach in notice_given_breaches(rules, call=call, sent_on=sent_on, held_on=held_on):
        raise Refused("notice_too_short", reason=reason_of(breach), article=_(breach.article))


def reason_of(breach: Breach) -> str:
    """The reason of a breach, in the active language."""
    return say(breach.sentence, _)


def check_meeting_day(*, state: str, on: date, held_on: date) -> None:
    """Doors open on the day that was announced, not before. Raises `Refused`: `not_convened`, `not_the_day`."""
    if state == PREPARED:
        raise Refused("not_convened")
    if on < held_on:
        raise Refused("not_the_day", day=date_format(held_on, _("l j F Y")))


def check_may_open(*, state: str, on: date, held_on: date, has_chair: bool) -> None:
    """A convened assembly opens on its day, under a chair (R225-100).

    Raises `Refused`: `not_convened`, `not_the_day`, `already_open`, `assembly_closed`, `chair_missing`.
    """
    check_meeting_day(state=state, on=on, held_on=held_on)
    if state != CONVENED:
        raise Refused("already_open" if state == OPEN else "assembly_closed")
    if not has_chair:
        raise Refused("chair_missing")


def check_in_session(*, state: str) -> None:
    """Items and votes belong to the session. Raises `Refused("assembly_not_open")`."""
    if state != OPEN:
        raise Refused("assembly_not_open")


def check_no_open_vote(states: Iterable[str]) -> None:
    """One thing at a time: the vote that is open is declared first. Raises `Refused("vote_is_open")`."""
    if VOTING in states:
        raise Refused("vote_is_open")


def check_may_rehearse(*, is_on: bool, question: str) -> None:
    """One exercise at a time, on a question. Raises `Refused`: `rehearsal_is_on`, `question_missing`."""
    if is_on:
        raise Refused("rehearsal_is_on")
    if not question.strip():
        raise Refused("question_missing")


def check_no_rehearsal(*, is_on: bool) -> None:
    """Nothing is decided, nor the session ended, beside an exercise. Raises `Refused("rehearsal_is_on")`."""
    if is_on:
        raise Refused("rehearsal_is_on")


def check_may_move(*, state: str, on: date, held_on: date) -> None:
    """The log of attendance runs from the day of the meeting to the end of the session.

    Raises `Refused`: `not_convened`, `not_the_day`, `assembly_closed`.
    """
    check_meeting_day(state=state, on=on, held_on=held_on)
    if state == CLOSED:
        raise Refused("assembly_closed")


def check_may_arrive(*, is_present: bool, is_in_good_standing: bool, speaks_for: bool) -> None:
    """A member in good standing arrives once, in person or through one who speaks for the organisation.

    Raises `Refused`: `not_a_member_today`, `not_a_representative`, `already_present`.
    """
    if not is_in_good_standing:
        raise Refused("not_a_member_today")
    if not speaks_for:
        raise Refused("not_a_representative")
    if is_present:
        raise Refused("already_present")


def check_may_enter(*, is_officer: bool, speaks_for: bool, is_remote: bool, allows_remote: bool) -> None:
    """The desk enters who is in the room; members enter themselves at a distance where the statutes allow it.

    Source: L47 art. 10. Raises `Refused`: `remote_not_allowed`, `not_an_officer`, `desk_only`.
    """
    if is_remote and not allows_remote:
        raise Refused("remote_not_allowed")
    if is_officer:
        return
    if not speaks_for:
        raise Refused("not_an_officer")
    if not is_remote:
        raise Refused("desk_only")


def check_may_leave(*, is_officer: bool, speaks_for: bool, is_present: bool) -> None:
    """The desk, or the member, says that the member left. Raises `Refused`: `not_an_officer`, `not_present`."""
    if not (is_officer or speaks_for):
        raise Refused("not_an_officer")
    if not is_present:
        raise Refused("not_present")


def check_may_open_vote(*, assembly: str, item_is_current: bool, resolution: str) -> None:
    """In session, on the item being discussed, once.

    Raises `Refused`: `assembly_not_open`, `resolution_decided`, `vote_is_open`, `item_not_current`.
    """
    check_in_session(state=assembly)
    if resolution == VOTING:
        raise Refused("vote_is_open")
    if resolution != TABLED:
        raise Refused("resolution_decided")
    if not item_is_current:
        raise Refused("item_not_current")


def check_quorum(*, is_met: bool, derivation: str) -> None:
    """Without its quorum an assembly cannot vote. Raises `Refused("quorum_not_met")` with the figures in words."""
    if not is_met:
        raise Refused("quorum_not_met", reason=derivation)


def check_is_voting(*, resolution: str) -> None:
    """A vote is closed and declared while it is the assembly's. Raises `Refused("no_vote_open")`."""
    if resolution != VOTING:
        raise Refused("no_vote_open")


def check_may_call_again(*, state: str, call: int, has_second: bool, lacked_quorum: bool) -> None:
    """A second call follows a first that was held and lacked its quorum (L225-98, R225-107).

    Raises `Refused`: `assembly_not_closed`, `already_called_again`, `quorum_was_met`.
    """
    if state != CLOSED:
        raise Refused("assembly_not_closed")
    if call == 2 or has_second:
        raise Refused("already_called_again")
    if not lacked_quorum:
        raise Refused("quorum_was_met")
