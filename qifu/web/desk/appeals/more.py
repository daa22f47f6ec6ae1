"""What else may be done with a case, beside its next step (更多操作)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from qifu.appeals import access, exclusion_access, rating_access, splitting_access, upper_access
from qifu.appeals.above import above
from qifu.appeals.actions.excluding import OPEN
from qifu.appeals.actions.publishing import recall_until
from qifu.appeals.clocks import timing
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Answer, Assignment
from qifu.web.desk.appeals.next_steps import Look
from qifu.web.desk.appeals.posting_steps import owed_now
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
    found = (_undoing, _letters, _others, _urging, _links)
    return [action for some in found for action in some(look)]


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


def _letters(look: Look) -> Iterator[Action]:
    """Yield the letters by which the enterprise was told no."""
    for answer in look.file.answers:
        if letter := getattr(answer, "letter", None):
            url = case_url(look.file.appeal.number, f"letters/{letter}")
            yield Action("办不成告知书", url, "file-text")


def _others(look: Look) -> Iterator[Action]:
    viewer, case = look.viewer, look.file.appeal
    if access.can_answer(viewer, case):
        yield Action("当场答复…", case_url(case.number, "answers"), "message-circle")
    if access.can_ask_supplement(viewer, case):
        yield Action("请企业补充…", case_url(case.number, "supplements"), "message-plus")
    yield from _joining(look)
    if access.can_decline(viewer, case):
        yield Action("不予受理…", case_url(case.number, "declines"), "ban")
    if access.can_turn_away(viewer, case):
        yield Action("转出…", case_url(case.number, "turn-aways"), "external-link")
    yield from _of_office(look)
    for part in look.file.standing:
        if access.can_hand_up(viewer, case, part):
            yield Action("上交县办…", case_url(case.number, "hand-ups"), "arrow-up")
        yield from _of_unit(look, part)
    yield from _of_rating(look)
    yield from _sight(look)


def _of_rating(look: Look) -> Iterator[Action]:
    """Yield how a rating is left out of the figures: the unit's leader asks, a panel rules."""
    rating, number = look.file.rating, look.file.appeal.number
    if rating is None:
        return
    covered = not rating_access.can_see_rating(
        look.viewer,
        rating,
        look.limits,
        look.at,
        rating.count,  # type: ignore[attr-defined]
    )
    asks = exclusion_access.asks_for(look.viewer, rating) and not covered
    if asks and not rating.exclusion and look.file.appeal.state == State.CLOSED:
        yield Action("申请剔除评价…", case_url(number, "exclusion-requests"), "star")
    if rating.exclusion in OPEN and exclusion_access.rules(look.viewer):
        yield Action("登记评议结果…", case_url(number, "exclusion-rulings"), "star")


def _sight(look: Look) -> Iterator[Action]:
    """Yield what changes who sees the case."""
    viewer, case = look.viewer, look.file.appeal
    gone = case.problem.is_erased  # a report that was handed over stays with whom it is
    if case.confidential and not gone and access.can_lift_confidence(viewer):
        yield Action("解除保密…", case_url(case.number, "confidences"), "eye")
    if access.can_keep_confidential(viewer, case):
        yield Action("企业要求保密…", case_url(case.number, "confidences"), "lock")
    if access.can_name_viewer(viewer, case):
        yield Action("指定查看人…", case_url(case.number, "viewers"), "eye")


def _of_office(look: Look) -> Iterator[Action]:
    """Yield where else the office may take the case: further up, or to itself."""
    viewer, case = look.viewer, look.file.appeal
    if upper_access.can_escalate(viewer, case):
        yield Action("转上级…", case_url(case.number, "escalations"), "arrow-up")
    if owed_now(look) and upper_access.posts_back(viewer):
        yield Action("回填上级平台…", case_url(case.number, "post-backs"), "send")
    if access.can_take_over(viewer, case):
        yield Action("县办接办…", case_url(case.number, "take-overs"), "arrow-up")


def _joining(look: Look) -> Iterator[Action]:
    """Yield where the office sees what says the same, and lets cases go together or not."""
    viewer, case = look.viewer, look.file.appeal
    if access.can_merge(viewer, case) or (case.followers and access.is_clerk(viewer)):
        yield Action("可能重复…", case_url(case.number, "duplicates"), "arrows-join")
    if access.can_merge(viewer, case):
        yield Action("合并到别件…", case_url(case.number, "mergers"), "arrows-join")
    if splitting_access.can_split(viewer, case):
        yield Action("拆分…", case_url(case.number, "splits"), "arrows-split")
    if access.can_unmerge(viewer, case):
        yield Action("撤销合并…", case_url(case.number, "unmergers"), "arrow-back-up")


def _of_unit(look: Look, part: Assignment) -> Iterator[Action]:
    """Yield what the unit may do besides answering, where the reader works for it or leads it."""
    viewer, action = look.viewer, partial(_action, part)

    if access.can_note(viewer, part):
        yield action("记一次联系…", "contacts", "phone")
        yield action("阶段答复…", "interim-replies", "message-circle")
        yield action("办理记录…", "notes", "pencil")
    yield from _of_promise(look, part)
    if access.can_ask_consent(viewer, part) and look.file.pending.supplement is None:
        yield action("请企业补充…", "supplement-requests", "message-plus")
    if upper_access.can_ask(viewer, part.appeal, part) and above(part.appeal).asked is None:
        yield action("申请提级…", "escalation-requests", "arrow-up")
    if access.can_ask_extension(viewer, part) and look.file.pending.extension is None:
        yield action("申请延期…", "extensions", "hourglass")
    if access.can_return(viewer, part):
        yield action("退单…", "returns", "arrow-back-up")
    if access.can_note(viewer, part) or access.can_sign(viewer, part):
        yield action("用手机办…", "links", "phone")
    if access.can_sub_assign(viewer, part):
        yield action("分派…", "sub-assignments", "user-plus")


def _of_promise(look: Look, part: Assignment) -> Iterator[Action]:
    """Yield what the unit may say of a matter that it put off."""
    if not access.can_report_promise(look.viewer, part):
        return
    action = partial(_action, part)
    yield action("报兑现…", "fulfilments", "check")
    yield action("报未兑现…", "breaches", "x")
    yield action("加节点…", "milestones", "plus")
    if any(each.done_on is None for each in look.file.pending.milestones):
        yield action("节点完成…", "milestone-completions", "checkbox")


def _action(part: Assignment, label: str, verb: str, icon: str) -> Action:
    return Action(label, f"{case_url(part.appeal.number, verb)}?unit={part.unit.code}", icon)


def _urging(look: Look) -> Iterator[Action]:
    """Yield the units that the office may urge, each by name."""
    for part in look.file.standing:
        if access.can_remind(look.viewer, part):
            url = f"{case_url(look.file.appeal.number, 'reminders')}?unit={part.unit.code}"
            yield Action(f"催办{part.unit.short_name}…", url, "bell")


def _links(look: Look) -> Iterator[Action]:
    """Yield the list of the case's one-time links, where the office can take one back."""
    if access.is_clerk(look.viewer) and look.file.parts:
        yield Action("免登链接…", case_url(look.file.appeal.number, "links"), "mail")
