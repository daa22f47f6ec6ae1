"""提交: an enterprise says it once, and it is never lost and never doubled."""

from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from qifu.appeals.actions.lodging import heading, submit
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, Clock
from qifu.appeals.rules import ClockKind
from qifu.journal.models import Event, Text
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from qifu.notices.models import Notice
from tests.story import PROBLEM, Story


def test_it_waits_for_the_office_and_the_offices_clock_runs(story: Story) -> None:
    story.submitted()

    appeal = story.fresh()
    clock = Clock.objects.in_county(story.cast.county).get()
    assert (appeal.state, appeal.number) == (State.SUBMITTED, "2026-0001")
    assert (clock.kind, clock.unit, clock.due_on) == (
        ClockKind.ACCEPT,
        story.cast.office,
        date(2026, 11, 25),
    )


def test_the_enterprise_is_told_by_which_day_it_hears_who_has_it(story: Story) -> None:
    story.submitted()

    notice = Notice.objects.in_county(story.cast.county).get()
    # One working day to accept and one to dispatch.
    assert "11月26日前交办" in notice.body
    assert story.appeal.number in notice.body
    assert "抵押" not in notice.body


def test_the_same_form_twice_is_one_case(story: Story) -> None:
    story.submitted(key="form-1")

    with pytest.raises(AlreadyDone) as done:
        story.submitted(key="form-1")

    assert done.value.subject_id == Appeal.objects.in_county(story.cast.county).get().pk


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_eight_times_at_once_is_one_case(story: Story) -> None:
    outcomes: list[str] = []

    def send() -> None:
        try:
            submit(story.said(), by=story.cast.boss, at=story.at, key="form-1")
            outcomes.append("made")
        except AlreadyDone:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["already"] * 7 + ["made"]
    assert Appeal.objects.in_county(story.cast.county).count() == 1


def test_words_and_phone_lie_outside_the_journal(story: Story) -> None:
    story.submitted()

    (event,) = Event.objects.in_county(story.cast.county).filter(kind="appeal.submitted")
    told = f"{event.data} {event.rows}"
    assert "抵押" not in told
    assert story.cast.boss.phone not in told
    assert Text.objects.in_county(story.cast.county).filter(body=PROBLEM).exists()


def test_numbers_of_two_counties_collide_and_nobody_minds(story: Story, other_story: Story) -> None:
    story.submitted()
    other_story.submitted()

    assert story.appeal.number == other_story.appeal.number


def test_staff_register_instead_of_submitting(story: Story) -> None:
    with pytest.raises(NotAllowed, match="工作台登记"):
        story.submitted(by=story.cast.zhou)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"problem": "没钱"}, "problem", "再写几句"),
        ({"problem": "缺" * 100_000}, "problem", "最多5,000个字"),
        ({"contact_phone": "1390000000"}, "contact_phone", "号码少1位"),
        ({"contact_name": "  "}, "contact_name", "怎么称呼"),
        ({"contact_name": "王" * 41}, "contact_name", "最多40个字"),
        ({"contact_way": "PIGEON"}, "contact_way", "选一种联系方式"),
        ({"enterprise_name": "企" * 100_000}, "enterprise", "最多60个字"),
        ({"enterprise_name": "", "enterprise": None}, "enterprise", "企业名称"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    story: Story, change: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence) as refused:
        story.submitted(**change)

    assert refused.value.field == field
    assert not Appeal.objects.in_county(story.cast.county).exists()


@pytest.mark.parametrize(
    "words",
    [
        "流波䃥镇的路塌了，货车进不来😀",
        "<script>alert(1)</script>厂房没有验收",
        "'; DROP TABLE appeals_appeal; -- 用电增容排期",
    ],
)
def test_odd_words_are_kept_as_they_are(story: Story, words: str) -> None:
    story.submitted(problem=words)

    assert story.fresh().problem.body == words


def test_the_title_is_the_first_sentence_and_never_long() -> None:
    assert heading("厂里用电增容，排了两个月。急等投产！") == "厂里用电增容，排了两个月"
    assert len(heading("很长" * 100)) == 30


def test_a_long_first_sentence_gives_its_first_clauses_and_ends_in_no_broken_word() -> None:
    long = "我们2号、3号厂房是2009年建的，当时镇里统一招商，没办规划许可，现在办不了产权。"

    assert heading(long) == "我们2号、3号厂房是2009年建的"
    assert heading("货车进园区要绕行七公里，快递也不上门，每单运费比县城贵三成") == (
        "货车进园区要绕行七公里，快递也不上门"
    )
    # A clause that says little takes the next one along, even into a second line.
    said = "中药饮片想出口，检验检疫和关税优惠证明不知道怎么办，要跑哪几家"
    assert heading(said) == "中药饮片想出口，检验检疫和关税优惠证明不知道怎么办"
    assert heading("我是说，" + "很长" * 100).startswith("我是说，很长")
