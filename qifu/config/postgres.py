"""The launcher of qifu's own database server: make it, start it, stop it.

It is used whenever DATABASE_URL names no other. The programs are the machine's
PostgreSQL or those of the wheel; either way the server listens on a Unix socket only
and asks every login for its password.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qifu.config.binaries import (
    SHARED_HOME,
    Account,
    Binaries,
    account_of,
    find_binaries,
    reachable,
    service_account,
)
from qifu.config.logins import Logins, prepare

# After kill -9 the old server's shared memory and lock file may outlive it for a while.
START_PATIENCE = 15.0
# A Unix socket's path has room for 107 bytes; "/.s.PGSQL.5432" takes 14 of them.
SOCKET_ROOM = 92

CONF = """\
# Written by qifu when the cluster was made. Yours to change.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 128MB
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
lc_messages = 'C'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_line_prefix = '%m [%p] %u '
"""


class PostgresFailed(Exception):
    """The server could not be made or started; the sentence carries its own words."""


@dataclass(frozen=True)
class Server:
    """A running server and the three ways in."""

    url_owner: str
    url_app: str
    url_superuser: str
    major: int
    started_by_us: bool


@dataclass(frozen=True)
class Cluster:
    """One data directory, the programs and the account that serve it."""

    data: Path
    socket: Path
    binaries: Binaries
    account: Account

    @property
    def log(self) -> Path:
        """The file where pg_ctl and the server's first words go."""
        return self.data.with_name(f"{self.data.name}.start.log")

    def create(self, password: str, *, conf: str = CONF) -> None:
        """Make the data directory (initdb); half a one is never left behind."""
        fresh = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.account.own(fresh)
        word = self.data.with_name(f"{self.data.name}.pwfile")
        word.touch(mode=0o600)
        word.write_text(password)
        self.account.own(word)
        locale = ["--locale=C.UTF-8"]
        if self.binaries.major >= 17:
            locale.append("--locale-provider=builtin")
        try:
            self._run(
                "initdb", f"--pgdata={fresh}", "--username=postgres", f"--pwfile={word}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", *locale,
            )  # fmt: skip
        finally:
            word.unlink()
        with (fresh / "postgresql.conf").open("a") as file:
            file.write(conf)
        fresh.rename(self.data)

    def start(self) -> None:
        """Start the server, patiently: a killed one leaves locks for some seconds."""
        self._make_socket_directory()
        self.log.touch()
        self.account.own(self.log)
        deadline = time.monotonic() + START_PATIENCE
        while not self.is_ready():
            try:
                self._start_once()
            except PostgresFailed:
                # One that is alive is recovering, and gets the time it needs.
                if self.pid() is None and time.monotonic() > deadline:
                    raise
                time.sleep(0.3)

    def _start_once(self) -> None:
        self._forget_the_dead()
        self._run(
            "pg_ctl", "start", f"--pgdata={self.data}", f"--log={self.log}", "--wait",
            "--timeout=60", "--silent", f"--options=-k '{self.socket}'",
        )  # fmt: skip

    def _make_socket_directory(self) -> None:
        self.socket.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.socket.lstat().st_uid not in {os.geteuid(), self.account.uid}:
            raise PostgresFailed(f"{self.socket} belongs to somebody else; remove it.")
        self.account.own(self.socket)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server and wait for it."""
        if self.pid() is None:
            return
        with suppress(PostgresFailed):
            self._run(
                "pg_ctl", "stop", f"--pgdata={self.data}", f"--mode={mode}", "--wait",
                "--timeout=60", "--silent",
            )  # fmt: skip
        if pid := self.pid():
            os.kill(pid, signal.SIGQUIT)

    def pid(self) -> int | None:
        """Return the running server's process id; None when it is down or dead."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        return pid if _lives_in(pid, self.data) else None

    def is_ready(self) -> bool:
        """Return whether the server is up and accepts connections."""
        if self.pid() is None:
            return False
        with suppress(FileNotFoundError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return len(lines) > 7 and lines[7].strip() == "ready"
        return False

    def _forget_the_dead(self) -> None:
        """Remove the lock file of a server whose number now belongs to somebody else.

        PostgreSQL clears its own lock file when the process is gone, but not when a
        zombie or a stranger has the number. While any process still sits in the data
        directory the file stays: it is what keeps two servers apart.
        """
        file = self.data / "postmaster.pid"
        if file.exists() and self.pid() is None and not _inhabitants(self.data):
            file.unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str) -> None:
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
        # A daemon that kept our pipes would keep us waiting for their end.
        with tempfile.TemporaryFile("w+") as words:
            ended = subprocess.run(  # type: ignore[call-overload]
                [self.binaries.program(program), *arguments],
                stdin=subprocess.DEVNULL, stdout=words, stderr=words,
                env=environment, **self.account.run_as(),
            )  # fmt: skip
            if ended.returncode:
                words.seek(0)
                raise PostgresFailed(f"{program} failed: {words.read().strip()}\n{self._tail()}")

    def _tail(self) -> str:
        logs = sorted((self.data / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)
        texts = [
            path.read_text(errors="replace") for path in [self.log, *logs[-1:]] if path.exists()
        ]
        return "\n".join("\n".join(text.splitlines()[-8:]) for text in texts)


def _lives_in(pid: int, data: Path) -> bool:
    """Return whether the process is alive and works in the data directory."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == data.resolve()
    except OSError:
        return False


def _inhabitants(data: Path) -> list[int]:
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if _lives_in(pid, data)]


def find_cluster(home: Path) -> Cluster:
    """Return the cluster of an installation: the one it has, else the one it will get."""
    root = home / "postgres"
    majors = sorted(int(path.parent.name) for path in root.glob("[0-9]*/PG_VERSION"))
    binaries = find_binaries(os.environ.get("QIFU_POSTGRES", ""), majors)
    data = (root / str(binaries.major)).resolve()
    account = account_of(data) if data.exists() else service_account()
    return Cluster(data, _socket_directory(data), reachable(binaries, account), account)


def _place(home: Path, cluster: Cluster, logins: Logins) -> Cluster:
    """Return the cluster at a place that its account can reach.

    PostgreSQL does not run as root, and its own user may not be able to enter
    QIFU_HOME (under /root, say). Nobody's permissions are changed for that: the data
    then lie in /var/lib/qifu, and QIFU_HOME holds a link to them.
    """
    root = home / "postgres"
    root.mkdir(parents=True, exist_ok=True, mode=0o755)
    if cluster.account.may("-x", root):
        return cluster
    # With other passwords it is another installation: it never takes over left data.
    mark = hashlib.sha256(f"{home.resolve()} {logins.superuser}".encode()).hexdigest()[:8]
    data = SHARED_HOME / f"{home.resolve().parent.name}-{mark}" / str(cluster.binaries.major)
    data.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    link = root / data.name
    link.unlink(missing_ok=True)
    link.symlink_to(data)
    print(f"The user '{cluster.account.name}' cannot enter {home}: the database lies in {data}.")
    return Cluster(data, _socket_directory(data), cluster.binaries, cluster.account)


def _socket_directory(data: Path) -> Path:
    beside = data.parent / "socket"
    if len(str(beside).encode()) <= SOCKET_ROOM:
        return beside
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path("/tmp") / f"qifu-{mark}"


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Let one process at a time make, start or stop the installation's server."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "postgres.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ensure_running(home: Path) -> Server:
    """Return the installation's server, made and started if it was not there."""
    with alone(home):
        return ensured(home)


def ensured(home: Path) -> Server:
    cluster = find_cluster(home)
    logins = Logins.of(home)
    if not cluster.data.exists():
        cluster = _place(home, cluster, logins)
        if not cluster.data.exists():
            cluster.create(logins.superuser)
    found_running = cluster.is_ready()
    if not found_running:
        cluster.start()
        prepare(logins, cluster.socket)
    return Server(
        url_owner=logins.url("qifu_owner", cluster.socket),
        url_app=logins.url("qifu_app", cluster.socket),
        url_superuser=logins.url("postgres", cluster.socket),
        major=cluster.binaries.major,
        started_by_us=not found_running,
    )


def stop(home: Path) -> None:
    """Stop the installation's server if it runs."""
    with alone(home):
        find_cluster(home).stop()
