"""`make run`: what is missing is said before anything is started; what dies comes back."""

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
from pathlib import Path

import pytest

from qifu.config.icons import SHEET
from qifu.config.postgres import find_cluster

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "qifu.config.serve"]
pytestmark = [
    pytest.mark.xdist_group("launcher"),
    pytest.mark.skipif(not SHEET.exists(), reason="the icons are not built: make setup"),
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(home: Path, **more: str) -> dict[str, str]:
    ours = ("QIFU_", "DATABASE_", "DJANGO_")
    rest = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return (
        rest | {"QIFU_HOME": str(home), "QIFU_PORT": str(_free_port()), "QIFU_DEMO": "False"} | more
    )


def _refusal(environment: dict[str, str]) -> str:
    ended = subprocess.run(
        COMMAND, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    return ended.stderr


def test_a_taken_port_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        words = _refusal(_environment(tmp_path, QIFU_PORT=port))

    assert f"port {port} of 127.0.0.1 cannot be used" in words
    assert not (tmp_path / "postgres").exists()


def test_a_port_that_is_no_number_is_refused(tmp_path: Path) -> None:
    assert "QIFU_PORT=web is not a port" in _refusal(_environment(tmp_path, QIFU_PORT="web"))


def test_a_database_of_ones_own_needs_both_logins(tmp_path: Path) -> None:
    words = _refusal(_environment(tmp_path, DATABASE_OWNER_URL="postgresql:///qifu"))

    assert "DATABASE_URL is missing" in words


def test_a_database_that_does_not_answer_is_said(tmp_path: Path) -> None:
    url = "postgresql://qifu_app@127.0.0.1:1/qifu"

    words = _refusal(_environment(tmp_path, DATABASE_URL=url, DATABASE_OWNER_URL=url))

    assert "no connection by DATABASE_URL" in words


class Product:
    """The product as `make run` starts it, with its terminal in a file."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = _environment(home)
        self.terminal = home / "terminal.txt"

    def start(self) -> None:
        with self.terminal.open("w") as terminal:
            self.process = subprocess.Popen(
                COMMAND, cwd=ROOT, env=self.environment, stdout=terminal, stderr=terminal,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        self.wait_for(lambda: "is ready" in self.terminal.read_text())

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
        address = f"http://127.0.0.1:{self.environment['QIFU_PORT']}/"
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


@pytest.fixture
def product() -> Iterator[Product]:
    """Return a running product, which is interrupted if the test has not done so."""
    home = Path(tempfile.mkdtemp(prefix="qifu-serve-"))
    # The database's user has to get in.
    home.chmod(0o755)
    product = Product(home)
    try:
        product.start()
        yield product
    finally:
        if product.process.poll() is None:
            product.interrupt()
        shutil.rmtree(home)


@pytest.mark.slow
def test_what_is_killed_comes_back_and_an_interrupt_ends_everything(product: Product) -> None:
    product.kill_one("gunicorn")
    product.kill_one("procrastinate")
    database = find_cluster(product.home).pid()
    assert database
    os.kill(database, signal.SIGKILL)
    product.wait_for(lambda: find_cluster(product.home).pid() not in (None, database))
    product.wait_for(product.answers)

    code = product.interrupt()

    assert code == 0
    assert product.processes() == []
    assert find_cluster(product.home).pid() is None


@pytest.mark.slow
def test_the_second_start_is_quick_and_keeps_the_data(product: Product) -> None:
    product.interrupt()
    before = time.monotonic()

    product.start()

    assert time.monotonic() - before < 20
    assert "Loading the county" not in product.terminal.read_text()
