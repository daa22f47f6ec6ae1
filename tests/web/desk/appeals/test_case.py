"""The page of a case: whose turn it is, what everybody may see, what stays masked."""

from __future__ import annotations

import re

import pytest

from qifu.appeals.actions import rating
from qifu.appeals.models import Grade, Rating, Solved
from qifu.journal.models import Event
from qifu.organisations.models import User
from tests.story import SOLVED, Story
from tests.web.desk.appeals.conftest import SeatOf, case, partly
from tests.web.portal.reading import read, words

PRIMARY = re.compile(r'class="button button-primary"[^>]*>([^<]*)')


def primaries(page: str) -> list[str]:
    return PRIMARY.findall(page)


def test_there_is_one_primary_button_and_only_where_it_is_ones_turn(
    story: Story, seat: SeatOf
) -> None:
    cast = story.cast
    office = {"zhou": seat(cast.zhou), "wu": seat(cast.wu), "zheng": seat(cast.zheng)}
    unit = {"zhu": seat(cast.zhu), "chen": seat(cast.chen)}

    def turns() -> dict[str, list[str]]:
        found = {}
        for name, client in {**office, **unit}.items():
            answer = client.get(case(story))
            if answer.status_code == 200:
                found[name] = primaries(answer.content.decode())
        return {name: buttons for name, buttons in found.items() if buttons}

    story.submitted()
    assert turns() == {"zhou": ["受理，接着交办"]}
    story.accepted()
    assert turns() == {"zhou": ["交给县金融办"]}
    story.dispatched()
    assert turns() == {"zhu": ["签收"]}
    story.signed()
    assert turns() == {"zhu": ["写答复"]}
    story.replied()
    assert turns() == {"chen": ["同意，报县办审核"]}
    story.approved()
    assert turns() == {"wu": ["审核通过，发给企业"]}
    story.published()
    assert turns() == {}
    story.rated()
    assert turns() == {}


