"""承诺: what the enterprise may count on, measured from its own side."""

from datetime import date, datetime

from qifu.appeals.actions.accepting import decline, object_to_decline
from qifu.appeals.promises import Promise, Promised, handed_out_by, objection_until, promises
from qifu.appeals.rules import DeclineReason
from qifu.kernel.clock import SHANGHAI
from qifu.kernel.readings import Lamp
from tests.story import Story


def promised(story: Story) -> Promise:
    appeal = story.fresh()
    return promises([appeal], story.at)[appeal.pk]


def test_who_handles_it_is_told_within_both_of_the_offices_limits(story: Story) -> None:
    story.submitted()

    found = promised(story)

    assert (found.what, found.by) == (Promised.WHO, date(2026, 11, 26))
    assert found.by == handed_out_by(story.cast.county, story.at)
    assert found.reading.headline == "剩2个工作日"


def test_a_quick_acceptance_does_not_move_the_promise(story: Story) -> None:
    story.submitted().wait(hours=1).accepted()

    assert promised(story).by == date(2026, 11, 26)


def test_the_promise_is_counted_in_working_days_across_a_holiday(story: Story) -> None:
    before_national_day = datetime(2026, 9, 30, 16, 0, tzinfo=SHANGHAI)

    # 1 to 7 October are holidays; Saturday the 10th is worked instead.
    assert handed_out_by(story.cast.county, before_national_day) == date(2026, 10, 9)


def test_once_handed_out_it_is_the_units_answer(story: Story) -> None:
    story.submitted().accepted().dispatched()
    assert (promised(story).what, promised(story).by) == (Promised.ANSWER, date(2026, 12, 1))

    story.wait(days=1).signed()
    assert (promised(story).what, promised(story).by) == (Promised.ANSWER, date(2026, 12, 1))

    story.wait(days=7)
    assert promised(story).reading.lamp is Lamp.OVERDUE
    assert promised(story).reading.late_days == 1


def test_an_answer_in_check_waits_for_the_office(story: Story) -> None:
    story.submitted().accepted().dispatched().signed().replied().approved()

    assert (promised(story).what, promised(story).by) == (Promised.CHECKED, date(2026, 11, 25))


def test_an_answer_can_be_rated_for_five_working_days_and_then_nothing_is_owed(
    story: Story,
) -> None:
    story.walked()
    assert (promised(story).what, promised(story).by) == (Promised.RATING, date(2026, 12, 1))

    story.rated()
    assert (promised(story).what, promised(story).by) == (Promised.NOTHING, None)


def test_a_township_answers_by_its_own_day(story: Story) -> None:
    story.lodged_locally()

    assert (promised(story).what, promised(story).by) == (Promised.ANSWER, date(2026, 12, 1))


def test_a_decline_can_be_objected_to_for_five_working_days_and_once(story: Story) -> None:
    cast, outside = story.cast, DeclineReason.OUTSIDE
    story.submitted()
    first = decline(story.appeal, outside, by=cast.zhou, at=story.at)
    object_to_decline(story.appeal, "厂在本县，有执照。", by=cast.boss, at=story.at)
    second = decline(story.appeal, outside, by=cast.zhou, at=story.at)

    assert objection_until(first) == date(2026, 12, 1)
    assert objection_until(second) is None
