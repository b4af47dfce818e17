"""The acts of proxies: give, accept, decline, take back; and whether the board backs a resolution."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import BooleanField, CharField, ChoiceField, Serializer

from assemblies import inputs, services
from assemblies.api import answer, member, page, seen, seen_resolution
from assemblies.models import Assembly, Proxy
from cooperation.models import Membership, Person
from cooperation.services import guest_named
from realtime.commands import Caller, Command
from realtime.refused import Refused

Data = Mapping[str, Any]
Answer = dict[str, Any]
BACKED = [("yes", _("présentée ou approuvée par le conseil")), ("no", _("ni présentée ni approuvée"))]


class ProxyGiveIn(Serializer):
    """Whose voice, to whom (or to nobody named), with what said; `paper` for what the desk enters."""

    assembly = inputs.target()
    membership = inputs.target()
    holder = inputs.MaybeNumber(label=_("Qui porte le pouvoir"), min_value=1)
    blank = BooleanField(label=_("Sans nom"), required=False, default=False)
    bond = ChoiceField(
        label=_("Qui est cette personne"),
        required=False,
        default=Proxy.Bond.MEMBER,
        choices=Proxy.Bond.choices,
    )
    name = CharField(label=_("Nom"), required=False, default="", allow_blank=True, max_length=80)
    wish = CharField(label=_("Consigne"), required=False, default="", allow_blank=True, max_length=300)
    paper = BooleanField(required=False, default=False)


class ProxyIn(Serializer):
    """A proxy; `desk` says from which page."""

    proxy = inputs.target()
    desk = BooleanField(required=False, default=False)


class ResolutionBackIn(Serializer):
    """A resolution, and whether the board presents or approves it."""

    resolution = inputs.target()
    backed = ChoiceField(label=_("Position du conseil"), choices=BACKED)


def proxy_give(caller: Caller, data: Data) -> Answer:
    """Give a member's voice to somebody, or to nobody named."""
    row, giver = seen(caller, data["assembly"]), member(caller, data)
    made = services.give_proxy(
        by=caller.person,
        assembly=row,
        giver=giver,
        holder=None if data["blank"] else holder_of(row, data, caller.at),
        bond=data["bond"],
        wish=data["wish"],
        is_paper=data["paper"],
        at=caller.at,
    )
    return answered(made, desk=data["paper"])


def holder_of(assembly: Assembly, data: Data, at: datetime) -> Person:
    """Who is to hold a proxy: a member of the entity, or who came with a paper and has no account.

    Raises `Refused`: `holder_missing`, `not_found`.
    """
    if data["holder"] is None:
        if not (data["paper"] and data["name"].strip()):
            raise Refused("holder_missing")
        return guest_named(name=data["name"], at=at)
    on = timezone.localdate(at)
    people = Membership.objects.filter(entity=assembly.entity_id).people(on)
    found = people.filter(pk=data["holder"], is_active=True).first()
    if found is None:
        raise Refused("not_found")
    return found


def answered(proxy: Proxy, *, desk: bool) -> Answer:
    """The proxy as it stands, and the page it was written from."""
    said = answer("page", proxy.assembly_id, proxy=proxy.pk, state=str(proxy.state))
    name = "proxies" if desk else "page"
    return {**said, "url": page(name, proxy.assembly_id) if desk else proxy.get_absolute_url()}


def seen_proxy(caller: Caller, pk: int) -> Proxy:
    """The proxy among those the caller gave, holds, or keeps at the desk. Raises `Refused("not_found")`."""
    mine = Proxy.objects.visible_to(caller.person, timezone.localdate(caller.at))
    found = mine.select_related("assembly").filter(pk=pk).first()
    if found is None:
        raise Refused("not_found")
    return found


def proxy_accept(caller: Caller, data: Data) -> Answer:
    """Take the proxy one is offered."""
    row = services.accept_proxy(by=caller.person, proxy=seen_proxy(caller, data["proxy"]), at=caller.at)
    return answered(row, desk=False)


def proxy_decline(caller: Caller, data: Data) -> Answer:
    """Give back the proxy one is offered or holds."""
    row = services.decline_proxy(by=caller.person, proxy=seen_proxy(caller, data["proxy"]), at=caller.at)
    return answered(row, desk=False)


def proxy_revoke(caller: Caller, data: Data) -> Answer:
    """Take a proxy back."""
    row = services.revoke_proxy(by=caller.person, proxy=seen_proxy(caller, data["proxy"]), at=caller.at)
    return answered(row, desk=data["desk"])


def resolution_back(caller: Caller, data: Data) -> Answer:
    """Say whether the board presents or approves a resolution."""
    resolution = seen_resolution(caller, data["resolution"])
    is_backed = data["backed"] == "yes"
    row = services.back_resolution(by=caller.person, resolution=resolution, is_backed=is_backed, at=caller.at)
    return answer("prepare", row.assembly_id, resolution=row.pk, backed=row.is_backed)


PROXY_GIVE = Command("proxy.give", ProxyGiveIn, proxy_give)
PROXY_ACCEPT = Command("proxy.accept", ProxyIn, proxy_accept)
PROXY_DECLINE = Command("proxy.decline", ProxyIn, proxy_decline)
PROXY_REVOKE = Command("proxy.revoke", ProxyIn, proxy_revoke)
RESOLUTION_BACK = Command("resolution.back", ResolutionBackIn, resolution_back)

COMMANDS = (PROXY_GIVE, PROXY_ACCEPT, PROXY_DECLINE, PROXY_REVOKE, RESOLUTION_BACK)
