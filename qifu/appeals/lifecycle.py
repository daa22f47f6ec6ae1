"""What follows what in the life of a case, as two tables; docs/lifecycle.md is drawn from them.

The office's steps are the case's own. In between the case stands where its LEAD stands:
that state is derived, never set. An ASSIST never holds a case back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db import models


class State(models.TextChoices):
    """Where a case stands."""

    SUBMITTED = "SUBMITTED", "待受理"
    LOCAL = "LOCAL", "属地办理"
    DECLINED = "DECLINED", "不予受理"
    TO_DISPATCH = "TO_DISPATCH", "待交办"
    DISPATCHED = "DISPATCHED", "待签收"
    HANDLING = "HANDLING", "办理中"
    APPROVAL = "APPROVAL", "待审签"
    REVIEW = "REVIEW", "待审核"
    TO_EVALUATE = "TO_EVALUATE", "待评价"
    SUPPLEMENT = "SUPPLEMENT", "待补充"
    RETURN_REVIEW = "RETURN_REVIEW", "退单审核"
    ESCALATED = "ESCALATED", "已转上级"
    TRACKING = "TRACKING", "跟踪办理"
    CALLBACK = "CALLBACK", "待回访"
    CLOSED = "CLOSED", "办结"
    WITHDRAWN = "WITHDRAWN", "已撤回"
    MERGED = "MERGED", "已合并"


class Work(models.TextChoices):
    """Where one unit's part stands."""

    DISPATCHED = "DISPATCHED", "待签收"
    HANDLING = "HANDLING", "办理中"
    APPROVAL = "APPROVAL", "待审签"
    ANSWERED = "ANSWERED", "已答复"
    DONE = "DONE", "已完成"
    TAKEN_BACK = "TAKEN_BACK", "交办已撤回"
    HANDED_UP = "HANDED_UP", "已上交"
    TAKEN_OVER = "TAKEN_OVER", "县办已接办"
    CALLED_OFF = "CALLED_OFF", "诉求已结束"
    SUPPLEMENT = "SUPPLEMENT", "待补充"
    RETURNING = "RETURNING", "退单审核"
    RETURNED = "RETURNED", "退单成立"
    ESCALATED = "ESCALATED", "已转上级"
    TRACKING = "TRACKING", "跟踪办理"


S = TypeVar("S", State, Work)


@dataclass(frozen=True)
class Step:
    """One verb: from where it may be taken and where it leads."""

    verb: str
    name: str
    sources: tuple[str, ...]
    target: str
    why: str = ""


