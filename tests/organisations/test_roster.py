"""The attachment of the notice, as printed and as its units are called on a day."""

import re
from datetime import date
from pathlib import Path

import pytest

from qifu.organisations.actions.loading import load_county
from qifu.organisations.county_file import read
from qifu.organisations.queries import RosterGroup, roster
from tests.cast import COUNTY, NOW, Cast

FILE = Path(__file__).resolve().parent.parent.parent / "counties" / "341524.toml"

# 附件, letter for letter.
PRINTED = [
    "组长：汪光毅（县发改委） 成员：黄良才（县住建局）、王成华（县国土局）、邓正金（县规划局）",
    "组长：冯克祥（县经信委） 成员：汪承中（县环保局）、焦 作（县银监办）、马 锐（县金融办）",
    "组长：曾庆顺（县农发委） 成员：陈福俊（县林业局）、闵春辉（县交运局）、储 鹏（县旅游委）",
    "组长：张英武（县商粮局） 成员：张万永（产业园区）、陈海平（县市管局）、蔡先武（县人行）",
    "组长：朱 阳（县科技局） 成员：秦 毅（县国税局）、程克常（县地税局）、余 靖（县人社局）",
]


@pytest.fixture
def loaded(db: None) -> None:
    load_county(read(FILE), at=NOW)


def _print(group: RosterGroup) -> str:
    leader, *members = (str(line.member) for line in group.lines)
    return f"组长：{leader} 成员：{'、'.join(members)}"


@pytest.mark.usefixtures("loaded")
def test_the_five_groups_are_as_printed_in_2018_and_today() -> None:
    for day in (date(2018, 10, 1), date(2026, 11, 24)):
        assert [_print(group) for group in roster(COUNTY, on=day)] == PRINTED


@pytest.mark.usefixtures("loaded")
def test_in_2018_every_unit_still_has_its_printed_name() -> None:
    lines = [line for group in roster(COUNTY, on=date(2018, 10, 1)) for line in group.lines]

    assert len(lines) == 20
    assert not any(line.is_renamed for line in lines)
    assert [line.unit.short_name for line in lines] == re.findall(r"（(.+?)）", "".join(PRINTED))


@pytest.mark.usefixtures("loaded")
def test_today_each_name_stands_beside_what_became_of_the_unit() -> None:
    lines = [line for group in roster(COUNTY, on=date(2026, 11, 24)) for line in group.lines]
    today = {line.member.printed_unit: line.unit.short_name for line in lines if line.is_renamed}

    assert today == {
        "县国土局": "县自规局",
        "县规划局": "县自规局",
        "县经信委": "县科技经信局",
        "县科技局": "县科技经信局",
        "县环保局": "县生态环境分局",
        "县农发委": "县农业农村局",
        "县旅游委": "县文旅体局",
        "县商粮局": "县商务局",
        "县市管局": "县市场监管局",
        "县国税局": "县税务局",
        "县地税局": "县税务局",
    }


@pytest.mark.usefixtures("loaded")
def test_each_group_answers_for_twenty_to_thirty_enterprises() -> None:
    groups = [group.group for group in roster(COUNTY, on=date(2026, 11, 24))]

    assert [(g.quota_low, g.quota_high) for g in groups] == [(20, 30)] * 5


@pytest.mark.usefixtures("loaded")
def test_the_roster_of_a_county_without_groups_is_empty(other_cast: Cast) -> None:
    assert roster(other_cast.county, on=date(2026, 11, 24)) == []
