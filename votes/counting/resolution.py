"""Resolutions: for, against, abstention; by heads or by colleges, under any declared rule, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from cooperation.rules import (
    Denominator,
    EmptyCollege,
    IllegalRules,
    Pooling,
    Redistribution,
    SilentCollege,
    Tie,
    majority_reached,
    redistribute,
)
from votes.counting.ballots import CollegeBallots, all_together, group_ballots
from votes.counting.resolution_result import CollegeResult, Parts, ResolutionResult, Standing
from votes.counting.resolution_rules import SIMPLE_MAJORITY, ResolutionRules, resolution_breaches
from votes.counting.resolution_words import derive, rule_sentences

__all__ = [
    "SIMPLE_MAJORITY",
    "CollegeBallots",
    "CollegeResult",
    "Parts",
    "ResolutionResult",
    "ResolutionRules",
    "Standing",
    "all_together",
    "count_resolution",
    "group_ballots",
    "resolution_breaches",
    "rule_sentences",
]

ZERO, HALF = Fraction(0), Fraction(1, 2)


def count_resolution(
    rules: ResolutionRules, colleges: Sequence[CollegeBallots], *, chair: str | None = None
) -> ResolutionResult:
    """Count one resolution: who carries it, by how much exactly, and why.

    By heads when `rules.pooling` is none or weighting is suspended; else each college of `rules.weights`
    brings its weight. Nothing is rounded, nothing depends on the order of the colleges. Raises IllegalRules
    when the profile's law refuses the weights or the majority, or a casting vote outside a board; ValueError when
    the colleges are not those of the weights, or the weights do not make 1. `chair` is what the chair of a board
    voted: where the rules give it a casting vote, it decides a tie of the whole under a simple majority.
    Sources: art. 19 octies; L225-96, L225-98; docs/law.md, S3 to S12, E01 to E16.
    """
    redistribution = _redistribution(rules, colleges)
    if redistribution is None or redistribution.is_suspended:
        lines, parts = _by_heads(rules, colleges)
    else:
        lines = _by_colleges(rules, colleges, redistribution)
        parts = _sum(lines)
    reached = _reached(rules, parts)
    decided = chair if _is_for_the_chair(rules, parts) and chair in ("for", "against") else None
    result = ResolutionResult(
        adopted=decided == "for" if decided else majority_reached(reached, rules.majority),
        parts=parts,
        reached=reached,
        rules=rules,
        redistribution=redistribution,
        ballots=all_together(colleges),
        colleges=lines,
        chair=decided,
    )
    return replace(result, derivation=derive(result))


def _is_for_the_chair(rules: ResolutionRules, parts: Parts) -> bool:
    """Whether the whole is tied, and the rules of a board leave it to its chair."""
    return (
        rules.casting_vote
        and rules.majority == SIMPLE_MAJORITY
        and parts.in_favour == parts.against
        and parts.in_favour > 0
    )


def _redistribution(rules: ResolutionRules, colleges: Sequence[CollegeBallots]) -> Redistribution | None:
    """The weights of this count, or None when heads are counted."""
    if len({college.college for college in colleges}) < len(colleges):
        raise ValueError("a college is named twice")
    empty = [college.college for college in colleges if _stands(rules, college) is Standing.EMPTY]
    if rules.pooling is Pooling.NONE:
        _refuse_the_unlawful(rules, [])
        return None
    if {weight.college for weight in rules.weights} != {college.college for college in colleges}:
        raise ValueError("the colleges are not those that have a weight")
    _refuse_the_unlawful(rules, empty)
    if sum((weight.share for weight in rules.weights), ZERO) != 1:
        raise ValueError("the weights of the colleges do not make exactly 1")
    return redistribute(rules.weights, empty, rules.empty_college)


def _refuse_the_unlawful(rules: ResolutionRules, empty: Sequence[str]) -> None:
    breaches = resolution_breaches(rules, empty)
    if breaches:
        raise IllegalRules(breaches)


def _stands(rules: ResolutionRules, college: CollegeBallots) -> Standing:
    """Whether a college is empty, silent, or to be counted."""
    if college.members == 0:
        return Standing.EMPTY
    if college.cast:
        return Standing.COUNTED
    return Standing.EMPTY if rules.silent_college is SilentCollege.EMPTY else Standing.SILENT


def _by_heads(
    rules: ResolutionRules, colleges: Sequence[CollegeBallots]
) -> tuple[tuple[CollegeResult, ...], Parts]:
    """One voice each: the parts of each college are heads over the heads of all."""
    whole = sum(college.base(rules.base) for college in colleges)
    names = {weight.college: weight for weight in rules.weights}
    lines = []
    for college in colleges:
        share = Fraction(college.base(rules.base), whole) if whole else ZERO
        weight = names.get(college.college)
        declared, label = (weight.share, weight.label) if weight else (None, "")
        standing = _stands(rules, college)
        lines.append(
            CollegeResult(college, standing, declared, share, _in_proportion(rules, college, share), label)
        )
    return tuple(lines), _sum(lines) if whole else Parts(ZERO, ZERO, Fraction(1))


def _by_colleges(
    rules: ResolutionRules, colleges: Sequence[CollegeBallots], redistribution: Redistribution
) -> tuple[CollegeResult, ...]:
    """Each college brings its weight; a lost weight stays on its college's line, void."""
    now = {weight.college: weight.share for weight in redistribution.weights}
    ballots = {college.college: college for college in colleges}
    lines = []
    for weight in rules.weights:
        share = now.get(weight.college, ZERO)
        standing, parts = _college_parts(rules, ballots[weight.college], share)
        if standing is Standing.EMPTY and rules.empty_college is EmptyCollege.LOST:
            parts = Parts(ZERO, ZERO, weight.share)
        lines.append(
            CollegeResult(ballots[weight.college], standing, weight.share, share, parts, weight.label)
        )
    return tuple(lines)


