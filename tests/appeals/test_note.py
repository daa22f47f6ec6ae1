"""联系企业、办理记录、阶段答复、单位内分派: what a unit does meanwhile."""

from datetime import timedelta

import pytest

from qifu.appeals.actions.noting import contact, note, sub_assign, tell_meanwhile
from qifu.appeals.models import Appeal, Clock, Means
from qifu.appeals.rules import ClockKind
from qifu.appeals.timeline import entries
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.notices.registry import registry
from tests.story import Story


@pytest.fixture
def handling(story: Story) -> Story:
    return story.submitted().accepted().dispatched().signed()


def rang(story: Story, *, reached: bool) -> None:
    part = story.part(story.cast.finance)
    contact(part, story.at, Means.PHONE, reached=reached, by=story.cast.zhu, at=story.at)


def test_the_first_time_it_is_reached_stops_the_clock_of_first_contact(handling: Story) -> None:
    clock = Clock.objects.in_county(handling.cast.county).get(kind=ClockKind.CONTACT)
    assert clock.stopped_at is None

    rang(handling.wait(hours=2), reached=True)

    stopped = Clock.objects.in_county(handling.cast.county).get(pk=clock.pk)
    assert (stopped.stopped_at, stopped.late_days) == (handling.at, 0)


def test_not_reached_the_enterprise_is_told_who_rang_each_time(handling: Story) -> None:
    rang(handling, reached=False)
    rang(handling.wait(days=1), reached=False)

    told = Notice.objects.in_county(handling.cast.county).filter(kind="E6")
    assert told.count() == 2
    assert "0564-735" in told[0].body
    clock = Clock.objects.in_county(handling.cast.county).get(kind=ClockKind.CONTACT)
    assert clock.stopped_at is None


def test_a_call_lies_between_the_order_and_now(handling: Story) -> None:
    part = handling.part(handling.cast.finance)

    for moment in (handling.at + timedelta(hours=1), handling.at - timedelta(days=9)):
        with pytest.raises(InvalidInput, match="联系时间"):
            contact(part, moment, Means.PHONE, reached=True, by=handling.cast.zhu, at=handling.at)


def test_a_note_is_the_units_and_the_offices_and_interim_words_are_the_enterprises(
    handling: Story,
) -> None:
    part = handling.part(handling.cast.finance)
    note(part, "银行说要补抵押", by=handling.cast.zhu, at=handling.at)
    tell_meanwhile(part, "银行已受理，周五出结果", by=handling.cast.zhu, at=handling.at)

    public = "".join(entry.sentence for entry in entries(handling.appeal, internal=False))
    inside = "".join(entry.sentence for entry in entries(handling.appeal, internal=True))
    assert "周五出结果" in public
    assert "补抵押" not in public
    assert "补抵押" in inside


def test_whom_the_unit_gave_it_to_sees_it_and_works_it(handling: Story) -> None:
    officer = handling.cast.he
    part = handling.part(handling.cast.finance)
    today = local_date(handling.at)
    assert not Appeal.objects.visible_to(officer, today).exists()

    sub_assign(part, officer, by=handling.cast.zhu, at=handling.at)

    assert Appeal.objects.visible_to(officer, today).exists()
    note(handling.part(handling.cast.finance), "到现场", by=officer, at=handling.at)


def test_it_stays_in_the_house(handling: Story) -> None:
    part = handling.part(handling.cast.finance)

    with pytest.raises(InvalidInput, match="本单位的同志"):
        sub_assign(part, handling.cast.li, by=handling.cast.zhu, at=handling.at)
    with pytest.raises(NotAllowed):
        sub_assign(part, handling.cast.he, by=handling.cast.li, at=handling.at)


def test_before_it_is_signed_there_is_nothing_to_note(story: Story) -> None:
    story.submitted().accepted().dispatched()

    with pytest.raises(StaleState):
        note(story.part(story.cast.finance), "看了", by=story.cast.zhu, at=story.at)


def test_whom_the_unit_gave_it_to_is_told(handling: Story) -> None:
    officer, part = handling.cast.he, handling.part(handling.cast.finance)

    row = sub_assign(part, officer, by=handling.cast.zhu, at=handling.at)

    told = Notice.objects.in_county(handling.cast.county).get(kind="U1H")
    assert (told.person, told.dedup) == (officer.pk, f"U1H:{row.pk}")
    assert handling.appeal.number in told.body
    assert registry.kind("U1H").still_true(told)
    sub_assign(
        handling.part(handling.cast.finance), handling.cast.zhu, by=handling.cast.zhu,
        at=handling.at,
    )  # fmt: skip
    assert not registry.kind("U1H").still_true(told)
    # Who gives it to himself knows.
    assert Notice.objects.in_county(handling.cast.county).filter(kind="U1H").count() == 1
