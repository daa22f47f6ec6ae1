"""A PostgreSQL server for one test run, thrown away afterwards."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from qifu.config.binaries import find_binaries, reachable, service_account
from qifu.config.logins import Logins, grant, make_database, make_role
from qifu.config.postgres import CONF, Cluster

TEMPLATE = "qifu_template"
# Where a developer's migrated server waits for the next run; CI begins anew each time.
KEPT = Path(tempfile.gettempdir()) / "qifu-migrated-servers"
KEPT_SECONDS = 3 * 24 * 3600
ROOT = Path(__file__).resolve().parent.parent
PREFIX = "qifu-test-"
# Nothing here need survive a power cut.
FAST_CONF = f"""{CONF}
logging_collector = off
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""


@dataclass(frozen=True)
class Throwaway:
    """Where the server of this run is, and its passwords."""

    root: str
    major: int
    superuser: str
    owner: str
    app: str

    @classmethod
    def start(cls) -> Throwaway:
        """Make and start a server in a directory of its own."""
        _sweep()
        binaries = find_binaries(os.environ.get("QIFU_POSTGRES", ""), [])
        account = service_account()
        root = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        account.own(root)
        here = cls(str(root), binaries.major, superuser="s", owner="o", app="a")
        cluster = here.cluster()
        kept = _kept(binaries.major)
        if kept is not None and kept.exists():
            subprocess.run(["cp", "--archive", kept, cluster.data], check=True)
            cluster.start()
            return here
        cluster.create(here.superuser, conf=FAST_CONF)
        cluster.start()
        with psycopg.connect(here.url("postgres", "postgres"), autocommit=True) as admin:
            make_role(admin, "qifu_owner", here.owner)
            make_role(admin, "qifu_app", here.app)
        return here

    def cluster(self) -> Cluster:
        """Return the server's programs and directory."""
        binaries = find_binaries(os.environ.get("QIFU_POSTGRES", ""), [])
        account, root = service_account(), Path(self.root)
        return Cluster(root / "data", root, reachable(binaries, account), account)

    def stop(self) -> None:
        """Stop the server and remove every trace of it, but for what is to be kept."""
        kept = _kept(self.major)
        if kept is not None and not kept.exists():
            _keep(self, kept)
        _remove(Path(self.root))

    def url(self, login: str, database: str) -> str:
        """Return the way into one database for one login."""
        logins = Logins(self.superuser, self.owner, self.app)
        return logins.url(login, Path(self.root), database)

    def to_text(self) -> str:
        """Return what a worker process needs to find the server."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Throwaway:
        """Return the server that another process started."""
        return cls(**json.loads(text))


def _kept(major: int) -> Path | None:
    """Return where a server with this schema is kept; None where nothing is to be."""
    if os.environ.get("CI"):
        return None
    made_from = [*ROOT.glob("qifu/*/migrations/*.py"), ROOT / "requirements.txt", Path(__file__)]
    prints = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(made_from)))
    return KEPT / f"{major}-{prints.hexdigest()[:16]}"


def _keep(server: Throwaway, kept: Path) -> None:
    with _admin(server, "postgres") as admin:
        names = [str(row[0]) for row in admin.execute("SELECT datname FROM pg_database")]
        if TEMPLATE not in names:
            return
        for name in names:
            if name.startswith("qifu_test_"):
                admin.execute(sql.SQL("DROP DATABASE {} (FORCE)").format(sql.Identifier(name)))
    cluster = server.cluster()
    cluster.stop()
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_name(f"{kept.name}.{os.getpid()}")
    shutil.move(cluster.data, fresh)
    with suppress(OSError):  # another run was faster
        fresh.rename(kept)
    for old in KEPT.iterdir():
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)


def _sweep() -> None:
    """Remove servers whose test run was killed before it could."""
    for root in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = root.name.removeprefix(PREFIX).partition("-")[0]
        if not Path(f"/proc/{pid}").exists():
            _remove(root)


def _remove(root: Path) -> None:
    lock = root / "data" / "postmaster.pid"
    with suppress(FileNotFoundError, ProcessLookupError):
        pid = int(lock.read_text().split()[0])
        # SIGQUIT: at once, without saving anything.
        os.kill(pid, signal.SIGQUIT)
        while lock.exists() and Path(f"/proc/{pid}/cwd").exists():
            time.sleep(0.01)
    shutil.rmtree(root, ignore_errors=True)


def connect_django(server: Throwaway, login: str, database: str) -> None:
    """Let Django's connections of this process use one login from now on."""
    connections.close_all()
    password = {"qifu_owner": server.owner, "qifu_app": server.app}[login]
    connections.settings["default"].update(
        NAME=database, USER=login, PASSWORD=password, HOST=server.root, PORT="5432"
    )


def make_test_database(server: Throwaway, name: str) -> None:
    """Make one worker's database, a copy of a migrated template."""
    with _one_at_a_time(server), _admin(server, "postgres") as admin:
        if not admin.execute("SELECT FROM pg_database WHERE datname = %s", [TEMPLATE]).rowcount:
            _make_template(server, admin)
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        make_database(admin, name, TEMPLATE)


@contextmanager
def _one_at_a_time(server: Throwaway) -> Iterator[None]:
    with (Path(server.root) / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _admin(server: Throwaway, database: str) -> psycopg.Connection:
    return psycopg.connect(server.url("postgres", database), autocommit=True)


def _make_template(server: Throwaway, admin: psycopg.Connection) -> None:
    making = f"{TEMPLATE}_making"
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(making)))
    make_database(admin, making)
    with _admin(server, making) as inside:
        grant(inside)
    connect_django(server, "qifu_owner", making)
    call_command("migrate", verbosity=0)
    connections.close_all()
    with _admin(server, making) as inside:
        _keep_pristine(inside)
    admin.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(making), sql.Identifier(TEMPLATE)
        )
    )


def _tables(connection: psycopg.Connection, schema: str) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename"
    return [str(row[0]) for row in connection.execute(query, [schema])]


def _keep_pristine(connection: psycopg.Connection) -> None:
    """Remember the rows that migrations made, so that `clean` can bring them back."""
    connection.execute("CREATE SCHEMA pristine")
    for table in _tables(connection, "public"):
        name = sql.Identifier(table)
        if connection.execute(sql.SQL("SELECT FROM public.{} LIMIT 1").format(name)).rowcount:
            connection.execute(
                sql.SQL("CREATE TABLE pristine.{0} AS TABLE public.{0}").format(name)
            )


def clean(server: Throwaway, database: str) -> None:
    """Bring every table back to what the migrations left.

    The application's login may not, and the journal's triggers would refuse it: so the
    superuser does it with triggers and foreign keys asleep.
    """
    with psycopg.connect(server.url("postgres", database)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET lock_timeout = '10s'")
        for table in _tables(connection, "public"):
            connection.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(table)))
        for table in _tables(connection, "pristine"):
            connection.execute(
                sql.SQL("INSERT INTO public.{0} ({1}) SELECT {1} FROM pristine.{0}").format(
                    sql.Identifier(table), _columns(connection, table)
                )
            )


def _columns(connection: psycopg.Connection, table: str) -> sql.Composed:
    """Return the columns that may be written; generated ones fill themselves."""
    query = (
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
    )
    rows = connection.execute(query, [f'public."{table}"'])
    return sql.SQL(", ").join(sql.Identifier(row[0]) for row in rows)
