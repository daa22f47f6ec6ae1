"""The queues there are, by process: what each gathers, and what it says while it is empty."""

from __future__ import annotations

from dataclasses import dataclass

from qifu.appeals import lifecycle
from qifu.appeals.lifecycle import State, Work


@dataclass(frozen=True)
class Queue:
    """One queue: the states it gathers, or the lamp; and the icon of its link."""

    code: str
    name: str
    states: tuple[str, ...]
    icon: str
    empty: str
    lamp: str = ""
    # What units ask of the office beside the state in which their case stands.
    asks: str = ""

    @property
    def is_ended(self) -> bool:
        """Tell whether nobody waits here any more: newest first, no lamp burns."""
        return bool(self.states) and set(self.states) <= ENDED


# What was taken back unsigned, a unit does not see any more.
SEEN_ENDED = tuple(sorted(lifecycle.WORK_ENDED - {Work.TAKEN_BACK}))
ENDED = frozenset({*lifecycle.ENDED, *SEEN_ENDED})
RETURNS, EXTENSIONS, CONSENTS = "returns", "extensions", "consents"
# By process; whose turn it is follows from the state.
OFFICE_QUEUES = (
    Queue("to-accept", "待受理", (State.SUBMITTED,), "inbox", "新的诉求提交后会出现在这里。"),
    Queue("to-dispatch", "待交办", (State.TO_DISPATCH,), "send", "受理后的诉求会出现在这里。"),
    Queue(
        "returns",
        "退单审核",
        (State.RETURN_REVIEW,),
        "arrow-back-up",
        "单位退单后会出现在这里，协办单位的也在。",
        asks=RETURNS,
    ),
    Queue(
        "extensions",
        "延期审核",
        (),
        "hourglass",
        "单位申请延期后会出现在这里。",
        asks=EXTENSIONS,
    ),
    Queue(
        "consents",
        "补充申请",
        (),
        "message-plus",
        "单位申请请企业补充、等县办同意的会出现在这里。",
        asks=CONSENTS,
    ),
    Queue(
        "supplement", "待补充", (State.SUPPLEMENT,), "message-plus", "请企业补充的会出现在这里。"
    ),
    Queue(
        "above", "已转上级", (State.ESCALATED,), "arrow-up", "转省市的会出现在这里，等上级答复。"
    ),
    Queue("to-sign", "待签收", (State.DISPATCHED,), "writing-sign", "交办后未签收的会出现在这里。"),
    Queue("local", "属地办理", (State.LOCAL,), "home-check", "乡镇、园区先行办理的会出现在这里。"),
    Queue(
        "handling",
        "办理中",
        (State.HANDLING, State.APPROVAL),
        "progress",
        "单位签收后的诉求会出现在这里。",
    ),
    Queue(
        "tracking",
        "跟踪办理",
        (State.TRACKING,),
        "flag",
        "答复列入计划的，到期问兑现。",
    ),
    Queue("to-review", "待审核", (State.REVIEW,), "checkbox", "单位审签后的答复会出现在这里。"),
    Queue("to-evaluate", "待评价", (State.TO_EVALUATE,), "star", "答复发布后等企业评价。"),
    Queue("to-call", "待回访", (State.CALLBACK,), "phone-call", "不满意的和抽中的会出现在这里。"),
    Queue("merged", "已合并", (State.MERGED,), "arrows-join", "合并到别件的会出现在这里。"),
    Queue(
        "ended",
        "已办结",
        tuple(sorted(lifecycle.ENDED - {State.MERGED})),
        "archive",
        "办结的诉求会出现在这里。",
    ),
)
UNIT_QUEUES = (
    Queue("to-sign", "待签收", (Work.DISPATCHED,), "writing-sign", "县办交办后会出现在这里。"),
    Queue("handling", "办理中", (Work.HANDLING,), "progress", "签收后的诉求会出现在这里。"),
    Queue("to-approve", "待审签", (Work.APPROVAL,), "signature", "经办人报送的答复会出现在这里。"),
    Queue("answered", "已答复", (Work.ANSWERED,), "checkbox", "审签后等县办审核。"),
    Queue("tracking", "跟踪办理", (Work.TRACKING,), "flag", "答复列入计划的，到期报兑现。"),
    Queue(
        "on-hold",
        "退单、待补充、转上级",
        (Work.RETURNING, Work.SUPPLEMENT, Work.ESCALATED),
        "hourglass",
        "退单后等裁定、请企业补充、转上级的会出现在这里。",
    ),
    Queue(
        "done",
        "已结束",
        SEEN_ENDED,
        "archive",
        "办完、上交、退单成立或由县办接办的会出现在这里。",
    ),
)


TIME_QUEUES = (
    Queue("due-soon", "将到期", (), "lamp:soon", "到期前1个工作日起会出现在这里。", "soon"),
    Queue("overdue", "逾期", (), "lamp:overdue", "过了到期日还没办的会出现在这里。", "overdue"),
)
