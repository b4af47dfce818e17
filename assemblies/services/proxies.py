"""Proxies: a member gives one, its holder accepts; it waits while the giver is there, and ends when one of them says so."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assemblies.events import ProxiesChanged, ProxyMoved
from assemblies.models import Assembly, Proxy
from assemblies.proxies import breaches_of, colleges_of, held_by
from assemblies.proxy_rules import check_is_holder, check_may_give, check_may_revoke
from assemblies.quorum import members_of, present_in, rules_in_force
from assemblies.rights import role_of
from assemblies.rules import refuse_breach
from assemblies.services.attending import speaks_for
from assemblies.services.locking import locked
from cooperation.models import Membership, Person
from cooperation.services import write_notices
from realtime.facts import Fact
from realtime.publish import publish, touch

State = Proxy.State


@transaction.atomic
def give_proxy(
    *,
    by: Person,
    assembly: Assembly,
    giver: Membership,
    at: datetime,
    holder: Person | None = None,
    bond: str = Proxy.Bond.MEMBER,
    wish: str = "",
    is_paper: bool = False,
) -> Proxy:
    """Give the voice of a member to somebody, or to nobody named (`holder` None), for one meeting.

    Given online, it is offered and its holder accepts; on paper, entered by the desk, or naming nobody, it holds at
    once. Raises `Refused`: what `check_may_give` says, and `V12` with the article that refuses it.
    """
    assembly = locked(assembly)
    on = timezone.localdate(at)
    check_may_give(
        state=assembly.state,
        is_officer=role_of(by, assembly) is not None,
        speaks_for=speaks_for(by, giver, on),
        is_paper=is_paper,
        is_member=members_of(assembly, on).filter(pk=giver.pk).exists(),
        to_oneself=holder is not None and speaks_for(holder, giver, on),
        to_a_guest=holder is not None and holder.is_guest and not is_paper,
        is_given=Proxy.objects.running().filter(assembly=assembly, giver=giver).exists(),
    )
    proxy = Proxy(assembly=assembly, giver=giver, holder=holder, bond=bond, wish=wish.strip())
    proxy.is_blank, proxy.is_paper, proxy.given_for = holder is None, is_paper, assembly.held_on
    proxy.given_by, proxy.given_at = by, at
    if is_paper or holder is None:
        proxy.state, proxy.accepted_at = standing_state(assembly, giver), at
    check_law(proxy, assembly, on)
    proxy.save()
    is_offered = proxy.state == State.OFFERED
    tell(proxy, write_notice(proxy, holder, offer_words(proxy), at) if is_offered else [])
    return proxy


def standing_state(assembly: Assembly, giver: Membership) -> State:
    """Accepted, or suspended while the giver is there."""
    is_there = present_in(assembly).filter(membership=giver).exists()
    return State.SUSPENDED if is_there else State.ACCEPTED


def check_law(proxy: Proxy, assembly: Assembly, on: date) -> None:
    """Refuse by the name of the law what it, or the statutes, does not allow. Raises `Refused("V12")`."""
    rules = rules_in_force(assembly, on)
    holder = proxy.holder
    colleges = colleges_of([holder.pk], assembly, on) if holder else {}
    held = held_by(holder, assembly, proxy) if holder else 0
    refuse_breach(breaches_of(proxy, rules, assembly, colleges, held))


def locked_proxy(proxy: Proxy) -> Proxy:
    """The proxy with its meeting, which is held until the act ends."""
    assembly = locked(proxy.assembly)
    row = Proxy.objects.whole().get(pk=proxy.pk)
    row.assembly = assembly
    return row


@transaction.atomic
def accept_proxy(*, by: Person, proxy: Proxy, at: datetime) -> Proxy:
    """Take the proxy one is offered; the giver is told. The law is asked again.

    Raises `Refused`: what `check_is_holder` says, `V12`.
    """
    row = locked_proxy(proxy)
    check_is_holder(
        is_holder=row.holder_id == by.pk,
        is_waiting=row.state == State.OFFERED,
        assembly=row.assembly.state,
    )
    check_law(row, row.assembly, timezone.localdate(at))
    row.state, row.accepted_at = standing_state(row.assembly, row.giver), at
    row.save(update_fields=["state", "accepted_at"])
    tell(row, write_notice(row, row.given_by, accepted_words(row), at))
    return row


@transaction.atomic
def decline_proxy(*, by: Person, proxy: Proxy, at: datetime) -> Proxy:
    """Give back the proxy one is offered or holds; the giver is told.

    Raises `Refused`: what `check_is_holder` says.
    """
    row = locked_proxy(proxy)
    check_is_holder(is_holder=row.holder_id == by.pk, is_waiting=row.is_running, assembly=row.assembly.state)
    end(row, State.DECLINED, at)
    tell(row, write_notice(row, row.given_by, declined_words(row), at))
    return row


@transaction.atomic
def revoke_proxy(*, by: Person, proxy: Proxy, at: datetime) -> Proxy:
    """Take one's proxy back, or at the desk that of a member who says so; its holder is told.

    Once the session is open, only where the statutes let it be withdrawn (V13). Raises `Refused`: what
    `check_may_revoke` says.
    """
    row = locked_proxy(proxy)
    on = timezone.localdate(at)
    check_may_revoke(
        rules_in_force(row.assembly, on),
        is_officer=role_of(by, row.assembly) is not None,
        speaks_for=speaks_for(by, row.giver, on),
        is_running=row.is_running,
        is_accepted=row.state != State.OFFERED,
        assembly=row.assembly.state,
    )
    end(row, State.REVOKED, at)
    tell(row, write_notice(row, row.holder, revoked_words(row), at))
    return row


def end(proxy: Proxy, state: State, at: datetime) -> None:
    """Keep how and when a proxy ended."""
    proxy.state, proxy.ended_at = state, at
    proxy.save(update_fields=["state", "ended_at"])


def tell(proxy: Proxy, told: list[tuple[Fact, str]]) -> None:
    """Told to the hall, which counts; to the desk, which sees who; and to the person concerned."""
    assembly = proxy.assembly
    publish(
        [
            (ProxiesChanged(assembly.pk), assembly.topic),
            (ProxyMoved(assembly.pk, proxy.giver_id), assembly.desk_topic),
            *told,
        ]
    )
    touch(assembly.topic)


def write_notice(
    proxy: Proxy, person: Person | None, sentence: Callable[[], str], at: datetime
) -> list[tuple[Fact, str]]:
    """The notification of one person, who reads the rest on the page of the proxies."""
    if person is None or person.is_guest:
        return []
    return write_notices(people=[person], sentence=sentence, url=proxy.get_absolute_url(), at=at)


def offer_words(proxy: Proxy) -> Callable[[], str]:
    """What a holder reads when a proxy is offered."""
    return lambda: (
        _("%(giver)s vous propose de porter son pouvoir à « %(title)s » : à vous d’accepter.")
        % (words_of(proxy))
    )


def accepted_words(proxy: Proxy) -> Callable[[], str]:
    """What a giver reads when the holder accepts."""
    return lambda: _("%(holder)s porte le pouvoir de %(giver)s à « %(title)s ».") % words_of(proxy)


def declined_words(proxy: Proxy) -> Callable[[], str]:
    """What a giver reads when the holder does not carry it."""
    return lambda: _("%(holder)s ne portera pas le pouvoir de %(giver)s à « %(title)s ».") % words_of(proxy)


def revoked_words(proxy: Proxy) -> Callable[[], str]:
    """What a holder reads when the giver takes it back."""
    return lambda: _("%(giver)s a retiré le pouvoir que vous portiez à « %(title)s ».") % words_of(proxy)


def words_of(proxy: Proxy) -> dict[str, str]:
    """Who and which meeting, as the sentences say them."""
    holder = proxy.holder.name if proxy.holder else ""
    return {"giver": proxy.giver.name, "holder": holder, "title": proxy.assembly.title}


@transaction.atomic
def forget_proxies(*, person: Person, at: datetime) -> None:
    """Take an erased person out of proxies: no wish of theirs or for them stays, and those still running end."""
    theirs = Proxy.objects.filter(Q(given_by=person) | Q(holder=person) | Q(giver__person=person))
    theirs.exclude(wish="").update(wish="")
    theirs.running().update(state=State.REVOKED, ended_at=at)
