"""The doors to an act: validate, run once per key, answer; a refusal keeps its name and what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, InterfaceError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods
from rest_framework.serializers import Serializer

from realtime import acts
from realtime.commands import Caller, Command
from realtime.faults import refusal_of
from realtime.metrics import counted
from realtime.refused import Refused, sentence_of, status_of

TYPED, KEPT = "typed_before_login", 65_536
Errors = dict[str, list[str]]
Page = Callable[..., HttpResponse]


class Invalid(Refused):
    """What was sent does not have the right form; `errors` holds field → sentences."""

    def __init__(self, errors: Errors, labels: Mapping[str, str] | None = None) -> None:
        super().__init__("invalid")
        self.errors = errors
        self.labels = labels or {}


@dataclass(frozen=True)
class Failure:
    """An act that just failed on a plain form: the page shows why and gives back what was typed."""

    command: Command
    code: str
    message: str
    errors: Errors = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)

    def concerns(self, name: str, target: object = None) -> bool:
        """Whether this is the failure of that act (and, when given, on that target)."""
        same = self.command.name == name
        return same and (target is None or str(self.typed.get(self.command.target_field, "")) == str(target))


@sensitive_variables()
@counted
def perform(command: Command, caller: Caller, key: UUID | None, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Validate what was sent, do the act once for this person's key, and return its answer.

    The digest is taken of the validated data, so that the socket (JSON) and the form (text) agree on what
    "the same content" is. Without a key the act simply runs. Raises `Refused` and `Invalid`; a database that is away or
    full is refused by name too.
    """
    if caller.person is None or not caller.person.is_authenticated:
        raise Refused("login_required")
    serializer = command.serializer(data=raw)
    if not serializer.is_valid():
        raise Invalid(flat(serializer.errors), labels_of(serializer))
    data, caller = serializer.validated_data, replace(caller, key=key)
    try:
        if key is None:
            with transaction.atomic():
                return acts.plain(command.run(caller, data))
        content = {"for": caller.hat, "data": command.covered(data)}
        return acts.once(
            caller.actor, key, command.name, content, caller.at, lambda: command.run(caller, data)
        )
    except (DatabaseError, InterfaceError) as error:
        named = refusal_of(error)
        if named is None:
            raise
        raise named from error


def flat(errors: Any, prefix: str = "") -> Errors:
    """DRF's nested errors as `field.sub` → sentences."""
    if isinstance(errors, Mapping):
        found: Errors = {}
        for name, inner in errors.items():
            for path, sentences in flat(inner, f"{prefix}.{name}" if prefix else str(name)).items():
                found.setdefault(path, []).extend(sentences)
        return found
    if isinstance(errors, list) and any(isinstance(item, Mapping) for item in errors):
        return flat({str(index): item for index, item in enumerate(errors) if item}, prefix)
    sentences = errors if isinstance(errors, list) else [errors]
    return {prefix or "non_field_errors": [str(sentence) for sentence in sentences]}


def labels_of(serializer: Serializer) -> dict[str, str]:
    """The labels written for people; a name DRF derives from the code is not one."""
    given = {name: getattr(item, "_kwargs", {}).get("label") for name, item in serializer.fields.items()}
    return {name: str(label) for name, label in given.items() if label}


def message_of(refused: Refused) -> str:
    """The sentence of a refusal; for `invalid`, what is wrong with which field."""
    if not isinstance(refused, Invalid) or not refused.errors:
        return sentence_of(refused)
    parts = []
    for name, sentences in refused.errors.items():
        label = refused.labels.get(name)
        text = " ".join(sentences)
        parts.append(_("%(label)s : %(text)s") % {"label": label, "text": text} if label else text)
    return " ".join(parts)


def body_of(refused: Refused) -> dict[str, Any]:
    """The one error shape of every door."""
    return {
        "code": refused.code,
        "message": message_of(refused),
        "errors": refused.errors,
    }


def key_of(text: object) -> UUID | None:
    """The act's key, None when there is none.

    Raises `Invalid` when there is something that is not a UUID: an act meant to be safe would not be.
    """
    if text is None or text == "":
        return None
    try:
        return UUID(str(text))
    except ValueError:
        raise Invalid({"key": [_("Cette clé n’est pas un UUID.")]}) from None


def hat_of(value: object) -> int | None:
    """The membership in `for`, None when none is named. Raises `Invalid` when it is no number."""
    if value is None or value == "":
        return None
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Invalid({"for": [_("Ce champ désigne une adhésion par son numéro.")]})
    return int(text)


