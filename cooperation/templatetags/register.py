"""Filters of the register."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key, None when nothing."""
    return values.get(key)
