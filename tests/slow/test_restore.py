"""The drill: a county saved while people write in it, and brought back somewhere else."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from qifu.config import dumping, saved
from qifu.config.lending import lent
from qifu.config.logins import Logins
from qifu.config.postgres import find_cluster
from tests.product import ROOT, Product, environment, running
from tests.slow.writers import Browser, Clerk, page_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("launcher")]

PROBLEM = "备份演练：门口的路灯不亮。"


@pytest.fixture
def product() -> Iterator[Product]:
    with running(QIFU_DEMO="True") as started:
        yield started


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """Return a folder that the database's user can enter, for the backup and the new home."""
    place = Path(tempfile.mkdtemp(prefix="qifu-restore-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


def _asked(product: Product, home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    settings = {**environment(home), "QIFU_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT, env=settings, capture_output=True, text=True, timeout=600,
    )  # fmt: skip


def _rows(home: Path) -> dict[str, int]:
    url = Logins.of(home).url("qifu_owner", find_cluster(home).socket)
    with psycopg.connect(url) as connection:
        return dumping.tables(connection)


def _whole(home: Path, table: str) -> list[str]:
    url = Logins.of(home).url("qifu_owner", find_cluster(home).socket)
    with psycopg.connect(url) as connection:
        found = connection.execute(f"SELECT row::text FROM {table} row ORDER BY row.id").fetchall()
    return [str(text) for (text,) in found]


def _files(place: Path) -> dict[str, str]:
    return {
        path.relative_to(place).as_posix(): saved.sha256_of(path)
        for path in (place / "files").glob("[0-9a-f][0-9a-f]/*")
    }


def test_a_county_comes_back_as_it_was(
    product: Product, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(name, "")
    clerk = Clerk(Browser(product.port), "受理员", login="zhoumin")
    clerk.sign_in()
    number = clerk.submit(PROBLEM, page_of(PROBLEM))

    made = _asked(product, product.home, "qifu.config.backup", "--to", str(elsewhere))
    assert made.returncode == 0, made.stderr
    assert product.answers()
    clerk.submit("备份之后才说的。", page_of("later"))
    [backup] = [path for path in elsewhere.iterdir() if path.is_dir()]
    keys = saved.secrets_beside(backup)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    # What the database holds now is later; the manifest tells what it held then.
    manifest = saved.opened(backup, keys)
    assert manifest.attachments >= 1

    home = elsewhere / "home"
    refused = _asked(product, product.home, "qifu.config.restore", str(backup), "--force")
    assert refused.returncode == 1
    assert "正在运行" in refused.stderr

    brought = _asked(product, home, "qifu.config.restore", str(backup))

    assert brought.returncode == 0, brought.stdout + brought.stderr
    assert f"{manifest.rows:,}行，和备份时逐表相同" in brought.stdout
    assert "个锚点，全部对得上" in brought.stdout
    assert "个附件，全部对得上" in brought.stdout
    assert _files(home) == _files(backup)
    with lent(home):
        assert _rows(home) == manifest.tables
        before = _whole(product.home, "journal_event")
        assert _whole(home, "journal_event") == before[: manifest.tables["journal_event"]]
        assert number in "".join(_whole(home, "appeals_appeal"))
        assert "备份之后才说的" not in "".join(_whole(home, "journal_text"))
        assert_the_journal_is_still_closed_to_the_application(home)

    assert_tampered_is_refused(product, backup, elsewhere / "other")
    assert_moved_aside_and_not_lost(product, backup, home)


def assert_the_journal_is_still_closed_to_the_application(home: Path) -> None:
    url = Logins.of(home).url("qifu_app", find_cluster(home).socket)
    with psycopg.connect(url, autocommit=True) as connection:
        for forbidden in ("UPDATE journal_event SET seq = 0", "DELETE FROM journal_event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)


def assert_tampered_is_refused(product: Product, backup: Path, home: Path) -> None:
    changed = backup.with_name("changed")
    shutil.copytree(backup, changed)
    with (changed / saved.DUMP).open("ab") as file:
        file.write(b"x")
    keys = str(saved.secrets_beside(backup))

    refused = _asked(product, home, "qifu.config.restore", str(changed), "--secrets", keys)

    assert refused.returncode == 1
    assert "database.dump内容变了" in refused.stderr
    assert not home.exists()


def assert_moved_aside_and_not_lost(product: Product, backup: Path, home: Path) -> None:
    again = _asked(product, home, "qifu.config.restore", str(backup))
    assert again.returncode == 1
    assert "不会覆盖" in again.stderr
    (home / "mark").touch()

    forced = _asked(product, home, "qifu.config.restore", str(backup), "--force")

    assert forced.returncode == 0, forced.stdout + forced.stderr
    [aside] = home.parent.glob("home.old-*")
    assert (aside / "mark").exists()
    assert not (home / "mark").exists()
