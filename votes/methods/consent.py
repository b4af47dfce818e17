"""Consent: one proposal passes when no reasoned objection is left standing; each objection is accounted for."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from realtime.refused import Refused
from votes.counting.consent import STANDING, Stance, Treatment
from votes.counting.polls.consent import REASON, stance_of
from votes.methods.base import BLANK, Asked, Choice, Method, Picture, check_said
from votes.methods.drawing import Part, Slice, parts_of, told
from votes.models import ObjectionNote, Poll
from votes.wording import figure, share_text

REASON_LIMIT = 300
SIGNS = {
    Stance.CONSENT: "check",
    Stance.RESERVATION: "comment",
    Stance.OBJECTION: "hand",
    Stance.ABSTAIN: "abstention",
}
TONES = {Stance.CONSENT: "7", Stance.RESERVATION: "4", Stance.ABSTAIN: "1", Stance.OBJECTION: "chaud"}
REASONED = frozenset({Stance.RESERVATION, Stance.OBJECTION})
HIDING = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class ConsentBallot:
    """The ballot as its page draws it: the four answers, and the reason written so far."""

    answers: list[Choice]
    reason: str
    limit: int = REASON_LIMIT


@dataclass(frozen=True)
class Objection:
    """One reason that members objected with, how many did, and what became of it: the notes, the latest first."""

    reason: str
    count: int
    treatment: str
    words: str
    notes: list[ObjectionNote]

    @property
    def stands(self) -> bool:
        """Whether it is still in the way."""
        return self.treatment in STANDING

    @property
    def noted_at(self) -> datetime | None:
        """When the latest note was taken."""
        return self.notes[0].at if self.notes else None

    @property
    def note(self) -> str:
        """What the latest note says."""
        return self.notes[0].note if self.notes else ""


@dataclass(frozen=True)
class Answer:
    """One answer of the result with its bar."""

    words: str
    icon: str
    count: int
    share: str
    share_text: str
    guests: int


@dataclass(frozen=True, kw_only=True)
class ConsentPicture(Picture):
    """The answers end to end, the objections with what became of each, the reservations."""

    rows: list[Answer]
    profile: list[Part]
    label: str
    objections: list[Objection]
    reservations: list[tuple[str, int]]
    guests_reasons: list[tuple[str, int]]
    raised: int
    standing: int


class Consent(Method):
    """One stance, with `reason:…` for an objection or a reservation; or blank."""

    name = "consent"
    answers_template = "votes/_answer_link.html"
    said_template = "votes/_said_lines.html"
    stylesheet = "css/methods.css"

    def check_setup(self, setup: Mapping[str, Any], options: int) -> dict[str, Any]:
        """Nothing to set; the poll is about one proposal. Raises `Refused("one_proposal_only")`."""
        if options != 1:
            raise Refused("one_proposal_only")
        return super().check_setup(setup, options)

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """Raises `Refused`: what `check_said` does, `one_choice_only`, `objection_needs_reason`, `text_too_long`."""
        stances = [choice for choice in choices if not choice.startswith(REASON)]
        check_said(stances, [*Stance, *([BLANK] if asked.allows_blank else [])])
        if len(stances) > 1 or len(choices) - len(stances) > 1:
            raise Refused("one_choice_only")
        reason = reason_in(choices)
        if len(reason) > REASON_LIMIT:
            raise Refused("text_too_long", limit=REASON_LIMIT, length=len(reason))
        if Stance.OBJECTION in stances and not reason:
            raise Refused("objection_needs_reason")

    def canonical(self, choices: Collection[str]) -> list[str]:
        """The stance, then its reason; consent, standing aside and blank give none."""
        stances = sorted({choice for choice in choices if not choice.startswith(REASON)})
        reason = reason_in(choices)
        return stances + ([REASON + reason] if reason and REASONED & set(stances) else [])

    def choices(self, poll: Poll) -> list[Choice]:
        """The four answers, then blank."""
        answers = [Choice(str(stance), words, SIGNS[stance]) for stance, words in stances_in_words().items()]
        return answers + ([Choice(BLANK, _("Vote blanc"), "blank")] if poll.allows_blank else [])

    def said(self, poll: Poll, choices: Collection[str]) -> list[Choice]:
        """The stance, then its reason between quotation marks."""
        reasons = [choice for choice in self.canonical(choices) if choice.startswith(REASON)]
        quoted = _("« %(reason)s »")
        return super().said(poll, choices) + [
            Choice(choice, quoted % {"reason": choice.removeprefix(REASON)}, "comment") for choice in reasons
        ]

    def ballot(self, poll: Poll, chosen: Collection[str]) -> ConsentBallot:
        """The four answers, and the reason."""
        return ConsentBallot(self.choices(poll), reason_in(chosen))

    def rule(self, poll: Poll) -> str:
        """What stops a proposal, and what does not."""
        return _(
            "La proposition est consentie quand aucune objection ne demeure. Une objection dit sa raison ; une réserve "
            "ou un retrait n’empêche rien."
        )

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The count as it was, and beside it what became of the objections since."""
        objections = objections_of(poll, outcome)
        standing = sum(each.count for each in objections if each.stands)
        consented = bool(outcome["cast"]) and not standing
        answers = answers_of(outcome)
        profile = parts_of(
            [Slice(stances_in_words()[stance], outcome["counts"][stance], TONES[stance]) for stance in TONES],
            sum(outcome["counts"].values()),
        )
        return ConsentPicture(
            method=self.name,
            is_adopted=consented,
            verdict=_("Consentie") if consented else _("Pas encore consentie"),
            total_text=str(standing) if standing else "",
            total_words=ngettext("objection demeure.", "objections demeurent.", standing),
            heading=_("Les réponses"),
            votes={"blank": outcome["blank"], "spoilt": outcome["spoilt"]},
            rows=answers,
            profile=profile,
            label=told(profile),
            objections=objections,
            reservations=[(each["reason"], each["count"]) for each in outcome["reservations"]],
            guests_reasons=guests_reasons(outcome),
            raised=outcome["counts"][Stance.OBJECTION],
            standing=standing,
            **common,
        )


