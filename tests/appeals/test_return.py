"""退单: once for each unit and case, and the clock runs on while the office rules."""

from datetime import date

import pytest

from qifu.appeals.actions.returning import rule_return, send_back_to_office
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Assignment, Clock, Return, ReturnReason
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import ClockKind
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from tests.story import Story


@pytest.fixture
def dispatched(story: Story) -> Story:
    return story.submitted().accepted().dispatched()


def returned(story: Story, words: str = "按三定方案应由县人社局办") -> Return:
    return send_back_to_office(
        story.part(story.cast.finance),
        ReturnReason.NOT_COMPETENT,
        words,
        proposed=story.cast.labour,
        by=story.cast.zhu,
        at=story.at,
    )


def ruled(story: Story, row: Return, *, upheld: bool) -> None:
    rule_return(row, upheld=upheld, words="查三定方案", by=story.cast.zhou, at=story.at)
    story.fresh()


def test_the_units_clocks_run_on_and_the_offices_begins(dispatched: Story) -> None:
    returned(dispatched)

    assert (dispatched.fresh().state, dispatched.appeal.due_on) == (
        State.RETURN_REVIEW,
        date(2026, 11, 25),
    )
    running = Clock.objects.in_county(dispatched.cast.county).filter(stopped_at=None)
    assert sorted(running.values_list("kind", flat=True)) == ["HANDLE", "RETURN", "SIGN"]
    assert list(drifts(dispatched.cast.county)) == []


def test_upheld_it_is_handed_out_again(dispatched: Story) -> None:
    ruled(dispatched, returned(dispatched), upheld=True)

    assert (dispatched.appeal.state, dispatched.appeal.lead_unit) == (State.TO_DISPATCH, None)
    assert dispatched.part(dispatched.cast.finance).state == Work.RETURNED
    dispatched.dispatched(lead=dispatched.cast.labour)
    assert list(drifts(dispatched.cast.county)) == []


def test_denied_the_unit_handles_it_and_the_limit_has_not_moved(dispatched: Story) -> None:
    due_on = date(2026, 12, 1)
    row = returned(dispatched)

    ruled(dispatched.wait(days=1), row, upheld=False)

    part = dispatched.part(dispatched.cast.finance)
    assert (dispatched.appeal.state, part.state, part.due_on) == (
        State.HANDLING,
        Work.HANDLING,
        due_on,
    )
    running = Clock.objects.in_county(dispatched.cast.county).get(stopped_at=None)
    assert running.kind == ClockKind.HANDLE
    assert list(drifts(dispatched.cast.county)) == []


def test_a_unit_returns_a_case_once_even_when_it_comes_back(dispatched: Story) -> None:
    ruled(dispatched, returned(dispatched), upheld=True)
    dispatched.dispatched()

    with pytest.raises(StaleState, match="裁定是最终的"):
        returned(dispatched)


def test_an_assists_return_does_not_move_the_case(story: Story) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)
    row = send_back_to_office(
        story.part(story.cast.labour),
        ReturnReason.WRONG_FACTS,
        "不涉及社保",
        by=story.cast.li,
        at=story.at,
    )

    assert story.fresh().state == State.DISPATCHED
    ruled(story, row, upheld=True)
    assert story.appeal.state == State.DISPATCHED
    assert story.part(story.cast.labour).state == Work.RETURNED


def test_returning_says_why_and_only_the_office_rules(dispatched: Story) -> None:
    with pytest.raises(InvalidInput, match="理由和依据"):
        returned(dispatched, " ")
    row = returned(dispatched)

    with pytest.raises(NotAllowed):
        rule_return(row, upheld=True, words="同意", by=dispatched.cast.chen, at=dispatched.at)

    ruled(dispatched, row, upheld=False)
    rows = Return.objects.in_county(dispatched.cast.county)
    stale = rows.select_related("appeal", "assignment__appeal").get()
    with pytest.raises(StaleState, match="已经裁定"):
        ruled(dispatched, stale, upheld=True)
    assert Assignment.objects.in_county(dispatched.cast.county).get().state == Work.HANDLING
