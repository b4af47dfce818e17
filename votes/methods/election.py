"""Election to several seats: so many names on a ballot, the most votes win within the limits, ties are real ones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from realtime.refused import Refused
from votes.counting.election_rules import ElectionRules, TieRule
from votes.counting.polls.election import KINDS, rules_of
from votes.counting.renewal import RenewalRules
from votes.methods.base import BLANK, Asked, Choice, Method, Picture, check_said, options_of
from votes.methods.election_picture import ElectionPicture, fates_of, lines_of, seats_of, ties_of
from votes.methods.election_words import group_words, limits_of, parity_of, room_words
from votes.models import Option, Poll
from votes.wording import figure

KNOWN = {"seats", "marks", "limits", "parity", "unfilled", "needs_majority", "ties", "staying", "renewal"}
MOST_SEATS = 200


@dataclass(frozen=True)
class Row:
    """One candidate on the ballot."""

    value: str
    label: str
    url: str
    statement: str
    is_chosen: bool
    withdrew: bool


@dataclass(frozen=True)
class Group:
    """The candidates of one college or sector, and how many seats it has; without a name they are all together."""

    name: str
    room: str
    rows: list[Row]


@dataclass(frozen=True)
class ElectionBallot:
    """The ballot as its page draws it."""

    groups: list[Group]
    marks: int
    chosen: int

    @property
    def left(self) -> int:
        """How many names it may still hold."""
        return max(0, self.marks - self.chosen)

    @property
    def over(self) -> int:
        """How many names it holds too many, after a refusal."""
        return max(0, self.chosen - self.marks)


class Election(Method):
    """A ballot names candidates, as many as `marks` allows (the `seats`, when not said), or is blank.

    `setup` says the seats and the rules; `details` of an option hold `college`, `sector`, `gender`, `born_on`,
    `withdrew`, `statement`, and the `person` and `membership` a seat would go to.
    """

    name = "election"
    answers_template = "votes/_answer_link.html"
    said_template = "votes/_said_lines.html"
    stylesheet = "css/elections.css"
    script = "js/marks.js"
    draws_live = False
    draws_lots = True
    options_needed = 1

    def check_setup(self, setup: Mapping[str, Any], options: int) -> dict[str, Any]:
        """The rules of the election, limits of one kind only. Raises `Refused("setup_unreadable")`."""
        try:
            rules = rules_of(setup)
            check_renewal(setup.get("renewal"))
            kept = {name: setup[name] for name in KNOWN & set(setup) if setup[name]}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Refused("setup_unreadable") from error
        if set(setup) - KNOWN or not is_sound(rules):
            raise Refused("setup_unreadable")
        return {**kept, "seats": rules.seats, "marks": rules.marks_allowed}

    def draws(self, setup: Mapping[str, Any]) -> bool:
        """Whether its rules end on a draw: of a tie, or of who leaves first in a body renewed by parts."""
        return TieRule.DRAW in (setup.get("ties") or []) or bool(setup.get("renewal"))

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Raises `Refused`: `choice_missing`, `unknown_choice`, `choice_twice`, `blank_stands_alone`, `too_many_names`."""
        blank = [BLANK] if asked.allows_blank else []
        check_said(choices, [*(str(position) for position in range(1, options + 1)), *blank])
        if BLANK in choices and len(choices) > 1:
            raise Refused("blank_stands_alone")
        if len(choices) > asked.setup["marks"]:
            raise Refused("too_many_names", named=len(choices), most=asked.setup["marks"])

    def choices(self, poll: Poll) -> list[Choice]:
        """The candidates, then blank."""
        asked = [Choice(str(each.position), each.label, "check", each.url) for each in options_of(poll)]
        return asked + ([Choice(BLANK, _("Vote blanc"), "blank")] if poll.allows_blank else [])

    def ballot(self, poll: Poll, chosen: Collection[str]) -> ElectionBallot:
        """The candidates by college or sector, as the rules group them."""
        rows = [(each, row_of(each, chosen)) for each in options_of(poll)]
        marked = sum(row.is_chosen for _each, row in rows)
        return ElectionBallot(grouped(poll, rows), poll.setup["marks"], marked)

    def rule(self, poll: Poll) -> str:
        """How many names, how many seats, and what settles a tie."""
        marks, seats = poll.setup["marks"], poll.setup["seats"]
        first = ngettext("Choisissez un nom.", "Choisissez jusqu’à %(marks)s noms.", marks) % {"marks": marks}
        if poll.setup.get("needs_majority"):
            message = ngettext(
                "Le siège va à qui est sur plus de la moitié des bulletins exprimés.",
                "Les %(seats)s sièges vont à qui est sur plus de la moitié des bulletins exprimés.",
                seats,
            )
        else:
            message = ngettext(
                "Le siège va à qui a le plus de voix.",
                "Les %(seats)s sièges vont à qui a le plus de voix.",
                seats,
            )
        return f"{first} {message % {'seats': seats}}"

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """Who has which seat and why, what is tied or vacant, then the votes of each candidate."""
        options = {str(each.position): each for each in options_of(poll)}
        filled, seats = len(outcome["winners"]), outcome["seats"]
        return ElectionPicture(
            method=self.name,
            is_adopted=filled == seats,
            is_tied=bool(outcome["ties"]),
            verdict=verdict_of(filled, seats),
            total=figure(Fraction(filled, seats)),
            total_text=_("%(filled)s sur %(seats)s") % {"filled": filled, "seats": seats},
            total_words=ngettext("siège pourvu.", "sièges pourvus.", filled),
            heading=_("Les voix, de la candidature la plus nommée à la moins nommée"),
            votes={"blank": outcome["blank"], "spoilt": outcome["spoilt"]},
            seats=seats_of(options, outcome),
            seat_count=seats,
            ties=ties_of(options, outcome),
            limits=limits_of(poll, outcome),
            parity=parity_of(poll, outcome),
            vacant=outcome["vacant"],
            second_round=[
                options[key].label for key in (outcome["second_round"] or {}).get("candidates", [])
            ],
            second_round_seats=(outcome["second_round"] or {}).get("seats", 0),
            rows=lines_of(options, outcome, fates_of(poll, options, outcome)),
            cast=outcome["cast"],
            seed=outcome["seed"] or "",
            commitment=poll.setup.get("commitment", ""),
            was_drawn=any(one["by"] == "draw" for one in outcome["settled"]),
            has_drawn_terms="terms" in outcome,
            **common,
        )


