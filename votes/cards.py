"""A poll as a card in its parent's page: state, turnout, and the bars of an indicative one, for many polls at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, prefetch_related_objects

from votes.calls import choices_said
from votes.choices import choices_of
from votes.entries import in_groups
from votes.methods import BLANK, Picture, method_of, rule_of
from votes.models import Ballot, Elector, Poll, Result
from votes.picture import picture_of
from votes.wording import figure, hour

Said = dict[tuple[int, bool], Counter[str]]


@dataclass(frozen=True)
class Bar:
    """One answer of an indicative poll: how many said it, guests apart, and the width of its bar.

    Where counts are not shown yet they are all zero.
    """

    value: str
    label: str
    icon: str
    url: str
    count: int
    guests: int
    share: str


@dataclass(frozen=True)
class Card:
    """What a card says of its poll at one instant, the same for every reader."""

    is_open: bool
    cast: int
    electors: int
    share: str
    rule: str
    closes: str
    answers: list[Bar]
    shows_counts: bool
    picture: Picture | None
    shows_result: bool


def cards_of(polls: Iterable[Poll], at: datetime, reader: Any = None) -> dict[int, Card]:
    """A card per poll, in a constant number of queries; the polls keep theirs as `poll.card`.

    With a reader, they also keep what this person said in each changeable one as `poll.said`.
    """
    asked = list(polls)
    prefetch_related_objects(asked, "options")
    prefetch_related_objects(
        [poll for poll in asked if poll.method == Poll.Method.CONSENT], "objection_notes"
    )
    electors = electors_in(asked)
    said = said_in([poll for poll in asked if shows_bars(poll, at)])
    shown = [poll for poll in asked if poll.shows_result(at)]
    results = {result.poll_id: result for result in Result.objects.filter(poll__in=shown)}
    cards = {poll.pk: card_of(poll, at, electors[poll.pk], said, results.get(poll.pk)) for poll in asked}
    mine = choices_said(reader, asked) if reader is not None else []
    for poll in asked:
        vars(poll)["card"] = cards[poll.pk]
        if reader is not None:
            vars(poll)["said"] = [said.partition("-")[2] for said in mine if said.startswith(f"{poll.pk}-")]
    return cards


def shows_bars(poll: Poll, at: datetime) -> bool:
    """An indicative poll draws its answers whenever its rule lets them be seen; a binding one never does."""
    return not poll.is_formal and method_of(poll).draws_live and poll.shows_result(at)


def electors_in(polls: list[Poll]) -> Counter[int]:
    """How many lines each roll has, in one query."""
    standing = Elector.objects.standing().filter(poll__in=polls)
    rows = standing.order_by().values_list("poll_id").annotate(lines=Count("pk"))
    return Counter(dict(rows))


def said_in(polls: list[Poll]) -> Said:
    """How often each answer was said, by (poll, whether by guests), in one query."""
    said: Said = {}
    rows = Ballot.objects.filter(poll__in=polls).values_list(
        "poll_id", "elector__is_guest", "elector__weight_numerator", "choices"
    )
    methods = {poll.pk: method_of(poll) for poll in polls}
    for poll, is_guest, heads, choices in rows:
        counts = said.setdefault((poll, is_guest), Counter())
        for choice, times in methods[poll].tallied(choices).items():
            counts[choice] += times * heads
    return said


def card_of(poll: Poll, at: datetime, electors: int, said: Said, result: Result | None) -> Card:
    """The card of one poll."""
    return Card(
        is_open=poll.is_open(at),
        cast=poll.ballots_cast,
        electors=electors,
        share=figure(Fraction(min(poll.ballots_cast, electors), electors)) if electors else "0",
        rule=rule_of(poll),
        closes=hour(poll.closes_at) if poll.closes_at else "",
        answers=[] if poll.is_formal else bars_of(poll, said),
        shows_counts=shows_bars(poll, at),
        picture=picture_of(poll, result) if result is not None else None,
        shows_result=poll.shows_result(at),
    )


def bars_of(poll: Poll, said: Said) -> list[Bar]:
    """The answers in the order of the ballot. A bar is as wide as the share of the people who answered.

    Nobody is asked for a blank opinion: it is there only when someone took every answer back.
    """
    members, guests = said.get((poll.pk, False), Counter()), said.get((poll.pk, True), Counter())
    whole = method_of(poll).whole(poll, poll.ballots_cast)
    return [
        Bar(
            value=choice.value,
            label=choice.label,
            icon=choice.icon,
            url=choice.url,
            count=members[choice.value],
            guests=guests[choice.value],
            share=figure(Fraction(min(members[choice.value] + guests[choice.value], whole), whole)),
        )
        for choice in choices_of(poll)
        if choice.value != BLANK or members[BLANK] or guests[BLANK]
    ]


def latest(poll: Poll, at: datetime) -> dict[str, Any]:
    """What `now` frames carry: turnout, and the answers of an indicative poll that shows them. Never more."""
    card = cards_of([poll], at)[poll.pk]
    return {
        "cast": card.cast,
        "electors": card.electors,
        "share": f"{card.share}%",
        "head": poll.head,
        "head_read": in_groups(poll.head),
        "entries": poll.entries_written,
        "open": card.is_open,
        "closes_at": poll.closes_at.isoformat() if poll.closes_at else None,
        "tally": {
            bar.value: {"count": bar.count, "guests": bar.guests, "share": f"{bar.share}%"}
            for bar in card.answers
            if card.shows_counts
        },
    }
