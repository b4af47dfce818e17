"""What the staff reads of cooperation."""

from django.contrib import admin
from django.contrib.auth.models import Group

from cooperation import models
from cooperation.admin_base import ReadOnlyAdmin

admin.site.unregister(Group)


@admin.register(models.Person)
class PersonAdmin(ReadOnlyAdmin):
    """Persons, without the columns of a login nobody uses."""

    list_display = ["name", "email", "language", "is_guest", "is_active", "joined_at"]
    list_filter = ["is_guest", "is_active", "language"]
    search_fields = ["given_name", "family_name", "email"]
    exclude = ["password", "groups", "user_permissions"]


@admin.register(models.Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """The register."""

    list_display = ["register_number", "name", "entity", "category", "college", "admitted_on", "ended_on"]
    list_filter = ["entity", "category", "college"]
    list_select_related = ["person", "organisation", "entity", "college__entity"]
    search_fields = ["organisation__name", "person__given_name", "person__family_name"]


@admin.register(models.Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """Structures of the network."""

    list_display = ["name", "kind", "city", "structures", "is_fiction"]
    list_filter = ["kind"]
    search_fields = ["name", "city"]


@admin.register(models.Representation)
class RepresentationAdmin(ReadOnlyAdmin):
    """Who speaks for whom."""

    list_display = ["organisation", "person", "role", "since", "until"]
    list_select_related = ["organisation", "person"]


@admin.register(models.Mandate)
class MandateAdmin(ReadOnlyAdmin):
    """Terms of office."""

    list_display = ["body", "person", "role", "since", "until"]
    list_filter = ["body"]
    list_select_related = ["body", "person"]


@admin.register(models.Statutes)
class StatutesAdmin(ReadOnlyAdmin):
    """Versions of the rules."""

    list_display = ["entity", "version", "in_force_from", "pooling", "decided_by"]
    list_select_related = ["entity"]


@admin.register(models.ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Tokens, without their digest."""

    list_display = ["label", "person", "created_at", "last_used_at", "revoked_at"]
    list_select_related = ["person"]
    exclude = ["digest"]


admin.site.register(
    [
        models.LegalEntity,
        models.College,
        models.CollegeWeight,
        models.Sector,
        models.NetworkEvent,
        models.GoverningBody,
        models.Notification,
    ],
    ReadOnlyAdmin,
)
