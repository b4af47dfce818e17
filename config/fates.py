"""What became of my proposals, seen from above: what the room knows, then what an assembly made of it."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import assemblies.chain
import workshops.chain
from assemblies.models import Resolution
from workshops.chain import Fate, Station
from workshops.models import Proposal

KINDS = ("contribution", "proposition", "vote", "decision", "action")


def fate_of(proposal: Proposal) -> Fate:
    """The fate the room tells, or the last word of the assembly that voted on these words."""
    fate = workshops.chain.fate_of(proposal)
    if proposal.version is None:
        return fate
    voted = assemblies.chain.resolutions_of_version(workshops.chain.end_of(proposal))
    return told_by(voted[-1], fate) if voted else fate


def told_by(resolution: Resolution, fate: Fate) -> Fate:
    """A fate, as far as this resolution took it."""
    words = {"title": resolution.title, "assembly": resolution.assembly.title}
    match resolution.state:
        case Resolution.State.VOTING:
            sentence = _("Devenue la résolution « %(title)s » : le vote est en cours.") % words
            return replace(fate, sentence=sentence, stations=stations("now", "todo", "todo"))
        case Resolution.State.REJECTED:
            sentence = _("Non adoptée par « %(assembly)s ».") % words
            return replace(fate, sentence=sentence, stations=stations("done", "todo", "todo"))
        case Resolution.State.ADOPTED if resolution.decision is not None:
            return adopted(resolution, fate)
    return fate


def adopted(resolution: Resolution, fate: Fate) -> Fate:
    """The decision it became, and the actions under way."""
    assert resolution.decision is not None
    actions = resolution.decision.actions.count()
    sentence = _("Adoptée : c’est la décision %(reference)s.") % {"reference": resolution.decision.reference}
    if actions:
        sentence += " " + ngettext("%(n)s action la suit.", "%(n)s actions la suivent.", actions) % {
            "n": actions
        }
    return replace(fate, sentence=sentence, stations=stations("done", "done", "now" if actions else "todo"))


def stations(vote: str, decision: str, action: str) -> tuple[Station, ...]:
    """The five stops, the first two behind us."""
    states = ("done", "done", vote, decision, action)
    return tuple(Station(kind, state) for kind, state in zip(KINDS, states, strict=True))
