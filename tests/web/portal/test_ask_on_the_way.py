"""补充、催一催、撤回、要求重办、不同意延期: what an enterprise says on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from qifu.appeals.actions import supplementing
from qifu.appeals.actions.extending import ask_extension, rule_extension
from qifu.appeals.actions.returning import send_back_to_office
from qifu.appeals.files import files_of
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Extension, Grade, ReturnReason, Solved
from tests.attachments.samples import picture
from tests.cast import COUNTY
from tests.story import GOOD, Story
from tests.web.portal.reading import queries_at_most, read, words


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def page_of(story: Story, verb: str = "") -> str:
    own = f"/appeals/{story.appeal.number}/"
    return f"{own}{verb}/" if verb else own


@pytest.fixture
def asked(story: Story) -> Story:
    story.submitted()
    supplementing.ask_supplement(story.fresh(), "缺不动产权证照片", by=story.cast.zhou, at=story.at)
    story.fresh()
    return story


def test_what_is_missing_is_supplied_and_the_office_goes_on(asked: Story, boss: Client) -> None:
    assert "等您补充" in read(boss, page_of(asked))
    assert "等您补充" in read(boss, "/")
    assert "请您补充" in read(boss, page_of(asked, "next"))
    assert "缺不动产权证照片" in read(boss, page_of(asked, "supplements"))

    empty = boss.post(page_of(asked, "supplements"), {"words": ""})
    answer = boss.post(page_of(asked, "supplements"), {"words": "证号是皖2020第0001号"})

    assert (empty.status_code, answer.status_code) == (422, 303)
    assert asked.fresh().state == State.SUBMITTED
    late = boss.post(page_of(asked, "supplements"), {"words": "还有一张照片"})
    assert late.status_code == 409
    assert "还有一张照片" in words(late)


def test_files_go_along_with_what_is_supplied_and_the_office_reads_them(
    asked: Story, boss: Client, outsider: Client
) -> None:
    paper = SimpleUploadedFile("产权证.jpg", picture())
    page = boss.post(page_of(asked, "supplements"), {"upload": [paper], "attach": "1"})
    assert (page.status_code, "产权证.jpg" in words(page)) == (200, True)
    there = page.context["form"].uploads.codes

    given = {"words": "见照片", "there": there}
    refused = boss.post(page_of(asked, "supplements"), {"words": "", "there": there})
    assert (refused.status_code, "产权证.jpg" in words(refused)) == (422, True)
    assert boss.post(page_of(asked, "supplements"), given).status_code == 303

    (row,) = files_of(asked.fresh(), []).of_case
    assert row.name == "产权证.jpg"
    assert "见照片（附1个文件）" in read(boss, page_of(asked))
    address = f"{page_of(asked)}files/{row.code}/"
    assert (boss.get(address).status_code, outsider.get(address).status_code) == (200, 404)
    clerk = Client()
    clerk.force_login(asked.cast.zhou)
    assert "产权证.jpg" in words(clerk.get(f"/desk{page_of(asked)}"))


def test_another_enterprise_finds_none_of_it(asked: Story, outsider: Client) -> None:
    for verb in ("supplements", "urges", "withdrawals", "reopenings", "extension-objections"):
        assert outsider.get(page_of(asked, verb)).status_code == 404
        assert outsider.post(page_of(asked, verb), {"words": "x"}).status_code == 404


def test_it_urges_once_a_day_and_reads_why_not_twice(story: Story, boss: Client) -> None:
    story.submitted().accepted().dispatched()
    assert "催一催" in read(boss, page_of(story))

    first = boss.post(page_of(story, "urges"), {"words": "月底前要付款"})
    second = boss.post(page_of(story, "urges"), {"words": "真的很急"})

    assert (first.status_code, second.status_code) == (303, 409)
    assert "真的很急" in words(second)
    assert "月底前要付款" in read(boss, page_of(story))


def test_it_withdraws_with_a_reason_and_the_page_says_so(story: Story, boss: Client) -> None:
    story.submitted().accepted()

    none = boss.post(page_of(story, "withdrawals"), {"words": "自己办好了"})
    answer = boss.post(page_of(story, "withdrawals"), {"reason": "SETTLED"})

    assert (none.status_code, answer.status_code) == (422, 303)
    assert "自己办好了" in words(none)
    if story.fresh().state == State.WITHDRAWN:
        assert "您撤回了" in read(boss, page_of(story))
    assert "不用撤回" in read(boss, page_of(story, "withdrawals"))


def test_after_an_ending_it_asks_once_more_and_only_once(story: Story, boss: Client) -> None:
    story.walked().rated()
    assert "要求重办" in read(boss, page_of(story))

    answer = boss.post(page_of(story, "reopenings"), {"words": "到账只有一半"})

    assert answer.status_code == 303
    assert story.fresh().state == State.HANDLING
    assert boss.post(page_of(story, "reopenings"), {"words": "又来"}).status_code == 409


def test_it_disagrees_with_more_time_once(story: Story, boss: Client) -> None:
    cast = story.submitted().accepted().dispatched().signed().cast
    assert "没有可以提意见" in read(boss, page_of(story, "extension-objections"))
    row = ask_extension(story.part(cast.finance), 3, "银行要评审", by=cast.zhu, at=story.at)
    rule_extension(row, granted=2, words="评审会已定", by=cast.wu, at=story.at)
    assert "不同意延期" in read(boss, page_of(story))

    answer = boss.post(page_of(story, "extension-objections"), {"words": "等不了"})

    assert answer.status_code == 303
    assert Extension.objects.in_county(COUNTY).get().objected_at is not None
    again = boss.post(page_of(story, "extension-objections"), {"words": "等不了"})
    assert again.status_code == 409
    assert "不同意延期" not in read(boss, page_of(story))


def test_a_return_is_not_the_enterprises_concern_and_a_call_is(story: Story, boss: Client) -> None:
    cast = story.submitted().accepted().dispatched().cast
    part = story.part(cast.finance)
    send_back_to_office(part, ReturnReason.OTHER_LEAD, "该人行办", by=cast.zhu, at=story.at)
    assert "已交县金融办办" in read(boss, page_of(story))
    assert "退单" not in read(boss, page_of(story))

    other = Story(cast, at=story.at).walked()
    other.rated(replace(GOOD, grade=Grade.POOR, solved=Solved.NO))

    assert "县办打电话问您" in read(boss, page_of(other))
    assert "县办打电话问您" in read(boss, page_of(other, "next"))


def test_the_pages_are_cheap(asked: Story, boss: Client) -> None:
    with queries_at_most(12):
        boss.get(page_of(asked))
    with queries_at_most(8):
        boss.get(page_of(asked, "supplements"))