# Until an answer has gone out the enterprise may say that it is settled or not wanted.
WITHDRAWABLE = (
    State.SUBMITTED,
    State.SUPPLEMENT,
    State.LOCAL,
    State.TO_DISPATCH,
    State.DISPATCHED,
    State.RETURN_REVIEW,
    State.HANDLING,
    State.APPROVAL,
    State.TRACKING,
    State.MERGED,
)
# Whoever waits for an answer may ask where it stands, wherever it lies.
URGEABLE = (*WITHDRAWABLE, State.ESCALATED, State.REVIEW)
# Where the enterprise has an answer in its hands that may still be undone.
PUBLISHED = (State.TO_EVALUATE, State.TRACKING)
# A case takes another in (合并) as long as its own answer has not gone out.
TAKES_IN = tuple(state for state in URGEABLE if state != State.MERGED)
# The office's steps, and the enterprise's.
CASE_STEPS: tuple[Step, ...] = (
    Step("accept", "受理", (State.SUBMITTED,), State.TO_DISPATCH),
    Step("decline", "不予受理", (State.SUBMITTED,), State.DECLINED),
    # 信访, 诉讼 and 举报 leave the system with advice (amendment 14).
    Step(
        "turn_away",
        "转出",
        (State.SUBMITTED, State.TO_DISPATCH),
        State.DECLINED,
        "信访、诉讼、举报",
    ),
    # 不予受理 may be answered once by the enterprise; a second refusal is final.
    Step("object", "提出异议", (State.DECLINED,), State.SUBMITTED, "企业只能提出一次"),
    Step("answer", "直接答复", (State.SUBMITTED,), State.TO_EVALUATE, "咨询当场答复"),
    # Once before it is accepted; the office's clock stands still meanwhile (amendment 2).
    Step("ask_supplement", "请企业补充", (State.SUBMITTED,), State.SUPPLEMENT, "受理前，一次"),
    Step("supply", "补充", (State.SUPPLEMENT,), State.SUBMITTED, "受理前要求的"),
    Step("lapse", "期满未补充", (State.SUPPLEMENT,), State.CALLBACK, "先打电话问，不自动撤回"),
    Step("dispatch", "交办", (State.TO_DISPATCH,), State.DISPATCHED),
    # Only while nobody has signed: a unit that has begun is not told to stop.
    Step("take_back", "撤回交办", (State.DISPATCHED,), State.TO_DISPATCH, "签收前"),
    Step("rule_return", "退单成立", (State.RETURN_REVIEW,), State.TO_DISPATCH),
    # A unit asks for it; only the office takes a case further up (amendment 1).
    Step("escalate", "转上级", (State.TO_DISPATCH,), State.ESCALATED, "只有县办可以"),
    Step("come_back", "上级答复", (State.ESCALATED,), State.TO_DISPATCH, "没有主办单位的"),
    Step("hand_up", "上交", (State.LOCAL,), State.TO_DISPATCH, "属地化解不了，逐级上交"),
    Step(
        "take_over",
        "县办接办",
        (State.LOCAL, State.APPROVAL),
        State.TO_DISPATCH,
        "仅限属地办理的诉求",
    ),
    Step("publish", "审核通过", (State.REVIEW,), State.TO_EVALUATE),
    # 列入计划 is an answer, and not the end: the promise is asked after until it is kept.
    Step("track", "转跟踪办理", (State.REVIEW,), State.TRACKING, "列入计划，带承诺日期"),
    Step("rework", "退回重办", (State.REVIEW,), State.HANDLING),
    # Until the notice has left, a publication can be undone and nobody outside knows.
    Step("recall", "撤回发布", PUBLISHED, State.REVIEW, "通知发出前"),
    Step("recall_local", "撤回发布", PUBLISHED, State.APPROVAL, "属地办理，通知发出前"),
    Step(
        "recall_answer", "撤回答复", (State.TO_EVALUATE,), State.SUBMITTED, "直接答复，通知发出前"
    ),
    Step("rate", "评价", (State.TO_EVALUATE,), State.CLOSED),
    # Nothing is called done before somebody has asked why (amendment 8).
    Step("rate_unhappy", "评价", (State.TO_EVALUATE,), State.CALLBACK, "不满意、没办成，或抽中"),
    Step("close", "办结", (State.TO_EVALUATE,), State.CLOSED, "评价期满未评价"),
    Step("sample", "抽查回访", (State.TO_EVALUATE,), State.CALLBACK, "评价期满未评价，抽中"),
    Step("conclude", "回访办结", (State.CALLBACK,), State.CLOSED),
    Step("dispatch_again", "重新交办", (State.CALLBACK,), State.TO_DISPATCH, "没有主办单位的"),
    Step("reopen", "要求重办", (State.CLOSED,), State.TO_DISPATCH, "没有主办单位的"),
    Step("withdraw", "撤回诉求", WITHDRAWABLE, State.WITHDRAWN, "企业在答复前可以撤回"),
    Step("withdraw_sampled", "撤回诉求", WITHDRAWABLE, State.CALLBACK, "抽中回访，问是不是自愿"),
    Step("confirm_withdrawal", "确认撤回", (State.CALLBACK,), State.WITHDRAWN),
    Step("resume", "恢复办理", (State.CALLBACK,), State.SUBMITTED, "回访得知企业还要办"),
    # A merged case follows its parent, is answered with it and rated by its own enterprise.
    Step("merge", "合并", (State.SUBMITTED, State.TO_DISPATCH), State.MERGED, "随主件办理"),
    Step("answer_merged", "随主件答复", (State.MERGED,), State.TO_EVALUATE, "主件的答复已经发出"),
    Step("unmerge", "撤销合并", (State.MERGED,), State.SUBMITTED, "主件没答复；没答复就结束的也是"),
)