def test_who_waits_is_told_for_whom_and_until_when(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    story.submitted().accepted().dispatched()
    assert re.search(
        r"等县金融办签收 专职人员朱科长，电话[\d-]+，须在.*前签收", read(zhou, case(story))
    )
    story.signed()
    assert "等县金融办办理 县金融办朱科长" in read(zhou, case(story))
    story.replied()
    assert "等县金融办审签 分管负责同志陈局" in read(zhou, case(story))
    story.approved()
    assert "等县办审核" in read(seat(story.cast.zhu), case(story))
    story.published()
    assert "等企业评价" in read(zhou, case(story))


def test_lateness_is_said_plainly_to_whoever_waits(story: Story, seat: SeatOf) -> None:
    story.wait(days=-20).submitted()

    assert re.search(
        r"等别人 已逾期\d+个工作日 等县办受理", read(seat(story.cast.zheng), case(story))
    )


def test_what_is_not_ones_own_is_not_there(story: Story, other_story: Story, seat: SeatOf) -> None:
    other_story.submitted()
    other_story.submitted()
    story.submitted().accepted().dispatched()

    assert seat(story.cast.li).get(case(story)).status_code == 404
    assert seat(story.cast.sys).get(case(story)).status_code == 404
    assert seat(story.cast.zhou).get(case(other_story)).status_code == 404
    assert seat(story.cast.zhou).get("/desk/appeals/2026-9999/").status_code == 404


def test_an_enterprise_does_not_come_to_the_desk(story: Story, seat: SeatOf) -> None:
    story.submitted()

    assert seat(story.cast.boss).get(case(story)).status_code == 404


def test_the_history_is_shown_whole_or_by_who_reads_it(story: Story, seat: SeatOf) -> None:
    story.walked()
    zhou = seat(story.cast.zhou)

    assert "答复待审核" in words(partly(zhou, case(story)))
    assert "答复待审核" not in words(partly(zhou, f"{case(story)}?show=public"))
    internal = words(partly(zhou, f"{case(story)}?show=internal"))
    assert "答复待审核" in internal
    assert "已受理" not in internal
    assert "<html" not in partly(zhou, case(story)).content.decode()


def test_the_number_is_masked_until_it_is_opened_and_that_is_written_down(
    story: Story, seat: SeatOf
) -> None:
    story.submitted()
    zhou, phone = seat(story.cast.zhou), story.cast.boss.phone
    page = zhou.get(case(story)).content.decode()
    assert phone not in page
    assert "139****0001" in page

    answer = zhou.post(case(story, "contact-views"))

    assert phone in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    event = Event.objects.in_county(story.cast.county).get(kind="appeal.contact_shown")
    assert event.actor == story.cast.zhou.pk
    assert phone not in str(event.data)
    assert "查看完整号码" in read(zhou, case(story))


def test_every_look_at_the_number_is_written_down(story: Story, seat: SeatOf) -> None:
    story.submitted()
    zhou = seat(story.cast.zhou)

    for _ in range(2):
        zhou.post(case(story, "contact-views"), {"once_key": "same"})

    looks = Event.objects.in_county(story.cast.county).filter(kind="appeal.contact_shown")
    assert looks.count() == 2


def test_a_county_leader_asks_the_office_for_the_number(story: Story, seat: SeatOf) -> None:
    story.submitted()
    zheng = seat(story.cast.zheng)

    assert "查看完整号码" not in read(zheng, case(story))
    assert zheng.post(case(story, "contact-views")).status_code == 403
    assert not Event.objects.in_county(story.cast.county).filter(kind="appeal.contact_shown")


def _rate(story: Story, grade: Grade, *, shared: bool) -> None:
    verdict = rating.Verdict(
        contacted=True, solved=Solved.YES, grade=grade, words="李干事很耐心。", shared=shared
    )
    story.rated(verdict)


@pytest.mark.parametrize(
    ("who", "shared", "grade_seen", "words_seen"),
    [
        ("wang", False, True, True),
        ("feng", False, True, True),
        ("zheng", False, True, False),
        ("zhu", False, False, False),
        ("zhu", True, False, False),
    ],
)
def test_a_unit_does_not_learn_whose_grade_it_was(
    story: Story, seat: SeatOf, who: str, shared: bool, grade_seen: bool, words_seen: bool
) -> None:
    story.walked()
    _rate(story, Grade.POOR, shared=shared)
    user: User = getattr(story.cast, who)

    page = read(seat(user), case(story))

    assert ("满意度 不满意" in page) == grade_seen
    assert ("李干事很耐心" in page) == words_seen


def test_three_ratings_cover_each_other(story: Story, seat: SeatOf) -> None:
    for grade in (Grade.GOOD, Grade.POOR, Grade.FAIR):
        story.walked()
        _rate(story, grade, shared=True)
    assert Rating.objects.in_county(story.cast.county).count() == 3

    page = read(seat(story.cast.zhu), case(story))

    assert "满意度 基本满意" in page
    assert "李干事很耐心" in page


def test_thirty_days_cover_as_well(story: Story, seat: SeatOf) -> None:
    story.wait(days=-40).walked().wait(minutes=5)
    _rate(story, Grade.POOR, shared=False)

    page = read(seat(story.cast.zhu), case(story))

    assert "满意度 不满意" in page
    assert "李干事很耐心" not in page


def test_a_returned_answer_is_put_before_its_unit_with_the_reason(
    story: Story, seat: SeatOf
) -> None:
    from qifu.appeals.actions import publishing, working

    zhu = seat(story.cast.zhu)
    story.submitted().accepted().dispatched().signed().replied()
    working.send_back(story.reread(), "请写明利率。", by=story.cast.chen, at=story.at)
    assert "请写明利率。" in read(zhu, case(story))
    assert SOLVED.body in zhu.get(case(story, "replies")).content.decode()

    story.fresh()
    story.replied().approved()
    publishing.rework(story.reread(), "漏答了担保。", by=story.cast.wu, at=story.at)
    assert "漏答了担保。" in read(zhu, case(story))
    assert "漏答了担保。" in read(zhu, case(story, "replies"))


def test_the_deadline_is_counted_day_by_day(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)

    page = read(seat(story.cast.zhou), case(story, "deadline"))

    assert "县金融办（主办）办理" in page
    assert "县人社局（协办）办理" in page
    assert "第5个工作日，24:00到期" in page
    assert "时限规则第1版，工作日历第1版" in page


def test_hostile_words_stay_words(story: Story, seat: SeatOf) -> None:
    evil = "<script>alert(1)</script>厂房'; DROP TABLE appeals; -- 流波䃥😀"
    story.submitted(problem=evil, enterprise_name="<b>䃥</b>茶厂")

    for path in (case(story), "/desk/queues/to-accept/", "/desk/appeals/?q=<script>"):
        page = seat(story.cast.zhou).get(path).content.decode()
        assert "<script>alert" not in page
        assert "<b>䃥</b>" not in page
        assert "&lt;b&gt;䃥&lt;/b&gt;茶厂" in page
