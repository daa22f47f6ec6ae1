"""Anchors (锚点): the chain's newest hash, written down outside the database.

A chain shows that nothing inside it was changed; only a note kept elsewhere shows that
its end was not cut off, or all of it written anew by somebody who has the key.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from qifu.journal import walk
from qifu.kernel.clock import local, local_date


@dataclass(frozen=True, slots=True)
class Anchor:
    """What was the newest event of a county at that moment."""

    at: str
    county: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an anchor file; without an anchor if nobody can read it."""

    file: str
    number: int
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class Day:
    """The anchors of one day: how many, and the last of them if it can be read."""

    on: date
    count: int
    last: Anchor | None


def folder(county: str) -> Path:
    """Return where the county's anchors lie, one file a day."""
    return Path(settings.QIFU_HOME) / "anchors" / county


def anchored_counties() -> list[str]:
    """Return the counties that have anchors, even if nothing else is left of them."""
    return sorted(path.name for path in folder("").glob("[0-9]*") if path.is_dir())


def anchor(county: str, at: datetime) -> Anchor | None:
    """Write down the newest event of the county's chain, unless that stands there already."""
    newest = walk.head(county)
    if newest is None:
        return None
    made = Anchor(local(at).isoformat(timespec="seconds"), county, newest.seq, newest.hash)
    path = folder(county) / f"{local_date(at).isoformat()}.jsonl"
    last = _last(path)
    if last is None or (last.seq, last.hash) != (made.seq, made.hash):
        _append(path, json.dumps(asdict(made)))
    return made


def newest(county: str) -> Anchor | None:
    """Return the anchor written last, for oversight to note down."""
    for path in sorted(folder(county).glob("*.jsonl"), reverse=True):
        if last := _last(path):
            return last
    return None


def lines(county: str) -> Iterator[Line]:
    """Give every line of the county's anchor files, the oldest first."""
    for path in sorted(folder(county).glob("*.jsonl")):
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, text in enumerate(file, start=1):
                yield Line(path.name, number, _read(text))


def daily(county: str, *, since: date) -> list[Day]:
    """Return the days from then on that have anchors, the newest first."""
    found = []
    for path in sorted(folder(county).glob("????-??-??.jsonl"), reverse=True):
        if path.stem < since.isoformat():
            break
        written = path.read_text(encoding="utf-8", errors="replace").splitlines()
        last = _read(written[-1]) if written else None
        found.append(Day(date.fromisoformat(path.stem), len(written), last))
    return found


def _last(path: Path) -> Anchor | None:
    if not path.exists():
        return None
    written = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return _read(written[-1]) if written else None


def _read(text: str) -> Anchor | None:
    try:
        found = json.loads(text)
        return Anchor(found["at"], found["county"], int(found["seq"]), found["hash"])
    except (ValueError, TypeError, KeyError):
        return None


def _append(path: Path, line: str) -> None:
    """Add one line and wait until the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        # One write: two processes at once never mix their lines.
        os.write(file, f"{line}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)
    # A new file is safe only when its folder is.
    place = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
