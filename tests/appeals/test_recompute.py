"""期限重算: a new calendar moves no deadline silently."""

from datetime import date

from qifu.appeals.actions.recomputing import recompute_open
from qifu.appeals.models import Clock
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ClockKind
from qifu.appeals.timeline import entries
from qifu.journal.models import Event
from qifu.workdays.actions import edit_day
from tests.story import Story


def closed_on(story: Story, day: date) -> None:
    edit_day(
        story.cast.county,
        day,
        is_workday=False,
        name="大雪停工",
        document="县政府通知",
        by=None,
        at=story.at,
    )


def test_a_deadline_moves_with_an_event_that_names_both_days(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    closed_on(story, date(2026, 11, 26))

    moved = recompute_open(story.cast.county, by=None, at=story.at)

    assert moved == 1
    part = story.part(story.cast.finance)
    assert part.due_on == story.fresh().due_on == date(2026, 12, 2)
    (event,) = Event.objects.in_county(story.cast.county).filter(kind="appeal.recomputed")
    assert (event.data["before"], event.data["after"]) == ("2026-12-01", "2026-12-02")
    assert "12月1日改为12月2日" in entries(story.appeal, internal=False)[0].sentence


def test_twice_moves_nothing_twice(story: Story) -> None:
    story.submitted()
    closed_on(story, date(2026, 11, 25))

    assert recompute_open(story.cast.county, by=None, at=story.at) == 1
    assert recompute_open(story.cast.county, by=None, at=story.at) == 0


def test_a_clock_that_has_stopped_keeps_its_day(story: Story) -> None:
    story.submitted().accepted()
    closed_on(story, date(2026, 11, 25))
    recompute_open(story.cast.county, by=None, at=story.at)

    clock = Clock.objects.in_county(story.cast.county).get(kind=ClockKind.ACCEPT)
    assert clock.due_on == date(2026, 11, 25)


def test_what_is_stored_follows_from_what_happened(story: Story) -> None:
    story.walked(story.cast.labour).rated()

    assert list(drifts(story.cast.county)) == []


def test_a_day_changed_by_hand_is_found(story: Story) -> None:
    story.submitted()
    Clock._base_manager.update(due_on=date(2026, 12, 31))

    (drift,) = drifts(story.cast.county)
    assert (drift.stored, drift.follows) == (date(2026, 12, 31), date(2026, 11, 25))


def test_a_state_changed_by_hand_is_found(story: Story) -> None:
    story.submitted().accepted().dispatched()
    type(story.appeal)._base_manager.update(state="HANDLING")

    assert [drift.what for drift in drifts(story.cast.county)] == ["状态"]
