"""The acts of cooperation on the person's own things, and what its REST doors read."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import generics, serializers

from cooperation.filters import RegisterFilter
from cooperation.hats import hats_of
from cooperation.models import ApiToken, Membership, Notification, Person, belongs_to_network
from cooperation.services import read_notifications, rename, revoke_token
from realtime.commands import Caller, Command
from realtime.refused import Refused

# -- acts


class ReadIn(serializers.Serializer[Any]):
    """Which notifications; all of them when none is named."""

    notifications = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, max_length=500
    )


def notifications_read(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Mark the caller's own notifications as read."""
    read = read_notifications(person=caller.person, at=caller.at, only=data.get("notifications") or None)
    return {"read": read, "url": reverse("cooperation:notification-list")}


class NameIn(serializers.Serializer[Any]):
    """One's own name."""

    given_name = serializers.CharField(max_length=80, label=_("Prénom"))
    family_name = serializers.CharField(max_length=80, allow_blank=True, default="", label=_("Nom"))


def person_rename(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Correct the caller's own name."""
    rename(person=caller.person, **data)
    return {"name": caller.person.name, "url": reverse("cooperation:profile")}


class TokenIn(serializers.Serializer[Any]):
    """One of the caller's tokens."""

    token = serializers.IntegerField(min_value=1)


def token_revoke(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Close the door of one of the caller's own tokens."""
    token = ApiToken.objects.filter(person=caller.person, pk=data["token"]).first()
    if token is None:
        raise Refused("not_found")
    revoke_token(token=token, at=caller.at)
    return {"token": token.pk, "url": reverse("cooperation:profile") + "#jetons"}


NOTIFICATIONS_READ = Command("notifications.read", ReadIn, notifications_read)
PERSON_RENAME = Command("person.rename", NameIn, person_rename)
TOKEN_REVOKE = Command("token.revoke", TokenIn, token_revoke)
COMMANDS = (NOTIFICATIONS_READ, PERSON_RENAME, TOKEN_REVOKE)


# -- reading


class HatOut(serializers.ModelSerializer[Membership]):
    """A hat: a membership one acts for."""

    entity = serializers.CharField(source="entity.slug")
    college = serializers.CharField(source="college.letter", default=None)

    class Meta:
        model = Membership
        fields = ["id", "name", "entity", "category", "college", "register_number"]


class MeOut(serializers.ModelSerializer[Person]):
    """Oneself, with one's hats of today."""

    hats = serializers.SerializerMethodField()
    unread = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = [
            "id",
            "name",
            "given_name",
            "family_name",
            "email",
            "language",
            "is_guest",
            "unread",
            "hats",
        ]

    def get_hats(self, person: Person) -> list[dict[str, Any]]:
        """The memberships the person acts for."""
        return [dict(hat) for hat in HatOut(hats_of(person), many=True).data]

    def get_unread(self, person: Person) -> int:
        """How many notifications wait."""
        return person.notifications.unread().count()


class Me(generics.RetrieveAPIView[Person]):
    """Who the token or the session belongs to."""

    serializer_class = MeOut

    def get_object(self) -> Person:
        """The caller."""
        person: Person = self.request.user  # type: ignore[assignment]
        return person


class MemberOut(serializers.ModelSerializer[Membership]):
    """One line of the register."""

    entity = serializers.CharField(source="entity.slug")
    college = serializers.CharField(source="college.letter", default=None)
    is_organisation = serializers.SerializerMethodField()
    city = serializers.CharField(source="organisation.city", default="")

    class Meta:
        model = Membership
        fields = [
            "id",
            "entity",
            "register_number",
            "name",
            "is_organisation",
            "category",
            "college",
            "city",
            "admitted_on",
            "ended_on",
        ]

    def get_is_organisation(self, membership: Membership) -> bool:
        """Whether the member is an organisation."""
        return membership.organisation_id is not None


class Members(generics.GenericAPIView[Membership]):
    """The register as far as the caller may read it: all for the people of the network, else nothing."""

    serializer_class = MemberOut

    def get_queryset(self) -> QuerySet[Membership]:
        """Members, with what a line shows."""
        if not belongs_to_network(self.request.user, timezone.localdate()):
            return Membership.objects.none()
        return Membership.objects.with_party().order_by("entity", "register_number")


class MemberList(Members, generics.ListAPIView[Membership]):
    """Members in good standing on a day (`on`, today by default)."""

    filterset_class = RegisterFilter


class MemberDetail(Members, generics.RetrieveAPIView[Membership]):
    """One member."""

    filter_backends = ()


class NotificationOut(serializers.ModelSerializer[Notification]):
    """One sentence told to the caller, and the place it speaks of."""

    class Meta:
        model = Notification
        fields = ["id", "sentence", "url", "at", "read_at"]


class NotificationList(generics.ListAPIView[Notification]):
    """What the caller was told, the latest first."""

    serializer_class = NotificationOut
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Notification]:
        """The caller's own."""
        return Notification.objects.filter(person=self.request.user.pk)
