"""交办: one LEAD, any ASSISTs, each with a clock of its own."""

from dataclasses import replace
from datetime import date

import pytest

from qifu.appeals.actions.dispatching import dispatch
from qifu.appeals.actions.working import hand_up
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal, Clock, Dispatch
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ClockKind, Nature, Role
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from tests.cast import COUNTY
from tests.story import ORDERED, Story


def test_every_unit_gets_its_own_part_and_its_own_limit(story: Story) -> None:
    cast = story.cast
    story.submitted().accepted()

    story.dispatched(cast.labour, nature=Nature.COORDINATION)

    lead, assist = story.part(cast.finance), story.part(cast.labour)
    assert (lead.role, lead.state) == (Role.LEAD, Work.DISPATCHED)
    assert (assist.role, assist.state) == (Role.ASSIST, Work.DISPATCHED)
    due = dict(
        Clock.objects.in_county(cast.county)
        .filter(kind=ClockKind.HANDLE)
        .values_list("unit__short_name", "due_on")
    )
    # 11-24 is a Tuesday: seven working days for the LEAD, three for an ASSIST.
    assert due == {"县金融办": date(2026, 12, 3), "县人社局": date(2026, 11, 27)}


def test_the_case_waits_for_the_signature_from_then_on(story: Story) -> None:
    story.submitted().accepted().dispatched()

    appeal = story.fresh()

    assert appeal.state == State.DISPATCHED
    assert appeal.lead_unit == story.cast.finance
    assert appeal.due_on == date(2026, 11, 25)


def test_the_enterprise_and_each_unit_are_told_once(story: Story) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)

    told = Notice.objects.in_county(story.cast.county).exclude(kind="E1")
    assert sorted(told.values_list("kind", flat=True)) == ["E4", "U1", "U1"]


def test_a_unit_is_not_told_that_another_has_it(story: Story) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)

    told = Notice.objects.in_county(story.cast.county).get(kind="U1", unit=story.cast.labour.pk)
    assert "协办" in told.body
    assert story.cast.finance.short_name not in told.body


def test_only_the_office_dispatches(story: Story) -> None:
    story.submitted().accepted()

    with pytest.raises(NotAllowed, match="县办受理员"):
        dispatch(
            story.appeal,
            story.cast.finance,
            nature=Nature.GENERAL,
            by=story.cast.zhu,
            at=story.at,
        )

    assert story.fresh().state == State.TO_DISPATCH


def test_a_clerk_of_another_county_does_not_dispatch_here(story: Story, other_story: Story) -> None:
    story.submitted().accepted()

    with pytest.raises(NotAllowed):
        dispatch(
            story.appeal,
            story.cast.finance,
            nature=Nature.GENERAL,
            by=other_story.cast.zhou,
            at=story.at,
        )


def test_a_case_is_dispatched_once(story: Story) -> None:
    story.submitted().accepted()
    stale = story.fresh()
    story.dispatched()

    stale.state = State.TO_DISPATCH
    with pytest.raises(StaleState):
        dispatch(stale, story.cast.labour, nature=Nature.GENERAL, by=story.cast.wang, at=story.at)

    assert Dispatch.objects.in_county(story.cast.county).count() == 1


def test_one_unit_cannot_be_lead_and_assist(story: Story) -> None:
    story.submitted().accepted()

    with pytest.raises(InvalidInput, match="只能选一次"):
        story.dispatched(story.cast.finance)


def test_a_unit_that_has_ended_gets_no_case(story: Story) -> None:
    gone = story.cast.labour
    gone.valid_to = date(2026, 1, 1)
    gone.save()
    story.submitted().accepted()

    with pytest.raises(InvalidInput, match="已撤销或更名"):
        story.dispatched(gone)


@pytest.mark.parametrize(
    ("upper", "limit"),
    [
        (date(2099, 12, 31), 5),  # far off: the limit of its kind
        (date(2026, 11, 27), 2),  # Tuesday to Friday, a working day earlier
        (date(2026, 11, 25), 1),  # tomorrow: a day is left at least
        (date(2026, 11, 24), 1),
    ],
)
def test_a_case_from_above_is_answered_before_its_upper_deadline(
    story: Story, upper: date, limit: int
) -> None:
    story.forwarded(replace(ORDERED, due_on=upper)).accepted().dispatched(story.cast.labour)

    handle = Clock.objects.in_county(COUNTY).filter(kind=ClockKind.HANDLE)
    lead = handle.get(assignment__role=Role.LEAD)
    helper = handle.get(assignment__role=Role.ASSIST)
    assert (lead.limit, helper.limit) == (limit, min(3, limit))
    story.signed()
    assert story.fresh().due_on == lead.due_on
    assert list(drifts(COUNTY)) == []


def test_what_nobody_said_a_category_of_is_not_handed_out(story: Story) -> None:
    story.lodged_locally()
    part = story.part(story.cast.township)
    hand_up(part, "FUND", "清了两次", by=story.cast.qian, at=story.at)
    case = story.fresh()
    assert (case.state, case.category) == (State.TO_DISPATCH, None)

    with pytest.raises(InvalidInput, match="还没选类别"):
        dispatch(case, story.cast.finance, nature=Nature.GENERAL, by=story.cast.zhou, at=story.at)
    assert story.fresh().state == State.TO_DISPATCH
    dispatch(
        case,
        story.cast.finance,
        nature=Nature.GENERAL,
        category=story.category,
        by=story.cast.zhou,
        at=story.at,
    )

    assert Appeal.objects.in_county(COUNTY).get(pk=case.pk).category == story.category
