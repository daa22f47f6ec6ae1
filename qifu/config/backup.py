"""`make backup`: database, files and anchors into one dated folder, the keys into another file.

It works while the product runs and stops nothing. Anchors go first, so that they name no
event that the database's copy has not; the bulk of the files goes before the database and
the rest after it, so that they hold everything that it names.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from qifu.config import dumping, saved
from qifu.config.binaries import PostgresMissing
from qifu.config.postgres import PostgresFailed
from qifu.config.saved import DUMP, KEY, Manifest, Refused

ROOT = Path(__file__).resolve().parent.parent.parent
BLOB = re.compile(r"[0-9a-f]{64}")
# Tells the next start that this is a demo, and who can sign in.
KEPT_BESIDES = ("demo-logins.txt",)
NAMED = "SELECT DISTINCT sha256 FROM attachments_attachment WHERE state IN ('STAGED', 'KEPT')"


def main() -> None:
    """Make one backup and say in Chinese what is in it."""
    asked = argparse.ArgumentParser(prog="make backup")
    asked.add_argument("--to", type=Path, help="放在哪个文件夹里，默认在QIFU_HOME旁边")
    home = home_here()
    try:
        to = (asked.parse_args().to or home.with_name(f"{home.name}-backups")).resolve()
        sys.exit(0 if back_up(home, to, datetime.now(ZoneInfo("Asia/Shanghai"))) else 1)
    except (Refused, PostgresMissing, PostgresFailed, psycopg.Error) as error:
        sys.exit(f"没有备份：{error}")


def home_here() -> Path:
    """Return the installation's folder, as `make run` takes it."""
    home = Path(os.environ.get("QIFU_HOME") or ROOT / "var").resolve()
    os.environ["QIFU_HOME"] = str(home)
    return home


def back_up(home: Path, to: Path, at: datetime) -> bool:
    """Save the installation; tell whether every file was as it should be."""
    if not (home / "secrets" / KEY).is_file():
        raise Refused(f"{home}里还没有数据。请核对QIFU_HOME。")
    if to.is_relative_to(home):
        raise Refused(f"备份不能放在数据文件夹{home}里面：坏了会一起坏。请用TO=…另选地方。")
    county = os.environ.get("QIFU_COUNTY") or "341524"
    folder = to / f"qifu-{county}-{at:%Y%m%d-%H%M%S}"
    if folder.exists():
        raise Refused(f"{folder}已经有了。请过一秒再试。")
    part = folder.with_name(f"{folder.name}.part")
    part.mkdir(mode=0o700, parents=True)
    try:
        manifest, odd = _saved(home, part, saved.secrets_beside(folder), at)
    except BaseException:
        shutil.rmtree(part)
        saved.secrets_beside(folder).unlink(missing_ok=True)
        raise
    os.sync()
    part.rename(folder)
    _tell(folder, manifest, odd)
    return not odd


def _saved(home: Path, part: Path, keys: Path, at: datetime) -> tuple[Manifest, list[str]]:
    files = _taken(home, _anchors(home), part)
    files |= _taken(home, _blobs(home, known=set()), part)
    with dumping.owners_door(home) as url, psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        manifest = Manifest(
            made_at=at.isoformat(timespec="seconds"),
            version=_version(),
            commit=_commit(),
            postgres=dumping.server_major(connection),
            migrations=_migrations(connection),
            tables=dumping.tables(connection),
            rights=dumping.rights(connection),
            secrets=saved.save_secrets(home, keys),
        )
        named = {str(row[0]) for row in connection.execute(NAMED)}
        [snapshot] = connection.execute("SELECT pg_export_snapshot()").fetchone() or [""]
        dumping.dump(url, part / DUMP, snapshot=snapshot, major=manifest.postgres)
    files[DUMP] = saved.sha256_of(part / DUMP)
    files |= _taken(home, _blobs(home, known=set(files)), part)
    manifest.files = files
    saved.seal(part, manifest, (home / "secrets" / KEY).read_bytes())
    return manifest, _odd(files, named)


def _anchors(home: Path) -> Iterable[Path]:
    yield from sorted((home / "anchors").rglob("*.jsonl"))
    yield from (home / name for name in KEPT_BESIDES)


def _blobs(home: Path, *, known: set[str]) -> Iterable[Path]:
    for path in sorted((home / "files").glob("[0-9a-f][0-9a-f]/*")):
        if path.relative_to(home).as_posix() not in known:
            yield path


def _taken(home: Path, paths: Iterable[Path], part: Path) -> dict[str, str]:
    """Copy files under their names; one that is lawfully erased meanwhile stays away."""
    files = {}
    for path in paths:
        name = path.relative_to(home).as_posix()
        try:
            files[name] = saved.copied(path, part / name)
        except FileNotFoundError:
            continue
    return files


def _odd(files: dict[str, str], named: set[str]) -> list[str]:
    """Return the hashes of files that the database names and whose bytes are not those."""
    whole = {sha256 for name, sha256 in files.items() if Path(name).name == sha256}
    altered = {
        Path(name).name
        for name, sha256 in files.items()
        if BLOB.fullmatch(Path(name).name) and Path(name).name != sha256
    }
    return sorted((named - whole) | altered)


def _migrations(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations")
    return sorted(str(row[0]) for row in rows)


def _version() -> str:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return str(about["project"]["version"])


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def _tell(folder: Path, manifest: Manifest, odd: list[str]) -> None:
    keys = saved.secrets_beside(folder)
    print(f"备份在：{folder}")
    print(
        f"  数据库{len(manifest.tables)}张表、{manifest.rows:,}行，"
        f"附件{manifest.attachments:,}个文件，锚点一并备份；每个文件的哈希在manifest.json里。"
    )
    print(f"密钥在：{keys}（只有本人能读）")
    print("  密钥请另放一处：同时拿到备份和密钥的人，可以重写一本对得上的日志。")
    if odd:
        print(f"注意：有{len(odd)}个附件在硬盘上不见了或内容变了，备份里也没有：")
        for sha256 in odd[: saved.SHOWN]:
            print(f"  {sha256}")


if __name__ == "__main__":
    main()
