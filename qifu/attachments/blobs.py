"""The bytes of files, each kept once under its own hash: `files/<ab>/<abcdef…>`.

A blob is whole on the disk, its folder too, before anybody may name it in a row; so a row
never names bytes that a power cut could still lose.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings

PREVIEW = ".preview"
INCOMING = "incoming"
LOCK = ".lock"
PART = 64 * 1024


def path_of(sha256: str, *, preview: bool = False) -> Path:
    """Return where a blob lies, or its small picture."""
    return _root() / sha256[:2] / f"{sha256}{PREVIEW if preview else ''}"


def put(content: bytes, preview: bytes = b"") -> str:
    """Write content to the disk for good and return its hash; the same content is kept once.

    Whoever calls holds the files (`held`) until his row is committed.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if preview:
        _write(path_of(sha256, preview=True), preview)
    _write(path_of(sha256), content)
    return sha256


def read_whole(sha256: str) -> bool:
    """Tell whether a blob still is what its name says."""
    digest = hashlib.sha256()
    try:
        with path_of(sha256).open("rb") as blob:
            while part := blob.read(PART):
                digest.update(part)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == sha256


def remove(sha256: str) -> None:
    """Take a blob and its small picture off the disk."""
    for preview in (True, False):
        path_of(sha256, preview=preview).unlink(missing_ok=True)
    folder = path_of(sha256).parent
    if folder.exists():
        _sync(folder)


@contextmanager
def held() -> Iterator[None]:
    """Keep the sweeper out while a blob is written and until the row that names it stands."""
    with _locked(fcntl.LOCK_SH):
        yield


@contextmanager
def emptied() -> Iterator[None]:
    """Keep everybody out who is about to name a blob, while one is looked at and removed."""
    with _locked(fcntl.LOCK_EX):
        yield


def older_than(before: datetime) -> Iterator[str]:
    """Give the hashes of the blobs that were last written or asked for before a moment."""
    for folder in sorted(_root().glob("[0-9a-f][0-9a-f]")):
        names = {path.name.removesuffix(PREVIEW) for path in folder.iterdir()}
        for sha256 in sorted(names):
            if is_older(sha256, before):
                yield sha256


def is_older(sha256: str, before: datetime) -> bool:
    """Tell whether nobody has written a blob or its picture since a moment."""
    paths = (path_of(sha256), path_of(sha256, preview=True))
    times = [path.stat().st_mtime for path in paths if path.exists()]
    return bool(times) and max(times) < before.timestamp()


def forget_unfinished(before: datetime) -> None:
    """Remove what was being written when the power went."""
    for path in (_root() / INCOMING).glob("*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _write(target: Path, content: bytes) -> None:
    if target.exists() and target.stat().st_size == len(content):
        # Somebody counts on it again from now on; and who wrote it first may not have
        # come to writing the folder yet.
        os.utime(target)
        _sync(target.parent)
        return
    incoming = _folder(_root() / INCOMING) / secrets.token_hex(16)
    with incoming.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.chmod(incoming, 0o600)
    os.replace(incoming, _folder(target.parent) / target.name)
    _sync(target.parent)


def _folder(path: Path) -> Path:
    if not path.exists():
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sync(path.parent)
    return path


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(how: int) -> Iterator[None]:
    with (_folder(_root()) / LOCK).open("ab") as lock:
        fcntl.flock(lock, how)
        yield
