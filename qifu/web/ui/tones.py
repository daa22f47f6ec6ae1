"""Which colour a state or a mark wears; the word is always there as well.

Amber waits for somebody here, blue is moving or with others, green has finished well,
grey is not yet or no more. Lateness belongs to the lamp, never to these.
"""

from __future__ import annotations

STATES = {
    "amber": (
        "待补充 待交办 待签收 退单审核 待审签 待审核 待回访 已答复 待核准 退回重办 未备案 未兑现"
    ),
    "blue": "待兑现 办理中 已转上级 跟踪办理 待评价 属地办理 已签收 已交办 已发布 已交主办 主办",
    "green": "办结 已办结 已完成 已兑现 已归档 已备案 已绑定 已审签 办成了",
    "yellow": "草稿",
    "grey": "待受理 不予受理 已撤回 交办已撤回 已上交 县办已接办 已合并 已退回 协办 已停用 已结束",
}
MARKS = {
    "red": "重大 挂牌 二次办理 已催办 紧急 号码失效",
    "amber": "退单改派 演示数据",
    "blue": "上级转办 主办",
    "grey": "协办",
}


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: tone for tone, words in table.items() for word in words.split()}


STATE_TONES = _by_word(STATES)
MARK_TONES = _by_word(MARKS)


def state_tone(word: str) -> str:
    """Find the tone of a state; an unknown one stays grey."""
    return STATE_TONES.get(word, "grey")


def mark_tone(word: str) -> str:
    """Find the tone of a mark; most are outlines only."""
    return MARK_TONES.get(word, "outline")
