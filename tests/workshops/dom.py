"""A page as a tree, and fragments applied to it by the rules of the page's script: replace, insert, remove by id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.test.html import Element, parse_html

OURS = {"csrfmiddlewaretoken", "key", "back"}
READERS_CLASSES = {"is-mine", "prop--lue"}


class Dom:
    """One page; only the regions asked for are compared."""

    def __init__(self, html: str, regions: tuple[str, ...]) -> None:
        self.regions = regions
        self.gestures = "role-facilitator" in html
        body = re.search(r"<body.*</body>", html, re.S)
        assert body is not None
        self.root: Element = parse_html(re.sub(r"<noscript>.*?</noscript>", "", body[0], flags=re.S))

    def find(self, ident: str) -> Element | None:
        """The element with this id."""
        return next((one for one in walk(self.root) if attribute(one, "id") == ident), None)

    def parent(self, child: Element) -> Element:
        """The element around another."""
        return next(one for one in walk(self.root) if any(each is child for each in one.children))

    def apply(self, fragment: str) -> None:
        """Each top-level element of a fragment, in its order."""
        if not fragment.strip():
            return
        holder: Any = parse_html(f"<div>{fragment}</div>")
        for element in [child for child in holder.children if isinstance(child, Element)]:
            self.place(element)

    def place(self, element: Element) -> None:
        """Remove, replace (and move when its container is another one), or insert."""
        removed = attribute(element, "data-remove")
        target = self.find(removed or attribute(element, "id"))
        container = self.find(attribute(element, "data-into"))
        if target is not None:
            around = self.parent(target)
            place = next(place for place, each in enumerate(around.children) if each is target)
            del around.children[place]
            if not removed and (container is None or container is around or inside(container, around)):
                around.children.insert(place, element)
            elif not removed and container is not None:
                insert(container, element)
        elif container is not None and not removed:
            insert(container, element)

    def shown(self) -> dict[str, Any]:
        """The regions as comparable values, what is the reader's own or the instant's left aside."""
        found = {name: self.find(name) for name in self.regions}
        return {name: plain(one, gestures=self.gestures) for name, one in found.items() if one is not None}


def walk(element: Element) -> Iterator[Element]:
    """The element and all those in it, in the order of the page."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [child for child in reversed(one.children) if isinstance(child, Element)]


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, empty when there is none."""
    return str(dict(element.attributes).get(name) or "")


def inside(outer: Element, inner: Element) -> bool:
    """Whether an element is in another."""
    return any(one is inner for one in walk(outer))


def insert(container: Element, element: Element) -> None:
    """At the start or at the end, as the element asks."""
    place = 0 if attribute(element, "data-at") == "start" else len(container.children)
    container.children.insert(place, element)


def plain(element: Element, *, gestures: bool) -> Any:
    """An element as tuples: keys and tokens, what is mine, latest values and emptiness are not compared.

    `gestures`: whether the reader sees what is the facilitator's only.
    """
    if element.name == "input" and attribute(element, "name") in OURS:
        return None
    if attribute(element, "data-only") == "facilitator" and not gestures:
        return None
    kept = []
    for name, value in element.attributes:
        if name in ("aria-pressed", "data-seq", "data-into", "data-at", "hidden"):
            continue
        words = sorted(set(str(value or "").split()) - READERS_CLASSES) if name == "class" else value
        kept.append((name, words))
    is_value = bool(attribute(element, "data-now"))
    children = [] if is_value or "data-empty" in dict(element.attributes) else element.children
    inner = [
        plain(child, gestures=gestures) if isinstance(child, Element) else " ".join(child.split())
        for child in children
    ]
    return element.name, sorted(kept, key=str), [each for each in inner if each]
