"""The office lets a case go with another that says the same (合并), and may undo that."""

from __future__ import annotations

from datetime import datetime

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.calling_off import call_off
from qifu.appeals.actions.texts import required
from qifu.appeals.catalogue import office_unit
from qifu.appeals.lifecycle import TAKES_IN, State
from qifu.appeals.models import Appeal, Merger
from qifu.appeals.rules import ClockKind
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.furniture import county_of
from qifu.organisations.models import User

# What a case must be to go with another: nobody's parent, and never another's child.
ALONE = {"followers": 0, "merged_into": None}


def merge(
    appeal: Appeal, into: Appeal, words: str, *, by: User, at: datetime, key: str = ""
) -> Merger:
    """Merge a case into its parent (合并): it follows it and is answered with it.

    No chains: what others follow is not merged, and what is merged takes nobody in. Both
    rows are moved under what was read, so that two mergers at once make no ring either.
    """
    with deed("appeal.merged", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以合并诉求。")
        _check_parent(appeal, into)
        work.note(into=into.number)
        text = work.text("merger", required("words", words, "请写明为什么说是同一个问题。"))
        # Who still helps here helps no more; the parent has units of its own.
        call_off(work, appeal)
        _join(work, appeal, into)
        clocks_on = list(appeal.clocks.filter(stopped_at=None).order_by("pk"))
        if clocks_on:
            clocks.stop_all(work, clocks_on)
        row = work.add(Merger(appeal=appeal, parent=into, words=text, by=by, at=at))
        told = [notices.merged(appeal, county_of(appeal.county), row.pk)]
        if draft := notices.took_in(into, row.pk):
            told.append(draft)
        put_all(work, told, hold=clocks.timing(appeal.county, at).hold)
        return row


def unmerge(appeal: Appeal, words: str, *, by: User, at: datetime, key: str = "") -> Merger:
    """Undo a merger (撤销合并) while the parent has not been answered."""
    with deed("appeal.unmerged", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以撤销合并。")
        text = work.text("unmerging", required("words", words, "请写明为什么不是同一个问题。"))
        row = part_from_parent(work, appeal)
        work.change(row, expect={"undone_at": None}, undone_at=at, undone_by=by, undoing=text)
        return row


def part_from_parent(work: Deed, appeal: Appeal) -> Merger:
    """Bring a merged case back to the office, within the deed that says why."""
    timing, today = clocks.timing(appeal.county, work.at), local_date(work.at)
    days = timing.limits.days(ClockKind.ACCEPT)
    row = leave_parent(work, appeal, "unmerge", due_on=timing.due_on(days, work.at))
    office = office_unit(appeal.county, today)
    work.add(timing.new(ClockKind.ACCEPT, appeal, work.at, unit=office))
    by_when = timing.due_on(days + timing.limits.days(ClockKind.DISPATCH), work.at)
    put_all(work, [notices.on_its_own(appeal, by_when, row.pk)], hold=timing.hold)
    return row


def leave_parent(work: Deed, appeal: Appeal, verb: str, **changes: object) -> Merger:
    """Take a step by which a merged case leaves its parent; return what merged them.

    Raises:
        StaleState: it does not go with another any more.
    """
    parent = appeal.merged_into
    row = appeal.mergers.filter(undone_at=None).first()
    if parent is None or row is None:
        raise StaleState("这件已经不是合并的了。请刷新看现在的状态。")
    work.note(into=parent.number)
    for each in in_order(appeal, parent):
        if each is appeal:
            appeal.advance(work, verb, merged_into=None, **changes)
        else:
            left = {"followers": parent.followers}
            work.change(parent, expect=left, followers=parent.followers - 1)
    return row


def _check_parent(appeal: Appeal, parent: Appeal) -> None:
    if parent.pk == appeal.pk:
        raise InvalidInput("into", "不能合并到自己。请填另一件的编号。")
    if parent.county != appeal.county:
        raise InvalidInput("into", "主件要是本县的诉求。")
    if appeal.confidential or parent.confidential:
        raise InvalidInput("into", "保密的诉求单独办，不能和别件合并。")
    if parent.state not in TAKES_IN:
        now = parent.get_state_display()
        raise InvalidInput("into", f"{parent.number}现在是“{now}”，只能合并到还没答复的诉求。")
    if appeal.merged_into_id is not None and appeal.state != State.MERGED:
        raise StaleState("这件已随另一件答复过，不能再合并。请单独交办。")
    if appeal.followers:
        raise StaleState(f"已有{appeal.followers}件合并到这一件，它不能再合并到别件。")


def _join(work: Deed, appeal: Appeal, parent: Appeal) -> None:
    known = {"state": parent.state, "followers": parent.followers}
    for each in in_order(appeal, parent):
        if each is appeal:
            appeal.advance_if(work, "merge", ALONE, merged_into=parent, due_on=None)
        else:
            work.change(parent, expect=known, followers=parent.followers + 1)


def in_order(*cases: Appeal) -> list[Appeal]:
    """Return the cases as every deed touches them: two wait for each other, never in a ring."""
    return sorted(cases, key=lambda case: case.pk)
