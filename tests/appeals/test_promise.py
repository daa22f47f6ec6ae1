"""承诺: reported by its day or broken, promised anew, objected to."""

from __future__ import annotations

from datetime import date

import pytest

from qifu.appeals.actions.promising import break_due, break_promise, keep, object_to_promise
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import (
    PromiseState,
)
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ClockKind
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from tests.appeals.put_off import DAY, owed, put_off, running, told
from tests.appeals.rounds import bodies, on
from tests.cast import COUNTY
from tests.story import REFUSED, Story


def test_kept_by_its_day_the_unit_goes_on_to_its_answer(story: Story) -> None:
    put_off(story).at = on(18, 23, month=12)

    row = keep(owed(story), "路已拓宽到6米。", by=story.cast.zhu, at=story.at)

    assert (row.state, row.kept_on, row.broken_on) == (PromiseState.KEPT, DAY, None)
    part = story.part(story.cast.finance)
    assert (story.fresh().state, part.state) == (State.HANDLING, Work.HANDLING)
    # Four of five days were left of the limit.
    assert (running(story).kind, part.due_on) == (ClockKind.HANDLE, date(2026, 12, 25))
    assert story.appeal.published_at is None
    assert told(story)[0] == "县金融办说办成了"
    assert list(drifts(COUNTY)) == []
    story.replied().approved().published().rated()
    assert story.fresh().state == State.CLOSED


def test_not_reported_by_its_day_it_is_broken_the_next_day_once(story: Story) -> None:
    put_off(story)

    early = break_due(COUNTY, at=on(18, 23, month=12))
    late = break_due(COUNTY, at=on(21, 0, 25, month=12))
    again = break_due(COUNTY, at=on(21, 0, 35, month=12))

    assert (early, late, again) == (0, 1, 0)
    row = owed(story)
    # Dated the day after, though nothing ran until Monday.
    assert (row.state, row.broken_on) == (PromiseState.BROKEN, date(2026, 12, 19))
    assert "没有报告结果，县办在督促" in bodies("E7B")[0]
    assert told(story)[0] == "没有按时办成"
    assert story.fresh().state == State.TRACKING


def test_kept_too_late_it_stays_broken_and_says_so(story: Story) -> None:
    put_off(story)
    break_due(COUNTY, at=on(19, 0, 25, month=12))

    row = keep(owed(story), "路通了。", by=story.cast.zhu, at=on(22, 9, month=12))

    assert (row.state, row.is_late, row.kept_on, row.broken_on) == (
        PromiseState.BROKEN,
        True,
        date(2026, 12, 22),
        date(2026, 12, 19),
    )


def test_reported_late_before_anything_ran_it_is_broken_all_the_same(story: Story) -> None:
    put_off(story)

    row = keep(owed(story), "路通了。", by=story.cast.zhu, at=on(19, 0, 5, month=12))

    assert (row.state, row.broken_on) == (PromiseState.BROKEN, date(2026, 12, 19))
    assert break_due(COUNTY, at=on(19, 0, 25, month=12)) == 0


def test_broken_it_is_promised_anew_and_the_enterprise_may_object(story: Story) -> None:
    put_off(story).at = on(18, 9, month=12)
    old = owed(story)

    new = break_promise(
        old, "雨季推迟，路基没干。", date(2026, 12, 31), by=story.cast.zhu, at=story.at
    )

    assert (old.state, old.broken_on, old.kept_on) == (PromiseState.BROKEN, DAY, None)
    assert (new.turn, new.due_on, new.what) == (2, date(2026, 12, 31), old.what)
    assert running(story).due_on == story.fresh().due_on == date(2026, 12, 31)
    assert "没有按时办成，改为承诺12月31日前办成" in bodies("E7T")[-1]
    object_to_promise(owed(story), "年前要用。", by=story.cast.boss, at=story.at)
    with pytest.raises(StaleState):
        object_to_promise(owed(story), "再说一次。", by=story.cast.boss, at=story.at)
    with pytest.raises(StaleState, match="已经报告过"):
        keep(old, "也算办成", by=story.cast.zhu, at=story.at)
    assert list(drifts(COUNTY)) == []


def test_without_a_new_day_the_unit_goes_on_and_answers_anew(story: Story) -> None:
    put_off(story).at = on(18, 9, month=12)

    break_promise(owed(story), "今年办不成了。", None, by=story.cast.zhu, at=story.at)

    assert story.fresh().state == State.HANDLING
    assert "县金融办继续办理，另行答复您" in bodies("E7B")[0]
    story.replied(REFUSED).approved().published()
    assert story.appeal.state == State.TO_EVALUATE


def test_only_the_unit_reports_and_it_says_why(story: Story) -> None:
    put_off(story)
    cast = story.cast

    for person in (cast.chen, cast.li, cast.wang, cast.boss):
        with pytest.raises(NotAllowed):
            keep(owed(story), "办成了", by=person, at=story.at)
        with pytest.raises(NotAllowed):
            break_promise(owed(story), "没办成", None, by=person, at=story.at)
    with pytest.raises(InvalidInput):
        keep(owed(story), " ", by=cast.zhu, at=story.at)
    with pytest.raises(InvalidInput, match="今天之后"):
        break_promise(owed(story), "没办成", story.at.date(), by=cast.zhu, at=story.at)
    with pytest.raises(NotAllowed):
        object_to_promise(owed(story), "不行", by=cast.outsider, at=story.at)


def test_the_same_report_twice_is_one_report(story: Story) -> None:
    put_off(story)
    first, second = owed(story), owed(story)
    keep(first, "路通了。", by=story.cast.zhu, at=story.at, key="once")

    with pytest.raises(AlreadyDone):
        keep(second, "路通了。", by=story.cast.zhu, at=story.at, key="once")
    with pytest.raises(StaleState):
        break_promise(second, "没办成", None, by=story.cast.zhu, at=story.at)
