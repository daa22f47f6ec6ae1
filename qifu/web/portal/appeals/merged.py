"""How a merged case stands for its enterprise: its parent's progress, nothing of its owner's.

What the parent's own enterprise is asked for (补充, 回访) is no other's business.
"""

from __future__ import annotations

from datetime import datetime

from qifu.appeals.models import Appeal
from qifu.appeals.promises import Expectation, Promised
from qifu.kernel.readings import Lamp
from qifu.web.portal.appeals.progress import Step
from qifu.web.portal.appeals.words import Standing, standing

AWAITED = frozenset({Promised.WHO, Promised.ANSWER, Promised.CHECKED})
TOGETHER = "和同样的问题一起办"


def is_awaited(promise: Expectation) -> bool:
    """Tell whether the parent's promise is one that a merged case has, too."""
    return promise.what in AWAITED


def standing_of_parent(parent: Appeal, promise: Expectation, at: datetime) -> Standing:
    """Say how it stands: whose turn it is and by when, as far as it concerns both."""
    if promise.what is Promised.SUPPLIED:
        return Standing(Lamp.PAUSED, f"{TOGETHER}，正在等材料，期间不计时")
    if parent.published_at is not None:
        return Standing(Lamp.FINE, f"{TOGETHER}，已有答复，马上发给您")
    if not is_awaited(promise):
        return Standing(Lamp.FINE, f"{TOGETHER}，县办在看")
    stands = standing(parent, promise, at)
    return Standing(stands.lamp, f"{TOGETHER}：{stands.sentence}")


def bar_of_parent(parent: Appeal) -> list[Step]:
    """Return the stations of a merged case."""
    answered = "now" if parent.published_at is None else "done"
    return [
        Step("已收到", "done"),
        Step("一起办", "done"),
        Step("已答复" if answered == "done" else "等答复", answered),
        Step("请您评价", "later"),
    ]
