"""A poll that elects to several seats, as the count of elections takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from votes.counting.draw import draw_order
from votes.counting.election import Order, count_election, group_election
from votes.counting.election_rules import Candidate, ElectionRules, Limit, Parity, TieRule, Unfilled
from votes.counting.polls.voices import BLANK, SPOILT, Counted, Question, Voice, each_head
from votes.counting.renewal import RenewalResult, RenewalRules, first_terms

KINDS = ("college", "sector", "gender")


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Give the `seats` of the setup to the candidates with the most votes, within its limits, by heads.

    Lots are drawn on the names, by the seed committed at the opening; without it what would be drawn stays tied.
    Raises ValueError for another seed, or for rules that contradict each other.
    """
    cast = [choices for _college, choices in each_head(voices)]
    named = [[each for each in choices if each != BLANK] for choices in cast if SPOILT not in choices]
    result = count_election(
        asked.labels,
        group_election(named),
        rules=rules_of(asked.setup, has_seed=asked.drawn_by is not None),
        candidates={option.value: candidate_of(option.details) for option in asked.options},
        order=order_by(asked),
        spoilt=len(cast) - len(named),
    )
    terms = first_terms_of(asked, result.winners)
    ends = {"terms": {seat.seat: seat.ends for seat in terms.seats}} if terms else {}
    said = terms.derivation if terms else ()
    return {**result.as_json(), **ends, "seed": asked.drawn_by}, (*result.derivation, *said)


def first_terms_of(asked: Question, winners: Sequence[str]) -> RenewalResult | None:
    """Who leaves first in a body elected whole and renewed by parts: drawn on the names, by the same seed.

    None where the setup asks for no `renewal` (`parts`, `every` so many years, the `year` elected).
    """
    rule, order = asked.setup.get("renewal"), order_by(asked, stage=2)
    if not rule or order is None or not winners:
        return None
    parts = RenewalRules(rule["parts"], rule["every"])
    holders = {key: key for key in winners}
    return first_terms(holders, parts, elected=rule["year"], order=order, words=asked.labels)


def order_by(asked: Question, stage: int = 1) -> Order | None:
    """The order of a public draw on the names of these options; another stage is another draw."""
    seed, labels = asked.drawn_by, asked.labels
    if seed is None:
        return None

    def order(keys: Sequence[str]) -> Sequence[str]:
        values = {labels[key]: key for key in keys}
        return [values[name] for name in draw_order(seed, stage, values)]

    return order


def group_key(kind: str, group: str) -> str:
    """A group as the count names it: a college and a sector may have the same name."""
    return f"{kind}:{group}"


def candidate_of(details: Mapping[str, Any]) -> Candidate:
    """What the rules look at in an option: its college, sector and gender, a birth date, whether it withdrew."""
    groups = frozenset(group_key(kind, details[kind]) for kind in KINDS if details.get(kind))
    born = details.get("born_on")
    return Candidate(groups, date.fromisoformat(born) if born else None, bool(details.get("withdrew")))


def rules_of(setup: Mapping[str, Any], *, has_seed: bool = True) -> ElectionRules:
    """The rules a setup says. Raises ValueError, KeyError or TypeError when it cannot be read."""
    ties = [TieRule(each) for each in setup.get("ties") or []]
    return ElectionRules(
        setup["seats"],
        marks=setup.get("marks"),
        limits=tuple(_limit(each) for each in setup.get("limits") or []),
        parity=_parity(setup["parity"]) if setup.get("parity") else None,
        unfilled=Unfilled(setup.get("unfilled") or Unfilled.VACANT),
        needs_majority=bool(setup.get("needs_majority")),
        ties=tuple(each for each in ties if has_seed or each is not TieRule.DRAW),
        staying=tuple(candidate_of(each).groups for each in setup.get("staying") or []),
    )


def _limit(item: Mapping[str, Any]) -> Limit:
    kind, group = item["kind"], item["group"]
    words = item.get("words") or group
    return Limit(group_key(kind, group), item.get("least", 0), item.get("most"), words, kind)


def _parity(item: Mapping[str, Any]) -> Parity:
    most = item["most"]
    return Parity(
        tuple(group_key("gender", group) for group in item["groups"]),
        most if isinstance(most, int) else Fraction(most),
        bool(item.get("binding")),
        tuple(item.get("words") or item["groups"]),
    )
