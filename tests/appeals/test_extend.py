"""延期: asked in time, once, ruled by the office, told to the enterprise."""

from datetime import date

import pytest

from qifu.appeals.actions.extending import ask_extension, object_to_extension, rule_extension
from qifu.appeals.actions.supplementing import request_supplement, rule_supplement
from qifu.appeals.models import Clock, Extension
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ClockKind
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from tests.story import Story


@pytest.fixture
def handling(story: Story) -> Story:
    return story.submitted().accepted().dispatched().signed()


def asked(story: Story, days: int = 5) -> Extension:
    part = story.part(story.cast.finance)
    return ask_extension(part, days, "等银行总行批", by=story.cast.zhu, at=story.at)


def ruled(story: Story, row: Extension, granted: int) -> None:
    rule_extension(row, granted=granted, words="情况属实", by=story.cast.wu, at=story.at)
    story.fresh()


def test_granted_the_limit_moves_for_part_and_case_and_the_enterprise_is_told(
    handling: Story,
) -> None:
    ruled(handling, asked(handling), granted=3)

    assert handling.part(handling.cast.finance).due_on == handling.appeal.due_on
    assert handling.appeal.due_on == date(2026, 12, 4)
    notice = Notice.objects.in_county(handling.cast.county).get(kind="E7")
    assert "12月4日" in notice.body
    assert list(drifts(handling.cast.county)) == []


def test_refused_nothing_moves_and_nobody_outside_is_told(handling: Story) -> None:
    ruled(handling, asked(handling), granted=0)

    assert handling.appeal.due_on == date(2026, 12, 1)
    assert not Notice.objects.in_county(handling.cast.county).filter(kind="E7").exists()


def test_it_is_asked_a_working_day_before_the_limit_at_the_latest(handling: Story) -> None:
    handling.wait(days=6)
    asked(handling)


def test_on_the_last_day_it_is_too_late(handling: Story) -> None:
    with pytest.raises(StaleState, match="来不及"):
        asked(handling.wait(days=7))


def test_once_a_round_and_not_longer_than_the_limit_again(handling: Story) -> None:
    with pytest.raises(InvalidInput, match="1到5个工作日"):
        asked(handling, days=6)
    asked(handling)

    with pytest.raises(StaleState, match="只能申请一次"):
        asked(handling)


def test_a_unit_does_not_grant_itself_time(handling: Story) -> None:
    row = asked(handling)

    with pytest.raises(NotAllowed):
        rule_extension(row, granted=5, words="同意", by=handling.cast.chen, at=handling.at)


def test_the_enterprise_may_say_that_it_cannot_wait(handling: Story) -> None:
    row = asked(handling)
    ruled(handling, row, granted=5)

    object_to_extension(row, "等不到那天", by=handling.cast.boss, at=handling.at)

    row.refresh_from_db()
    assert row.objection is not None


def test_an_extended_clock_says_so(handling: Story) -> None:
    ruled(handling, asked(handling), granted=3)

    clock = Clock.objects.in_county(handling.cast.county).get(kind=ClockKind.HANDLE)
    assert clock.marks[-1][0] == "extended"


def test_once_answered_there_is_nothing_to_lengthen_but_it_can_be_refused(handling: Story) -> None:
    row = asked(handling)
    handling.replied().approved()
    row = (
        Extension.objects.in_county(handling.cast.county)
        .select_related("assignment__appeal__contact", "appeal")
        .get(pk=row.pk)
    )

    with pytest.raises(StaleState, match="不用延期了。请填0"):
        ruled(handling, row, granted=3)

    ruled(handling, row, granted=0)
    assert list(drifts(handling.cast.county)) == []


def test_whoever_asks_from_an_old_page_is_told_so(handling: Story) -> None:
    part = handling.part(handling.cast.finance)
    handling.replied().approved()

    with pytest.raises(StaleState):
        ask_extension(part, 3, "等银行总行批", by=handling.cast.zhu, at=handling.at)


def test_while_the_enterprise_supplies_its_day_stays_on_the_case(handling: Story) -> None:
    cast, row = handling.cast, asked(handling)
    wanted = request_supplement(
        handling.part(cast.finance), "还差报表", by=cast.zhu, at=handling.at
    )
    rule_supplement(wanted, agreed=True, by=cast.zhou, at=handling.at)
    due = handling.fresh().due_on

    fresh = Extension.objects.in_county(cast.county).select_related("appeal", "assignment__appeal")
    ruled(handling, fresh.get(pk=row.pk), granted=3)

    assert handling.appeal.due_on == due is not None


def test_not_even_of_a_unit_that_was_late_before_it_asked_the_enterprise(handling: Story) -> None:
    cast, row = handling.cast, asked(handling)
    part = handling.wait(days=10).part(cast.finance)
    wanted = request_supplement(part, "还差报表", by=cast.zhu, at=handling.at)
    rule_supplement(wanted, agreed=True, by=cast.zhou, at=handling.at)
    due = handling.fresh().due_on

    fresh = Extension.objects.in_county(cast.county).select_related("appeal", "assignment__appeal")
    ruled(handling, fresh.get(pk=row.pk), granted=1)

    assert handling.appeal.due_on == due == date(2026, 12, 11)
    assert handling.part(cast.finance).due_on is None
