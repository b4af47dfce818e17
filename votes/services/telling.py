"""Paper ballots and raised hands: one teller enters, a different one confirms, and only then the ballot is cast."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from cooperation.models import Person
from realtime.facts import Fact
from realtime.publish import publish
from realtime.refused import Refused
from votes.choices import canonical_choices, check_choices
from votes.events import EntryConfirmed, EntryMade, EntrySetAside
from votes.models import Ballot, Elector, Poll, Result, TellerEntry
from votes.officers import is_officer, is_teller
from votes.rules import check_may_confirm, check_may_enter, check_may_set_aside
from votes.services.casting import Cast, cast_ballots
from votes.wording import moment


def tellers_topic(poll: Poll) -> str:
    """What only the tellers of a poll follow."""
    return f"tellers:{poll.pk}"


def locked(poll: Poll) -> Poll:
    """The poll's row, held while an entry is judged, like by whoever casts a ballot in it."""
    return Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)


def takes(poll: Poll, at: datetime) -> bool:
    """Whether a ballot of this instant is in time and nothing is counted yet."""
    return poll.takes(at) and not Result.objects.filter(poll=poll).exists()


def earlier_of(elector: Elector) -> dict[str, object] | None:
    """Who cast the ballot of this line, by which way and when, in words; None while it has not voted."""
    ballot = Ballot.objects.select_related("cast_by").filter(elector=elector).first()
    return None if ballot is None else said_of(ballot)


def said_of(ballot: Ballot) -> dict[str, object]:
    """A ballot received, as a refusal tells it."""
    return {
        "number": ballot.number,
        "who": ballot.cast_by.name if ballot.cast_by else ballot.elector.label,
        "channel": str(ballot.get_channel_display()),
        "when": moment(ballot.received_at),
    }


@transaction.atomic
def enter_ballot(
    *, poll: Poll, elector: Elector, choices: Sequence[str], channel: str, by: Person, at: datetime
) -> TellerEntry:
    """Write what a teller read for one line of the sealed roll; nothing is cast yet. Told to the tellers.

    `choices` may be `["spoilt"]`. Raises `Refused`: what `check_may_enter` and the method say, `not_found` for a
    line of another poll.
    """
    row = locked(poll)
    line = Elector.objects.filter(poll=row, pk=elector.pk).first()
    if line is None:
        raise Refused("not_found")
    check_may_enter(
        is_teller=is_teller(row.parent, by),
        secrecy=row.secrecy,
        state=row.state,
        takes=takes(row, at),
        is_struck=line.is_struck,
        is_waiting=TellerEntry.objects.waiting().filter(elector=line).exists(),
        earlier=earlier_of(line),
    )
    check_choices(row, choices, channel, row.options.count())
    entry = TellerEntry.objects.create(
        poll=row,
        elector=line,
        choices=canonical_choices(row, choices),
        channel=channel,
        entered_by=by,
        entered_at=at,
    )
    tell(row, [EntryMade(row.pk, entry.pk)])
    return entry


@transaction.atomic
def confirm_entries(
    *, poll: Poll, entries: Iterable[int], by: Person, at: datetime
) -> list[tuple[TellerEntry, Ballot | Refused]]:
    """Cast what another teller entered, as the second teller read it: each entry answers for itself, in order.

    Raises `Refused` (what `check_may_confirm` and the casting say) when none of them could be cast.
    """
    row = locked(poll)
    asked = list(TellerEntry.objects.whole().filter(poll=row, pk__in=list(entries)).order_by("pk"))
    if not asked:
        raise Refused("not_found")
    verdicts = {entry.pk: judged(row, entry, by, at) for entry in asked}
    ready = [entry for entry in asked if verdicts[entry.pk] is None]
    batch = [Cast(entry.elector, by, entry.choices, entry.key, at, entry.channel) for entry in ready]
    cast = dict(zip([entry.pk for entry in ready], cast_ballots(batch), strict=True)) if ready else {}
    answers: list[tuple[TellerEntry, Ballot | Refused]] = [
        (entry, verdicts[entry.pk] or cast[entry.pk]) for entry in asked
    ]
    done = [entry for entry, answer in answers if isinstance(answer, Ballot)]
    if not done:
        raise next(answer for _entry, answer in answers if isinstance(answer, Refused))
    TellerEntry.objects.filter(pk__in=[entry.pk for entry in done]).update(confirmed_by=by, confirmed_at=at)
    tell(row, [EntryConfirmed(row.pk, entry.pk) for entry in done])
    return answers


def judged(poll: Poll, entry: TellerEntry, by: Person, at: datetime) -> Refused | None:
    """Why this entry may not be cast by this person now, None when it may."""
    try:
        check_may_confirm(
            is_teller=is_teller(poll.parent, by),
            is_waiting=entry.is_waiting,
            entered_by_self=entry.entered_by_id == by.pk,
            state=poll.state,
            takes=takes(poll, at),
            is_struck=entry.elector.is_struck,
            earlier=earlier_of(entry.elector),
        )
    except Refused as refused:
        return refused
    return None


@transaction.atomic
def set_aside_entry(*, entry: TellerEntry, reason: str, by: Person, at: datetime) -> TellerEntry:
    """Take an entry out, for a reason: read otherwise, wrong line, already voted. The line may be entered again.

    Raises `Refused`: `not_an_officer`, `entry_settled`.
    """
    poll = locked(entry.poll)
    row = TellerEntry.objects.get(pk=entry.pk)
    check_may_set_aside(is_officer=is_officer(poll.parent, by), is_waiting=row.is_waiting)
    row.set_aside_by, row.set_aside_at, row.reason = by, at, reason
    row.save(update_fields=["set_aside_by", "set_aside_at", "reason"])
    tell(poll, [EntrySetAside(poll.pk, row.pk)])
    return row


def tell(poll: Poll, facts: Sequence[Fact]) -> None:
    """Told to the tellers alone: an entry says how a line votes before the poll closes."""
    publish([(fact, tellers_topic(poll)) for fact in facts])
