"""Proxies: a member who cannot come gives its voice to someone who can, for one meeting."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assemblies.models.meetings import Assembly, offices_of
from cooperation.models import Membership, Person
from cooperation.rules import Relation


class ProxyQuerySet(models.QuerySet["Proxy"]):
    """Questions asked of proxies."""

    def running(self) -> Self:
        """Those that hold or may come to hold: offered, accepted, or set aside while the giver is there."""
        return self.filter(state__in=Proxy.RUNNING)

    def accepted(self) -> Self:
        """Those that represent their giver now, in the order in which they were accepted."""
        return self.filter(state=Proxy.State.ACCEPTED).order_by("accepted_at", "pk")

    def visible_to(self, person: Person, on: date) -> Self:
        """Those this person gave for a member, is offered or holds, or keeps at the desk of the meeting."""
        if person.pk is None:
            return self.none()
        mine = Q(giver__in=Membership.objects.of(person, on)) | Q(holder=person)
        return self.filter(mine | Q(assembly__in=offices_of(person).values("assembly_id")))

    def whole(self) -> Self:
        """With all that a page says of them, in one query."""
        return self.select_related("giver__person", "giver__organisation", "giver__college", "holder")


class Proxy(models.Model):
    """One proxy: from a member, to a person or to nobody named, for one meeting and the next call of it.

    `given_for` is the day of the meeting it was given for: a next call on the same agenda keeps it.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("proposé")
        ACCEPTED = "accepted", _("accepté")
        SUSPENDED = "suspended", _("suspendu")
        DECLINED = "declined", _("décliné")
        REVOKED = "revoked", _("retiré")

    class Bond(models.TextChoices):
        MEMBER = Relation.MEMBER.value, _("membre")
        SPOUSE = Relation.SPOUSE.value, _("conjoint·e")
        PARTNER = Relation.PARTNER.value, _("partenaire de PACS")
        OTHER = Relation.OTHER.value, _("une autre personne")

    RUNNING: ClassVar[tuple[str, ...]] = (State.OFFERED, State.ACCEPTED, State.SUSPENDED)

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_blank = models.BooleanField(default=False)
    bond = models.CharField(max_length=7, choices=Bond.choices, default=Bond.MEMBER)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OFFERED)
    wish = models.CharField(max_length=300, blank=True)
    given_for = models.DateField()
    given_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField()
    is_paper = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ProxyQuerySet.as_manager()

    class Meta:
        ordering = ["assembly_id", "pk"]
        verbose_name_plural = "proxies"
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "giver"],
                condition=Q(state__in=["offered", "accepted", "suspended"]),
                name="one_running_proxy_per_member",
            ),
            models.CheckConstraint(
                condition=Q(is_blank=False) | Q(holder__isnull=True), name="a_blank_proxy_names_nobody"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "suspended"]) | Q(accepted_at__isnull=False),
                name="a_proxy_in_force_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["declined", "revoked"], ended_at__isnull=False)
                | Q(state__in=["offered", "accepted", "suspended"], ended_at__isnull=True),
                name="a_proxy_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__gte=F("given_at")),
                name="accepted_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"proxy {self.pk} of {self.giver_id}"

    def get_absolute_url(self) -> str:
        """The page of the proxies of its meeting."""
        return reverse("assemblies:proxy-list", args=[self.assembly_id])

    @property
    def is_running(self) -> bool:
        """Whether it holds or may come to hold."""
        return self.state in self.RUNNING
