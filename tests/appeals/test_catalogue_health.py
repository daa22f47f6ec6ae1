"""派单目录体检: each cell exactly one LEAD with a reachable liaison. Pure."""

from __future__ import annotations

from datetime import date

import pytest

from qifu.appeals.catalogue_health import Cell, examine
from qifu.appeals.models import CatalogueRule, Category
from qifu.organisations.models import Unit

SINCE = date(2018, 9, 28)
FINANCE = Unit(pk=1, code="jinrong", short_name="县金融办", kind="DEPARTMENT", valid_from=SINCE)
TOWN = Unit(pk=2, code="341524202", short_name="油坊店乡", kind="TOWNSHIP", valid_from=SINCE)
PARK = Unit(pk=3, code="341524400", short_name="产业园区", kind="PARK", valid_from=SINCE)
UNITS = {unit.code: unit for unit in (FINANCE, TOWN, PARK)}
LOAN = Category(pk=1, code="finance.loan", name="贷款")
EVERYBODY = frozenset({1, 2, 3})


def rule(code: str, lead: str, **given: str) -> CatalogueRule:
    known = {"category": "finance.loan", "nature": "GENERAL", "why": "依据"}
    return CatalogueRule(code=code, lead=lead, **{**known, **given})


def cells(*rules: CatalogueRule, reachable: frozenset[int] = EVERYBODY) -> list[Cell]:
    return examine(rules, UNITS, [LOAN], [TOWN, PARK], reachable)


def test_one_line_for_everywhere_is_healthy() -> None:
    found = cells(rule("1", "jinrong"))

    assert [(cell.place, cell.lead, cell.fault) for cell in found] == [
        (TOWN, FINANCE, ""),
        (PARK, FINANCE, ""),
    ]


def test_the_place_itself_may_lead() -> None:
    assert [cell.lead for cell in cells(rule("1", "@place"))] == [TOWN, PARK]


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        ((), "没有规则"),
        ((rule("1", "jinrong"), rule("2", "@place")), "2条规则都符合：1、2"),
        ((rule("1", "gone"),), "规则1的主办单位“gone”已不存在"),
    ],
)
def test_a_cell_without_exactly_one_lead_says_why(
    rules: tuple[CatalogueRule, ...], fault: str
) -> None:
    assert {cell.fault for cell in cells(*rules)} == {fault}


def test_a_lead_without_a_liaison_is_a_fault() -> None:
    found = cells(rule("1", "jinrong"), reachable=frozenset({2, 3}))

    assert {cell.fault for cell in found} == {"县金融办没有在任的专职人员"}


def test_a_line_for_one_kind_of_place_leaves_the_other_without() -> None:
    found = cells(rule("1", "jinrong", place="PARK"))

    assert [cell.fault for cell in found] == ["没有规则", ""]


def test_every_size_is_asked_for() -> None:
    found = cells(rule("1", "jinrong"), rule("2", "@place", size="MICRO"), reachable=frozenset({1}))

    assert [cell.fault for cell in found] == [
        "油坊店乡没有在任的专职人员",
        "产业园区没有在任的专职人员",
    ]


def test_doubt_about_one_size_is_a_fault() -> None:
    found = cells(
        rule("1", "jinrong"),
        rule("2", "@place", size="MICRO"),
        rule("3", "jinrong", size="MICRO"),
    )

    assert {cell.fault for cell in found} == {"2条规则都符合：2、3"}
