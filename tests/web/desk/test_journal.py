"""The journal's page: its end, its anchors, who did what; no case's words, no other county."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from qifu.journal import anchors
from qifu.kernel.clock import local_date, now
from qifu.organisations.actions.filing import file_unit
from qifu.organisations.actions.signing_in import NotSignedIn, sign_in
from qifu.organisations.models import User
from qifu.web.desk.journal.kinds import TITLES
from tests.cast import COUNTY, NOW, PASSWORD, Cast
from tests.firms import Firms
from tests.story import PROBLEM, SOLVED, Story, lay_rules

ROOT = Path(__file__).resolve().parent.parent.parent.parent
JOURNAL = "/desk/journal/"
OPENED = re.compile(r'(?:deed|_edit)\(\s*(?:"([a-z_.]+)"|ERASED)')


@pytest.fixture(autouse=True)
def anchors_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    """Keep the anchors apart, and give the county what the column counts by."""
    monkeypatch.setattr(settings, "QIFU_HOME", tmp_path)
    lay_rules(COUNTY)


def _page(user: User, query: str = "", status: int = 200) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(f"{JOURNAL}{query}")
    assert answer.status_code == status
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def test_every_kind_of_event_has_a_chinese_name() -> None:
    said = [path.read_text() for path in (ROOT / "qifu").rglob("*.py")]
    kinds = {kind for text in said for kind in OPENED.findall(text) if kind}

    assert "appeal.dispatched" in kinds
    assert sorted(kinds - set(TITLES)) == []
    assert [kind for kind, title in TITLES.items() if title.isascii()] == []


@pytest.mark.parametrize("who", ["zhou", "wang", "zhu", "chen", "zheng", "he", "sys", "sec"])
def test_only_oversight_and_the_auditor_read_it(cast: Cast, who: str) -> None:
    _page(getattr(cast, who), status=404)


def test_a_case_is_followed_without_its_words(cast: Cast) -> None:
    story = Story(cast).walked(cast.labour).rated()

    page = _page(cast.feng, "?family=appeals")

    for title in ("企业提交诉求", "受理", "交办", "签收", "报送答复", "审签同意", "企业评价"):
        assert f"<b>{title}</b>" in page
    assert f'<a href="/desk/appeals/{story.appeal.number}/">{story.appeal.number}</a>' in page
    assert "朱科长（zhu）" in page
    assert "企业人员139****0001" in page
    for words in (PROBLEM[:8], SOLVED.body[:8], "立夏茶业", "吴经理", cast.boss.phone):
        assert words not in page


def test_the_auditor_reads_numbers_but_opens_no_case(cast: Cast) -> None:
    story = Story(cast).submitted()

    page = _page(cast.auditor)

    assert story.appeal.number in page
    assert f"/desk/appeals/{story.appeal.number}/" not in page


def test_it_names_units_accounts_and_enterprises(cast: Cast, firms: Firms) -> None:
    file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=cast.zhu, at=NOW)
    firms.bound_to_tea("13900000009")
    for password in (PASSWORD, "nimda"):
        try:
            sign_in(COUNTY, login="zhu", password=password, at=NOW, ip="10.0.0.1")
        except NotSignedIn:
            continue

    page = _page(cast.auditor)

    assert '<a href="/desk/units/jinrongban/">县金融办</a>' in page
    assert "安徽立夏茶业有限公司" in page
    assert '<a href="/desk/accounts/zhu/">朱科长（zhu）</a>' in page
    assert "<b>登录</b>" in page
    assert "<b>输错密码</b>" in page
    assert "受邀人员登录，绑定生效" in page
    assert "第1版" in page


def test_it_is_turned_over_by_numbers_without_loss(cast: Cast) -> None:
    for _ in range(60):
        Story(cast).submitted()
    first = _page(cast.feng, "?kind=appeal.submitted&family=appeals")
    older = re.search(r'href="(\?[^"]*after=\d+)"', first)
    assert older

    second = _page(cast.feng, older.group(1).replace("&amp;", "&"))
    newer = re.search(r'href="(\?[^"]*before=\d+)"', second)
    assert newer
    again = _page(cast.feng, newer.group(1).replace("&amp;", "&"))

    def numbers(page: str) -> list[str]:
        return re.findall(r"2026-\d{5}|JZ[0-9-]+", page)

    assert numbers(first) == numbers(again)
    assert first.count("<b>企业提交诉求</b>") == 50
    assert second.count("<b>企业提交诉求</b>") == 10


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?family=calendar", "装入随系统带来的日历", "企业提交诉求"),
        ("?family=appeals&kind=appeal.accepted", "受理", "企业提交诉求"),
        ("?day=2018-10-01", "没有符合条件的事项", "企业提交诉求"),
        ("?day=2999-01-01", "日期不对", "没有符合条件的事项"),
        ("?day=%00&after=x&before=99999999999999999999", "日期不对", "没有符合条件的事项"),
        ("?family=';DROP&kind=😀", "企业提交诉求", "没有符合条件的事项"),
        ("?after=1", "没有符合条件的事项", "企业提交诉求"),
    ],
)
def test_it_is_narrowed(cast: Cast, query: str, there: str, gone: str) -> None:
    Story(cast).submitted().accepted()

    page = _page(cast.feng, query).partition('id="events-title"')[2]

    assert there in page
    assert f"<b>{gone}</b>" not in page


def test_a_day_shows_what_happened_on_it(cast: Cast) -> None:
    at = now()
    Story(cast, at=at - timedelta(days=1)).submitted()
    Story(cast, at=at).submitted().accepted()

    page = _page(cast.feng, f"?family=appeals&day={local_date(at) - timedelta(days=1)}")

    assert page.count("<b>企业提交诉求</b>") == 1
    assert "<b>受理</b>" not in page


def test_its_end_is_shown_with_the_newest_anchor_and_how_to_check(cast: Cast) -> None:
    Story(cast).submitted()
    made = anchors.anchor(COUNTY, now())
    assert made

    page = _page(cast.feng)

    assert page.count(made.hash) == 3
    assert "与日志一致" in page
    assert f"./manage.py verify_journal --county {COUNTY}" in page


def test_an_anchor_that_the_journal_does_not_bear_out_is_seen(cast: Cast) -> None:
    old = anchors.anchor(COUNTY, now() - timedelta(days=3))
    assert old
    Story(cast).submitted()
    anchors.anchor(COUNTY, now())
    oldest = min(anchors.folder(COUNTY).glob("*.jsonl"))
    oldest.write_text(oldest.read_text().replace(old.hash, "0" * 64))

    page = _page(cast.feng)

    assert "与日志对不上" in page
    # Two days between them had none at all.
    assert page.count("没有锚点") == 2


def test_nothing_of_the_other_county_is_in_it(cast: Cast, other_cast: Cast) -> None:
    lay_rules(other_cast.county)
    theirs = Story(other_cast).submitted()
    for _ in range(3):
        mine = Story(cast).submitted()

    page = _page(other_cast.feng, "?family=appeals")

    assert page.count("<b>企业提交诉求</b>") == 1
    assert theirs.appeal.number in page
    assert mine.appeal.number not in page


@pytest.mark.parametrize("cases", [1, 20])
def test_it_takes_few_queries_however_many_events(
    cast: Cast, firms: Firms, cases: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(cases):
        Story(cast, enterprise=firms.tea).submitted().accepted()
    file_unit(cast.finance, leader=cast.chen, liaison=cast.zhu, by=cast.zhu, at=NOW)
    anchors.anchor(COUNTY, now())
    client = Client()
    client.force_login(cast.feng)
    client.get(JOURNAL)

    with django_assert_max_num_queries(8):
        assert client.get(JOURNAL).status_code == 200
