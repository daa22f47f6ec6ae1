"""A page as something to read: its controls, their labels, and what a form would send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "hr", "img", "link", "meta", "use", "col", "source", "wbr"}


@dataclass(eq=False)
class Node:
    """One element with its attributes and what is in it."""

    tag: str
    attrs: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Give the element and everything inside it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *tags: str) -> list[Node]:
        """Return the elements of these kinds inside."""
        return [node for node in self.walk() if node.tag in tags]

    def up(self, *tags: str) -> Node | None:
        """Return the nearest element of these kinds around this one."""
        node = self.parent
        while node is not None and node.tag not in tags:
            node = node.parent
        return node

    @property
    def words(self) -> str:
        """What a reader sees of it, on one line."""
        return re.sub(r"\s+", " ", "".join(self._texts())).strip()

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in {"script", "style", "title"}:
                yield from child._texts()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("root", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.here
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.here = node.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(html: str) -> Node:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.root


def form_of(page: Node, control: Node) -> Node | None:
    """Return the form that a control belongs to, wherever it stands."""
    if named := control.attrs.get("form"):
        return next(node for node in page.all("form") if node.attrs.get("id") == named)
    return control.up("form")


def controls(page: Node, form: Node) -> list[Node]:
    """Return the fields that the form would send."""
    fields = page.all("input", "select", "textarea")
    return [node for node in fields if form_of(page, node) is form and node.attrs.get("name")]


def labelled(page: Node, label: str) -> Node:
    """Return the box whose label begins so."""
    for node in page.all("label"):
        if node.words.startswith(label):
            named = node.attrs.get("for")
            inside = node.all("input", "select", "textarea")
            found = [each for each in page.walk() if named and each.attrs.get("id") == named]
            if found or inside:
                return (found or inside)[0]
    boxes = page.all("input", "select", "textarea")
    named_so = [box for box in boxes if box.attrs.get("aria-label", "").startswith(label)]
    assert named_so, f"no box is labelled {label}"
    return named_so[0]


def choice(page: Node, title: str, of: str = "") -> Node:
    """Return the round or tick of that title, in the group headed so if there are several."""
    for box in page.all("input"):
        if box.attrs.get("type") not in {"radio", "checkbox"}:
            continue
        label = box.up("label")
        words = label.words if label else ""
        group = box.up("fieldset")
        legends = group.all("legend") if group else []
        heading = legends[0].words if legends else ""
        # A card says its title first and explains it after.
        if words.startswith(title) and heading.startswith(of):
            return box
    raise AssertionError(f"nothing to pick is called {title} {of}")


def sent_by(box: Node, typed: dict[Node, str]) -> list[str]:
    """Return what one field sends, as it was filled in or as it came."""
    if box.tag == "select":
        options = box.all("option")
        chosen = [each for each in options if "selected" in each.attrs] or options[:1]
        return [typed[box]] if box in typed else [each.attrs["value"] for each in chosen]
    if box.tag == "textarea":
        # A browser leaves out the first line break, which only begins the text.
        came = "".join(each for each in box.children if isinstance(each, str)).removeprefix("\n")
        return [typed.get(box, came)]
    if box.attrs.get("type") in {"radio", "checkbox"}:
        ticked = typed.get(box, "on" if "checked" in box.attrs else "")
        return [box.attrs.get("value", "on")] if ticked else []
    return [typed.get(box, box.attrs.get("value", ""))]
