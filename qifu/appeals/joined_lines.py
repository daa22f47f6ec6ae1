"""The timeline's sentences for cases that go together, and what a merged case is told of its
parent: who has it and by when, never another enterprise's words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from qifu.appeals.telling import TOLD, Facts, Told
from qifu.journal.timeline import Entry as Happening

Line = tuple[str, str, bool]
ANSWERED = "appeal.answered_with_parent"


def _merged(facts: Facts) -> Line:
    return "合并", f"合并到{facts.data['into']}一起办。{facts.words.get('merger', '')}", True


def _unmerged(facts: Facts) -> Line:
    words = facts.words.get("unmerging", "")
    return "撤销合并", f"不再随{facts.data['into']}办理，回到待受理。{words}", True


def _released(facts: Facts) -> Line:
    return "单独办理", f"{facts.data['into']}没有答复就结束了，这件回到待受理。", True


def _answered(facts: Facts) -> Line:
    return "已答复", f"随{facts.data['into']}答复，等企业评价。", True


def _longer(facts: Facts) -> Told:
    return "需要延长", f"{facts.unit}延长{facts.data['granted']}个工作日。"


# What an enterprise hears of the case with which its own goes: never another's words.
OF_PARENT: Mapping[str, Callable[[Facts], Told]] = {
    **{kind: TOLD[kind] for kind in ("appeal.dispatched", "appeal.signed")},
    "appeal.registered_locally": lambda facts: (f"{facts.unit}先办", f"{facts.unit}已开始办。"),
    "appeal.extension_ruled": _longer,
    "appeal.told_meanwhile": lambda facts: (f"{facts.unit}有进展", "正在办，办好了答复您。"),
}
PARENT = "parent:"


def _public(tell: Callable[[Facts], Told]) -> Callable[[Facts], Line]:
    return lambda facts: (*tell(facts), True)


JOINED_LINES: Mapping[str, Callable[[Facts], Line]] = {
    "appeal.merged": _merged,
    "appeal.unmerged": _unmerged,
    "appeal.released": _released,
    ANSWERED: _answered,
    **{PARENT + kind: _public(tell) for kind, tell in OF_PARENT.items()},
}
ON_ITS_OWN = "改为单独办理", "县办重新看这件，告诉您谁来办。"
JOINED_TOLD: Mapping[str, Callable[[Facts], Told]] = {
    "appeal.merged": lambda _: ("一起办", "和已经在办的同一个问题一起办，编号不变，照样答复您。"),
    "appeal.unmerged": lambda _: ON_ITS_OWN,
    "appeal.released": lambda _: ON_ITS_OWN,
    ANSWERED: lambda facts: (f"{facts.unit}答复您", "办成了没有，请您评价。"),
}


def of_parent(happened: Sequence[Happening], own: int) -> list[Happening]:
    """Keep of a parent's events what its merged case hears, until the answer; all of its own."""
    end = next((one.seq for one in happened if one.subject == own and one.kind == ANSWERED), None)
    kept: list[Happening] = []
    for one in happened:
        if one.subject == own:
            kept.append(one)
        elif end is not None and one.seq > end:
            continue
        elif one.kind == "appeal.taken_back":
            handed = PARENT + "appeal.dispatched"
            del kept[max(place for place, each in enumerate(kept) if each.kind == handed)]
        elif one.kind in OF_PARENT and one.data.get("granted", 1):
            codes = {name: code for name, code in one.data.items() if name != "texts"}
            kept.append(replace(one, kind=PARENT + one.kind, data=codes))
    return kept
