"""The limits of an election in words: how many seats a group has, how many it holds, whether parity is met."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from votes.counting.polls.election import group_key
from votes.models import Poll


@dataclass(frozen=True)
class HeldLine:
    """A group against its limit: what is asked, what it holds."""

    name: str
    asked: str
    held: str
    is_met: bool
    missed: str


def group_words(limit: Mapping[str, Any]) -> str:
    """The name of a group."""
    return str(limit.get("words") or limit["group"])


def room_words(limit: Mapping[str, Any]) -> str:
    """« 2 sièges », « au moins 1 siège », « de 1 à 3 sièges »."""
    least, most = limit.get("least", 0), limit.get("most")
    if most is None:
        return ngettext("au moins %(least)s siège", "au moins %(least)s sièges", least) % {"least": least}
    if most == least:
        return ngettext("%(most)s siège", "%(most)s sièges", most) % {"most": most}
    if not least:
        return ngettext("au plus %(most)s siège", "au plus %(most)s sièges", most) % {"most": most}
    return _("de %(least)s à %(most)s sièges") % {"least": least, "most": most}


def held_words(won: int, staying: int) -> str:
    """« 2 sièges », « 2 sièges, dont 1 déjà occupé »."""
    held = ngettext("%(held)s siège", "%(held)s sièges", won + staying) % {"held": won + staying}
    if not staying:
        return held
    words = {"held": held, "staying": staying}
    message = ngettext(
        "%(held)s, dont %(staying)s déjà occupé", "%(held)s, dont %(staying)s déjà occupés", staying
    )
    return message % words


def limits_of(poll: Poll, outcome: Mapping[str, Any]) -> list[HeldLine]:
    """Each group that has a limit, in the order of the rules."""
    said = {group_key(each["kind"], each["group"]): each for each in poll.setup.get("limits") or []}
    return [
        HeldLine(
            name=group_words(said[line["group"]]),
            asked=room_words(said[line["group"]]),
            held=held_words(line["won"], line["staying"]),
            is_met=not line["short"],
            missed=_("minimum non atteint"),
        )
        for line in outcome["limits"]
    ]


def parity_of(poll: Poll, outcome: Mapping[str, Any]) -> list[HeldLine]:
    """Each group of the parity; nothing where none is aimed at."""
    if not outcome["parity"]:
        return []
    rule = poll.setup["parity"]
    words = dict(zip(rule["groups"], rule.get("words") or rule["groups"], strict=False))
    most = outcome["parity"]["most"]
    aimed = ngettext("au plus %(most)s siège visé", "au plus %(most)s sièges visés", most)
    due = ngettext("au plus %(most)s siège", "au plus %(most)s sièges", most)
    asked = (due if outcome["parity"]["binding"] else aimed) % {"most": most}
    return [
        HeldLine(
            name=words[line["group"].partition(":")[2]].capitalize(),
            asked=asked,
            held=held_words(line["seats"], 0),
            is_met=not line["excess"],
            missed=_("parité non atteinte"),
        )
        for line in outcome["parity"]["groups"]
    ]
