"""A past vote counted again under other rules: from its published figures, by the same pure count. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assemblies.models import Resolution, ResolutionQuerySet
from assemblies.quorum import is_extraordinary
from cooperation.models import LegalEntity
from cooperation.rules import (
    IllegalRules,
    Pooling,
    Presence,
    Quorum,
    StatutesRules,
    Weight,
    quorum_met,
    quorum_rule,
)
from cooperation.sentences import Sentence, say
from votes.counting.ballots import CollegeBallots
from votes.counting.resolution import count_resolution
from votes.counting.resolution_rules import ResolutionRules
from votes.models import Poll
from votes.wording import refused_by_law, share_text


@dataclass(frozen=True)
class Side:
    """What one set of rules makes of a vote.

    `is_adopted` is None where these rules cannot count it, and `why` says why. `reached` is exact, `needed` what it
    was compared with; `lacks_quorum` when the vote could not even have been held.
    """

    is_adopted: bool | None
    verdict: str
    reached: str = ""
    reached_text: str = ""
    needed: str = ""
    lacks_quorum: bool = False
    why: str = ""
    quorum: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Trial:
    """A past vote, as it was declared and as it would have been."""

    resolution: Resolution
    declared: Side
    tried: Side

    @property
    def is_changed(self) -> bool:
        """Whether the other rules would have decided otherwise."""
        return self.tried.is_adopted is not None and self.tried.is_adopted != self.declared.is_adopted


class Uncountable(Exception):
    """These rules give no weight to members who voted; `colleges` names theirs."""

    def __init__(self, colleges: Sequence[str]) -> None:
        super().__init__(", ".join(colleges))
        self.colleges = tuple(colleges)


def past_votes(entity: LegalEntity, seen: ResolutionQuerySet) -> ResolutionQuerySet:
    """The declared votes for or against that bound an entity, the latest first, with all a trial reads."""
    return (
        seen.filter(
            assembly__entity=entity,
            poll__is_binding=True,
            poll__method=Poll.Method.RESOLUTION,
            poll__state=Poll.State.DECLARED,
            poll__result__isnull=False,
        )
        .select_related("assembly", "poll__result", "quorum")
        .order_by("-assembly__starts_at", "-assembly_id", "-number")
    )


def tried(resolution: Resolution, rules: StatutesRules) -> Trial:
    """A past vote under these rules, beside what was declared. Reads nothing that `past_votes` has not fetched."""
    return Trial(resolution, declared_side(resolution), tried_side(resolution, rules))


def declared_side(resolution: Resolution) -> Side:
    """What was counted and declared."""
    result = resolution.poll.result  # type: ignore[union-attr]
    record = getattr(resolution, "quorum", None)
    told = [say(Sentence.from_json(item), _) for item in result.derivation]
    return side_of(result.outcome, told, record.sentences() if record else [])


def side_of(outcome: Mapping[str, Any], sentences: list[str], quorum: list[str]) -> Side:
    """A counted outcome, in words."""
    return Side(
        is_adopted=outcome["adopted"],
        verdict=_("Adoptée") if outcome["adopted"] else _("Rejetée"),
        reached=outcome["reached"],
        reached_text=share_text(Fraction(outcome["reached"])),
        needed=needed_words(outcome),
        quorum=quorum,
        sentences=sentences,
    )


def needed_words(outcome: Mapping[str, Any]) -> str:
    """What it took: « plus de 1/2 », « au moins 2/3 »."""
    words = _("plus de %(share)s") if outcome["strict"] else _("au moins %(share)s")
    return words % {"share": outcome["needed"]}


def tried_side(resolution: Resolution, rules: StatutesRules) -> Side:
    """What these rules make of the same ballots and the same heads."""
    asked = ResolutionRules.from_statutes(rules, extraordinary=is_extraordinary(resolution))
    try:
        result = count_resolution(asked, fitted(asked.weights, ballots_of(resolution), asked.pooling))
        quorum = quorum_of(resolution, rules)
    except IllegalRules as illegal:
        refusal = refused_by_law(illegal.breaches)
        words = {"reason": refusal.details["reason"], "article": refusal.details["article"]}
        return Side(None, _("Ne se compte pas"), why=_("%(reason)s (%(article)s)") % words)
    except Uncountable as found:
        return Side(None, _("Ne se compte pas"), why=unweighed_words(found.colleges))
    told = [say(sentence, _) for sentence in result.derivation]
    side = side_of(result.as_json(), told, [say(line, _) for line in quorum.derivation] if quorum else [])
    if quorum is None or quorum.met:
        return side
    return Side(
        False,
        _("Pas de quorum"),
        lacks_quorum=True,
        why=_("L’assemblée n’aurait pas pu voter."),
        quorum=side.quorum,
        sentences=side.sentences,
    )


def unweighed_words(colleges: Sequence[str]) -> str:
    """Why a vote cannot be counted by these colleges."""
    named = [college for college in colleges if college]
    if not named:
        return _("Ce jour-là, des membres qui ont voté n’avaient pas de collège.")
    return _("Ces règles ne donnent pas de poids à des collèges qui ont voté : %(colleges)s.") % {
        "colleges": ", ".join(named)
    }


def ballots_of(resolution: Resolution) -> list[CollegeBallots]:
    """The ballots as they were counted, college by college, from the result and from what the poll was told."""
    poll = resolution.poll
    assert poll is not None
    present = poll.rules.get("present") or {}
    return [ballots_of_line(line, present) for line in poll.result.outcome["colleges"]]


def ballots_of_line(line: Mapping[str, Any], present: Mapping[str, int]) -> CollegeBallots:
    """One college of a stored result. Whoever voted was there, whatever the door had written."""
    votes, members = line["votes"], line["members"]
    received = sum(votes.values())
    there = max(received, present.get(line["name"], 0)) if present else None
    return CollegeBallots(
        line["name"],
        in_favour=votes["for"],
        against=votes["against"],
        abstain=votes["abstain"],
        blank=votes["blank"],
        spoilt=votes["spoilt"],
        members=members,
        present=there if there is None or members is None else min(there, members),
    )


def fitted(
    weights: Sequence[Weight], ballots: Sequence[CollegeBallots], pooling: Pooling
) -> list[CollegeBallots]:
    """The same ballots in the colleges of the rules: those that did not exist then are empty, those left out had
    nobody. Raises `Uncountable` when members voted or could vote in a college that has no weight."""
    if pooling is Pooling.NONE:
        return list(ballots)
    names = [weight.college for weight in weights]
    left = [line.college for line in ballots if line.college not in names and (line.members or line.received)]
    if left:
        raise Uncountable(left)
    there = {line.college: line for line in ballots}
    return [there.get(name, CollegeBallots(name, members=0)) for name in names]


def quorum_of(resolution: Resolution, rules: StatutesRules) -> Quorum | None:
    """The quorum of that vote under these rules, from the heads kept then; None where none were kept.

    Raises `Uncountable` when a weighted quorum has no weight for a college that was there.
    """
    record = getattr(resolution, "quorum", None)
    if record is None:
        return None
    asked = quorum_rule(rules, extraordinary=is_extraordinary(resolution), call=resolution.assembly.call)
    heads = {line["name"]: line for line in record.figures["colleges"]}
    shares = {weight.college: weight.share for weight in rules.weights}
    left = [name for name, line in heads.items() if name not in shares and line["members"]]
    if asked.is_weighted and left:
        raise Uncountable(left)
    names = {weight.college: weight.label for weight in rules.weights}
    letters = list(names) if asked.is_weighted else list(heads)
    return quorum_met(asked, [presence(heads.get(name, {}), name, shares, names) for name in letters])


def presence(
    line: Mapping[str, Any], name: str, shares: Mapping[str, Fraction], names: Mapping[str, str]
) -> Presence:
    """The heads of one college, as they were kept; none where the college did not exist."""
    return Presence(
        name, line.get("members", 0), line.get("present", 0), shares.get(name), names.get(name, "")
    )
