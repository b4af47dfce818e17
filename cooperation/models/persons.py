"""A person is not a member: somebody who logs in, a guest of a workshop, who speaks for others."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    """Makes persons; nobody has a password, a login is a code sent by e-mail."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "Person":
        """Make a person; `password` is accepted for Django's commands and never used by the login page."""
        person = self.model(email=self.normalize_email(email).lower() if email else None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person who may read the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody. The e-mail is the login; a guest has none and is always badged *invité*.

    Once erased (RGPD art. 17) the row stays, without name, address or login, so that what was decided together holds.
    """

    email = models.EmailField(_("adresse électronique"), unique=True, null=True, blank=True)
    given_name = models.CharField(_("prénom"), max_length=80)
    family_name = models.CharField(_("nom"), max_length=80, blank=True)
    language = models.CharField(
        _("langue"), max_length=5, default="fr", choices=[("fr", "Français"), ("en", "English")]
    )
    is_guest = models.BooleanField(_("invité"), default=False)
    is_fiction = models.BooleanField(_("personne fictive"), default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_guest=True) | Q(email__isnull=False) | Q(erased_at__isnull=False),
                name="only_guests_have_no_email",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(email__isnull=True, given_name="", family_name="", is_active=False),
                name="who_is_erased_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name people read; of who was erased, that there was somebody."""
        if self.erased_at is not None:
            return gettext("Personne effacée")
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        """One or two letters for the round badge; a dash for who was erased."""
        if self.erased_at is not None:
            return "–"
        return (self.given_name[:1] + self.family_name[:1]).upper()

    @property
    def actor(self) -> str:
        """The name under which this person acts in `realtime`."""
        return f"person:{self.pk}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Questions asked of notifications."""

    def unread(self) -> Self:
        """Those not read yet."""
        return self.filter(read_at__isnull=True)


class Notification(models.Model):
    """One sentence for one person, with the place it speaks of."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    sentence = models.CharField(max_length=300)
    url = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"])]

    def __str__(self) -> str:
        return self.sentence


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Questions asked of tokens."""

    def live(self, at: datetime) -> Self:
        """Those that open the door at this instant."""
        return self.filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=at))


class ApiToken(models.Model):
    """A person's token for programs; only its SHA-256 is stored, it is shown once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.label

    def is_live(self, at: datetime) -> bool:
        """Whether the token opens the door at this instant."""
        return self.revoked_at is None or self.revoked_at > at
