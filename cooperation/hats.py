"""Which hat a person wears on this browser: « Je vote en tant que … »."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone

from cooperation.models import Membership, Person

KEPT_AS = "hat"


def hats_of(person: Person | None) -> list[Membership]:
    """Every hat of the person today, own membership and organisations they speak for."""
    if person is None:
        return []
    return list(Membership.objects.of(person, timezone.localdate()).with_party())


def hat_worn(request: HttpRequest, hats: Sequence[Membership]) -> Membership | None:
    """The hat chosen on this browser if it still is one of theirs, else the first; None without any."""
    chosen = request.session.get(KEPT_AS)
    return next((hat for hat in hats if hat.pk == chosen), hats[0] if hats else None)


def wear(request: HttpRequest, hat: Membership) -> None:
    """Choose the hat this browser speaks with from now on."""
    request.session[KEPT_AS] = hat.pk
