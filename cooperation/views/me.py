"""A person's own pages: name, language, hats, notifications, tokens, data."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cooperation.hats import hat_worn, hats_of, wear
from cooperation.models import Notification, Person
from cooperation.places import is_local, next_place
from cooperation.services import issue_token, read_notifications, set_language
from realtime.publish import last_seq
from realtime.refused import Refused, sentence_of

PER_PAGE = 20


def me_of(request: HttpRequest) -> Person:
    """Who reads: these pages are behind a login."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


@login_required
def profile(request: HttpRequest, **shown: object) -> HttpResponse:
    """« Moi »: who I am here, for whom I act, what I was told, what my programs may do."""
    me = me_of(request)
    at = timezone.now()
    seq = last_seq(f"person:{me.pk}")
    hats = hats_of(me)
    context = {
        "nav": "me",
        "seq": seq,
        "topic": f"person:{me.pk}",
        "hats": hats,
        "worn": hat_worn(request, hats),
        "notices": me.notifications.all()[:5],
        "mandates": me.mandates.as_of(timezone.localdate(at)).select_related("body__entity"),
        "tokens": me.tokens.live(at),
        "languages": settings.LANGUAGES,
        **shown,
    }
    return render(request, "cooperation/profile.html", context)


@login_required
def notification_list(request: HttpRequest) -> HttpResponse:
    """Everything I was told, the latest first."""
    me = me_of(request)
    seq = last_seq(f"person:{me.pk}")
    page = Paginator(me.notifications.all(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"nav": "me", "seq": seq, "topic": f"person:{me.pk}", "page": page}
    return render(request, "cooperation/notifications.html", context)


@login_required
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a notification to its object; it is read from now on."""
    me = me_of(request)
    notice = get_object_or_404(Notification, pk=pk, person=me)
    read_notifications(person=me, at=timezone.now(), only=[notice.pk])
    place = notice.url if is_local(notice.url) else reverse("cooperation:notification-list")
    return HttpResponseRedirect(place)


@require_POST
def language_set(request: HttpRequest) -> HttpResponse:
    """Read the platform in another language: kept in a cookie, and in the profile of who is logged in."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    if isinstance(request.user, Person):
        set_language(person=request.user, language=language)
    response = HttpResponseRedirect(next_place(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_required
@require_POST
def hat_set(request: HttpRequest) -> HttpResponse:
    """Speak for another of my memberships from now on, on this browser."""
    chosen = request.POST.get("hat", "")
    hat = next((hat for hat in hats_of(me_of(request)) if str(hat.pk) == chosen), None)
    if hat is None:
        raise Http404
    wear(request, hat)
    return HttpResponseRedirect(next_place(request, default=reverse("cooperation:profile")))


@login_required
@never_cache
def token_add(request: HttpRequest) -> HttpResponse:
    """Make a token and show it this once. The page is not kept anywhere, the token neither."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("cooperation:profile"))
    label = request.POST.get("label", "")
    try:
        token, secret = issue_token(person=me_of(request), label=label, at=timezone.now())
    except Refused as refused:
        response = profile(request, token_error=sentence_of(refused), token_label=label)
        response.status_code = 422
        return response
    return profile(request, new_token=token, secret=secret)


@login_required
@never_cache
def data_export(request: HttpRequest) -> HttpResponse:
    """What the platform holds about me, as a file."""
    person = me_of(request)
    everything = import_string(settings.PERSONAL_DATA)
    response = JsonResponse(everything(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@login_required
@never_cache
def person_erase(request: HttpRequest) -> HttpResponse:
    """Erase myself: what goes, what stays, and the form that does it, once its box is ticked."""
    person, status, error = me_of(request), 200, ""
    if request.method == "POST":
        try:
            erase(person, is_confirmed=bool(request.POST.get("confirmed")))
        except Refused as refused:
            status, error = 422, sentence_of(refused)
        else:
            logout(request)
            return HttpResponseRedirect(reverse("cooperation:person-erased"), status=303)
    return render(request, "cooperation/erase.html", {"nav": "me", "error": error}, status=status)


def erase(person: Person, *, is_confirmed: bool) -> None:
    """Ask every floor to erase this person. Raises `Refused`: `erasure_unconfirmed`, and what the floors say."""
    if not is_confirmed:
        raise Refused("erasure_unconfirmed")
    import_string(settings.ERASE_PERSON)(person=person, at=timezone.now())


def person_erased(request: HttpRequest) -> HttpResponse:
    """What somebody reads who was just erased; who is still somebody goes to their own page."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("cooperation:profile"))
    return render(request, "cooperation/erased.html", {})
