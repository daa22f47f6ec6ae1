"""回填 as the case's page tells it: the step, what came along from above, what went back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qifu.appeals import upper_access
from qifu.appeals.clocks import timing
from qifu.appeals.forwarded import Order, order_of
from qifu.appeals.models import Appeal
from qifu.appeals.posting import came_out_at, is_owed, post_back_reading
from qifu.kernel.readings import Lamp
from qifu.web.desk.appeals.lines import Facts
from qifu.web.desk.appeals.next_steps import Look, NextStep
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.dates import desk_date


@dataclass(frozen=True)
class FromAbove:
    """What came along from above, and each time that an answer was posted back."""

    facts: Facts
    posted: Sequence[tuple[str, str]]
    owed: str


def posting_step(look: Look) -> NextStep | None:
    """Return what the office has to post back to the platform above, if it is his turn."""
    case, order = look.file.appeal, order_of(look.file.appeal)
    if order is None or not owed_now(look) or not upper_access.posts_back(look.viewer):
        return None
    limit = look.limits.post_back_days
    now = post_back_reading(case, look.at)
    late = "已" if now.lamp == Lamp.OVERDUE else ""
    went_out = "答复已发给企业" if case.published_at else f"这件“{case.get_state_display()}”"
    day = desk_date(order.due_on)
    return NextStep(
        f"把答复回填到{order.through}",
        f"{went_out}，上级编号{order.number}，上级期限{day}。在{order.through}填好，再来这里记一笔。",
        f"回填限{limit}个工作日，{late}{now.headline}",
        "posting",
        link=(case_url(case.number, "post-backs"), f"已填好，登记回填{order.through}"),
    )


def from_above(look: Look) -> FromAbove | None:
    """Return what a case from above keeps of it; None of every other."""
    case, order = look.file.appeal, order_of(look.file.appeal)
    if order is None:
        return None
    facts = [
        ("答复报到", order.through),
        ("上级编号", order.number),
        ("上级期限", f"{desk_date(order.due_on)}前"),
    ]
    posted = [
        (f"{desk_date(each.posted_on)}回填，{each.by}", each.proof)
        for each in reversed(order.posted)
    ]
    return FromAbove(facts, posted, _says(look, case, order))


def owed_now(look: Look) -> bool:
    """Tell whether something came out that can go further up now, and has not gone."""
    order, out = order_of(look.file.appeal), came_out_at(look.file.appeal)
    if order is None:
        return False
    is_out = out is not None and out <= look.at - timing(look.file.appeal.county, look.at).hold
    return is_out and is_owed(look.file.appeal, order.posted_at)


def _says(look: Look, case: Appeal, order: Order) -> str:
    if not owed_now(look):
        return ""
    again = "又有新的答复，" if order.posted else ""
    return f"{again}待回填，{post_back_reading(case, look.at).headline}"
