"""A proxy waits while its giver is there, and holds again when the giver leaves."""

from datetime import datetime

from django.utils import timezone

from assemblies.events import ProxiesChanged
from assemblies.models import Assembly, Proxy
from assemblies.proxy_rules import check_withdrawable
from assemblies.quorum import rules_in_force
from cooperation.models import Membership
from realtime.facts import Fact

State = Proxy.State


def check_may_come(assembly: Assembly, giver: Membership, at: datetime) -> None:
    """Refuse that a member who is represented arrives in session, where the statutes do not let a proxy be withdrawn.

    Raises `Refused("V13")` with the article.
    """
    if Proxy.objects.accepted().filter(assembly=assembly, giver=giver).exists():
        check_withdrawable(rules_in_force(assembly, timezone.localdate(at)), assembly=assembly.state)


def set_aside(assembly: Assembly, giver: Membership) -> list[tuple[Fact, str]]:
    """Suspend the proxy of a member who arrived. The caller publishes."""
    return moved(assembly, giver, State.ACCEPTED, State.SUSPENDED)


def take_again(assembly: Assembly, giver: Membership) -> list[tuple[Fact, str]]:
    """Let the proxy of a member who left hold again. The caller publishes."""
    return moved(assembly, giver, State.SUSPENDED, State.ACCEPTED)


def moved(assembly: Assembly, giver: Membership, before: State, after: State) -> list[tuple[Fact, str]]:
    """Carry a member's proxy from one state to the other, if it has one."""
    rows = Proxy.objects.filter(assembly=assembly, giver=giver, state=before)
    return [(ProxiesChanged(assembly.pk), assembly.topic)] if rows.update(state=after) else []
