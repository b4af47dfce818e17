"""The law of quorum: by heads or by weight, overall or in each college, with the sentences that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cooperation.college_law import EmptyCollege, Profile, Redistribution, Weight, redistribute
from cooperation.sentences import Param, Sentence, percent


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


@dataclass(frozen=True)
class QuorumRule:
    """What the statutes ask: a share of the members, counted by heads, or by the weight of their colleges.

    Raises ValueError for a share outside [0, 1]. `per_college` asks the share of each college besides.
    `empty_college` says, for a weighted quorum, what becomes of the weight of a college without members.
    """

    share: Fraction
    is_weighted: bool = False
    per_college: bool = False
    empty_college: EmptyCollege = EmptyCollege.LOST

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError("a quorum is a share from 0 to 1")


@dataclass(frozen=True)
class Presence:
    """Heads of one college: its members, those present or represented; a weighted quorum needs `weight`."""

    college: str
    members: int
    present: int
    weight: Fraction | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.present <= self.members:
            raise ValueError(f"college {self.college}: those present are from none to all of its members")


@dataclass(frozen=True)
class CollegeQuorum:
    """One line of a quorum: heads present, heads needed by a quorum per college."""

    college: str
    members: int
    present: int
    needed: int
    is_met: bool


@dataclass(frozen=True)
class Quorum:
    """The verdict; as a condition it is its own `met`.

    `reached` and `needed` are heads, or shares of the weights when `is_weighted` (false if the weighting was
    asked but suspended by an empty college).
    """

    met: bool
    reached: Fraction
    needed: Fraction
    is_weighted: bool
    colleges: tuple[CollegeQuorum, ...]
    derivation: tuple[Sentence, ...]

    def __bool__(self) -> bool:
        return self.met

    def as_json(self) -> dict[str, object]:
        """The verdict as plain JSON values, without its derivation."""
        return {
            "met": self.met,
            "reached": str(self.reached),
            "needed": str(self.needed),
            "weighted": self.is_weighted,
            "colleges": [
                {
                    "name": c.college,
                    "members": c.members,
                    "present": c.present,
                    "needed": c.needed,
                    "met": c.is_met,
                }
                for c in self.colleges
            ],
        }


def heads_needed(share: Fraction, members: int) -> int:
    """The heads that make this share, rounded up: 1/5 of 121 members is 25 (docs/law.md, E12)."""
    return -(-share.numerator * members // share.denominator)


def quorum_floor(profile: Profile, *, extraordinary: bool, call: int) -> Fraction:
    """The share the law itself asks on first (1) or second (2) call; 0 where it leaves it to the statutes.

    SA: L225-98 (1/5, then none) and L225-96 (1/4, then 1/5). SARL: L223-30 (1/4, then 1/5) for an
    extraordinary assembly. SAS and association: the statutes decide.
    """
    if profile not in (Profile.SCIC_SA, Profile.SCIC_SARL):
        return Fraction(0)
    if extraordinary:
        return Fraction(1, 4) if call == 1 else Fraction(1, 5)
    return Fraction(1, 5) if profile is Profile.SCIC_SA and call == 1 else Fraction(0)


def quorum_met(rule: QuorumRule, colleges: Sequence[Presence]) -> Quorum:
    """Whether enough members are present or represented, and the sentences that show it.

    By heads the needed count is rounded up. By weight each college brings its weight × present / members,
    exactly. Raises ValueError when a college is named twice, or the weights of a weighted quorum do not make
    1. Sources: L225-96, L225-98, L223-30; the weighted quorum of statutes such as SCANI's (docs/law.md, S13,
    E12).
    """
    if len({college.college for college in colleges}) < len(colleges):
        raise ValueError("a college is named twice")
    lines = tuple(_line(rule, college) for college in colleges)
    shared = _weights_now(rule, colleges) if rule.is_weighted else None
    opening = [*_suspension(shared)]
    if shared is None or shared.is_suspended:
        reached, needed, derivation = _by_heads(rule, colleges)
    else:
        reached, needed, derivation = _by_weight(rule, colleges, shared)
    met = reached >= needed and (not rule.per_college or all(line.is_met for line in lines))
    each = [_college_sentence(line) for line in lines] if rule.per_college else []
    is_weighted = shared is not None and not shared.is_suspended
    sentences = (*opening, *derivation, *each, _verdict(rule, met))
    return Quorum(met, reached, needed, is_weighted, lines, sentences)


def _line(rule: QuorumRule, college: Presence) -> CollegeQuorum:
    needed = heads_needed(rule.share, college.members)
    return CollegeQuorum(college.college, college.members, college.present, needed, college.present >= needed)


def _weights_now(rule: QuorumRule, colleges: Sequence[Presence]) -> Redistribution:
    weights = [Weight(c.college, c.weight, c.label) for c in colleges if c.weight is not None]
    if len(weights) < len(colleges) or sum((w.share for w in weights), Fraction(0)) != 1:
        raise ValueError("a weighted quorum needs the weight of every college, together exactly 1")
    return redistribute(weights, [c.college for c in colleges if c.members == 0], rule.empty_college)


def _suspension(shared: Redistribution | None) -> list[Sentence]:
    if shared is None or not shared.is_suspended:
        return []
    message = _("La pondération est suspendue, faute de membres dans un collège : on compte les personnes.")
    return [Sentence(message)]


def _by_heads(rule: QuorumRule, colleges: Sequence[Presence]) -> tuple[Fraction, Fraction, list[Sentence]]:
    members, present = sum(c.members for c in colleges), sum(c.present for c in colleges)
    needed = max(heads_needed(rule.share, members), int(rule.share > 0))
    message = _(
        "Membres : %(members)s. Présents ou représentés : %(present)s. "
        "Il en faut %(share)s, arrondi à l’unité supérieure : %(needed)s."
    )
    params: dict[str, Param] = {
        "members": members,
        "present": present,
        "share": str(rule.share),
        "needed": needed,
    }
    return Fraction(present), Fraction(needed), [Sentence(message, params)]


def _by_weight(
    rule: QuorumRule, colleges: Sequence[Presence], shared: Redistribution
) -> tuple[Fraction, Fraction, list[Sentence]]:
    heads = {c.college: c for c in colleges}
    reached, sentences = Fraction(0), [_empty_sentence(name) for name in shared.empty]
    for weight in shared.weights:
        part = weight.share * heads[weight.college].present / heads[weight.college].members
        reached += part
        sentences.append(_weight_sentence(weight, heads[weight.college], part))
    message = _("On additionne sans arrondir : %(reached)s, soit %(percent)s des voix. Il en faut %(share)s.")
    params: dict[str, Param] = {
        "reached": str(reached),
        "percent": percent(reached),
        "share": str(rule.share),
    }
    return reached, rule.share, [*sentences, Sentence(message, params)]


def _empty_sentence(college: str) -> Sentence:
    message = _("Le collège %(college)s n’a pas de membre : son poids suit la règle écrite dans les statuts.")
    return Sentence(message, {"college": college})


def _weight_sentence(weight: Weight, heads: Presence, part: Fraction) -> Sentence:
    message = _(
        "Collège %(college)s : présents ou représentés %(present)s sur %(members)s. "
        "%(present)s/%(members)s × %(weight)s = %(part)s, soit %(percent)s."
    )
    return Sentence(
        message,
        {
            "college": weight.label or weight.college,
            "present": heads.present,
            "members": heads.members,
            "weight": str(weight.share),
            "part": str(part),
            "percent": percent(part),
        },
    )


def _college_sentence(line: CollegeQuorum) -> Sentence:
    reached = _(
        "Collège %(college)s : présents ou représentés %(present)s, il en faut %(needed)s. C’est atteint."
    )
    missed = _(
        "Collège %(college)s : présents ou représentés %(present)s, il en faut %(needed)s. Ce n’est "
        "pas atteint."
    )
    params: dict[str, Param] = {"college": line.college, "present": line.present, "needed": line.needed}
    return Sentence(reached if line.is_met else missed, params)


def _verdict(rule: QuorumRule, met: bool) -> Sentence:
    if rule.share == 0:
        return Sentence(_("Aucun quorum n’est exigé."))
    return Sentence(_("Le quorum est atteint.") if met else _("Le quorum n’est pas atteint."))
