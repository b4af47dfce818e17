"""The pages of proxies: a member's own, and the desk's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assemblies.models import Assembly, Proxy
from assemblies.proxies import blank_vote
from assemblies.quorum import members_of, rules_in_force
from assemblies.rules import reason_of
from assemblies.views import found, found_for_officers, person_of
from cooperation.models import Membership, Person
from cooperation.rules import BlankVote, StatutesRules, admission_breaches
from realtime.publish import last_seq
from realtime.refused import Refused

LIVING = (Assembly.State.CONVENED, Assembly.State.OPEN)


@dataclass(frozen=True)
class Hat:
    """A member the reader is or speaks for, and the proxy it gave."""

    membership: Membership
    proxy: Proxy | None


@login_required
def proxy_list(request: HttpRequest, assembly: int, **_others: Any) -> HttpResponse:
    """The proxies the reader is offered and holds, those the reader's members gave, and the form to give one."""
    at = timezone.now()
    row, me = found(request, assembly, at), person_of(request)
    assert me is not None
    on = timezone.localdate(at)
    held = list(Proxy.objects.running().filter(assembly=row, holder=me).whole())
    shown = {
        "nav": "assemblies",
        "assembly": row,
        "takes": row.state in LIVING,
        "offered": [each for each in held if each.state == Proxy.State.OFFERED],
        "held": [each for each in held if each.state != Proxy.State.OFFERED],
        "hats": hats_of(me, row, on),
        "people": people_of(row, on).exclude(pk=me.pk),
        **rules_shown(row, on),
    }
    return render(request, "assemblies/proxies.html", shown)


def hats_of(person: Person, assembly: Assembly, on: date) -> list[Hat]:
    """The members this person speaks for here, each with the proxy it gave. Two queries."""
    hats = list(Membership.objects.of(person, on).filter(entity=assembly.entity_id).with_party())
    given = Proxy.objects.running().filter(assembly=assembly, giver__in=hats).whole()
    proxies = {proxy.giver_id: proxy for proxy in given}
    return [Hat(hat, proxies.get(hat.pk)) for hat in hats]


def people_of(assembly: Assembly, on: date) -> QuerySet[Person]:
    """Who may be chosen to hold a proxy: those who are, or speak for, a member in good standing."""
    everyone = Membership.objects.filter(entity=assembly.entity_id).people(on)
    return everyone.filter(is_active=True).order_by("family_name", "given_name")


def rules_shown(assembly: Assembly, on: date) -> dict[str, Any]:
    """What the statutes say of proxies, in sentences, and whether one may name nobody."""
    try:
        rules = rules_in_force(assembly, on)
    except Refused:
        return {"rules": [], "takes_blank": False, "takes_proxies": False, "may_withdraw": False}
    refused = admission_breaches(rules)
    return {
        "rules": [reason_of(breach) for breach in refused] or rule_words(rules),
        "takes_blank": not admission_breaches(rules, is_blank=True),
        "takes_proxies": not refused,
        "may_withdraw": rules.remote_vote_is_withdrawable or assembly.state != Assembly.State.OPEN,
    }


def rule_words(rules: StatutesRules) -> list[str]:
    """The cap, the college, the proxy that names nobody, and whether one may change one's mind in session."""
    said = []
    if rules.proxies_per_holder is not None:
        cap = rules.proxies_per_holder
        words = ngettext(
            "Une personne porte %(cap)s pouvoir au plus.", "Une personne porte %(cap)s pouvoirs au plus.", cap
        )
        said.append(words % {"cap": cap})
    if rules.proxies_same_college:
        said.append(_("Un pouvoir se donne à un membre du même collège."))
    said.append(blank_words(blank_vote(rules)))
    if not rules.remote_vote_is_withdrawable:
        said.append(_("Une fois la séance ouverte, un pouvoir accepté ne se retire plus."))
    return said


def blank_words(vote: BlankVote) -> str:
    """What becomes of a proxy that names nobody."""
    if vote is BlankVote.CHAIR:
        return _("Un pouvoir sans nom va à la présidence de séance, qui vote comme elle l’entend.")
    if vote is BlankVote.REFUSED:
        return _("Un pouvoir nomme toujours qui le porte.")
    return _("Un pouvoir sans nom vote pour ce que le conseil présente ou approuve, et contre le reste.")


@login_required
def proxy_desk(request: HttpRequest, assembly: int, **_others: Any) -> HttpResponse:
    """All the proxies of a meeting, for its officers, who enter those signed on paper."""
    at = timezone.now()
    row = get_object_or_404(found_for_officers(request), pk=assembly)
    seq = last_seq(row.desk_topic)
    on = timezone.localdate(at)
    everyone = members_of(row, on).with_party().order_by("register_number")
    given = list(Proxy.objects.filter(assembly=row).whole().order_by("-pk"))
    running = [each for each in given if each.is_running]
    shown = {
        "nav": "assemblies",
        "assembly": row,
        "seq": seq,
        "takes": row.state in LIVING,
        "running": running,
        "ended": [each for each in given if not each.is_running],
        "members": everyone.exclude(pk__in=[each.giver_id for each in running]),
        "people": people_of(row, on),
        "bonds": Proxy.Bond.choices,
        **rules_shown(row, on),
    }
    return render(request, "assemblies/proxy_desk.html", shown)
