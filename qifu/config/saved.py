"""What a backup is on the disk: a folder, a manifest of every hash in it, and a seal.

    qifu-341524-20261124-163000/
        database.dump      pg_dump's own format
        files/<ab>/<hash>  every file under its hash
        anchors/<county>/  what was noted of the journal's head
        manifest.json      sha256 of each of these, rows of each table, migrations, version
        manifest.hmac      the manifest's seal, by the journal's key
    qifu-341524-20261124-163000-secrets.tar   the keys, apart

The seal is made with a key that is not in the folder: whoever has the folder alone cannot
change it and count the hashes anew.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

DUMP = "database.dump"
MANIFEST = "manifest.json"
SEAL = "manifest.hmac"
SECRETS = "-secrets.tar"
KEY = "journal.key"
# They belong to a cluster, not to the data: a restored one gets its own.
PASSWORDS = ".password"
PART = 1024 * 1024
SHOWN = 5


class Refused(Exception):
    """A backup or a restore that does not take place; the sentence says why."""


@dataclass
class Manifest:
    """What was saved, and from what."""

    made_at: str
    version: str
    commit: str
    postgres: int
    migrations: list[str]
    tables: dict[str, int]
    rights: dict[str, str]
    secrets: str
    files: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(self.tables.values())

    @property
    def attachments(self) -> int:
        """How many of the files are those that people gave along."""
        return sum(name.startswith("files/") for name in self.files)


def sha256_of(path: Path) -> str:
    """Return a file's hash, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copied(source: Path, target: Path) -> str:
    """Copy a file and return the hash of what was read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as out_of, target.open("wb") as into:
        while part := out_of.read(PART):
            digest.update(part)
            into.write(part)
    return digest.hexdigest()


def seal(folder: Path, manifest: Manifest, key: bytes) -> None:
    """Write the manifest and its seal, last of all."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    (folder / MANIFEST).write_bytes(text)
    (folder / SEAL).write_text(_sealed(text, key))


def opened(folder: Path, keys: Path) -> Manifest:
    """Return the manifest of a backup in which not one byte is another.

    Raises:
        Refused: something is missing, was changed or was added; the sentence names it.
    """
    if not (folder / MANIFEST).is_file() or not (folder / SEAL).is_file():
        raise Refused(f"{folder}不是一份完整的备份：里面没有{MANIFEST}或{SEAL}。请核对FROM。")
    text = (folder / MANIFEST).read_bytes()
    key = secrets_in(keys).get(KEY, b"")
    if not hmac.compare_digest(_sealed(text, key), (folder / SEAL).read_text().strip()):
        raise Refused(
            "备份清单和它的封签对不上：清单被人改过，或密钥文件不是这一份备份的。没有恢复。"
        )
    manifest = Manifest(**json.loads(text))
    if sha256_of(keys) != manifest.secrets:
        raise Refused(f"密钥文件{keys.name}和备份时的不一样。没有恢复。")
    if wrong := list(_differing(folder, manifest)):
        raise Refused(f"备份被改过或不完整，没有恢复：{_listed(wrong)}。请换一份备份。")
    return manifest


def _sealed(text: bytes, key: bytes) -> str:
    return hmac.new(key.strip(), b"qifu backup " + text, "sha256").hexdigest()


def _differing(folder: Path, manifest: Manifest) -> Iterator[str]:
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    for name in sorted(found - {*manifest.files, MANIFEST, SEAL}):
        yield f"{name}是后来加的"
    for name, sha256 in sorted(manifest.files.items()):
        path = folder / name
        if name not in found or path.is_symlink():
            yield f"{name}不见了"
        elif sha256_of(path) != sha256:
            yield f"{name}内容变了"


def _listed(wrong: list[str]) -> str:
    more = f"等{len(wrong)}处" if len(wrong) > SHOWN else ""
    return "；".join(wrong[:SHOWN]) + more


def secrets_beside(folder: Path) -> Path:
    """Return where the keys of a backup lie unless somebody put them elsewhere."""
    return folder.with_name(f"{folder.name}{SECRETS}")


def save_secrets(home: Path, target: Path) -> str:
    """Write the keys of an installation into one file for its owner only; return its hash."""
    # Never there for others, not even for a moment.
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        for path in sorted((home / "secrets").iterdir()):
            if path.is_file() and path.suffix != PASSWORDS:
                tar.add(path, arcname=path.name)
    return sha256_of(target)


def secrets_in(path: Path) -> dict[str, bytes]:
    """Return the keys that a file of secrets holds, by their names.

    Raises:
        Refused: there is no such file, or it holds something else.
    """
    if not path.is_file():
        raise Refused(
            f"找不到密钥文件{path}。密钥和备份分开存放，没有它核对不了日志；"
            "请用SECRETS=…指明它在哪里。"
        )
    try:
        with tarfile.open(path) as tar:
            plain = [member for member in tar if member.isreg() and "/" not in member.name]
            return {member.name: _content(tar, member) for member in plain}
    except (tarfile.TarError, OSError):
        raise Refused(f"密钥文件{path}读不出来。请换一份。") from None


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    return file.read() if file else b""


def bring_secrets(path: Path, home: Path) -> None:
    """Put the keys where an installation looks for them."""
    place = home / "secrets"
    place.mkdir(mode=0o700, parents=True)
    for name, content in secrets_in(path).items():
        handle = os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)


def bring_tree(source: Path, target: Path) -> None:
    """Put a folder of the backup where an installation looks for it, for its owner only."""
    if source.exists():
        shutil.copytree(source, target, dirs_exist_ok=True, copy_function=shutil.copyfile)
        for path in [target, *target.rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)
