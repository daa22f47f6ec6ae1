"""The two tables hold together: every state can be reached and left."""

import pytest

from qifu.appeals.lifecycle import (
    CASE_STEPS,
    ENDED,
    WITH_UNITS,
    WORK_OPEN,
    WORK_STEPS,
    State,
    Work,
    derived,
)


def test_every_state_of_a_case_can_be_reached() -> None:
    reached = {step.target for step in CASE_STEPS} | {State.SUBMITTED, State.LOCAL}
    reached |= {derived(work, local=local) for work in WORK_OPEN for local in (True, False)}
    waiting = (Work.ANSWERED, Work.RETURNING, Work.SUPPLEMENT)
    reached |= {derived(work, local=False) for work in waiting}

    assert reached == set(State)


def test_no_state_is_a_dead_end_but_the_end() -> None:
    left = {source for step in CASE_STEPS for source in step.sources}

    # From 办结 it may still be reopened; 办理中 is left by the LEAD.
    assert set(State) - left - WITH_UNITS == {State.WITHDRAWN}
    # … and a merged case goes on with its parent.
    assert {State.DECLINED, State.CLOSED, State.MERGED} == ENDED & left


def test_every_open_part_can_be_moved_by_its_unit() -> None:
    left = {source for step in WORK_STEPS for source in step.sources}

    assert left >= WORK_OPEN


def test_a_verb_starts_in_one_table_at_most_once_per_name() -> None:
    for steps in (CASE_STEPS, WORK_STEPS):
        verbs = [step.verb for step in steps]
        assert len(verbs) == len(set(verbs))


@pytest.mark.parametrize(
    ("lead", "local", "state"),
    [
        (Work.DISPATCHED, False, State.DISPATCHED),
        (Work.HANDLING, False, State.HANDLING),
        (Work.HANDLING, True, State.LOCAL),
        (Work.APPROVAL, True, State.APPROVAL),
        (Work.ANSWERED, False, State.REVIEW),
        (Work.DONE, True, State.TO_EVALUATE),
    ],
)
def test_a_case_stands_where_its_lead_stands(lead: Work, local: bool, state: State) -> None:
    assert derived(lead, local=local) == state


@pytest.mark.parametrize("gone", [Work.TAKEN_BACK, Work.HANDED_UP, Work.TAKEN_OVER])
def test_a_lead_that_gave_it_up_does_not_hold_the_case(gone: Work) -> None:
    with pytest.raises(ValueError, match="does not hold"):
        derived(gone, local=False)
