"""The timeline's sentences for cases that go together, and what a merged case is told of its
parent: who has it and by when, never another enterprise's words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from qifu.appeals.models.upward import Level
from qifu.appeals.telling import TOLD, Facts, Told
from qifu.appeals.upward_lines import UPWARD_TOLD
from qifu.journal.timeline import Entry as Happening

Line = tuple[str, str, bool]
ANSWERED = "appeal.answered_with_parent"
# The same event, as the case reads it that was taken out.
SPLIT, SPLIT_OFF = "appeal.split", "made:appeal.split"


def _merged(facts: Facts) -> Line:
    return "合并", f"合并到{facts.data['into']}一起办。{facts.words.get('merger', '')}", True


def _unmerged(facts: Facts) -> Line:
    words = facts.words.get("unmerging", "")
    return "撤销合并", f"不再随{facts.data['into']}办理，回到待受理。{words}", True


def _released(facts: Facts) -> Line:
    return "单独办理", f"{facts.data['into']}没有答复就结束了，这件回到待受理。", True


def _answered(facts: Facts) -> Line:
    return "已答复", f"随{facts.data['into']}答复，等企业评价。", True


def _split(facts: Facts) -> Line:
    return "拆分", f"另一个问题单独立为一件。{facts.words.get('split', '')}", True


def _split_off(facts: Facts) -> Line:
    return "拆分", f"从同一次反映里拆出来单独办，时限接着算。{facts.words.get('split', '')}", True


def _longer(facts: Facts) -> Told:
    return "需要延长", f"{facts.unit}延长{facts.data['granted']}个工作日。"


def _above(facts: Facts) -> Told:
    level = Level(facts.data["level"]).label
    return "已转上级办理", f"县里定不了，已转到{level}里，我们继续跟踪。"


# What an enterprise hears of the case with which its own goes: never another's words.
OF_PARENT: Mapping[str, Callable[[Facts], Told]] = {
    **{kind: TOLD[kind] for kind in ("appeal.dispatched", "appeal.signed")},
    "appeal.registered_locally": lambda facts: (f"{facts.unit}先办", f"{facts.unit}已开始办。"),
    "appeal.extension_ruled": _longer,
    "appeal.escalated": _above,
    "appeal.came_back": UPWARD_TOLD["appeal.came_back"],
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
    SPLIT: _split,
    SPLIT_OFF: _split_off,
    **{PARENT + kind: _public(tell) for kind, tell in OF_PARENT.items()},
}
ON_ITS_OWN = "改为单独办理", "县办重新看这件，告诉您谁来办。"
JOINED_TOLD: Mapping[str, Callable[[Facts], Told]] = {
    "appeal.merged": lambda _: ("一起办", "和已经在办的同一个问题一起办，编号不变，照样答复您。"),
    "appeal.unmerged": lambda _: ON_ITS_OWN,
    "appeal.released": lambda _: ON_ITS_OWN,
    SPLIT: lambda _: ("分成两件办", "您一次说了两个问题，另一个单独办，编号发短信告诉您了。"),
    SPLIT_OFF: lambda _: ("分成两件办", "您一次说了两个问题，这件单独办，日期从您说的那天算。"),
    ANSWERED: lambda facts: (f"{facts.unit}答复您", "办成了没有，请您评价。"),
}


def of_origin(
    happened: Sequence[Happening], own: int, origin: int | None, parent: int | None
) -> list[Happening]:
    """Keep of the case out of which this one was taken what happened until then, as its own."""
    if origin is None:
        return list(happened)
    kept, born = [], False
    for one in happened:
        if one.subject != origin:
            kept.append(one)
        elif not born and one.kind == SPLIT:
            born = one.data.get("made") == own
            kept += [replace(one, subject=own, kind=SPLIT_OFF)] if born else []
        elif not born:
            kept.append(replace(one, subject=own))
        elif origin == parent:
            kept.append(one)  # merged back into it
    return kept


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
