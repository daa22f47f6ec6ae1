"""`make restore FROM=…`: a backup into an empty installation, checked before and after.

Nothing is written until every hash has been compared. What is there already is never
overwritten: with FORCE=1 it is moved aside, whole.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from qifu.config import dumping, saved
from qifu.config.backup import KEPT_BESIDES, ROOT, home_here
from qifu.config.binaries import PostgresMissing
from qifu.config.lending import database_named
from qifu.config.postgres import PostgresFailed, find_cluster
from qifu.config.saved import DUMP, Manifest, Refused

# While this lies in a home, its data are half there: the product does not start on them.
UNFINISHED = "restoring"


def main() -> None:
    """Restore one backup and say in Chinese whether it holds."""
    asked = argparse.ArgumentParser(prog="make restore")
    asked.add_argument("backup", type=Path, help="备份文件夹")
    asked.add_argument("--secrets", type=Path, help="密钥文件，默认在备份旁边")
    asked.add_argument("--force", action="store_true", help="已有的数据整个移到一边")
    given = asked.parse_args()
    backup = given.backup.resolve()
    home = home_here()
    try:
        restore(
            home,
            backup,
            (given.secrets or saved.secrets_beside(backup)).resolve(),
            aside=_aside(home, datetime.now(ZoneInfo("Asia/Shanghai"))) if given.force else None,
        )
    except (Refused, PostgresMissing, PostgresFailed, psycopg.Error) as error:
        sys.exit(f"没有恢复成：{error}")


def restore(home: Path, backup: Path, keys: Path, *, aside: Path | None) -> None:
    """Bring the backup into the home, and check what came of it.

    Raises:
        Refused: the backup was changed, the home is in use or not empty, or what was
            restored does not hold.
    """
    print("正在核对备份里每个文件的哈希……", flush=True)
    manifest = saved.opened(backup, keys)
    print(f"备份于{manifest.made_at}，{len(manifest.files):,}个文件全部对得上。", flush=True)
    _refuse_older_code(manifest)
    if database_named():
        with dumping.owners_door(home) as url:
            _refuse_unfit(url, manifest)
    with _nobody_there(home):
        _make_room(home, backup, keys, aside)
    home.mkdir(parents=True, exist_ok=True)
    (home / UNFINISHED).touch()
    _bring(home, backup, keys, manifest)
    (home / UNFINISHED).unlink()
    print(f"恢复完成：{home}。现在可以启动（make run）。")


def _aside(home: Path, at: datetime) -> Path:
    return home.with_name(f"{home.name}.old-{at:%Y%m%d-%H%M%S}")


@contextmanager
def _nobody_there(home: Path) -> Iterator[None]:
    """Keep the product from starting on the home, and refuse while it runs."""
    running = f"{home}上的服务正在运行。请先停下（Ctrl-C或systemctl stop），再恢复。"
    with (home / "run.lock").open("a") if _holds_something(home) else nullcontext() as lock:
        if lock is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused(running) from None
        if list((home / "postgres").glob("[0-9]*/PG_VERSION")) and find_cluster(home).is_ready():
            raise Refused(running)
        yield


def _holds_something(home: Path) -> bool:
    return home.is_dir() and any(home.iterdir())


def _make_room(home: Path, backup: Path, keys: Path, aside: Path | None) -> None:
    if not _holds_something(home):
        return
    if aside is None:
        raise Refused(
            f"{home}里已经有数据，不会覆盖。请换一个空的QIFU_HOME，"
            "或加FORCE=1：原有的数据整个移到一边，不删除。"
        )
    if backup.is_relative_to(home) or keys.is_relative_to(home):
        raise Refused(f"备份或密钥在{home}里面，会被一起移走。请先把它们复制到别处。")
    home.rename(aside)
    print(f"原有的数据移到了{aside}。", flush=True)


def _refuse_older_code(manifest: Manifest) -> None:
    known = {
        f"{path.parent.parent.name}.{path.stem}" for path in ROOT.glob("qifu/*/migrations/0*.py")
    }
    ours = {path.parent.parent.name for path in ROOT.glob("qifu/*/migrations/__init__.py")}
    newer = [
        name for name in manifest.migrations if name.partition(".")[0] in ours and name not in known
    ]
    if newer:
        raise Refused(
            f"这份备份出自更新的版本（{manifest.version}，提交{manifest.commit[:12] or '不明'}），"
            f"本程序还没有{newer[-1]}。请先更新程序。"
        )


def _bring(home: Path, backup: Path, keys: Path, manifest: Manifest) -> None:
    saved.bring_secrets(keys, home)
    saved.bring_tree(backup / "files", home / "files")
    saved.bring_tree(backup / "anchors", home / "anchors")
    for name in KEPT_BESIDES:
        if (backup / name).exists():
            saved.copied(backup / name, home / name)
    if not database_named():
        _refuse_older_server(find_cluster(home).binaries.major, manifest)
    print("正在恢复数据库……", flush=True)
    with dumping.owners_door(home) as url:
        _fill(url, backup / DUMP, manifest)
        _command("migrate", "--no-input", "--verbosity=0")
        print("正在核对恢复出来的日志、锚点和附件……", flush=True)
        for check in ("verify_journal", "verify_files"):
            _command(check)


def _refuse_older_server(major: int, manifest: Manifest) -> None:
    if major < manifest.postgres:
        raise Refused(
            f"备份出自PostgreSQL {manifest.postgres}，这里用的是{major}，装不进去。"
            f"请装{manifest.postgres}或更新的，或设QIFU_POSTGRES=wheel用自带的。"
        )


def _refuse_unfit(url: str, manifest: Manifest) -> int:
    """Return which PostgreSQL answers, if it can take the backup and is empty."""
    with psycopg.connect(url) as connection:
        major = dumping.server_major(connection)
        _refuse_older_server(major, manifest)
        if dumping.tables(connection):
            raise Refused("数据库里已经有表。请另建一个空库（docs/deploy.md），再恢复。")
    return major


def _fill(url: str, dump: Path, manifest: Manifest) -> None:
    major = _refuse_unfit(url, manifest)
    dumping.load(url, dump, major=major)
    with psycopg.connect(url) as connection:
        found, rights = dumping.tables(connection), dumping.rights(connection)
    _refuse_other("行数", found, manifest.tables)
    _refuse_other("权限", rights, manifest.rights)
    print(f"{len(found)}张表、{sum(found.values()):,}行，和备份时逐表相同。", flush=True)


def _refuse_other(what: str, found: Mapping[str, object], saved_then: Mapping[str, object]) -> None:
    names = {*found, *saved_then}
    if wrong := sorted(name for name in names if found.get(name) != saved_then.get(name)):
        raise Refused(f"恢复出来的{what}和备份时不一样：{'、'.join(wrong)}。这些数据不能用。")


def _command(*arguments: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "qifu.config.settings"}
    if subprocess.run(command, env=environment).returncode:
        raise Refused(f"`manage.py {' '.join(arguments)}`没有通过，见上。这些数据不能用。")


if __name__ == "__main__":
    main()