def _college_parts(
    rules: ResolutionRules, college: CollegeBallots, share: Fraction
) -> tuple[Standing, Parts]:
    standing = _stands(rules, college)
    if standing is not Standing.COUNTED:
        return standing, Parts(ZERO, ZERO, share)
    if rules.pooling is Pooling.PROPORTIONAL:
        return standing, _in_proportion(rules, college, share)
    if 2 * college.in_favour > college.base(rules.base):
        return standing, Parts(share, ZERO, ZERO)
    if college.against > college.in_favour:
        return standing, Parts(ZERO, share, ZERO)
    return Standing.UNDECIDED, _undecided(rules.tie, share)


def _in_proportion(rules: ResolutionRules, college: CollegeBallots, share: Fraction) -> Parts:
    base = college.base(rules.base)
    if not base:
        return Parts(ZERO, ZERO, share)
    in_favour, against = share * college.in_favour / base, share * college.against / base
    return Parts(in_favour, against, share - in_favour - against)


def _undecided(tie: Tie, share: Fraction) -> Parts:
    if tie is Tie.SPLIT:
        return Parts(share * HALF, share * HALF, ZERO)
    return Parts(ZERO, share, ZERO) if tie is Tie.AGAINST else Parts(ZERO, ZERO, share)


def _sum(lines: Sequence[CollegeResult]) -> Parts:
    return Parts(
        sum((line.parts.in_favour for line in lines), ZERO),
        sum((line.parts.against for line in lines), ZERO),
        sum((line.parts.void for line in lines), ZERO),
    )


def _reached(rules: ResolutionRules, parts: Parts) -> Fraction:
    """What is compared with the threshold: the for over everything, or over for and against."""
    if rules.denominator is Denominator.ALL:
        return parts.in_favour
    cast = parts.in_favour + parts.against
    return parts.in_favour / cast if cast else ZERO
