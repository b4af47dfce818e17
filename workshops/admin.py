"""The admin reads the workshops; it writes nothing."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from workshops.models import Comment, Forwarding, Participation, Proposal, Series, Step, Theme, Workshop


class ReadOnly(admin.ModelAdmin):
    """Everything can be read, nothing changed: the verbs are in the pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Workshop)
class WorkshopAdmin(ReadOnly):
    """Workshops."""

    list_display = ["title", "entity", "series", "starts_at", "access", "state"]
    list_filter = ["state", "access", "entity"]


@admin.register(Proposal)
class ProposalAdmin(ReadOnly):
    """Proposals."""

    list_display = ["number", "version", "workshop", "author", "state", "hidden_at"]
    list_filter = ["state", "workshop"]
    list_select_related = ["version", "workshop", "author"]


@admin.register(Comment)
class CommentAdmin(ReadOnly):
    """Comments."""

    list_display = ["text", "kind", "author", "proposal", "hidden_at"]
    list_select_related = ["author", "proposal"]


@admin.register(Forwarding)
class ForwardingAdmin(ReadOnly):
    """What was handed to governing bodies."""

    list_display = ["version", "body", "at", "taken_up_at", "taken_up_title"]
    list_select_related = ["version", "body"]


@admin.register(Participation)
class ParticipationAdmin(ReadOnly):
    """Who was in which room."""

    list_display = ["person", "workshop", "role", "organisation", "sector"]
    list_select_related = ["person", "workshop", "organisation", "sector"]


admin.site.register([Series, Step, Theme], ReadOnly)
