"""The product as somebody runs it: the supervisor with its own home, port and database."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "qifu.config.serve"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return this process's environment with no setting of ours but these.

    Whose PostgreSQL is tested stays as it was chosen for the whole run.
    """
    ours = ("QIFU_", "DATABASE_", "DJANGO_")
    rest = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(ours) or key == "QIFU_POSTGRES"
    }
    settings = {"QIFU_HOME": str(home), "QIFU_PORT": str(_free_port()), "QIFU_DEMO": "False"}
    return rest | settings | more


class Product:
    """The product as `make run` starts it, with its terminal in a file."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.environment = environment(home, **settings)
        self.port = int(self.environment["QIFU_PORT"])
        self.terminal = home / "terminal.txt"

    def start(self) -> None:
        with self.terminal.open("w") as terminal:
            self.process = subprocess.Popen(
                COMMAND, cwd=ROOT, env=self.environment, stdout=terminal, stderr=terminal,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        # A first start fills a county, beside whatever else the machine is busy with.
        self.wait_for(lambda: "is ready" in self.terminal.read_text(), seconds=300)

    def wait_for(self, condition: Callable[[], bool], seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline or self.process.poll() is not None:
                pytest.fail(f"in vain; the terminal says:\n{self.terminal.read_text()}")
            time.sleep(0.1)

    def kill_one(self, word: str) -> None:
        """Kill a process of that name outright, and wait until there is a new one."""
        before = set(self.processes(word))
        os.kill(min(before), signal.SIGKILL)
        self.wait_for(lambda: bool(set(self.processes(word)) - before))

    def answers(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/"
        try:
            return bool(urllib.request.urlopen(address, timeout=10).status < 500)
        except urllib.error.HTTPError as refusal:
            return refusal.code < 500
        except OSError:
            return False

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def processes(self, word: str = "") -> list[int]:
        """Return the processes that carry this installation's home in their environment."""
        mark = f"QIFU_HOME={self.home}\0".encode()
        found = []
        for path in Path("/proc").iterdir():
            if path.name.isdigit():
                try:
                    command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    if mark in (path / "environ").read_bytes() and word in command:
                        found.append(int(path.name))
                except OSError:
                    continue
        return found


@contextmanager
def running(**settings: str) -> Iterator[Product]:
    """Run the product until the end of the block, if it has not been interrupted by then."""
    home = Path(tempfile.mkdtemp(prefix="qifu-serve-"))
    # The database's user has to get in.
    home.chmod(0o755)
    product = Product(home, **settings)
    try:
        product.start()
        yield product
    finally:
        if product.process.poll() is None:
            product.interrupt()
        shutil.rmtree(home)
