"""Pictures of the pages of a walk, for whoever wants to look at them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.walker import Walker


@dataclass
class Album:
    """Takes one picture of every page that somebody comes to."""

    folder: Path
    taken: int = field(default=0)

    def __call__(self, walker: Walker) -> None:
        self.taken += 1
        size = walker.page.viewport_size
        width = f"{size['width'] if size else ''}{'' if walker.scripts else '-noscript'}"
        where = re.sub(r"[^0-9a-z]+", "-", walker.path.lower()).strip("-")[:40] or "home"
        name = f"{width}-{self.taken:02}-{walker.name}-{where}.png"
        # As high as the page, or what sticks to the foot would lie across its middle.
        if size is not None:
            whole = walker.page.evaluate("() => document.scrollingElement.scrollHeight")
            walker.page.set_viewport_size({"width": size["width"], "height": whole})
            walker.page.screenshot(path=self.folder / name)
            walker.page.set_viewport_size(size)
