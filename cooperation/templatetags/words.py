"""How words are set: what never breaks at the end of a line."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
HYPHENED = re.compile(r"[\w’]+(?:-[\w’]+)+")


@register.filter
def whole(text: str) -> SafeString:
    """The text with its hyphenated words (« co-construction », « 2008-2010 ») kept on one line."""
    escaped = conditional_escape(text)
    return mark_safe(HYPHENED.sub(r'<span class="ins">\g<0></span>', escaped))  # noqa: S308 (escaped above)
