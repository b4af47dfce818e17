"""What lets anyone check a named poll: the heads while it is open, the export, the script that recounts it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from realtime.publish import last_seq
from votes.export import export_text, has_chain, has_export, recount_script
from votes.views.ballots import seen_poll
from votes.views.results import may_read_roll, result_or_why

HEADS_PER_PAGE = 50


@login_required
def poll_heads(request: HttpRequest, poll: int) -> HttpResponse:
    """The heads of the chain, the latest first: who keeps one knows that nothing before it was changed."""
    found = seen_poll(request, poll, timezone.now())
    if not has_chain(found):
        raise Http404
    steps = found.chain.annotate(inscribed=Count("entries")).order_by("-number")
    page = Paginator(steps, HEADS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "votes",
        "poll": found,
        "page": page,
        "seq": last_seq(found.topic),
        "is_open": found.is_open(timezone.now()),
        "may_read_roll": may_read_roll(request, found),
    }
    return render(request, "votes/heads.html", context)


@login_required
def poll_export(request: HttpRequest, poll: int) -> HttpResponse:
    """The export of a counted poll, for who may read its roll; before its result shows, the page that says why."""
    at = timezone.now()
    found = seen_poll(request, poll, at)
    if not has_export(found) or not may_read_roll(request, found):
        raise Http404
    result, _waits = result_or_why(found, at)
    if result is None:
        return redirect("votes:poll-result", poll)
    found.refresh_from_db()
    return attached(export_text(found, result), "application/json", f"vote-{found.pk}.json")


@require_safe
@cache_control(public=True, max_age=300)
def recount(request: HttpRequest) -> HttpResponse:
    """The stand-alone script, handed out with every export: to anyone, it holds nothing of anybody."""
    return attached(recount_script(), "text/x-python", "recount.py")


def attached(text: str, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
