"""Opening a poll: the roll is composed by the caller, put in order, hashed and sealed; the rules are copied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any, TypedDict, Unpack

from django.db import transaction

from cooperation.models import Person
from cooperation.rules import Pooling, StatutesRules
from realtime.publish import publish
from realtime.refused import Refused
from votes.counting.resolution_rules import ResolutionRules, resolution_breaches
from votes.entries import PROXY
from votes.events import PollOpened
from votes.methods import METHODS
from votes.models import Elector, Option, Poll
from votes.rules import check_may_open, roll_hash
from votes.secrecy import check_may_be_secret
from votes.services.chaining import commit_line, start_chain
from votes.services.drawing import check_distinct, committed, keep_seed, new_seed
from votes.services.told import told_of
from votes.wording import refused_by_law

College = tuple[str, str, Fraction]


@dataclass(frozen=True)
class RollLine:
    """One mandate of a roll being composed. `weight` counts heads before pooling: 1, unless the statutes say otherwise.

    `holder_id` is the person who holds the proxy of this mandate: one ballot for the mandate all the same.
    """

    label: str
    membership_id: int | None = None
    titular_id: int | None = None
    substitute_id: int | None = None
    holder_id: int | None = None
    college: str = ""
    weight: Fraction = Fraction(1)
    is_guest: bool = False

    @property
    def mandate(self) -> tuple[str, int | None]:
        """What may be on the roll only once."""
        if self.membership_id is not None:
            return "membership", self.membership_id
        return "person", self.titular_id


@dataclass(frozen=True)
class Parent:
    """What a poll is opened in: a topic, and its title and address, which the poll copies."""

    topic: str
    title: str
    url: str


class How(TypedDict, total=False):
    """What may be said of a poll when it opens; `Setting` says what holds when it is not."""

    text: str
    options: Sequence[tuple[str, str]]
    shows: str
    closes_at: datetime | None
    allows_blank: bool
    allows_change: bool
    max_choices: int | None
    secrecy: str
    colleges: Sequence[College]
    present: Mapping[str, int] | None
    members: Mapping[str, int] | None
    setup: Mapping[str, Any]
    details: Sequence[Mapping[str, Any]]
    chair: int | None


@dataclass(frozen=True)
class Setting:
    """How a poll is held. `options` are (label, address); `colleges` are (letter, name, weight).

    `present` counts the heads present per college, for rules whose base is those present. `members` counts the
    heads of each college when the roll holds only part of them: a college nobody of which is there is silent, not
    empty. `setup` is what the method must be told (dots per person, grades, seats…), `details` what it must know of
    each option (a candidate's college, sector…), one for each or none. `chair` is the person whose vote decides a
    tie, where the rules of a board give a casting vote: their line of the roll is sealed with the rules.
    """

    text: str = ""
    options: Sequence[tuple[str, str]] = ()
    shows: str = Poll.Shows.CLOSE
    closes_at: datetime | None = None
    allows_blank: bool = True
    allows_change: bool = False
    max_choices: int | None = None
    secrecy: str = Poll.Secrecy.NAMED
    colleges: Sequence[College] = ()
    present: Mapping[str, int] | None = None
    members: Mapping[str, int] | None = None
    setup: Mapping[str, Any] = field(default_factory=dict)
    details: Sequence[Mapping[str, Any]] = ()
    chair: int | None = None

    def copied(self) -> dict[str, Any]:
        """The fields a poll keeps as they are."""
        kept = ("text", "shows", "closes_at", "allows_blank", "allows_change", "max_choices", "secrecy")
        return {name: getattr(self, name) for name in kept}


@transaction.atomic
def open_poll(
    *,
    parent: Parent,
    question: str,
    method: str,
    is_binding: bool,
    is_rehearsal: bool = False,
    roll: Sequence[RollLine],
    rules: ResolutionRules | StatutesRules | Mapping[str, Any],
    opened_by: Person | None,
    at: datetime,
    **how: Unpack[How],
) -> Poll:
    """Open a poll on a sealed roll, under rules copied now. The caller has checked the right to open it.

    `rules` may be `ResolutionRules` (with the majority asked), statutes (an ordinary resolution), or their JSON,
    completed by the defaults; `how` as in `Setting`. Raises `Refused`: what `check_may_open` says,
    `elector_twice`, `unknown_college`, `weight_not_whole`, `rules_unreadable`, `setup_unreadable`, and `V01` to `V08` where the law
    refuses the rules.
    """
    setting = Setting(**how)
    check_setting(setting, method, roll, at, is_binding=is_binding)
    copied = checked_rules(rules, setting, roll, is_binding=is_binding)
    copied["setup"], seed = checked_setup(method, setting)
    lines = in_order(roll)
    copied |= chair_line(copied, setting.chair, lines)
    poll = Poll.objects.create(
        parent=parent.topic,
        parent_title=parent.title,
        parent_url=parent.url,
        question=question,
        method=method,
        is_binding=is_binding,
        is_rehearsal=is_rehearsal,
        state=Poll.State.OPEN,
        opened_at=at,
        opened_by=opened_by,
        rules=copied,
        roll_hash=roll_hash(sealed(lines)),
        **setting.copied(),
    )
    seal(poll, lines, setting, seed, at)
    publish([(PollOpened(poll.pk), topic) for topic in told_of(poll)])
    return poll


def chair_line(rules: Mapping[str, Any], chair: int | None, lines: Sequence[RollLine]) -> dict[str, int]:
    """The number of the chair's own line, where the rules give the chair a casting vote; nothing elsewhere."""
    if chair is None or not rules.get("casting_vote"):
        return {}
    mine = [number for number, line in enumerate(lines, start=1) if line.titular_id == chair]
    return {"chair": mine[0]} if mine else {}


def seal(poll: Poll, lines: Sequence[RollLine], setting: Setting, seed: str, at: datetime) -> None:
    """Keep with a poll what holds from its opening on: roll, options, seed of its draw, first step of its chain."""
    electors = write_roll(poll, lines)
    write_options(poll, setting)
    keep_seed(poll, seed)
    start_chain(poll, electors, at)


def check_setting(
    setting: Setting, method: str, roll: Sequence[RollLine], at: datetime, *, is_binding: bool
) -> None:
    """Refuse a poll nobody could vote in, or that would promise what it cannot hold."""
    check_may_open(
        is_officer=True,
        options=len(setting.options),
        options_needed=METHODS[method].options_needed,
        electors=len(roll),
        guests=sum(line.is_guest for line in roll),
        is_binding=is_binding,
        shows=setting.shows,
        at=at,
        closes_at=setting.closes_at,
    )
    check_may_be_secret(
        secrecy=setting.secrecy,
        is_binding=is_binding,
        allows_change=setting.allows_change,
        weights=[line.weight for line in roll],
    )
    if METHODS[method].draws_lots:
        check_distinct(label for label, _url in setting.options)


def checked_setup(method: str, setting: Setting) -> tuple[dict[str, Any], str]:
    """The setting as the poll keeps it, and the seed of its draw ("" for none), to which the setting is committed."""
    setup = METHODS[method].check_setup(setting.setup, len(setting.options))
    if not METHODS[method].draws(setup):
        return setup, ""
    seed = new_seed()
    return setup | committed(seed), seed


def checked_rules(
    rules: ResolutionRules | StatutesRules | Mapping[str, Any],
    setting: Setting,
    roll: Sequence[RollLine],
    *,
    is_binding: bool,
) -> dict[str, Any]:
    """The rules as the poll keeps them, once rules and roll are found to go together."""
    copied = copied_rules(rules, setting.colleges)
    check_roll(
        roll, {letter for letter, _, _ in setting.colleges} | {each.college for each in copied.weights}
    )
    if is_binding:
        check_lawful(copied, roll, setting.members or {})
    if copied.pooling is not Pooling.NONE and sum(weight.share for weight in copied.weights) != 1:
        raise Refused("rules_unreadable")
    return {
        **copied.to_json(),
        "colleges": colleges_json(setting.colleges),
        "present": dict(setting.present) if setting.present else None,
        "members": dict(setting.members) if setting.members else None,
    }


def copied_rules(
    rules: ResolutionRules | StatutesRules | Mapping[str, Any], colleges: Sequence[College]
) -> ResolutionRules:
    """The rules as the poll keeps them. Raises `Refused("rules_unreadable")`."""
    if isinstance(rules, ResolutionRules):
        return rules
    if isinstance(rules, StatutesRules):
        return ResolutionRules.from_statutes(rules)
    given = dict(rules)
    if "weights" not in given and given.get("pooling", "none") != "none":
        given["weights"] = colleges_json(colleges)
    try:
        return ResolutionRules.from_json({**ResolutionRules().to_json(), **given})
    except ValueError as error:
        raise Refused("rules_unreadable") from error


def colleges_json(colleges: Sequence[College]) -> list[dict[str, str]]:
    """The colleges as the copied rules name them; shares are exact texts."""
    return [{"college": letter, "share": str(weight), "label": name} for letter, name, weight in colleges]


def check_roll(roll: Sequence[RollLine], letters: set[str]) -> None:
    """Refuse a roll that names a mandate twice, a college nobody declared, or part of a head."""
    mandates = [line.mandate for line in roll if line.mandate[1] is not None]
    if len(set(mandates)) < len(mandates):
        raise Refused("elector_twice")
    for line in roll:
        acting = [who for who in (line.titular_id, line.substitute_id, line.holder_id) if who is not None]
        if len(set(acting)) < len(acting):
            raise Refused("elector_twice")
    if letters and any(line.college not in letters for line in roll if not line.is_guest):
        raise Refused("unknown_college")
    if any(line.weight.denominator != 1 or line.weight < 1 for line in roll):
        raise Refused("weight_not_whole")


def check_lawful(rules: ResolutionRules, roll: Iterable[RollLine], members: Mapping[str, int]) -> None:
    """Refuse, before anyone votes, what the law would refuse at the count."""
    manned = {line.college for line in roll} | {college for college, heads in members.items() if heads}
    empty = [weight.college for weight in rules.weights if weight.college not in manned]
    breaches = resolution_breaches(rules, empty)
    if breaches:
        raise refused_by_law(breaches)


def in_order(roll: Iterable[RollLine]) -> list[RollLine]:
    """The canonical order: by college, then name, then mandate; it does not depend on how the roll was composed."""
    return sorted(
        roll,
        key=lambda line: (
            line.is_guest,
            line.college,
            line.label,
            line.membership_id or 0,
            line.titular_id or 0,
        ),
    )


def sealed(lines: Sequence[RollLine]) -> list[dict[str, Any]]:
    """The lines as the hash takes them."""
    return [sealed_line(line, number) for number, line in enumerate(lines, start=1)]


def sealed_line(line: RollLine, number: int) -> dict[str, Any]:
    """One line as the hash takes it."""
    return {
        "number": number,
        "label": line.label,
        "membership": line.membership_id,
        "titular": line.titular_id,
        "substitute": line.substitute_id,
        "college": line.college,
        "weight": str(line.weight),
        "is_guest": line.is_guest,
        **({} if line.holder_id is None else {PROXY: line.holder_id}),
    }


def write_options(poll: Poll, setting: Setting) -> None:
    """Copy the options, numbered from 1, with what the method must know of each."""
    known = setting.details or [{} for _option in setting.options]
    Option.objects.bulk_create(
        Option(poll=poll, position=position, label=label, url=url, details=dict(details))
        for position, ((label, url), details) in enumerate(zip(setting.options, known, strict=True), start=1)
    )


def write_roll(poll: Poll, lines: Sequence[RollLine]) -> list[Elector]:
    """Copy the lines into the poll's roll, each with what stands for it in the chain."""
    return Elector.objects.bulk_create(
        [elector_of(poll, line, number) for number, line in enumerate(lines, start=1)], batch_size=500
    )


def elector_of(poll: Poll, line: RollLine, number: int) -> Elector:
    """The row of one line, with what stands for it in the chain; the caller writes it."""
    return commit_line(
        Elector(
            poll=poll,
            number=number,
            label=line.label,
            membership_id=line.membership_id,
            titular_id=line.titular_id,
            substitute_id=line.substitute_id,
            holder_id=line.holder_id,
            college=line.college,
            weight_numerator=line.weight.numerator,
            weight_denominator=line.weight.denominator,
            is_guest=line.is_guest,
        )
    )
