"""`make run`: what is missing is said before anything is started; what dies comes back."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from qifu.config.postgres import find_cluster
from tests.product import COMMAND, ROOT, Product, environment, running

pytestmark = pytest.mark.xdist_group("launcher")


def _refusal(settings: dict[str, str]) -> str:
    ended = subprocess.run(
        COMMAND, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    return ended.stderr


def test_a_taken_port_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        words = _refusal(environment(tmp_path, QIFU_PORT=port))

    assert f"port {port} of 127.0.0.1 cannot be used" in words
    assert not (tmp_path / "postgres").exists()


def test_a_port_that_is_no_number_is_refused(tmp_path: Path) -> None:
    assert "QIFU_PORT=web is not a port" in _refusal(environment(tmp_path, QIFU_PORT="web"))


def test_a_database_of_ones_own_needs_both_logins(tmp_path: Path) -> None:
    words = _refusal(environment(tmp_path, DATABASE_OWNER_URL="postgresql:///qifu"))

    assert "DATABASE_URL is missing" in words


def test_a_database_that_does_not_answer_is_said(tmp_path: Path) -> None:
    url = "postgresql://qifu_app@127.0.0.1:1/qifu"

    words = _refusal(environment(tmp_path, DATABASE_URL=url, DATABASE_OWNER_URL=url))

    assert "no connection by DATABASE_URL" in words


@pytest.fixture
def product() -> Iterator[Product]:
    with running() as started:
        yield started


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
def test_the_second_start_keeps_the_data_and_loads_nothing_again(product: Product) -> None:
    assert "Loading the county" in product.terminal.read_text()
    secrets = _secrets(product)
    product.interrupt()

    product.start()

    assert secrets
    assert _secrets(product) == secrets
    assert "Loading the county" not in product.terminal.read_text()


def _secrets(product: Product) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (product.home / "secrets").iterdir()}
