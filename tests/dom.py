"""A page as a tree, and what the page's script does to it with a live fragment: replace, insert, remove by id."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "path", "line", "circle", "rect", "polyline", "use"}
OWN = {"data-into", "data-at", "data-seq", "data-server-now"}  # what a newer page may say otherwise


@dataclass
class Node:
    """An element and what it holds."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def elements(self) -> list["Node"]:
        """Its children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> list["Node"]:
        """Itself and every element inside."""
        return [self, *[node for child in self.elements() for node in child.walk()]]

    def by_id(self, wanted: str) -> "Node | None":
        """The element of this id."""
        return next((node for node in self.walk() if node.attrs.get("id") == wanted), None)

    def parent_of(self, node: "Node") -> "Node":
        """The element that holds another."""
        return next(one for one in self.walk() if any(child is node for child in one.children))

    def shape(self) -> str:
        """The element as text that two equal screens share: no keys, no white space, no « nothing yet » left over."""
        if self.attrs.get("name") in ("key", "csrfmiddlewaretoken") or "data-status" in self.attrs:
            return ""
        kept = [f'{name}="{value}"' for name, value in sorted(self.attrs.items()) if name not in OWN]
        alive = [child for child in self.elements() if "data-empty" not in child.attrs]
        inner = [
            " ".join(child.split())
            if isinstance(child, str)
            else ("" if alive and "data-empty" in child.attrs else child.shape())
            for child in self.children
        ]
        return f"<{' '.join([self.tag, *kept])}>{''.join(inner)}</{self.tag}>"


class Builder(HTMLParser):
    """Reads HTML into nodes."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1:
            if self.open.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Node:
    """The tree of a page or of a fragment."""
    builder = Builder()
    builder.feed(html)
    return builder.root


def apply(page: Node, fragment: str) -> None:
    """Do to the page what its script does with a fragment."""
    for element in parse(fragment).elements():
        removed = element.attrs.get("data-remove") if element.tag == "template" else None
        target = page.by_id(removed or element.attrs.get("id", ""))
        if target is not None:
            siblings = page.parent_of(target).children
            place = next(index for index, child in enumerate(siblings) if child is target)
            siblings[place : place + 1] = [] if removed else [element]
            continue
        container = page.by_id(element.attrs.get("data-into", ""))
        if container is not None and element.attrs.get("data-at") == "start":
            container.children.insert(0, element)
        elif container is not None:
            container.children.append(element)