def check_renewal(renewal: Mapping[str, Any] | None) -> None:
    """Raises ValueError, KeyError or TypeError when the renewal of a setup cannot be read."""
    if renewal and (
        RenewalRules(renewal["parts"], renewal["every"]).parts < 2 or type(renewal["year"]) is not int
    ):
        raise ValueError("a renewal has parts and the year of the election")


def is_sound(rules: ElectionRules) -> bool:
    """Whether a poll may be held under these rules: limits of one kind of groups, so that any ballots are counted."""
    kinds = {limit.kind for limit in rules.limits}
    return rules.seats <= MOST_SEATS and len(kinds) < 2 and kinds <= set(KINDS)


def row_of(option: Option, chosen: Collection[str]) -> Row:
    """One candidate on the ballot."""
    value, details = str(option.position), option.details
    return Row(
        value=value,
        label=option.label,
        url=option.url,
        statement=str(details.get("statement") or ""),
        is_chosen=value in chosen,
        withdrew=bool(details.get("withdrew")),
    )


def grouped(poll: Poll, rows: Sequence[tuple[Option, Row]]) -> list[Group]:
    """The candidates in the groups that have limits, in their order, then the others; together where there are none."""
    limits = poll.setup.get("limits") or []
    groups = [
        Group(
            group_words(limit),
            room_words(limit),
            [row for option, row in rows if option.details.get(limit["kind"]) == limit["group"]],
        )
        for limit in limits
    ]
    placed = {row.value for group in groups for row in group.rows}
    others = [row for _option, row in rows if row.value not in placed]
    return [*groups, *([Group(_("Autres candidatures") if groups else "", "", others)] if others else [])]


def verdict_of(filled: int, seats: int) -> str:
    """How the election ends, in a few words."""
    if not filled:
        return _("Aucun siège pourvu")
    return _("Élection complète") if filled == seats else _("Des sièges restent à pourvoir")
