"""Consent: one proposal passes when no reasoned objection is left standing; each objection is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from votes.counting import ENGINE
from votes.counting.derivation import Sentence


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


class Stance(StrEnum):
    """What a person answers to the proposal; `abstain` is standing aside (je me mets en retrait)."""

    CONSENT = "consent"
    RESERVATION = "reservation"
    OBJECTION = "objection"
    ABSTAIN = "abstain"


class Treatment(StrEnum):
    """What became of an objection: only raised so far, integrated, withdrawn, or maintained."""

    RAISED = "raised"
    INTEGRATED = "integrated"
    WITHDRAWN = "withdrawn"
    MAINTAINED = "maintained"


STANDING = frozenset({Treatment.RAISED, Treatment.MAINTAINED})
"""The treatments after which an objection is still standing."""


@dataclass(frozen=True)
class ConsentBallots:
    """A number of ballots of the same stance, with the reason they give; a stance of None is a blank ballot.

    An objection gives its reason, and has a treatment. Raises ValueError for an objection without a reason, a
    treatment of anything else, a reason of a blank ballot, or a negative count.
    """

    stance: Stance | None
    count: int = 1
    reason: str = ""
    treatment: Treatment = Treatment.RAISED

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a count is negative")
        if self.stance is Stance.OBJECTION and not self.reason.strip():
            raise ValueError("an objection gives its reason")
        if self.stance is not Stance.OBJECTION and self.treatment is not Treatment.RAISED:
            raise ValueError("only an objection is integrated, withdrawn or maintained")
        if self.stance is None and self.reason:
            raise ValueError("a blank ballot gives no reason")


@dataclass(frozen=True)
class ConsentResult:
    """The count of one proposal by consent.

    `objections` holds (reason, treatment, voices) and `reservations` (reason, voices), each in alphabetical
    order. `cast` counts everyone but those who stand aside, as abstentions are never votes cast.
    """

    counts: dict[Stance, int]
    objections: tuple[tuple[str, Treatment, int], ...]
    reservations: tuple[tuple[str, int], ...]
    blank: int
    spoilt: int
    derivation: tuple[Sentence, ...] = ()

    @property
    def cast(self) -> int:
        """The ballots that consent, with or without reservation, or object."""
        return sum(self.counts.values()) - self.counts[Stance.ABSTAIN]

    @property
    def treated(self) -> dict[Treatment, int]:
        """How many objections had each treatment."""
        voices: Counter[Treatment] = Counter()
        for _reason, treatment, count in self.objections:
            voices[treatment] += count
        return {treatment: voices[treatment] for treatment in Treatment}

    @property
    def standing(self) -> int:
        """The objections left standing."""
        return sum(self.treated[treatment] for treatment in STANDING)

    @property
    def consented(self) -> bool:
        """Whether someone answered and no objection is left standing."""
        return self.cast > 0 and self.standing == 0

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "consent",
            "consented": self.consented,
            "counts": {str(stance): count for stance, count in self.counts.items()},
            "objections": [
                {"reason": reason, "treatment": str(treatment), "count": count}
                for reason, treatment, count in self.objections
            ],
            "reservations": [{"reason": reason, "count": count} for reason, count in self.reservations],
            "treated": {str(treatment): count for treatment, count in self.treated.items()},
            "standing": self.standing,
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }


def count_consent(
    options: Mapping[str, str], ballots: Iterable[ConsentBallots], *, spoilt: int = 0
) -> ConsentResult:
    """Count the consent of a group to one proposal: `options` holds it alone, key → words.

    Consented when someone answered and no objection is left standing; reservations and standing aside prevent
    nothing. Raises ValueError unless there is exactly one proposal, or for a negative count. Source: decision
    by consent, as in sociocracy (G. Endenburg).
    """
    if len(options) != 1:
        raise ValueError("consent is about exactly one proposal")
    if spoilt < 0:
        raise ValueError("a count is negative")
    groups = _merged(ballots)
    result = ConsentResult(
        counts={stance: sum(g.count for g in groups if g.stance is stance) for stance in Stance},
        objections=tuple((g.reason, g.treatment, g.count) for g in groups if g.stance is Stance.OBJECTION),
        reservations=tuple(
            (g.reason, g.count) for g in groups if g.stance is Stance.RESERVATION and g.reason
        ),
        blank=sum(group.count for group in groups if group.stance is None),
        spoilt=spoilt,
    )
    (words,) = options.values()
    return replace(result, derivation=_derive(result, words))


def group_consent(cast: Iterable[tuple[Stance | None, str, Treatment]]) -> tuple[ConsentBallots, ...]:
    """Single ballots, each its stance (None: blank), reason and treatment, grouped by equal content."""
    counts = Counter(cast)
    return tuple(
        ConsentBallots(stance, count, reason, treatment)
        for (stance, reason, treatment), count in counts.items()
    )


def _merged(ballots: Iterable[ConsentBallots]) -> list[ConsentBallots]:
    """Groups of equal content as one, in alphabetical order; groups of nobody are left out."""
    counts: Counter[ConsentBallots] = Counter()
    for group in ballots:
        counts[replace(group, count=0)] += group.count
    merged = [replace(group, count=count) for group, count in counts.items() if count]
    return sorted(merged, key=lambda group: (group.reason, group.treatment, group.stance or ""))


def _derive(result: ConsentResult, words: str) -> tuple[Sentence, ...]:
    objections = [_objection(*line) for line in result.objections]
    reservations = [_reservation(*line) for line in result.reservations]
    return (*_opening(result, words), *reservations, *objections, *_account(result), _verdict(result))


def _opening(result: ConsentResult, words: str) -> tuple[Sentence, Sentence]:
    message = _(
        "Proposition : %(proposal)s. Elle est consentie quand aucune objection ne demeure ; une réserve ou un "
        "retrait n’empêche rien."
    )
    counts = _(
        "Consentements : %(consent)s. Réserves : %(reservation)s. Objections : %(objection)s. Personnes en "
        "retrait : %(abstain)s. Bulletins blancs : %(blank)s. Bulletins nuls : %(spoilt)s."
    )
    said = {str(stance): count for stance, count in result.counts.items()}
    return (
        Sentence(message, {"proposal": words}),
        Sentence(counts, {**said, "blank": result.blank, "spoilt": result.spoilt}),
    )


def _reservation(reason: str, count: int) -> Sentence:
    return Sentence(_("Réserve « %(reason)s » (voix : %(count)s)."), {"reason": reason, "count": count})


def _objection(reason: str, treatment: Treatment, count: int) -> Sentence:
    messages = {
        Treatment.RAISED: _("Objection « %(reason)s » (voix : %(count)s) : encore à traiter."),
        Treatment.INTEGRATED: _("Objection « %(reason)s » (voix : %(count)s) : intégrée à la proposition."),
        Treatment.WITHDRAWN: _("Objection « %(reason)s » (voix : %(count)s) : retirée."),
        Treatment.MAINTAINED: _("Objection « %(reason)s » (voix : %(count)s) : maintenue."),
    }
    return Sentence(messages[treatment], {"reason": reason, "count": count})


def _account(result: ConsentResult) -> list[Sentence]:
    """How many objections there were, and what became of them."""
    if not result.objections:
        return []
    message = _(
        "Objections : %(objections)s, dont intégrées %(integrated)s, retirées %(withdrawn)s, maintenues "
        "%(maintained)s, encore à traiter %(raised)s."
    )
    treated = {str(treatment): count for treatment, count in result.treated.items()}
    return [Sentence(message, {**treated, "objections": result.counts[Stance.OBJECTION]})]


def _verdict(result: ConsentResult) -> Sentence:
    if result.consented:
        return Sentence(_("Aucune objection ne demeure : la proposition est consentie."))
    if not result.cast:
        return Sentence(_("Personne n’a consenti ni objecté : la proposition n’est pas consentie."))
    message = _("Objections qui demeurent : %(standing)s. La proposition n’est pas consentie.")
    return Sentence(message, {"standing": result.standing})
