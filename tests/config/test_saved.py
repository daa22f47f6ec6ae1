"""A backup's manifest and keys, attacked: what is not as it was is not restored."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from qifu.config import restore, saved
from qifu.config.backup import back_up
from qifu.config.saved import Manifest, Refused
from tests.cast import NOW

CONTENT = b"%PDF-1.4 what an enterprise gave along"
BLOB = "files/ab/" + "ab" * 32


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tests/settings.py says of a database is not meant here."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(name, "")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an installation as far as its keys are concerned."""
    home = tmp_path / "home"
    (home / "secrets").mkdir(parents=True)
    for name in ("django.key", "journal.key", "owner.password"):
        (home / "secrets" / name).write_text(f"the {name}")
    return home


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    """Return a sealed backup without a database in it."""
    folder = tmp_path / "qifu-341524-20261124-163000"
    (folder / BLOB).parent.mkdir(parents=True)
    (folder / BLOB).write_bytes(CONTENT)
    (folder / saved.DUMP).write_bytes(b"PGDMP")
    files = {name: saved.sha256_of(folder / name) for name in (BLOB, saved.DUMP)}
    keys = saved.save_secrets(home, saved.secrets_beside(folder))
    manifest = Manifest("2026-11-24", "0.1.0", "", 15, [], {"a": 2}, {}, keys, files)
    saved.seal(folder, manifest, b"the journal.key")
    return folder


def _opened(backup: Path) -> Manifest:
    return saved.opened(backup, saved.secrets_beside(backup))


def test_what_nobody_touched_opens(backup: Path) -> None:
    found = _opened(backup)

    assert (found.rows, found.attachments) == (2, 1)


def _change_a_byte(folder: Path) -> None:
    (folder / saved.DUMP).write_bytes(b"PGDMQ")


def _lose_a_file(folder: Path) -> None:
    (folder / BLOB).unlink()


def _add_a_file(folder: Path) -> None:
    (folder / "files" / "ab" / "more").write_text("x")


def _lead_elsewhere(folder: Path) -> None:
    (folder / BLOB).rename(folder.parent / "elsewhere")
    (folder / BLOB).symlink_to(folder.parent / "elsewhere")


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (_change_a_byte, "database.dump内容变了"),
        (_lose_a_file, "不见了"),
        (_add_a_file, "more是后来加的"),
        (_lead_elsewhere, "不见了"),
    ],
)
def test_what_was_tampered_with_is_refused_by_name(
    backup: Path, tamper: Callable[[Path], None], words: str
) -> None:
    tamper(backup)

    with pytest.raises(Refused, match=words):
        _opened(backup)


def test_counting_the_hashes_anew_without_the_key_does_not_help(backup: Path) -> None:
    _change_a_byte(backup)
    manifest = json.loads((backup / saved.MANIFEST).read_text())
    manifest["files"][saved.DUMP] = saved.sha256_of(backup / saved.DUMP)
    (backup / saved.MANIFEST).write_text(json.dumps(manifest))

    with pytest.raises(Refused, match="清单被人改过"):
        _opened(backup)


def test_the_keys_of_another_backup_do_not_open_it(backup: Path, home: Path) -> None:
    (home / "secrets" / "journal.key").write_text("another key")
    saved.secrets_beside(backup).unlink()
    saved.save_secrets(home, saved.secrets_beside(backup))

    with pytest.raises(Refused, match="不是这一份备份的"):
        _opened(backup)


def test_without_the_keys_it_says_what_is_missing(backup: Path) -> None:
    saved.secrets_beside(backup).unlink()

    with pytest.raises(Refused, match="找不到密钥文件"):
        _opened(backup)


def test_the_keys_lie_apart_for_their_owner_only_and_without_passwords(backup: Path) -> None:
    keys = saved.secrets_beside(backup)

    assert not keys.is_relative_to(backup)
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert saved.secrets_in(keys) == {
        "django.key": b"the django.key",
        "journal.key": b"the journal.key",
    }


def test_a_home_with_data_is_not_overwritten(backup: Path, home: Path) -> None:
    with pytest.raises(Refused, match="已经有数据，不会覆盖"):
        restore.restore(home, backup, saved.secrets_beside(backup), aside=None)

    assert (home / "secrets" / "owner.password").exists()


def test_a_backup_inside_the_home_is_not_moved_away_with_it(backup: Path, home: Path) -> None:
    inside = home / backup.name
    backup.rename(inside)
    keys = saved.secrets_beside(backup)

    with pytest.raises(Refused, match="会被一起移走"):
        restore.restore(home, inside, keys, aside=home.with_name("old"))

    assert inside.exists()


def test_a_backup_of_newer_code_is_refused(backup: Path, home: Path, tmp_path: Path) -> None:
    manifest = _opened(backup)
    manifest.migrations = ["appeals.0999_from_the_future"]
    saved.seal(backup, manifest, b"the journal.key")

    with pytest.raises(Refused, match="请先更新程序"):
        restore.restore(tmp_path / "new", backup, saved.secrets_beside(backup), aside=None)

    assert not (tmp_path / "new").exists()


def test_a_named_database_that_is_not_empty_is_left_and_so_is_the_home(
    backup: Path,
    home: Path,
    tmp_path: Path,
    database_urls: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_urls["qifu_app"])
    monkeypatch.setenv("DATABASE_OWNER_URL", database_urls["qifu_owner"])
    keys = saved.secrets_beside(backup)

    with pytest.raises(Refused, match="已经有表"):
        restore.restore(home, backup, keys, aside=tmp_path / "old")

    assert (home / "secrets" / "owner.password").exists()
    assert not (tmp_path / "old").exists()


def test_a_backup_does_not_go_where_it_would_be_lost_with_the_data(home: Path) -> None:
    with pytest.raises(Refused, match="会一起坏"):
        back_up(home, home / "backups", NOW)


def test_nothing_is_backed_up_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="还没有数据"):
        back_up(tmp_path / "empty", tmp_path / "backups", NOW)
