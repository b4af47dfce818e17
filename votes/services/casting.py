"""Casting ballots, as sets: checked and written with a handful of statements, whatever their number."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, Value

from cooperation.models import Person
from realtime.copying import write_keyed
from realtime.publish import touch
from realtime.refused import Refused
from votes.choices import canonical_choices, check_choices
from votes.entries import entry
from votes.methods import method_of
from votes.models import Ballot, Elector, Option, Poll, Result
from votes.rules import check_may_vote
from votes.services.chaining import CHAIN, chain_entries


@dataclass(frozen=True)
class Cast:
    """A ballot on its way: whose line, cast by whom, saying what, under which key, received at which instant.

    On paper or by show of hands, `person` is the second teller, who confirmed what the first had entered. `toggle` is
    one answer given or taken back in a changeable poll: what the ballot says is then found from what it said before.
    """

    elector: Elector
    person: Person
    choices: Sequence[str]
    key: UUID
    at: datetime
    channel: str = Ballot.Channel.WEB
    toggle: str | None = None


@dataclass
class Box:
    """What is known, under the lock, of the polls a batch is cast in; it grows as the batch is judged."""

    polls: Mapping[int, Poll]
    counted: set[int]
    by_elector: dict[int, Ballot]
    by_key: dict[tuple[int, UUID], Ballot]
    options: Counter[int]
    struck: set[int]
    written: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    chained: list[Ballot] = field(default_factory=list)

    def keep(self, ballot: Ballot) -> Ballot:
        """Remember a ballot, so that the rest of the batch is judged knowing it."""
        self.by_elector[ballot.elector_id] = ballot
        self.by_key[ballot.poll_id, ballot.key] = ballot
        return ballot

    def write_down(self, ballot: Ballot, line: Elector) -> None:
        """Prepare the entry of a ballot just taken or changed, where the poll is written in a chain."""
        poll = self.polls[ballot.poll_id]
        if not poll.head:
            return
        poll.entries_written += 1
        written = entry(
            seq=poll.entries_written,
            ballot=ballot.number,
            line=line.commitment,
            choices=ballot.choices,
            channel=ballot.channel,
            key=ballot.key,
            received_at=ballot.received_at,
            replaces=ballot.entry or None,
        )
        self.written.setdefault(poll.pk, []).append(written)
        ballot.entry = poll.entries_written
        self.chained.append(ballot)


@transaction.atomic(savepoint=False)
def cast_ballots(batch: Sequence[Cast]) -> list[Ballot | Refused]:
    """Cast ballots; each answer is the ballot, or why it was refused, in the order asked.

    The polls' rows are locked, in the order of their keys, for the time of the writing: numbers have no holes, and
    whoever closes a poll waits until the writers have drained. Refused ballots are set aside before anything is
    written. The same key of the same line is the same ballot; a poll that allows it replaces the choices of a line
    that voted already.
    """
    box = open_box(batch)
    answers: list[Ballot | Refused] = []
    fresh: list[Ballot] = []
    changed: dict[int, Ballot] = {}
    for cast in batch:
        try:
            earlier, said = judge(cast, box)
        except Refused as refused:
            answers.append(refused)
            continue
        if earlier is None:
            fresh.append(new_ballot(cast, said, box))
            answers.append(fresh[-1])
            box.write_down(fresh[-1], cast.elector)
        else:
            if earlier.key != cast.key:
                change(earlier, cast, said, box)
                box.write_down(earlier, cast.elector)
                if earlier.pk is not None:
                    changed[earlier.pk] = earlier
            answers.append(earlier)
    if box.written:
        steps = chain_entries(box.written, box.polls, max(cast.at for cast in batch))
        for ballot in box.chained:
            ballot.step = steps[ballot.poll_id]
    write(fresh, list(changed.values()), box.polls)
    return answers


def cast_ballot(
    *,
    elector: Elector,
    person: Person,
    choices: Sequence[str],
    key: UUID,
    at: datetime,
    channel: str = Ballot.Channel.WEB,
) -> Ballot:
    """Cast one ballot: a batch of one. Touches `poll:<pk>` and tells no fact.

    Raises `Refused`: `key_reused`, and what `check_may_vote` and the method say.
    """
    (answer,) = cast_ballots([Cast(elector, person, choices, key, at, channel)])
    if isinstance(answer, Refused):
        raise answer
    return answer


def open_box(batch: Sequence[Cast]) -> Box:
    """Lock the polls of a batch and read what their ballots must be judged against."""
    pks = {cast.elector.poll_id for cast in batch}
    # FOR NO KEY UPDATE: rows that point to a poll are still written while a ballot is.
    locked = Poll.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    polls = {poll.pk: poll for poll in locked}
    lines = [cast.elector.pk for cast in batch]
    keys = [cast.key for cast in batch]
    known = Ballot.objects.filter(Q(elector__among=lines) | Q(poll__in=pks, key__among=keys))
    counted, struck = settled_among(pks, lines)
    box = Box(polls, counted, {}, {}, options_of(polls.values()), struck)
    for ballot in known:
        box.keep(ballot)
    return box


def settled_among(polls: Iterable[int], lines: Sequence[int]) -> tuple[set[int], set[int]]:
    """Those of these polls that are counted, and of these lines that an amendment of the roll has struck.

    One statement, asked once the polls' rows are held: what was settled while they were awaited is seen.
    """
    counted = Result.objects.filter(poll_id__in=polls).order_by().values_list(Value("counted"), "poll_id")
    struck = (
        Elector.objects.filter(pk__among=lines, is_struck=True).order_by().values_list(Value("struck"), "pk")
    )
    found: dict[str, set[int]] = {"counted": set(), "struck": set()}
    for kind, pk in counted.union(struck, all=True):
        found[kind].add(pk)
    return found["counted"], found["struck"]


def options_of(polls: Iterable[Poll]) -> Counter[int]:
    """How many options each of these polls has, where its method has some."""
    asked = [poll.pk for poll in polls if method_of(poll).options_needed]
    return (
        Counter(Option.objects.filter(poll_id__in=asked).values_list("poll_id", flat=True))
        if asked
        else Counter()
    )


def judge(cast: Cast, box: Box) -> tuple[Ballot | None, list[str]]:
    """None for a first ballot, the ballot of this line when the key is its own or when it may be changed; and its choices.

    Raises `Refused` otherwise: a secret poll takes no ballot here. What was acknowledged once is answered the same for
    ever, also after the close.
    """
    elector, poll = cast.elector, box.polls[cast.elector.poll_id]
    if poll.secrecy == Poll.Secrecy.SECRET:
        raise Refused("code_missing")
    may_act = cast.channel != Ballot.Channel.WEB or elector.may_act(cast.person)
    same_key = box.by_key.get((poll.pk, cast.key))
    if may_act and same_key is not None:
        is_other = cast.toggle is None and same_key.choices != canonical_choices(poll, cast.choices)
        if same_key.elector_id != elector.pk or is_other:
            raise Refused("key_reused")
        return same_key, same_key.choices
    earlier = box.by_elector.get(elector.pk)
    check_may_vote(
        state=poll.state,
        takes=poll.pk not in box.counted and poll.takes(cast.at),
        is_on_roll=elector.pk not in box.struck,
        may_act=may_act,
        earlier=earlier.number if earlier else None,
        allows_change=poll.allows_change and cast.channel == Ballot.Channel.WEB,
    )
    said = cast.choices
    if cast.toggle is not None:
        said = method_of(poll).toggled(earlier.choices if earlier else [], cast.toggle, poll)
    check_choices(poll, said, cast.channel, box.options[poll.pk])
    return earlier, canonical_choices(poll, said)


def new_ballot(cast: Cast, said: list[str], box: Box) -> Ballot:
    """A first ballot, with the next number of its poll."""
    poll = box.polls[cast.elector.poll_id]
    poll.ballots_cast += 1
    cast.elector.has_voted_at = cast.at
    return box.keep(
        Ballot(
            poll=poll,
            elector=cast.elector,
            number=poll.ballots_cast,
            choices=said,
            channel=cast.channel,
            key=cast.key,
            cast_by=cast.person,
            received_at=cast.at,
        )
    )


def change(ballot: Ballot, cast: Cast, said: list[str], box: Box) -> None:
    """Let a later choice replace the earlier one: the number stays, the last counts, under its own key."""
    box.by_key.pop((ballot.poll_id, ballot.key), None)
    ballot.choices, ballot.key, ballot.received_at = said, cast.key, cast.at
    ballot.cast_by, ballot.channel = cast.person, cast.channel
    box.keep(ballot)


def write(fresh: Sequence[Ballot], changed: Sequence[Ballot], polls: Mapping[int, Poll]) -> None:
    """Write the ballots, the marks on the roll and the polls' counters, then say that the polls changed."""
    if fresh:
        write_keyed(fresh)
        mine = Ballot.objects.filter(elector=OuterRef("pk")).values("received_at")
        lines = Elector.objects.filter(pk__among={ballot.elector_id for ballot in fresh})
        lines.update(has_voted_at=Subquery(mine))
    if changed:
        Ballot.objects.bulk_update(changed, ["choices", "key", "received_at", "cast_by", "channel", "entry"])
    for pk in sorted({ballot.poll_id for ballot in [*fresh, *changed]}):
        polls[pk].save(update_fields=["ballots_cast", *CHAIN])
        touch(polls[pk].topic)