def stances_in_words() -> dict[Stance, str]:
    """The four answers, as the ballot says them."""
    return {
        Stance.CONSENT: _("Je consens"),
        Stance.RESERVATION: _("Je consens avec une réserve"),
        Stance.ABSTAIN: _("Je me mets en retrait"),
        Stance.OBJECTION: _("J’objecte"),
    }


def treatments_in_words() -> dict[Treatment, str]:
    """What became of an objection."""
    return {
        Treatment.RAISED: _("à traiter"),
        Treatment.INTEGRATED: _("intégrée"),
        Treatment.WITHDRAWN: _("retirée"),
        Treatment.MAINTAINED: _("maintenue"),
    }


def reason_in(choices: Collection[str]) -> str:
    """The reason a ballot gives, on one line; signs that would hide or reorder what others read are dropped."""
    text = next((choice.removeprefix(REASON) for choice in choices if choice.startswith(REASON)), "")
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(
        sign for sign in words if sign not in HIDING and unicodedata.category(sign) not in ("Cc", "Cs")
    ).strip()


def answers_of(outcome: Mapping[str, Any]) -> list[Answer]:
    """The four answers with their bars."""
    whole = sum(outcome["counts"].values()) or 1
    return [
        Answer(
            words=words,
            icon=SIGNS[stance],
            count=outcome["counts"][stance],
            share=figure(Fraction(outcome["counts"][stance], whole)),
            share_text=share_text(Fraction(outcome["counts"][stance], whole)),
            guests=outcome["guests"].get(stance, 0),
        )
        for stance, words in stances_in_words().items()
    ]


def objections_of(poll: Poll, outcome: Mapping[str, Any]) -> list[Objection]:
    """The objections counted, each with its notes."""
    return with_notes(poll, {each["reason"]: each["count"] for each in outcome["objections"]})


def objections_heard(poll: Poll, voices: Iterable[tuple[int, Collection[str]]]) -> list[Objection]:
    """The objections of members' ballots still in the box, given as (heads, what it says)."""
    counts: Counter[str] = Counter()
    for heads, choices in voices:
        stance, reason = stance_of(list(choices))
        if stance is Stance.OBJECTION:
            counts[reason] += heads
    return with_notes(poll, counts)


def with_notes(poll: Poll, counts: Mapping[str, int]) -> list[Objection]:
    """Objections in alphabetical order, with what was noted of each, the latest note deciding."""
    notes: dict[str, list[ObjectionNote]] = {}
    for note in sorted(poll.objection_notes.all(), key=lambda note: (note.at, note.pk), reverse=True):
        notes.setdefault(note.reason, []).append(note)
    words = treatments_in_words()
    found = []
    for reason in sorted(counts):
        mine = notes.get(reason, [])
        treatment = Treatment(mine[0].treatment) if mine else Treatment.RAISED
        found.append(Objection(reason, counts[reason], treatment, words[treatment], mine))
    return found


def guests_reasons(outcome: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The reasons guests gave, in alphabetical order."""
    said = outcome["guests"].items()
    return sorted((choice.removeprefix(REASON), count) for choice, count in said if choice.startswith(REASON))
