"""The launcher of the embedded server, on real servers of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from qifu.config.binaries import PostgresMissing, find_binaries
from qifu.config.lending import held, lent
from qifu.config.postgres import ensure_running, find_cluster, stop

pytestmark = pytest.mark.xdist_group("launcher")


@pytest.fixture(scope="module")
def made_home() -> Iterator[Path]:
    """Return an installation whose server has been made and has stopped."""
    home = Path(tempfile.mkdtemp(prefix="qifu-launch-"))
    home.chmod(0o755)
    ensure_running(home)
    stop(home)
    yield home
    stop(home)
    shutil.rmtree(home)


@pytest.fixture
def home(made_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return that installation, with its server down before and after."""
    # What tests/settings.py says of a database is not meant here.
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("DATABASE_OWNER_URL", "")
    yield made_home
    stop(made_home)


def _runs(home: Path) -> bool:
    return find_cluster(home).is_ready()


def test_each_login_gets_in_with_its_password_and_nobody_without(home: Path) -> None:
    server = ensure_running(home)

    for url, name in ((server.url_app, "qifu_app"), (server.url_owner, "qifu_owner")):
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (name,)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url_app, password="guess")


def test_the_server_listens_on_no_network(home: Path) -> None:
    server = ensure_running(home)

    with psycopg.connect(server.url_app) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_the_application_works_on_rows_and_not_on_tables(home: Path) -> None:
    server = ensure_running(home)
    with psycopg.connect(server.url_owner) as owner:
        owner.execute("DROP TABLE IF EXISTS thing")
        owner.execute("CREATE TABLE thing (id bigserial PRIMARY KEY, name text)")

    with psycopg.connect(server.url_app, autocommit=True) as application:
        application.execute("INSERT INTO thing (name) VALUES ('䃥')")
        application.execute("UPDATE thing SET name = '流波䃥镇'")
        assert application.execute("SELECT name FROM thing").fetchall() == [("流波䃥镇",)]
        application.execute("DELETE FROM thing")
        for refused in ("TRUNCATE thing", "DROP TABLE thing", "CREATE TABLE other (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(refused)


def test_data_outlive_a_killed_server(home: Path) -> None:
    server = ensure_running(home)
    with psycopg.connect(server.url_owner) as owner:
        owner.execute("DROP TABLE IF EXISTS kept")
        owner.execute("CREATE TABLE kept AS SELECT 1 AS one")
    pid = find_cluster(home).pid()
    assert pid

    os.kill(pid, signal.SIGKILL)
    again = ensure_running(home)

    assert again.started_by_us
    with psycopg.connect(again.url_app) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_lock_file_that_names_a_stranger_does_not_stop_the_start(home: Path) -> None:
    lock = find_cluster(home).data / "postmaster.pid"
    lock.write_text(f"{os.getppid()}\n{lock.parent}\n{int(time.time())}\n5432\n\n\n\nready\n")

    assert not _runs(home)
    assert ensure_running(home).started_by_us


def test_a_command_stops_the_server_that_it_started(home: Path) -> None:
    with lent(home):
        assert _runs(home)

    assert not _runs(home)


def test_a_command_leaves_a_server_that_it_found(home: Path) -> None:
    ensure_running(home)

    with lent(home):
        pass

    assert _runs(home)


def test_of_two_commands_the_last_one_stops_the_server(home: Path) -> None:
    with lent(home):
        with lent(home):
            pass
        assert _runs(home)

    assert not _runs(home)


def test_a_command_does_not_stop_the_server_under_the_product(home: Path) -> None:
    with lent(home), held(home):
        with lent(home):
            pass
        assert _runs(home)


def test_manage_py_brings_the_database_and_takes_it_away(home: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "QIFU_T"))}
    environment |= {"QIFU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "qifu.config.settings"}
    command = [".venv/bin/python", "manage.py", "shell", "--no-imports", "-c"]
    code = "from django.db import connection as c; k = c.cursor();"
    code += "k.execute('SELECT current_user'); print(k.fetchone()[0])"

    ended = subprocess.run([*command, code], env=environment, capture_output=True, text=True)

    assert ended.stdout.split() == ["qifu_app"], ended.stderr
    assert not _runs(home)


def test_an_unknown_wish_for_a_server_is_refused() -> None:
    with pytest.raises(PostgresMissing, match="QIFU_POSTGRES=oracle"):
        find_binaries("oracle", [])


def test_data_whose_programs_are_gone_are_not_passed_over() -> None:
    with pytest.raises(PostgresMissing, match="apt-get install postgresql-9"):
        find_binaries("", [9])
