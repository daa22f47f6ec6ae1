"""Somebody at a screen: what he opens, reads, writes and presses, with his hands or keys."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

Look = Callable[["Walker"], None]
# What Chromium itself says of an answer that is none of the pages' faults.
ANSWERED = "Failed to load resource"


class Hands:
    """A mouse or a finger, and a keyboard to write with."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def aim(self, control: Locator) -> None:
        """Come so close to the control that only pressing is left."""

    def press(self, control: Locator) -> None:
        control.click()

    def write(self, box: Locator, words: str) -> None:
        box.fill(words)

    def pick(self, choice: Locator) -> None:
        # The input lies under its card, as on the phone: the words are what is hit.
        choice.locator("xpath=ancestor::label[1]").click()

    def select(self, box: Locator, option: str) -> None:
        box.select_option(label=option)


class Keys(Hands):
    """No mouse at all: Tab, Enter, Space and the arrows."""

    def aim(self, control: Locator) -> None:
        self.reach(control)

    def press(self, control: Locator) -> None:
        self.reach(control)
        self.page.keyboard.press("Enter")

    def write(self, box: Locator, words: str) -> None:
        self.reach(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def pick(self, choice: Locator) -> None:
        group = choice.get_attribute("name")
        if choice.get_attribute("type") == "checkbox":
            self.reach(choice)
            self.page.keyboard.press("Space")
            return
        self._reach(lambda: self._is_in(str(group)), f"the choice {group}")
        self.page.keyboard.press("Space")
        for _ in range(30):
            if choice.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrows do not reach that choice")

    def select(self, box: Locator, option: str) -> None:
        self.reach(box)
        for _ in range(80):
            if box.locator("option:checked").inner_text().strip() == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {option}")

    def reach(self, control: Locator) -> None:
        """Go from key stop to key stop until the control has the focus, and shows it."""
        # Found once: asking anew at every stop takes longer than walking there.
        found = control.element_handle()
        self._reach(
            lambda: bool(found.evaluate("it => it === document.activeElement")), str(control)
        )

    def _reach(self, there: Callable[[], bool], name: str) -> None:
        if self.page.evaluate("() => document.activeElement === document.body"):
            # A page that has just come: past its bar and column by the skip link.
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Enter")
        for _ in range(150):
            if there():
                assert self.page.evaluate(SHOWS_FOCUS), f"the focus does not show on {name}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {name}")

    def _is_in(self, group: str) -> bool:
        return bool(self.page.evaluate("name => document.activeElement.name === name", group))


# A ring on the thing itself, or on the card that stands for a round or a tick.
SHOWS_FOCUS = """() => {
  const it = document.activeElement;
  const ring = element => {
    const style = element && getComputedStyle(element);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  return ring(it) || ring(it.nextElementSibling);
}"""


class Walker:
    """One person with one window."""

    def __init__(
        self, page: Page, name: str, hands: type[Hands], look: Look | None, scripts: bool
    ) -> None:
        self.page = page
        self.name = name
        self.hands = hands(page)
        self.scripts = scripts
        self.faults: list[str] = []
        # Of the page that the last address or press led to.
        self.status = 0
        self._look = look
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._hear)

    @property
    def path(self) -> str:
        """The address without its host, and without the place that the skip link led to."""
        return "/" + self.page.url.split("/", 3)[3].partition("#")[0]

    def opens(self, path: str) -> Walker:
        """Type an address."""
        answer = self.page.goto(path)
        self.status = answer.status if answer else 0
        return self.looks()

    def presses(self, name: str) -> Walker:
        """Press the button or follow the link of that name, and wait for the page it leads to."""
        control = self.control(name)
        self.hands.aim(control)
        with self.page.expect_navigation(wait_until="load") as coming:
            self.hands.press(control)
        self.status = coming.value.status
        return self.looks()

    def writes(self, label: str, words: str) -> Walker:
        """Write into the box with that label."""
        self.hands.write(self._box(label), words)
        return self

    def picks(self, title: str, of: str = "") -> Walker:
        """Pick a round or a tick, in the group with that heading if there are several."""
        within = self.page.get_by_role("group", name=of) if of else self.page.locator("main")
        words = self.page.get_by_text(title, exact=True)
        label = within.locator("label").filter(has=words, visible=True).first
        self.hands.pick(label.locator("input"))
        return self

    def chooses(self, label: str, option: str) -> Walker:
        """Choose from a list that folds out."""
        self.hands.select(self._box(label), option)
        return self

    def unfolds(self, summary: str) -> Walker:
        """Open what is folded away."""
        self.hands.press(self.page.locator("summary").filter(has_text=summary).first)
        return self

    def sees(self, *sentences: str) -> Walker:
        """Find every sentence on the page."""
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence, use_inner_text=True)
        return self

    def reads_in(self, label: str) -> str:
        """Return what stands in the box with that label."""
        return self._box(label).input_value()

    def control(self, name: str) -> Locator:
        """Return the first button or link that begins so, in the page's own part if there."""
        places = (self.page.locator("main"), self.page.locator("body"))
        found = [_controls(place, name) for place in places]
        return next((controls for controls in found if controls.count()), found[-1]).first

    def looks(self) -> Walker:
        """Look around on a page that has come."""
        assert not self.faults, f"{self.path}: {self.faults}"
        if self._look is not None:
            self._look(self)
        return self

    def _box(self, label: str) -> Locator:
        begins = re.compile(f"^{re.escape(label)}")
        return self.page.get_by_label(begins).filter(visible=True).first

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and ANSWERED not in message.text:
            self.faults.append(message.text)


def _controls(place: Locator, name: str) -> Locator:
    # “签收”, not “待签收”; what stands behind it may be the key that does the same.
    begins = re.compile(f"^{re.escape(name)}")
    buttons = place.get_by_role("button", name=begins)
    return buttons.or_(place.get_by_role("link", name=begins)).filter(visible=True)
