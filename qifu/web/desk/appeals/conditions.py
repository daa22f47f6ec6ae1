"""What narrows a list: read from the address, shown as chips, turned into a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from qifu.appeals.catalogue import all_units
from qifu.appeals.categories import categories, with_kinds
from qifu.appeals.lifecycle import State
from qifu.appeals.models import AppealQuerySet
from qifu.appeals.queues import Horizon, turn_of
from qifu.appeals.rules import Channel
from qifu.organisations.models import Unit, User
from qifu.web.desk.appeals.paging import TURNS, without
from qifu.web.ui.lists import Filter

Choices = Sequence[tuple[str, str]]

LABELS = {
    "state": "状态",
    "lamp": "时限",
    "category": "类别",
    "place": "属地",
    "channel": "来源",
    "unit": "主办单位",
    "turn": "轮到",
    "enterprise": "企业",
    "ground": "依据",
    "outcome": "结果",
    "later": "后来",
    "year": "年份",
    "show": "范围",
}
LAMPS = (("overdue", "逾期"), ("soon", "将到期"))
QUEUE_NAMES = ("category", "place", "channel")
HIDDEN_NAMES = ("lamp", "unit", "turn")
# Conditions that tell something of a case besides its state and its way in.
TELLING = frozenset({"category", "place", "unit", "turn", "enterprise"})
LIST_NAMES = ("state", "lamp", "category", "place", "channel", "unit")


@dataclass(frozen=True)
class Conditions:
    """The conditions of one list, as its address states them."""

    filters: tuple[Filter, ...]
    words: str
    clear_url: str
    params: QueryDict

    @property
    def chosen(self) -> dict[str, str]:
        """Return the conditions that hold, by name."""
        return {each.name: each.value for each in self.filters if each.chosen}

    @property
    def is_any(self) -> bool:
        """Tell whether anything is narrowed."""
        return bool(self.chosen or self.words)

    @property
    def said(self) -> list[str]:
        """Name each condition as people do: `类别：融资金融`."""
        said = [f"{each.label}：{each.chosen}" for each in self.filters if each.chosen]
        return [*said, f"搜索：{self.words}"] if self.words else said


def conditions(
    county: str,
    params: QueryDict,
    names: Sequence[str],
    *,
    hidden: Sequence[str] = (),
    known: Mapping[str, Choices] | None = None,
) -> Conditions:
    """Read the conditions from an address; unknown values narrow nothing.

    `hidden` ones have no chip until they are chosen; `known` brings a condition's choices
    along where the county's tables do not have them.
    """
    made = []
    for name in (*names, *hidden):
        choices = known[name] if known and name in known else _choices(county, name)
        value = params.get(name, "")
        if not any(value == known for known, _ in choices):
            value = ""
        if name in hidden and not value:
            continue
        clear = f"?{without(params, name, *TURNS).urlencode()}" if value else ""
        made.append(Filter(name, LABELS[name], choices, value, clear))
    words = params.get("q", "").replace("\x00", "").strip()[:100]
    narrowed = words or any(each.chosen for each in made)
    clear_url = f"?{without(params, *names, *hidden, *TURNS, 'q').urlencode()}" if narrowed else ""
    return Conditions(tuple(made), words, clear_url, params)


def narrowed_cases(
    rows: AppealQuerySet, viewer: User, asked: Conditions, within: Horizon
) -> AppealQuerySet:
    """Return the cases that the words and conditions leave, without telling of masked ones."""
    rows = rows.search(asked.words, viewer).filter(narrowed(viewer.county, asked.chosen, within))
    return rows.legible_to(viewer) if TELLING & asked.chosen.keys() else rows


def narrowed(county: str, chosen: dict[str, str], within: Horizon, prefix: str = "") -> Q:
    """Return the query for the chosen conditions; `prefix` leads from a part to its case."""
    found = Q()
    if code := chosen.get("category"):
        found &= Q(**{f"{prefix}category__in": with_kinds(county, code)})
    if code := chosen.get("place"):
        found &= Q(**{f"{prefix}place__in": unit_keys(county, code)})
    if code := chosen.get("unit"):
        found &= Q(**{f"{prefix}lead_unit__in": unit_keys(county, code)})
    if code := chosen.get("channel"):
        found &= Q(**{f"{prefix}channel": code})
    if code := chosen.get("state"):
        found &= Q(**{f"{prefix}state": code})
    if (code := chosen.get("turn")) and (unit := _unit(county, code)):
        found &= turn_of(unit)
    if lamp := chosen.get("lamp"):
        found &= within.overdue if lamp == "overdue" else within.near
    return found


def _choices(county: str, name: str) -> Choices:
    if name == "lamp":
        return LAMPS
    if name == "channel":
        return Channel.choices
    if name == "state":
        return State.choices
    if name == "category":
        return [(each.code, each.name) for each in categories(county) if each.parent_id is None]
    units = sorted(_standing(county), key=lambda unit: (unit.pinyin, unit.code))
    wanted = [unit for unit in units if unit.is_place or name != "place"]
    return [(unit.code, unit.short_name) for unit in wanted]


def _standing(county: str) -> list[Unit]:
    """Return the units that no other has taken over: each stands for its predecessors."""
    return [unit for unit in all_units(county) if unit.successor_id is None]


def unit_keys(county: str, code: str) -> frozenset[int]:
    """Return the unit of that code along with those that it has taken over."""
    unit = _unit(county, code)
    return frozenset({unit.pk, *unit.absorbed}) if unit else frozenset()


def _unit(county: str, code: str) -> Unit | None:
    return next((each for each in all_units(county) if each.code == code), None)
