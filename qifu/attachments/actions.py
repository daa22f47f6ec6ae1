"""What can be done with a file: stage it, keep it for a row, let it go, erase it lawfully."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Sum

from qifu.attachments import blobs
from qifu.attachments.intake import taken_in
from qifu.attachments.models import NAMING, Attachment, State
from qifu.attachments.rules import MAX_FILES, STAGED_MOST, RefusedFile, Upload
from qifu.attachments.scanning import open_scanner
from qifu.journal.deed import Deed, deed
from qifu.journal.erasure import ERASER as SECURITY
from qifu.journal.erasure import Basis, Eraser
from qifu.kernel.county import CountyModel
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import User

TOO_MANY = f"一次最多{MAX_FILES}个，先传上的都还在。"
NO_ROOM = "现在等着提交的文件太多，请先提交文字，过一天再补。"
# A draft lives for seven days; a file that waits longer has been given up.
WAITS = timedelta(days=8)


@dataclass(frozen=True)
class Staged:
    """What came of several files: the rows of those taken, a sentence for each other."""

    rows: list[Attachment] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def stage(
    uploads: Sequence[Upload],
    *,
    county: str,
    by: User | None,
    at: datetime,
    already: Sequence[Attachment] = (),
) -> Staged:
    """Take files in (上传); each is taken or refused by itself, and none spoils the others.

    `already` waits with the same form: it counts towards the number, and a file that is
    there is not taken twice.
    """
    if not uploads:
        return Staged()
    if by is None and _waiting(county) > STAGED_MOST:
        return Staged(refused=[str(RefusedFile(each.name, NO_ROOM)) for each in uploads])
    scanner, staged = open_scanner(), Staged()
    there = {row.sha256 for row in already}
    # Until the row is committed nobody may sweep what it names.
    with blobs.held():
        for upload in uploads:
            try:
                if len(already) + len(staged.rows) >= MAX_FILES:
                    raise RefusedFile(upload.name, TOO_MANY)
                row = taken_in(upload, scanner)
            except RefusedFile as refused:
                staged.refused.append(str(refused))
                continue
            if row.sha256 not in there:
                row.uploaded_by, row.uploaded_at = by, at
                staged.rows.append(row)
                there.add(row.sha256)
        if staged.rows:
            _write(staged.rows, county=county, by=by, at=at)
    return staged


def keep_all(work: Deed, rows: Iterable[Attachment], subject: CountyModel) -> None:
    """Keep files for a row (归入), within the deed that made it.

    One that was kept before, with an answer that came back, is kept for the new row too.

    Raises:
        InvalidInput: there are too many.
        StaleState: one of them has gone to another row or was removed.
    """
    rows = list(rows)
    if len(rows) > MAX_FILES:
        raise InvalidInput("upload", f"一次最多{MAX_FILES}个文件。")
    label = subject._meta.label_lower
    for row in rows:
        if row.state == State.KEPT:
            work.add(_again(row, label, subject.pk))
            continue
        work.change(
            row,
            expect={"state": State.STAGED},
            state=State.KEPT,
            subject_type=label,
            subject_id=subject.pk,
        )
    if rows:
        work.note(files=[row.sha256 for row in rows])


def move_all(work: Deed, rows: Sequence[Attachment], subject: CountyModel) -> None:
    """Let files that are kept for one row go along with another (拆分), within its deed."""
    for row in rows:
        known = {"state": State.KEPT, "subject_id": row.subject_id}
        work.change(row, expect=known, subject_id=subject.pk)


def drop(row: Attachment, *, by: User | None, at: datetime) -> None:
    """Take a file out of a form before it is sent (移除); its bytes go at night."""
    with deed("attachment.dropped", county=row.county, by=by, at=at) as work:
        work.about(row)
        work.change(row, expect={"state": State.STAGED}, state=State.REMOVED, name="")


def let_go(work: Deed, subject: CountyModel) -> None:
    """Let go of a row's files within the deed after which nobody needs them (移除).

    Their bytes go at night; that they were there, and their hash, stays in the journal.
    """
    for row in Attachment.objects.kept_for(work.county, subject):
        work.change(row, expect={"state": State.KEPT}, state=State.REMOVED, name="")


def erase(row: Attachment, *, basis: str, by: Eraser, at: datetime) -> None:
    """Erase a file lawfully (依法删除): its bytes at once, its name for good.

    The same content goes wherever in the county it was given along. The rows and the
    events keep the hash, so the chain holds all the same.

    Raises:
        NotAllowed: only the security administrator of the county may.
        StaleState: it is gone already.
    """
    with deed("attachment.erased", county=row.county, by=by, at=at) as work:
        work.about(row)
        work.note(basis=Basis(basis).value)
        if by.reach.county != row.county or not by.reach.has(SECURITY):
            raise NotAllowed("只有本县的安全管理员可以依法删除文件。请联系安全管理员。")
        same = Attachment.objects.in_county(row.county).filter(sha256=row.sha256)
        named = list(same.filter(state__in=NAMING).order_by("pk"))
        if row.pk not in {each.pk for each in named}:
            raise StaleState("这个文件已经删除过了，不用再删。")
        for each in named:
            work.change(each, expect={"state": each.state}, state=State.REMOVED, name="")
    with blobs.emptied():
        if not is_named(row.sha256):
            blobs.remove(row.sha256)


def erase_by_rule(
    rows: Sequence[Attachment], *, basis: str, at: datetime, about: CountyModel
) -> None:
    """Erase the files of a row that may not stay once a deed is done (移交后删除).

    Only as that row's: the same content given along elsewhere stays there.
    """
    if not rows:
        return
    with deed("attachment.erased", county=about.county, by=None, at=at) as work:
        work.about(about)
        work.note(basis=Basis(basis).value)
        for each in rows:
            work.change(each, expect={"state": State.KEPT}, state=State.REMOVED, name="")
    with blobs.emptied():
        for sha256 in {each.sha256 for each in rows}:
            if not is_named(sha256):
                blobs.remove(sha256)


def let_lapse(county: str, *, at: datetime) -> int:
    """Give up the files of forms that were never sent (过期移除); return how many."""
    rows = Attachment.objects.in_county(county).filter(
        state=State.STAGED, uploaded_at__lt=at - WAITS
    )
    lapsed = 0
    for row in rows.order_by("pk"):
        try:
            drop(row, by=None, at=at)
        except StaleState:
            continue  # sent at this very moment after all
        lapsed += 1
    return lapsed


def is_named(sha256: str) -> bool:
    """Tell whether a row of any county still names these bytes."""
    rows = Attachment.objects.across_counties("the same content lies once for all counties")
    return rows.filter(sha256=sha256, state__in=NAMING).exists()


def _write(rows: list[Attachment], *, county: str, by: User | None, at: datetime) -> None:
    with deed("attachment.staged", county=county, by=by, at=at) as work:
        work.note(files=[row.sha256 for row in rows])
        work.add_all(rows)


def _waiting(county: str) -> int:
    rows = Attachment.objects.in_county(county).filter(state=State.STAGED, uploaded_by=None)
    return rows.aggregate(total=Sum("size"))["total"] or 0


def _again(row: Attachment, label: str, key: int) -> Attachment:
    same = ("sha256", "size", "media_type", "kind", "name", "preview", "scan")
    return Attachment(
        state=State.KEPT,
        subject_type=label,
        subject_id=key,
        uploaded_by_id=row.uploaded_by_id,
        uploaded_at=row.uploaded_at,
        **{name: getattr(row, name) for name in same},
    )
