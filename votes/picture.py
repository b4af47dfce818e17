"""A counted result as a page shows it: what every method says alike; the rest is the method's own."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.sentences import Sentence, say
from votes.choices import choices_of
from votes.methods import Picture, method_of
from votes.models import Poll, Result
from votes.wording import share_text


def picture_of(poll: Poll, result: Result) -> Picture:
    """The picture of a counted result; reads the options of a poll that has some."""
    outcome = result.outcome
    common = {
        "sentences": told(poll, result),
        "turnout": turnout(outcome),
        "guests": guests(poll, outcome),
    }
    return method_of(poll).picture(poll, outcome, common)


def told(poll: Poll, result: Result) -> list[str]:
    """The count, sentence by sentence; an exercise ends by saying that it decides nothing, whatever was reached."""
    sentences = [say(Sentence.from_json(item), _) for item in result.derivation]
    if poll.is_rehearsal:
        sentences[-1:] = [_("C’est un exercice : rien n’est adopté, rien n’est rejeté.")]
    return sentences


def guests(poll: Poll, outcome: dict[str, Any]) -> list[tuple[str, int]]:
    """What guests said, apart: (words, how many)."""
    said = outcome["guests"]
    return (
        [(choice.label, said[choice.value]) for choice in choices_of(poll) if choice.value in said]
        if said
        else []
    )


def turnout(outcome: dict[str, Any]) -> str:
    """How many ballots, on how many lines of the roll, and how they came."""
    received, electors = outcome["received"], outcome["electors"]
    share = Fraction(received, electors) if electors else Fraction(0)
    message = ngettext(
        "%(received)s bulletin reçu pour %(electors)s inscrits, soit %(share)s.",
        "%(received)s bulletins reçus pour %(electors)s inscrits, soit %(share)s.",
        received,
    )
    sentence = message % {"received": received, "electors": electors, "share": share_text(share)}
    return " ".join([sentence, *by_channel(outcome["channels"])])


def by_channel(channels: dict[str, int]) -> list[str]:
    """How the ballots came, when there was more than one way."""
    words = {
        "web": _("en ligne : %(count)s"),
        "hand": _("à main levée : %(count)s"),
        "paper": _("sur papier : %(count)s"),
        "proxy": _("par pouvoir sans nom : %(count)s"),
    }
    if len(channels) < 2 and "proxy" not in channels:
        return []
    parts = [words[name] % {"count": channels[name]} for name in words if name in channels]
    return [_("Reçus %(parts)s.") % {"parts": ", ".join(parts)}]
