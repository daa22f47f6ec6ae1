"""What every page of a walk is held against: axe, narrow screens, keys, targets for thumbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.walker import Walker

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
DESKTOP, PHONE, NARROW = (1280, 900), (390, 844), (320, 700)
# A desktop of 1280 at 200 %.
ZOOMED = (640, 450)
TARGET, LARGE_TARGET = 44, 60
NUMBER = re.compile(r"\d{4}-\d{4}")

RUN_AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map(rule => [rule.impact, rule.id,
    rule.nodes.map(node => node.html.slice(0, 120)).slice(0, 3).join(" ¦ ")]);
}"""
# What sticks out, and is not inside a box that scrolls by itself.
STICKS_OUT = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) { return []; }
  const out = [...document.querySelectorAll("body *")].filter(it =>
    it.getBoundingClientRect().right > root.clientWidth + 1 && !it.closest(".table-box"));
  return out.map(it => it.outerHTML.slice(0, 100)).slice(-3);
}"""
# Every stop of the Tab key that <main> ought to have: a group of rounds is one.
STOPS = """() => {
  const seen = it => it.checkVisibility({visibilityProperty: true});
  const all = [...document.querySelectorAll(
    "main a[href], main button, main summary, main select, main textarea, " +
    "main input:not([type=hidden])")].filter(it => seen(it) && !it.disabled);
  const groups = new Set();
  return all.filter(it => {
    if (it.type !== "radio") { return true; }
    const checked = document.querySelector(`input[name="${it.name}"]:checked`);
    if (checked ? checked !== it : groups.has(it.name)) { return false; }
    groups.add(it.name);
    return true;
  }).map((it, place) => { it.dataset.stop = place; return it.outerHTML.slice(0, 100); });
}"""
# Where the focus is, and whether it shows.
HERE = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) { return null; }
  const ring = element => {
    const style = element && getComputedStyle(element);
    return Boolean(style) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  return {skip: it.classList.contains("skip"), main: Boolean(it.closest("main")),
    stop: it.dataset.stop, shows: ring(it) || ring(it.nextElementSibling),
    html: it.outerHTML.slice(0, 100)};
}"""
TO_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
# Too small for a thumb: under 44, in the large mode under 60. A link inside a sentence may
# be as high as its line; a row whose whole card is the link counts as its card.
SMALL = """least => {
  const inline = it => it.tagName === "A" && getComputedStyle(it).display === "inline";
  const area = it => {
    const whole = getComputedStyle(it, "::after").position === "absolute" && it.closest("li, tr");
    return (whole || it.closest("label") || it).getBoundingClientRect();
  };
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, " +
    "input:not([type=hidden])")].filter(it => {
      if (!it.checkVisibility() || inline(it) || it.closest(".skip")) { return false; }
      const box = area(it);
      return box.width > 0 && (box.height < least - 0.5 || box.width < 44 - 0.5);
    }).map(it => `${Math.round(area(it).width)}×${Math.round(area(it).height)} ` +
      it.outerHTML.slice(0, 100));
}"""


@cache
def _axe() -> str:
    return AXE.read_text()


@dataclass
class Audit:
    """Looks at each page once, in both modes and at every width, and notes what is wrong."""

    findings: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    faces: set[str] = field(default_factory=set)

    def __call__(self, walker: Walker) -> None:
        page = walker.page
        reader = "" if "/sign-in/" in walker.path else f" of {walker.name}"
        name = f"{NUMBER.sub('…', walker.path)} “{page.title()}”{reader}"
        if name in self.pages:
            return
        self.pages.append(name)
        size = page.viewport_size
        for finding in self._all(page):
            self.findings.append(f"{name}: {finding}")
        assert size is not None
        page.set_viewport_size(size)

    def _all(self, page: Page) -> Iterator[str]:
        _size(page, DESKTOP)
        yield from (f"1280 wide, {finding}" for finding in _violations(page))
        face = page.locator("body").get_attribute("class") or ""
        yield from _stops(page, frame=face not in self.faces)
        self.faces.add(face)
        for mode in ("", "large mode, "):
            with _large(page, bool(mode)):
                for size in (NARROW, ZOOMED):
                    _size(page, size)
                    yield from (f"{mode}{size[0]} wide: {it}" for it in page.evaluate(STICKS_OUT))
                _size(page, PHONE)
                least = LARGE_TARGET if mode else TARGET
                yield from (f"{mode}too small: {it}" for it in page.evaluate(SMALL, least))
        with _large(page, True):
            yield from (f"large mode, {finding}" for finding in _violations(page))


def _violations(page: Page) -> Iterator[str]:
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_axe())
    for impact, rule, nodes in page.evaluate(RUN_AXE):
        if impact in GRAVE:
            yield f"{impact} {rule}: {nodes}"


def _stops(page: Page, frame: bool) -> Iterator[str]:
    """Press Tab: the skip link first, then all of main; with `frame` what is around it, too."""
    wanted = dict(enumerate(page.evaluate(STOPS)))
    page.evaluate(TO_THE_TOP)
    page.keyboard.press("Tab")
    first = page.evaluate(HERE)
    if not first or not first["skip"]:
        yield f"the first key stop is no skip link: {first}"
    if not frame:
        page.keyboard.press("Enter")
    for _ in range(250):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(HERE)
        if here is None or not (frame or here["main"]):
            break
        if not here["shows"]:
            yield f"the focus does not show: {here['html']}"
        wanted.pop(int(here["stop"] or -1), None)
    yield from (f"no key leads to {html}" for html in wanted.values())


def _size(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


@contextmanager
def _large(page: Page, on: bool) -> Iterator[None]:
    """Put the page into the large mode, as the server does by a class of <html>."""
    toggle = "on => document.documentElement.classList.toggle('large', on)"
    page.evaluate(toggle, on)
    yield
    page.evaluate(toggle, False)
