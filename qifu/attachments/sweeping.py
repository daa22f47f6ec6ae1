"""Sweeping: bytes that no row names go, those that one names stay whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from qifu.attachments import blobs
from qifu.attachments.actions import is_named
from qifu.attachments.models import NAMING, Attachment

# Whatever is younger may belong to a row that is being written, or to one that a backup
# brings back.
LEAST_AGE = timedelta(days=1)


def sweep(*, at: datetime) -> int:
    """Remove every blob older than a day that no row names; return how many."""
    before = at - LEAST_AGE
    swept = 0
    for sha256 in blobs.older_than(before):
        # Asked for again under the lock: somebody may have brought the same content since.
        with blobs.emptied():
            if blobs.is_older(sha256, before) and not is_named(sha256):
                blobs.remove(sha256)
                swept += 1
    blobs.forget_unfinished(before)
    return swept


def missing() -> Iterator[Attachment]:
    """Give every file whose bytes are not on the disk, or not as they were."""
    rows = Attachment.objects.across_counties("the files lie in one place for all counties")
    for row in rows.filter(state__in=NAMING).order_by("pk").iterator():
        if not blobs.read_whole(row.sha256):
            yield row
