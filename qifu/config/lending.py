"""The embedded server lent to whoever needs it, and stopped when the last one has left.

Every user of the server keeps a shared lock on one file. A command that had to start the
server leaves a mark; the last user to go stops a marked server and leaves any other.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from qifu.config.postgres import Server, alone, ensured, find_cluster

# Commands that change the schema, which only its owner may.
OWNER_COMMANDS = frozenset({"flush", "makemigrations", "migrate", "sqlmigrate", "squashmigrations"})


def database_named() -> bool:
    """Return whether DATABASE_URL names a server, so that ours is not wanted."""
    return bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def _mark(home: Path) -> Path:
    return home / "postgres.passing"


def _users(home: Path) -> IO[str]:
    return (home / "postgres.users").open("a")


@contextmanager
def lent(home: Path) -> Iterator[Server]:
    """Lend the server for the length of a command, and leave it as it was found."""
    with alone(home), _users(home) as users:
        server = ensured(home)
        fcntl.flock(users, fcntl.LOCK_SH)
        if server.started_by_us:
            _mark(home).touch()
        held = os.dup(users.fileno())
    tell_settings(server)
    try:
        yield server
    finally:
        os.close(held)
        with alone(home), _users(home) as users:
            if _mark(home).exists() and _is_last(users):
                find_cluster(home).stop()
                _mark(home).unlink()


@contextmanager
def held(home: Path) -> Iterator[Server]:
    """Hold the server for as long as qifu is served, and stop it at the end."""
    with _users(home) as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            with alone(home):
                server = ensured(home)
            tell_settings(server)
            yield server
        finally:
            with alone(home):
                find_cluster(home).stop()
                _mark(home).unlink(missing_ok=True)


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def tell_settings(server: Server) -> None:
    """Put the server's addresses where the settings look for them."""
    os.environ["DATABASE_URL"] = server.url_app
    os.environ["DATABASE_OWNER_URL"] = server.url_owner