def as_form(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a page sends over the socket, read the way its form would be; a program's JSON as it is.

    A form's fields are text and lists of text only. Read alike by both doors, the same key meets the same digest.
    """
    fields = {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    if not all(isinstance(item, str) for values in fields.values() for item in values):
        return data
    form = QueryDict(mutable=True)
    for name, values in fields.items():
        form.setlist(name, values)
    return form


def sent(posted: QueryDict, fixed: Mapping[str, Any]) -> QueryDict:
    """The fields of a plain form, completed by what its address says."""
    raw = posted.copy()
    for name in ("csrfmiddlewaretoken", "key", "for"):
        raw.pop(name, None)
    for name, value in fixed.items():
        raw.setlist(name, [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)])
    return raw


def form_door(command: Command, page: Page, **fixed: Any) -> Page:
    """A view for a plain form that is an act.

    POST: the form's fields, completed by the URL's kwargs and by `fixed` (both named like the serializer's
    fields), with `key` and `for`. Done: 303 to the answer's `url` (`led_on`). Refused: the page again, status 422 (404
    for `not_found`), with `request.failure`. A caller that accepts JSON gets `{"done": key, "data": …}` or
    `{"failed": key, "code", "message", "errors"}`. GET shows the page. An anonymous caller is sent to log in.
    """

    def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            give_back(command, request)
            return page(request, **kwargs)
        raw = sent(request.POST, {**kwargs, **fixed})
        wants_json = "application/json" in request.headers.get("Accept", "")
        given = request.POST.get("key") or None
        try:
            caller = Caller(request.user, timezone.now(), hat_of(request.POST.get("for")))
            answer = perform(command, caller, key_of(given), raw)
        except Refused as refused:
            if wants_json:
                return JsonResponse({"failed": given, **body_of(refused)}, status=status_of(refused.code))
            return refused_page(command, page, request, kwargs, refused, raw)
        if wants_json:
            return JsonResponse({"done": given, "data": answer})
        return led_on(request, answer.get("url") or request.get_full_path())

    untold: Page = sensitive_post_parameters()(
        sensitive_variables()(door)
    )  # no report of an error tells what was sent
    return csrf_protect(require_http_methods(["GET", "HEAD", "POST"])(untold))


def led_on(request: HttpRequest, url: str) -> HttpResponse:
    """The page an act leads to; where that is the page its form stood on, it says that the act was received."""
    if urlsplit(url).path == urlsplit(request.headers.get("Referer", "")).path:
        messages.success(request, _("C’est reçu."))
    return HttpResponseRedirect(url, status=303)


def refused_page(
    command: Command,
    page: Page,
    request: HttpRequest,
    kwargs: dict[str, Any],
    refused: Refused,
    raw: QueryDict,
) -> HttpResponse:
    """The page of the form again, as if asked for, knowing why the act failed and what was typed.

    Who is not logged in goes to the login page instead, and comes back to the page of the form, filled in.
    """
    if refused.code == "login_required":
        keep(command, request, raw)
        return redirect_to_login(request.get_full_path())
    body = body_of(refused)
    failure = Failure(command, body["code"], body["message"], body["errors"], raw)
    request.failure = failure  # type: ignore[attr-defined]
    request.method = "GET"
    response = page(request, **kwargs)
    if response.status_code == 200:
        response.status_code = 404 if refused.code == "not_found" else 422
    return response


def keep(command: Command, request: HttpRequest, raw: QueryDict) -> None:
    """Keep what was typed while its writer logs in, in their session; not what is private, nor a novel."""
    text = raw.urlencode()
    if not command.is_private and len(text) <= KEPT:
        request.session[TYPED] = {"path": request.path, "text": text}


def give_back(command: Command, request: HttpRequest) -> None:
    """Show the form again as it was typed before its writer logged in; nothing had left, and the page says so."""
    kept = request.session.get(TYPED)
    if not kept or kept["path"] != request.path or not request.user.is_authenticated:
        return
    del request.session[TYPED]
    message = _(
        "Vous n’étiez plus connecté·e : rien n’est parti, et votre texte est gardé. Relisez, puis envoyez."
    )
    typed = QueryDict(kept["text"])
    request.failure = Failure(command, "login_required", message, {}, typed)  # type: ignore[attr-defined]
