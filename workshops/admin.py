"""The admin reads the workshops; it writes nothing."""

from django.contrib import admin

from cooperation.admin_base import ReadOnlyAdmin
from workshops.models import Comment, Forwarding, Participation, Proposal, Series, Step, Theme, Workshop


@admin.register(Workshop)
class WorkshopAdmin(ReadOnlyAdmin):
    """Workshops."""

    list_display = ["title", "entity", "series", "starts_at", "access", "state"]
    list_filter = ["state", "access", "entity"]


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """Proposals."""

    list_display = ["number", "version", "workshop", "author", "state", "hidden_at"]
    list_filter = ["state", "workshop"]
    list_select_related = ["version", "workshop", "author"]


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """Comments."""

    list_display = ["text", "kind", "author", "proposal", "hidden_at"]
    list_select_related = ["author", "proposal"]


@admin.register(Forwarding)
class ForwardingAdmin(ReadOnlyAdmin):
    """What was handed to governing bodies."""

    list_display = ["version", "body", "at", "taken_up_at", "taken_up_title"]
    list_select_related = ["version", "body"]


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    """Who was in which room."""

    list_display = ["person", "workshop", "role", "organisation", "sector"]
    list_select_related = ["person", "workshop", "organisation", "sector"]


admin.site.register([Series, Step, Theme], ReadOnlyAdmin)
