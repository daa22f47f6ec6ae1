"""The real application on a port of its own, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.album import Album
from tests.browser.people import House
from tests.firms import Firms
from tests.story import lay_rules

HERE = Path(__file__).parent
# Without a display, without a sandbox (CI is root), and without a word to the outside.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A folder for a picture of every page that a walk comes to; nothing is kept without it.
PICTURES = os.environ.get("QIFU_PICTURES", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here, and let one process do it all: one Chromium is enough."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start Chromium once for all walks."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("The browser walks need Chromium. On Debian: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, and Django would take us for a coroutine.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def live(chromium: Browser, live_server: LiveServer, firms: Firms) -> Iterator[House]:
    """金寨县 with its rules and two enterprises, open to browsers."""
    lay_rules(firms.cast.county)
    house = House(chromium, live_server.url, firms)
    if PICTURES:
        house.look = Album(Path(PICTURES))
    yield house
    house.close()
