"""Sweeping takes what no row names, and never what one names."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qifu.attachments import blobs
from qifu.attachments.actions import drop, erase, keep_all, let_lapse, stage
from qifu.attachments.models import Attachment, State
from qifu.attachments.sweeping import missing, sweep
from qifu.journal.deed import deed
from qifu.journal.erasure import Basis
from qifu.journal.timeline import timeline
from qifu.journal.verify import Tally, verify
from qifu.kernel.clock import now
from qifu.kernel.errors import NotAllowed, StaleState
from tests.attachments.samples import PDF, picture, upload
from tests.cast import Cast


def given(cast: Cast, content: bytes = PDF, *, at: datetime | None = None) -> Attachment:
    (row,) = stage([upload(content)], county=cast.county, by=cast.boss, at=at or now()).rows
    return row


def kept(cast: Cast, content: bytes = PDF) -> Attachment:
    row = given(cast, content)
    with deed("test.kept", county=cast.county, by=cast.boss, at=now()) as work:
        keep_all(work, [row], cast.boss)
    return row


def lies(row: Attachment) -> bool:
    return blobs.path_of(row.sha256).exists()


def age(row: Attachment, **time: float) -> None:
    """Let the row's bytes have been written so long ago."""
    then = (now() - timedelta(**time)).timestamp()
    for preview in (False, True):
        path = blobs.path_of(row.sha256, preview=preview)
        if path.exists():
            os.utime(path, (then, then))


def test_bytes_without_a_row_go_after_a_day(cast: Cast) -> None:
    row = given(cast, picture())
    drop(row, by=cast.boss, at=now())
    age(row, hours=23)
    assert sweep(at=now()) == 0

    age(row, hours=25)

    assert sweep(at=now()) == 1
    assert not lies(row)
    assert not blobs.path_of(row.sha256, preview=True).exists()


def test_bytes_that_a_row_names_stay_however_old(cast: Cast, other_cast: Cast) -> None:
    waiting, filed = given(cast), kept(other_cast, picture())
    for row in (waiting, filed):
        age(row, days=4000)

    assert sweep(at=now()) == 0
    assert lies(waiting)
    assert lies(filed)


def test_bytes_that_another_county_names_stay(cast: Cast, other_cast: Cast) -> None:
    row, same = given(cast), kept(other_cast)
    assert row.sha256 == same.sha256
    drop(row, by=cast.boss, at=now())
    age(row, days=2)

    assert sweep(at=now()) == 0
    assert lies(same)


def test_what_was_brought_again_is_young_again(cast: Cast) -> None:
    row = given(cast)
    drop(row, by=cast.boss, at=now())
    age(row, days=2)

    given(cast)

    assert sweep(at=now()) == 0


def test_while_a_file_comes_in_the_sweeper_waits(place: Path) -> None:
    with blobs.held(), (place / ".lock").open("ab") as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_what_was_half_written_goes_too(place: Path) -> None:
    half = place / "incoming" / "half"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"...")
    os.utime(half, (0, 0))

    sweep(at=now())

    assert not half.exists()


def test_what_nobody_sent_in_eight_days_is_given_up(cast: Cast) -> None:
    old, young = given(cast, at=now() - timedelta(days=9)), given(cast, picture())
    filed = kept(cast, PDF + b"2")

    assert let_lapse(cast.county, at=now()) == 1

    states = {row.pk: row.state for row in Attachment.objects.in_county(cast.county)}
    assert states == {old.pk: State.REMOVED, young.pk: State.STAGED, filed.pk: State.KEPT}


def test_a_lost_blob_is_found_out(cast: Cast) -> None:
    row, other = kept(cast), kept(cast, picture())
    blobs.path_of(row.sha256).write_bytes(b"something else")
    blobs.path_of(other.sha256).unlink()

    assert set(missing()) == {row, other}


def test_erasing_takes_bytes_and_name_at_once_and_the_chain_holds(cast: Cast) -> None:
    row = kept(cast, picture())

    erase(row, basis=Basis.CLASSIFIED, by=cast.sec, at=now())

    fresh = Attachment.objects.in_county(cast.county).get(pk=row.pk)
    assert (fresh.state, fresh.name) == (State.REMOVED, "")
    assert not lies(row)
    assert timeline(row)[-1].data["basis"] == Basis.CLASSIFIED
    assert not list(verify(cast.county, Tally()))


def test_erasing_takes_every_copy_in_the_county(cast: Cast, other_cast: Cast) -> None:
    row, copy, there = kept(cast), kept(cast), kept(other_cast)

    erase(row, basis=Basis.UNLAWFUL, by=cast.sec, at=now())

    rows = Attachment.objects.in_county(cast.county)
    assert {each.state for each in rows} == {State.REMOVED}
    assert copy.sha256 == there.sha256
    assert lies(there)


def test_only_the_security_administrator_of_the_county_erases(cast: Cast, other_cast: Cast) -> None:
    row = kept(cast)

    for person in (cast.wang, cast.sys, other_cast.sec):
        with pytest.raises(NotAllowed):
            erase(row, basis=Basis.UNLAWFUL, by=person, at=now())

    erase(row, basis=Basis.UNLAWFUL, by=cast.sec, at=now())
    with pytest.raises(StaleState):
        erase(row, basis=Basis.UNLAWFUL, by=cast.sec, at=now())
