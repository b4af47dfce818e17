"""What the staff reads of assemblies."""

from django.contrib import admin

from assemblies import models
from cooperation.admin_base import ReadOnlyAdmin


@admin.register(models.Assembly)
class AssemblyAdmin(ReadOnlyAdmin):
    """Meetings."""

    list_display = ["title", "entity", "kind", "call", "starts_at", "notice_sent_on", "state"]
    list_filter = ["state", "kind", "entity"]
    list_select_related = ["entity"]
    search_fields = ["title"]


@admin.register(models.Resolution)
class ResolutionAdmin(ReadOnlyAdmin):
    """What was put to the vote, and its fate."""

    list_display = ["number", "title", "assembly", "kind", "state", "decision"]
    list_filter = ["state", "kind"]
    list_select_related = ["assembly", "decision"]
    search_fields = ["title"]


@admin.register(models.Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    """The attendance log, as it was written."""

    list_display = ["at", "assembly", "membership", "person", "movement", "channel", "by"]
    list_filter = ["assembly", "movement", "channel"]
    list_select_related = ["assembly", "membership__person", "membership__organisation", "person", "by"]


admin.site.register([models.Officer, models.AgendaItem, models.QuorumRecord], ReadOnlyAdmin)
