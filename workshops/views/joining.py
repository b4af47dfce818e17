"""Coming in: the code typed in, or the address of the QR code; a name is enough where the room says so."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from cooperation.models import Person
from realtime.refused import Refused, sentence_of, status_of
from workshops import attempts, services
from workshops.models import Participation, Workshop
from workshops.rules import normal_code

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
POSTING = require_http_methods(["GET", "HEAD", "POST"])


def callers_of(request: HttpRequest) -> list[str]:
    """Under which names wrong codes are counted: the person or the session, and the address."""
    if isinstance(request.user, Person):
        return [request.user.actor]
    if not request.session.session_key:
        request.session.create()
    address = request.META.get("REMOTE_ADDR", "")
    return [f"session:{request.session.session_key}", f"address:{address}"]


@POSTING
@csrf_protect
@never_cache
def code_form(request: HttpRequest) -> HttpResponse:
    """Type the code shown in the hall."""
    if request.method != "POST":
        return render(request, "workshops/join.html", {"nav": "workshops"})
    code = request.POST.get("code", "")
    try:
        room = attempts.room_of(code, person=request.user, callers=callers_of(request))
    except Refused as refused:
        return refused_form(request, refused, code)
    return redirect("workshops:code-page", code=room.join_code)


@POSTING
@csrf_protect
@never_cache
def code_page(request: HttpRequest, code: str) -> HttpResponse:
    """The address of the QR code: come in with one gesture, or with a name."""
    try:
        room = attempts.room_of(code, person=request.user, callers=callers_of(request))
        if request.method == "POST":
            return enter(request, room)
        check_welcome(request, room)
    except Refused as refused:
        if refused.code in ("name_missing", "text_too_long"):
            return door(request, room, refused)
        return refused_form(request, refused, code)
    if isinstance(request.user, Person) and room.participations.filter(person=request.user).exists():
        return redirect(room)
    return door(request, room)


def check_welcome(request: HttpRequest, room: Workshop) -> None:
    """Tell a stranger without an account at once that a name is not enough here."""
    if not isinstance(request.user, Person) and not room.welcomes_guests:
        raise Refused("no_guests")


def enter(request: HttpRequest, room: Workshop) -> HttpResponse:
    """Join the room: as oneself, or as a guest who is given a session."""
    at = timezone.now()
    if isinstance(request.user, Person):
        hat = request.POST.get("for", "")
        services.join_workshop(
            person=request.user, workshop=room, at=at, has_code=True, hat=int(hat) if hat.isdigit() else None
        )
    else:
        name = request.POST.get("name", "")
        guest = services.join_as_guest(name=name, workshop=room, at=at, language=get_language() or "fr")
        login(request, guest.person, backend=BACKEND)
    return HttpResponseRedirect(room.get_absolute_url(), status=303)


def door(request: HttpRequest, room: Workshop, refused: Refused | None = None) -> HttpResponse:
    """The page at the door of a room."""
    context = {
        "nav": "workshops",
        "workshop": room,
        "people_count": Participation.objects.filter(workshop=room).count(),
        "sentence": sentence_of(refused) if refused else "",
        "typed_name": request.POST.get("name", ""),
    }
    return render(request, "workshops/door.html", context, status=422 if refused else 200)


def refused_form(request: HttpRequest, refused: Refused, code: str) -> HttpResponse:
    """The code form again, with what went wrong and what was typed."""
    context = {
        "nav": "workshops",
        "sentence": sentence_of(refused),
        "code": normal_code(code),
        "refusal": refused.code,
    }
    return render(request, "workshops/join.html", context, status=status_of(refused.code))