# A unit's steps, each on its own assignment.
WORK_STEPS: tuple[Step, ...] = (
    Step("sign", "签收", (Work.DISPATCHED,), Work.HANDLING),
    Step("reply", "报送答复", (Work.HANDLING,), Work.APPROVAL),
    # 咨询 goes out without a leader's signature where the county's table says so.
    Step("reply_unsigned", "报送答复", (Work.HANDLING,), Work.ANSWERED, "免审签的类型"),
    Step("approve", "审签同意", (Work.APPROVAL,), Work.ANSWERED),
    # A local answer goes out with the signature; an ASSIST's goes to the LEAD.
    Step("settle", "审签同意", (Work.APPROVAL,), Work.DONE, "属地办理，或协办"),
    Step("settle_unsigned", "报送答复", (Work.HANDLING,), Work.DONE, "免审签的属地办理或协办"),
    Step("send_back", "退给经办人", (Work.APPROVAL,), Work.HANDLING),
    Step("rework", "退回重办", (Work.ANSWERED,), Work.HANDLING),
    Step("finish", "完成", (Work.ANSWERED,), Work.DONE, "县办审核通过，答复已发布"),
    Step("track", "转跟踪办理", (Work.ANSWERED,), Work.TRACKING, "列入计划"),
    Step("track_local", "转跟踪办理", (Work.APPROVAL,), Work.TRACKING, "属地办理，列入计划"),
    Step("take_up", "继续办理", (Work.TRACKING,), Work.HANDLING, "承诺的事办了，或不再承诺日期"),
    Step("recall", "撤回发布", (Work.DONE, Work.TRACKING), Work.ANSWERED, "通知发出前"),
    Step(
        "recall_local",
        "撤回发布",
        (Work.DONE, Work.TRACKING),
        Work.APPROVAL,
        "属地办理，通知发出前",
    ),
    Step("take_back", "撤回交办", (Work.DISPATCHED,), Work.TAKEN_BACK),
    Step("hand_up", "上交", (Work.HANDLING,), Work.HANDED_UP),
    Step("take_over", "县办接办", (Work.HANDLING, Work.APPROVAL), Work.TAKEN_OVER),
    # The unit's clock runs on while the office rules; once ruled, never again.
    Step("return", "退单", (Work.DISPATCHED,), Work.RETURNING, "每单位每件一次"),
    Step("return_upheld", "退单成立", (Work.RETURNING,), Work.RETURNED),
    Step("return_denied", "退单不成立", (Work.RETURNING,), Work.HANDLING, "视同签收，不能再退"),
    # Only the office stops a unit's clock, and once.
    Step("pause", "请企业补充", (Work.HANDLING,), Work.SUPPLEMENT, "县办同意，一次，暂停计时"),
    Step("supply", "补充", (Work.SUPPLEMENT,), Work.HANDLING),
    Step("lapse", "期满未补充", (Work.SUPPLEMENT,), Work.HANDLING, "恢复计时，照现有材料办"),
    # The unit's clock stands still while the upper organ has it, and theirs runs beside it.
    Step("escalate", "转上级", (Work.HANDLING,), Work.ESCALATED, "只有县办可以，暂停计时"),
    Step("come_back", "上级答复", (Work.ESCALATED,), Work.HANDLING, "接着计时，至少留2个工作日"),
    Step("handle_again", "二次办理", (Work.DONE,), Work.HANDLING, "不满意有理由，或办结后要求重办"),
    Step(
        "call_off",
        "诉求结束",
        (
            Work.DISPATCHED,
            Work.RETURNING,
            Work.HANDLING,
            Work.SUPPLEMENT,
            Work.APPROVAL,
            Work.ANSWERED,
            Work.TRACKING,
        ),
        Work.CALLED_OFF,
        "企业撤回，或合并、转出；办结时协办还没答复的",
    ),
)

# While a case is with its units it stands where its LEAD stands.
WITH_UNITS = frozenset(
    {State.LOCAL, State.DISPATCHED, State.RETURN_REVIEW, State.HANDLING, State.APPROVAL}
)
ENDED = frozenset({State.CLOSED, State.DECLINED, State.WITHDRAWN, State.MERGED})
WORK_OPEN = frozenset({Work.DISPATCHED, Work.HANDLING, Work.APPROVAL, Work.TRACKING})
# What somebody has still in hand, though it waits for another's word at the moment: he does
# not leave with it …
WORK_HELD = WORK_OPEN | {Work.RETURNING, Work.SUPPLEMENT, Work.ESCALATED}
# … where whoever handles a part writes down what he does for it, and tells the enterprise …
WORK_NOTED = frozenset(
    {Work.HANDLING, Work.SUPPLEMENT, Work.ESCALATED, Work.APPROVAL, Work.TRACKING}
)
# A LEAD that has given its part up does not hold the case any more …
WORK_GIVEN_UP = frozenset(
    {Work.TAKEN_BACK, Work.HANDED_UP, Work.TAKEN_OVER, Work.RETURNED, Work.CALLED_OFF}
)
WORK_ENDED = WORK_GIVEN_UP | {Work.DONE}
# … and a unit whose part was withdrawn unsigned no longer sees the case through it.
WORK_WITHDRAWN = frozenset({Work.TAKEN_BACK})


def case_step(verb: str) -> Step:
    """Return the case's step of that name."""
    return _CASE[verb]


def work_step(verb: str) -> Step:
    """Return the unit's step of that name."""
    return _WORK[verb]


def derived(lead: Work, *, local: bool) -> State:
    """Return where the case stands, given where its LEAD stands."""
    if lead is Work.HANDLING and local:
        return State.LOCAL
    if lead in _STANDS:
        return _STANDS[lead]
    raise ValueError(f"a LEAD in {lead} does not hold the case")


_STANDS = {
    Work.DISPATCHED: State.DISPATCHED,
    Work.HANDLING: State.HANDLING,
    Work.APPROVAL: State.APPROVAL,
    Work.ANSWERED: State.REVIEW,
    Work.DONE: State.TO_EVALUATE,
    Work.RETURNING: State.RETURN_REVIEW,
    Work.SUPPLEMENT: State.SUPPLEMENT,
    Work.ESCALATED: State.ESCALATED,
    Work.TRACKING: State.TRACKING,
}
_CASE = {step.verb: step for step in CASE_STEPS}
_WORK = {step.verb: step for step in WORK_STEPS}
