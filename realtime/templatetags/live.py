"""The words templates have for the live part: forms that are acts, followed regions, latest values."""

from typing import Any
from uuid import uuid4

from django import template
from django.middleware.csrf import get_token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from realtime.doors import Failure

register = template.Library()


def failure_in(context: Context, act: str, target: object) -> Failure | None:
    """The failure of this act on this target, if the page is shown again because of it."""
    failure = getattr(context.get("request"), "failure", None)
    return failure if isinstance(failure, Failure) and failure.concerns(act, target) else None


@register.simple_tag(takes_context=True)
def act_form_fields(context: Context) -> SafeString:
    """The CSRF token and a fresh key; nothing in a live fragment, where the page's script adds both."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="key" value="{}">',
        get_token(request),
        uuid4(),
    )


@register.simple_tag(takes_context=True)
def typed(context: Context, act: str, field: str, target: object = None, default: object = "") -> Any:
    """What the person had typed in this field if that act just failed, else the default."""
    failure = failure_in(context, act, target)
    return default if failure is None else failure.typed.get(field, default)


@register.simple_tag(takes_context=True)
def failure(context: Context, act: str, target: object = None) -> SafeString:
    """Why that act just failed, as one announced sentence, which the page shown again opens at."""
    found = failure_in(context, act, target)
    said = '<p class="erreur" role="alert" tabindex="-1" autofocus>{}</p>'
    return format_html(said, found.message) if found else SafeString("")


@register.simple_tag(takes_context=True)
def field_error(context: Context, act: str, field: str, target: object = None) -> str:
    """What is wrong with one field of an act that just failed."""
    found = failure_in(context, act, target)
    return " ".join(found.errors.get(field, [])) if found else ""


@register.simple_tag
def now_value(topic: str, field: str, value: object) -> SafeString:
    """A value that the topic's `now` frames keep fresh."""
    return format_html('<span data-now="{}" data-field="{}">{}</span>', topic, field, value)


@register.simple_tag
def follow(topic: str, seq: int) -> SafeString:
    """The attributes of a region that follows a topic from the number read before its content."""
    # Numbers are not localised: a program reads them.
    return format_html('data-topic="{}" data-seq="{}"', topic, str(seq))
