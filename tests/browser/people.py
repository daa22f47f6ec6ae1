"""Who sits in front of the screens: everybody with a browser of his own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from playwright.sync_api import Browser, BrowserContext

from qifu.kernel.clock import now
from qifu.notices.models import Notice
from qifu.notices.registry import registry
from qifu.organisations.models import User
from tests.browser.walker import Hands, Look, Walker
from tests.cast import PASSWORD, Cast
from tests.firms import Firms
from tests.links import newest_path

CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")
# Longer than a message is held, in which its step can be undone.
HELD = timedelta(minutes=2)


@dataclass(frozen=True)
class Screen:
    """What somebody looks at: how wide, with or without scripts."""

    width: int = 1280
    scripts: bool = True

    @property
    def is_phone(self) -> bool:
        return self.width < 768

    def __str__(self) -> str:
        return f"{self.width}{'' if self.scripts else ' without scripts'}"


@dataclass
class House:
    """The running application with its people; `look` is called on every page they reach."""

    chromium: Browser
    url: str
    firms: Firms
    screen: Screen = field(default_factory=Screen)
    hands: type[Hands] = Hands
    look: Look | None = None
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def cast(self) -> Cast:
        return self.firms.cast

    def visitor(self, name: str = "somebody") -> Walker:
        """Return somebody who has not signed in."""
        screen = self.screen
        context = self.chromium.new_context(
            viewport={"width": screen.width, "height": 844 if screen.is_phone else 900},
            is_mobile=screen.is_phone,
            has_touch=screen.is_phone,
            java_script_enabled=screen.scripts,
            base_url=self.url,
            locale="zh-CN",
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        return Walker(context.new_page(), name, self.hands, self.look, screen.scripts)

    def staff(self, user: User) -> Walker:
        """Return somebody of a unit, signed in at the desk."""
        walker = self.visitor(str(user.login))
        walker.opens("/desk/")
        enter(walker, user)
        return walker

    def close(self) -> None:
        """Close every browser."""
        for context in self.contexts:
            context.close()

    def code(self) -> str:
        """Return the newest code that was sent to a phone."""
        return self._newest(CODE)

    def rating_link(self) -> str:
        """Return the path of the newest link by which somebody may rate, once it has left."""
        return newest_path(self.cast.county, "E9", now() + HELD)

    def _newest(self, pattern: re.Pattern[str]) -> str:
        newest = list(Notice.objects.in_county(self.cast.county).newest_first())
        words = registry.shown_words(newest)
        for notice in newest:
            if found := pattern.search(words[notice.pk]):
                return found[1]
        raise AssertionError("no such notice")


def enter(walker: Walker, user: User) -> None:
    """Sign in at the desk's door."""
    walker.writes("账号", str(user.login))
    walker.writes("密码", PASSWORD)
    walker.presses("登录")
