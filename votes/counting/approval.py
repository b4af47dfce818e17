"""Approval: each ballot approves any of the options; equal counts are real ties, settled by no order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from votes.counting import ENGINE
from votes.counting.derivation import Sentence, percent, ratio


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


@dataclass(frozen=True)
class ApprovalBallots:
    """A number of ballots that approve the same options; none approved is a blank ballot."""

    approved: frozenset[str]
    count: int = 1


@dataclass(frozen=True)
class ApprovalResult:
    """The count of an approval poll.

    `approvals` gives each option its approvals, `ranking` the options from the most approved, those with
    equal counts together. `blank` and `spoilt` ballots are apart from `cast`.
    """

    approvals: dict[str, int]
    ranking: tuple[tuple[str, ...], ...]
    cast: int
    blank: int
    spoilt: int
    derivation: tuple[Sentence, ...] = ()

    @property
    def winners(self) -> tuple[str, ...]:
        """The most approved: several when they are equal, none when nothing was approved."""
        return self.ranking[0] if self.ranking and self.approvals[self.ranking[0][0]] else ()

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "approval",
            "approvals": dict(self.approvals),
            "ranking": [list(group) for group in self.ranking],
            "winners": list(self.winners),
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }


def count_approval(
    options: Mapping[str, str], ballots: Iterable[ApprovalBallots], *, spoilt: int = 0
) -> ApprovalResult:
    """Count an approval poll: `options` maps each option's key to its words, ballots name keys.

    Options equal in approvals share a rank. Within a rank keys are in alphabetical order, which means
    nothing. Raises ValueError for a ballot that names an unknown option, or a negative count.
    """
    groups = tuple(ballots)
    if spoilt < 0 or any(group.count < 0 or not group.approved <= options.keys() for group in groups):
        raise ValueError("a ballot names an unknown option, or a count is negative")
    approvals = dict.fromkeys(options, 0)
    for group in groups:
        for key in group.approved:
            approvals[key] += group.count
    result = ApprovalResult(
        approvals=approvals,
        ranking=_ranking(approvals),
        cast=sum(group.count for group in groups if group.approved),
        blank=sum(group.count for group in groups if not group.approved),
        spoilt=spoilt,
    )
    return replace(result, derivation=_derive(result, options))


def group_approvals(cast: Iterable[Sequence[str]]) -> tuple[ApprovalBallots, ...]:
    """Single ballots, each a list of approved keys, grouped by equal content."""
    counts: Counter[frozenset[str]] = Counter()
    for approved, count in Counter(map(tuple, cast)).items():
        counts[frozenset(approved)] += count
    return tuple(ApprovalBallots(approved, count) for approved, count in counts.items())


def _ranking(approvals: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    ranks: dict[int, list[str]] = {}
    for key, count in approvals.items():
        ranks.setdefault(count, []).append(key)
    return tuple(tuple(sorted(ranks[count])) for count in sorted(ranks, reverse=True))


def _derive(result: ApprovalResult, options: Mapping[str, str]) -> tuple[Sentence, ...]:
    message = _(
        "On compte les approbations de chaque option. Bulletins exprimés : %(cast)s. "
        "Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s."
    )
    opening = Sentence(message, {"cast": result.cast, "blank": result.blank, "spoilt": result.spoilt})
    ranked = [key for group in result.ranking for key in group]
    lines = [_line(result, key, options[key]) for key in ranked if result.approvals[key]]
    return (opening, *lines, *_unapproved(result, options), _verdict(result, options))


def _line(result: ApprovalResult, key: str, words: str) -> Sentence:
    count = result.approvals[key]
    message = _("%(option)s : approbations %(ratio)s, soit %(percent)s des bulletins exprimés.")
    share = percent(Fraction(count, result.cast))
    return Sentence(message, {"option": words, "ratio": ratio(count, result.cast), "percent": share})


def _unapproved(result: ApprovalResult, options: Mapping[str, str]) -> list[Sentence]:
    left = ", ".join(options[key] for key, count in result.approvals.items() if not count)
    return [Sentence(_("Sans aucune approbation : %(options)s."), {"options": left})] if left else []


def _verdict(result: ApprovalResult, options: Mapping[str, str]) -> Sentence:
    leading = ", ".join(options[key] for key in result.winners)
    if not leading:
        return Sentence(_("Aucune option n’est approuvée."))
    if len(result.winners) == 1:
        return Sentence(_("En tête : %(options)s."), {"options": leading})
    message = _("En tête, à égalité : %(options)s. Les bulletins ne les départagent pas.")
    return Sentence(message, {"options": leading})
