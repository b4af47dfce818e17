"""What the staff reads of decisions."""

from django.contrib import admin

from cooperation.admin_base import ReadOnlyAdmin
from decisions import models


@admin.register(models.Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """The registers."""

    list_display = ["reference", "title", "entity", "body", "decided_on", "superseded_by"]
    list_filter = ["entity", "year"]
    list_select_related = ["entity", "body", "superseded_by"]
    search_fields = ["title"]


@admin.register(models.Action)
class ActionAdmin(ReadOnlyAdmin):
    """What is being done about them."""

    list_display = ["reference", "title", "pilot", "due_on", "progress", "state"]
    list_filter = ["state", "axis__plan"]
    list_select_related = ["axis__plan", "pilot"]
    search_fields = ["title"]


admin.site.register(
    [models.Plan, models.Axis, models.FollowUp, models.Indicator, models.Measure], ReadOnlyAdmin
)
