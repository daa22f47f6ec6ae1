"""One throw-away PostgreSQL per run; tests talk to it as the application does.

The schema is made by its owner and every test connects as `qifu_app`, so a missing or
excessive grant shows in the tests. Under `pytest -n` each worker has a database.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from qifu.journal import reference
from tests import cluster
from tests.cast import cast, other_cast  # noqa: F401  (fixtures for every test)
from tests.cluster import Throwaway
from tests.firms import firms, other_firms  # noqa: F401

SERVER = "QIFU_TEST_SERVER"
_started: list[Throwaway] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before `pytest -n` starts its workers, who inherit its address."""
    if config.getoption("numprocesses", None) and not config.getoption("collectonly"):
        _server()


def pytest_unconfigure() -> None:
    """Throw the server away."""
    while _started:
        _started.pop().stop()
        del os.environ[SERVER]


def _server() -> Throwaway:
    if SERVER not in os.environ:
        _started.append(Throwaway.start())
        os.environ[SERVER] = _started[0].to_text()
    return Throwaway.from_text(os.environ[SERVER])


def _database() -> str:
    return f"qifu_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def _clean_up(_case: TransactionTestCase) -> None:
    cluster.clean(_server(), _database())


# Django would TRUNCATE, which neither the login nor the journal allows.
TransactionTestCase._fixture_teardown = _clean_up  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make this process's database as the owner, then use it as the application."""
    with django_db_blocker.unblock():
        cluster.make_test_database(_server(), _database())
        cluster.connect_django(_server(), "qifu_app", _database())
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Reference data laid without a deed would be taken for those of the test before."""
    reference.forget()


@pytest.fixture
def database_urls(django_db_setup: None) -> dict[str, str]:
    """Return the test database's address for each login: postgres, qifu_owner, qifu_app."""
    logins = ("postgres", "qifu_owner", "qifu_app")
    return {login: _server().url(login, _database()) for login in logins}


@pytest.fixture
def as_superuser(database_urls: dict[str, str]) -> Iterator[psycopg.Connection]:
    """Return a connection of somebody who may do anything, outside Django's transaction."""
    with psycopg.connect(database_urls["postgres"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def as_owner(database_urls: dict[str, str]) -> Iterator[psycopg.Connection]:
    """Return a connection of the schema's owner, outside Django's transaction."""
    with psycopg.connect(database_urls["qifu_owner"], autocommit=True) as connection:
        yield connection
