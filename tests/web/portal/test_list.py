"""我的诉求 and the first page: what is mine, newest first, turned over by keys."""

from __future__ import annotations

import re

from django.test import Client

from qifu.appeals.actions.accepting import decline
from qifu.appeals.rules import DeclineReason
from qifu.enterprises.actions import tie
from qifu.enterprises.models import TieKind
from qifu.kernel.clock import now
from qifu.web.portal.appeals.index import PAGE
from tests.cast import OTHER_COUNTY
from tests.firms import Firms
from tests.story import Story, lay_rules
from tests.web.portal.many import many_cases
from tests.web.portal.reading import read

LIST = "/appeals/"


def numbers(client: Client, path: str) -> list[str]:
    return [row.number for row in client.get(path).context["rows"]]


def test_nothing_said_yet_shows_the_way(story: Story, boss: Client) -> None:
    assert "您还没有说过难处" in read(boss, LIST)


def test_the_list_is_narrowed_and_counts_what_it_narrows(story: Story, boss: Client) -> None:
    story.walked().rated()
    ended = story.appeal.number
    story.submitted()

    assert numbers(boss, LIST) == [story.appeal.number, ended]
    assert numbers(boss, f"{LIST}?view=open") == [story.appeal.number]
    assert numbers(boss, f"{LIST}?view=ended") == [ended]
    assert re.search(r"全部 2 .*在办 1 .*已办结 1", read(boss, LIST))


def test_pages_are_turned_forth_and_back_and_nothing_is_lost_or_doubled(
    tea: Story, boss: Client
) -> None:
    many_cases(tea, 2 * PAGE + 5)
    first = numbers(boss, LIST)
    second = numbers(boss, f"{LIST}?after={first[-1]}")
    third = numbers(boss, f"{LIST}?after={second[-1]}")

    assert [len(first), len(second), len(third)] == [PAGE, PAGE, 5]
    assert first + second + third == sorted(first + second + third, reverse=True)
    assert numbers(boss, f"{LIST}?before={third[0]}") == second
    assert numbers(boss, f"{LIST}?before={second[0]}") == first
    page = read(boss, f"{LIST}?after={first[-1]}")
    assert "更新的" in page
    assert "更早的" in page


def test_whoever_speaks_for_the_enterprise_sees_what_a_colleague_said(
    tea: Story, firms: Firms, boss: Client
) -> None:
    tea.submitted(by=tea.cast.clerk)

    assert numbers(boss, LIST) == [tea.appeal.number]


def test_the_same_number_in_another_county_is_not_mine(
    story: Story, other_cast: object, boss: Client, client: Client
) -> None:
    lay_rules(OTHER_COUNTY)
    story.submitted()

    client.force_login(other_cast.boss)  # type: ignore[attr-defined]

    assert numbers(client, LIST) == []
    read(client, f"{LIST}{story.appeal.number}/", status=404)


def test_the_first_page_greets_and_shows_what_waits_and_what_is_under_way(
    tea: Story, boss: Client
) -> None:
    tea.walked()
    answered = tea.appeal.number
    tea.submitted()

    page = read(boss, "/")
    mine = boss.get("/").context["mine"]

    assert "安徽立夏茶业有限公司，您好" in page
    assert [row.number for row in mine.waiting] == [answered]
    assert [row.number for row in mine.doing] == [tea.appeal.number]
    assert "全部2件" in page
    assert "已答复，还有5个工作日可评" in page


def test_a_refusal_that_can_still_be_disagreed_with_waits_for_its_enterprise(
    story: Story, boss: Client
) -> None:
    story.submitted()
    decline(story.fresh(), DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at)
    assert "前可以提不同意见" in read(boss, "/")

    story.wait(days=-30).submitted()
    decline(story.fresh(), DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at)
    assert len(boss.get("/").context["mine"].waiting) == 1


def test_the_paired_officer_is_shown_where_there_is_one(
    tea: Story, firms: Firms, boss: Client
) -> None:
    assert "您的包联干部" not in read(boss, "/")

    tie(firms.tea, tea.cast.he, TieKind.PAIRING, by=None, at=now())

    page = read(boss, "/")
    assert "何干部 县金融办" in page
    assert tea.cast.finance.phone in boss.get("/").content.decode()
    assert tea.cast.he.phone not in boss.get("/").content.decode()


def test_anybody_reads_what_happens_next_and_how_to_come_in(story: Story, client: Client) -> None:
    page = read(client, "/")

    assert "说一次，我们找单位办" in page
    assert "接下来会怎样" in page
    assert "登录看进度" in page
    assert "0564-7350000" in page
    assert "政策" not in page


def test_about_names_programme_office_ground_and_what_is_kept(story: Story, client: Client) -> None:
    page = read(client, "/about/")

    for word in ("“四送一服”双千工程", "县“四送一服”办公室", "个人信息怎么用", "0564-7350000"):
        assert word in page


def test_every_page_has_a_large_mode(story: Story, boss: Client) -> None:
    boss.cookies["large"] = "1"

    for path in ("/", "/about/", "/raise/problem/", LIST):
        assert '<html lang="zh-CN" class="large">' in boss.get(path).content.decode()
