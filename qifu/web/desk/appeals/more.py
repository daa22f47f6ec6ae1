"""What else may be done with a case, beside its next step (更多操作)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from qifu.appeals import access
from qifu.appeals.actions.publishing import recall_until
from qifu.appeals.clocks import timing
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Answer, Assignment
from qifu.web.desk.appeals.next_steps import Look
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.toasts import time_left


@dataclass(frozen=True)
class Action:
    """One more thing that may be done: a link to its page, or a form of one button."""

    label: str
    url: str
    icon: str
    posts: bool = False


def more_actions(look: Look) -> list[Action]:
    """Return what the reader may do besides, most likely first."""
    return [*_undoing(look), *_others(look), *_urging(look)]


def _undoing(look: Look) -> Iterator[Action]:
    """Yield what can still be undone, with the time left for it."""
    case, dispatch = look.file.appeal, look.file.dispatch
    limits = timing(case.county, look.at).limits
    unsigned = all(
        part.state == Work.DISPATCHED for part in look.file.standing if part.dispatch == dispatch
    )
    if dispatch is not None and unsigned and access.can_take_back(look.viewer, case):
        until = dispatch.at + timedelta(minutes=limits.take_back_minutes)
        if look.at <= until:
            left = time_left(int((until - look.at).total_seconds()))
            url = case_url(case.number, "take-backs")
            yield Action(f"撤回交办（还剩{left}）", url, "arrow-back-up", posts=True)
    answer = look.file.newest_answer(Answer.State.PUBLISHED)
    if answer is not None and access.can_recall(look.viewer, case, answer):
        end = recall_until(answer, timedelta(seconds=limits.hold_seconds))
        if end is not None and look.at < end:
            left = time_left(int((end - look.at).total_seconds()))
            url = case_url(case.number, "recalls")
            yield Action(f"撤回发布（还剩{left}）", url, "arrow-back-up", posts=True)


def _others(look: Look) -> Iterator[Action]:
    viewer, case = look.viewer, look.file.appeal
    if access.can_answer(viewer, case):
        yield Action("当场答复…", case_url(case.number, "answers"), "message-circle")
    if access.can_ask_supplement(viewer, case):
        yield Action("请企业补充…", case_url(case.number, "supplements"), "message-plus")
    if access.can_decline(viewer, case):
        yield Action("不予受理…", case_url(case.number, "declines"), "ban")
    if access.can_take_over(viewer, case):
        yield Action("县办接办…", case_url(case.number, "take-overs"), "arrow-up")
    for part in look.file.standing:
        if access.can_hand_up(viewer, case, part):
            yield Action("上交县办…", case_url(case.number, "hand-ups"), "arrow-up")
        yield from _of_unit(look, part)
    if access.can_name_viewer(viewer, case):
        yield Action("指定查看人…", case_url(case.number, "viewers"), "eye")


def _of_unit(look: Look, part: Assignment) -> Iterator[Action]:
    """Yield what the unit may do besides answering, where the reader works for it or leads it."""
    viewer, unit = look.viewer, part.unit.code

    def action(label: str, verb: str, icon: str) -> Action:
        return Action(label, f"{case_url(part.appeal.number, verb)}?unit={unit}", icon)

    if access.can_note(viewer, part):
        yield action("记一次联系…", "contacts", "phone")
        yield action("阶段答复…", "interim-replies", "message-circle")
        yield action("办理记录…", "notes", "pencil")
    if access.can_ask_consent(viewer, part) and look.file.pending.supplement is None:
        yield action("请企业补充…", "supplement-requests", "message-plus")
    if access.can_ask_extension(viewer, part) and look.file.pending.extension is None:
        yield action("申请延期…", "extensions", "hourglass")
    if access.can_return(viewer, part):
        yield action("退单…", "returns", "arrow-back-up")
    if access.can_sub_assign(viewer, part):
        yield action("分派…", "sub-assignments", "user-plus")


def _urging(look: Look) -> Iterator[Action]:
    """Yield the units that the office may urge, each by name."""
    for part in look.file.standing:
        if access.can_remind(look.viewer, part):
            url = f"{case_url(look.file.appeal.number, 'reminders')}?unit={part.unit.code}"
            yield Action(f"催办{part.unit.short_name}…", url, "bell")
