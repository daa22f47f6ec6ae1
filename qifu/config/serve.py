"""`make run`: database, schema, county, web server and worker, kept alive in the foreground.

What is missing is said before anything is started; an interrupt ends everything that
was started here; what dies is brought back.
"""

from __future__ import annotations

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

import psycopg

from qifu.config.binaries import PostgresMissing
from qifu.config.children import Child
from qifu.config.lending import database_named, held
from qifu.config.postgres import PostgresFailed, ensure_running, find_cluster

ROOT = Path(__file__).resolve().parent.parent.parent
ICONS = ROOT / "qifu" / "web" / "ui" / "static" / "ui" / "built" / "icons.svg"
PATIENCE_AT_THE_END = 10.0
PATIENCE_AT_THE_START = 60.0


class CannotServe(Exception):
    """Something is missing; the sentence says what, and what to do."""


class Interrupted(BaseException):
    """Somebody asked us to end."""


def main() -> None:
    """Serve until interrupted; say plainly why when that is not possible."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    home = Path(os.environ.get("QIFU_HOME") or ROOT / "var").resolve()
    os.environ["QIFU_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qifu.config.settings")
    try:
        with ExitStack() as stack:
            port = _check(home, stack)
            _serve(home, port, stack)
    except (CannotServe, PostgresMissing, PostgresFailed) as error:
        sys.exit(f"qifu cannot start: {error}")
    except Interrupted:
        print("qifu has stopped.", flush=True)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    # Once is enough: from here on nothing may interrupt the tidying up.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Interrupted


def _check(home: Path, stack: ExitStack) -> int:
    """Return the port, once nothing stands in the way of a start."""
    if not ICONS.exists():
        raise CannotServe("the icons have not been built. Run `make setup`.")
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = stack.enter_context((home / "run.lock").open("w"))
    except OSError as error:
        raise CannotServe(f"QIFU_HOME={home} cannot be written ({error.strerror}).") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotServe(f"it is already running on the data in {home}.") from None
    if database_named() or os.environ.get("DATABASE_OWNER_URL"):
        _check_named_database()
    else:
        find_cluster(home)
    return _free_port(os.environ.get("QIFU_PORT") or "8000")


def _free_port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotServe(f"QIFU_PORT={text} is not a port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            raise CannotServe(
                f"port {text} of 127.0.0.1 cannot be used ({error.strerror}). "
                "Stop what uses it, or choose another: QIFU_PORT=8001 make run"
            ) from None
    return int(text)


def _check_named_database() -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        path = os.environ.get(f"{name}_FILE")
        url = Path(path).read_text().strip() if path else os.environ.get(name)
        if not url:
            raise CannotServe(
                f"{name} is missing. A database of your own needs two logins, DATABASE_URL for "
                "the application and DATABASE_OWNER_URL for the schema (docs/deploy.md)."
            )
        try:
            psycopg.connect(url, connect_timeout=10).close()
        except psycopg.Error as error:
            raise CannotServe(f"no connection by {name}: {error}".strip()) from None


def _serve(home: Path, port: int, stack: ExitStack) -> None:
    cluster = None
    if not database_named():
        print("Starting the database …", flush=True)
        stack.enter_context(held(home))
        cluster = find_cluster(home)
    _prepare(home)
    children = stack.enter_context(_children(port))
    _wait_until_served(port, children)
    _announce(home, port)
    while True:
        time.sleep(0.3)
        if cluster and not cluster.is_ready():
            _restart_database(home)
        for child in children:
            child.watch()


def _prepare(home: Path) -> None:
    """Bring the schema up to date, and fill an empty database with the county."""
    print("Preparing the schema and the pages …", flush=True)
    _command("migrate", "--no-input", "--verbosity=0")
    _command("collectstatic", "--no-input", "--verbosity=0")
    # The mark outlives an interrupted start, so that the next one finishes the filling.
    filling = home / "filling"
    if _is_empty():
        filling.touch()
    # A demo is for an empty database; one that was begun without stays without.
    os.environ.setdefault("QIFU_DEMO", str(filling.exists() or _demo_logins(home).exists()))
    if filling.exists():
        _fill()
        filling.unlink()


def _fill() -> None:
    print("Loading the county …", flush=True)
    county = os.environ.get("QIFU_COUNTY") or "341524"
    _command("load_county", str(ROOT / "counties" / f"{county}.toml"))
    if os.environ["QIFU_DEMO"] == "True":
        print("Filling it with the demo …", flush=True)
        # Who can sign in is said at the end, when there is something to sign in to.
        _command("seed_demo", "--verbosity=0")


def _demo_logins(home: Path) -> Path:
    return home / "demo-logins.txt"


def _command(*arguments: str) -> None:
    """Run one of Django's commands; being interrupted ends it as well."""
    if subprocess.run([sys.executable, str(ROOT / "manage.py"), *arguments]).returncode:
        raise CannotServe(f"`manage.py {' '.join(arguments)}` failed, see above.")


def _is_empty() -> bool:
    path = os.environ.get("DATABASE_URL_FILE")
    url = Path(path).read_text().strip() if path else os.environ["DATABASE_URL"]
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT FROM organisations_county LIMIT 1").rowcount == 0


def web_server(port: int) -> list[str]:
    """Return the command of the web server."""
    workers = os.environ.get("QIFU_WEB_WORKERS") or "2"
    web = [sys.executable, "-m", "gunicorn", "qifu.config.wsgi:application"]
    web += [f"--bind=127.0.0.1:{port}", "--worker-class=gthread", f"--workers={workers}"]
    return [
        *web,
        "--threads=4",
        "--graceful-timeout=8",
        "--no-control-socket",
        "--log-level=warning",
    ]


def worker() -> list[str]:
    """Return the command of the worker."""
    return [sys.executable, str(ROOT / "manage.py"), "procrastinate", "worker"]


@contextmanager
def _children(port: int) -> Iterator[list[Child]]:
    children = [Child("The web server", web_server(port)), Child("The worker", worker())]
    try:
        for child in children:
            child.start()
        yield children
    finally:
        for child in children:
            child.ask_to_end()
        deadline = time.monotonic() + PATIENCE_AT_THE_END
        for child in children:
            child.make_end(max(deadline - time.monotonic(), 0.1))


def _wait_until_served(port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + PATIENCE_AT_THE_START
    while not _answers(port):
        for child in children:
            if child.process and child.process.poll() is not None:
                raise CannotServe(f"{child.name} ended at once, see above.")
        if time.monotonic() > deadline:
            raise CannotServe(f"the first page does not come on port {port}, see above.")
        time.sleep(0.2)


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False


def _announce(home: Path, port: int) -> None:
    logins = _demo_logins(home)
    print(f"\nqifu is ready: http://127.0.0.1:{port}/   (Ctrl-C ends it)\n")
    if os.environ["QIFU_DEMO"] == "True" and logins.exists():
        print(logins.read_text())
    sys.stdout.flush()


def _restart_database(home: Path) -> None:
    print("The database is down; starting it again.", flush=True)
    try:
        ensure_running(home)
    except PostgresFailed as error:
        print(f"{error}\nTrying again.", flush=True)


if __name__ == "__main__":
    main()
