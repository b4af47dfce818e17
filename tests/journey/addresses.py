"""Every address of the platform, with numbers of real things in it."""

import re
from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
ELSEWHERE = (
    "admin/",
    "composants/",
    "static/",
)  # the staff's tables have tests of their own; the rest is public files


def routes(parts: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """The route of every view, the arguments still in it."""
    for part in get_resolver().url_patterns if parts is None else parts:
        route = before + str(part.pattern)
        if route.startswith(ELSEWHERE):
            continue
        if isinstance(part, URLResolver):
            yield from routes(part.url_patterns, route)
        else:
            yield route


def address(route: str, numbers: Mapping[str, str]) -> str:
    """A route with its arguments filled: by their name, `pk` by the beginning of the route."""

    def fill(found: re.Match[str]) -> str:
        if found[1] != "pk":
            return numbers[found[1]]
        starts = [start for start in numbers if start.endswith("/") and route.startswith(start)]
        return numbers[max(starts, key=len)]

    return "/" + ARGUMENT.sub(fill, route)


def addresses(numbers: Mapping[str, str]) -> list[str]:
    """Every address, once."""
    return list(dict.fromkeys(address(route, numbers) for route in routes()))
