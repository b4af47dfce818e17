"""The admin reads the polls, their rolls and what came out; it writes nothing."""

from django.contrib import admin

from cooperation.admin_base import ReadOnlyAdmin
from votes.models import Ballot, Elector, Poll, Result


@admin.register(Poll)
class PollAdmin(ReadOnlyAdmin):
    """Polls."""

    list_display = ["question", "parent_title", "method", "is_binding", "state", "opened_at", "ballots_cast"]
    list_filter = ["state", "is_binding", "method"]


@admin.register(Elector)
class ElectorAdmin(ReadOnlyAdmin):
    """Lines of the rolls."""

    list_display = ["number", "label", "poll", "college", "is_guest", "has_voted_at"]
    list_select_related = ["poll"]


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    """Ballots of named polls, without what they say."""

    list_display = ["number", "poll", "elector", "channel", "received_at"]
    list_select_related = ["poll", "elector"]
    exclude = ["choices"]


admin.site.register(Result, ReadOnlyAdmin)
