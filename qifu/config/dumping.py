"""A database out of its server and into another, with PostgreSQL's own programs."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from qifu.config.binaries import Binaries, system_binaries, wheel_binaries
from qifu.config.environment import env_text
from qifu.config.lending import database_named, lent
from qifu.config.saved import Refused

# What a new table would be granted at once, and what a dump therefore could not take away:
# it only says what to add. The dump itself brings these defaults back, after its tables.
NO_DEFAULTS = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM qifu_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM qifu_app;
"""
RIGHTS = """
SELECT table_name, string_agg(privilege_type, ',' ORDER BY privilege_type)
FROM information_schema.role_table_grants
WHERE table_schema = 'public' AND grantee = 'qifu_app' GROUP BY table_name
UNION ALL
SELECT 'default ' || defaclobjtype::text, string_agg(one::text, ',' ORDER BY one::text)
FROM pg_default_acl, unnest(defaclacl) AS one
WHERE defaclnamespace = 'public'::regnamespace AND one::text LIKE 'qifu_app=%'
GROUP BY defaclobjtype
"""


@contextmanager
def owners_door(home: Path) -> Iterator[str]:
    """Give the address by which the schema's owner enters, the server started if need be."""
    if database_named():
        url = env_text("DATABASE_OWNER_URL")
        if not url:
            raise Refused(
                "没有设置DATABASE_OWNER_URL：备份和恢复要用表的所有者登录（docs/deploy.md）。"
            )
        yield url
    else:
        with lent(home) as server:
            yield server.url_owner


def server_major(connection: psycopg.Connection) -> int:
    """Return which PostgreSQL answers."""
    return connection.info.server_version // 10000


def dump(url: str, target: Path, *, snapshot: str, major: int) -> None:
    """Write the whole database as it is in a snapshot, in pg_dump's own format.

    Comments are left out: of an extension only a superuser may write them.
    """
    _run(
        url, programs_for(major).program("pg_dump"), "--format=custom", "--no-owner",
        "--no-comments", "--schema=public", "--extension=btree_gist",
        f"--snapshot={snapshot}", f"--file={target}",
    )  # fmt: skip


def load(url: str, source: Path, *, major: int) -> None:
    """Bring a dump into an empty database, all of it or nothing."""
    with psycopg.connect(url) as connection:
        connection.execute(NO_DEFAULTS)
    program = programs_for(major).program("pg_restore")
    # The schema is there, its owner's: making or dropping it is the administrator's.
    listed = _run(url, program, "--list", str(source)).splitlines()
    with tempfile.NamedTemporaryFile("w") as order:
        order.write("\n".join(line for line in listed if " SCHEMA - public " not in line))
        order.flush()
        _run(
            url, program, f"--dbname={_as_variables(url)['PGDATABASE']}", "--no-owner",
            "--single-transaction", "--exit-on-error", f"--use-list={order.name}", str(source),
        )  # fmt: skip


def programs_for(major: int) -> Binaries:
    """Return the oldest programs on this machine that can deal with such a server.

    Raises:
        Refused: all of them are older than the server.
    """
    found = [*system_binaries(), *([wheel] if (wheel := wheel_binaries()) else [])]
    able = sorted((each for each in found if each.major >= major), key=lambda each: each.major)
    if not able:
        raise Refused(
            f"这台机器上没有PostgreSQL {major}或更新的pg_dump、pg_restore。"
            f"请安装（Debian：apt-get install postgresql-client-{major}）。"
        )
    return able[0]


def tables(connection: psycopg.Connection) -> dict[str, int]:
    """Return every table of ours with the number of its rows."""
    names = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    return {str(name): _count(connection, str(name)) for (name,) in names}


def rights(connection: psycopg.Connection) -> dict[str, str]:
    """Return what the application's login may do with each table, and with new ones."""
    return {str(name): str(may) for name, may in connection.execute(RIGHTS)}


def _count(connection: psycopg.Connection, table: str) -> int:
    query = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _run(url: str, *command: str) -> str:
    # Not on the command line: everybody on the machine can read that.
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(
        command, env=environment | _as_variables(url), capture_output=True, text=True
    )
    if ended.returncode:
        raise Refused(f"{Path(command[0]).name}没有做成：{ended.stderr.strip()}")
    return ended.stdout


def _as_variables(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    named = {
        "PGHOST": query.get("host") or unquote(parts.hostname or ""),
        "PGPORT": query.get("port") or str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": query.get("sslmode", ""),
        "PGSSLROOTCERT": query.get("sslrootcert", ""),
    }
    return {name: value for name, value in named.items() if value}
