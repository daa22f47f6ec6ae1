"""Random histories over every verb: what holds must hold whatever happens (issue 3, part 4)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from qifu.appeals.lifecycle import (
    CASE_STEPS,
    ENDED,
    WORK_GIVEN_UP,
    WORK_STEPS,
    State,
    Work,
    derived,
)
from qifu.appeals.queue_names import OFFICE_QUEUES, UNIT_QUEUES
from qifu.appeals.reconciling import drifts
from qifu.kernel.calendars import Calendar
from qifu.kernel.clock import SHANGHAI
from tests.cast import Cast
from tests.histories.coverage import (
    ACTIONS_LEFT_OUT,
    actions_called,
    every_action,
    steps,
    steps_taken,
)
from tests.histories.here import Pick
from tests.histories.laws import Broken
from tests.histories.walk import World, queues_hold, seeded, undone

# Shortly before a holiday with make-up workdays on both sides of it.
BEFORE_NATIONAL_DAY = datetime(2026, 9, 21, 10, 0, tzinfo=SHANGHAI)
CASES, STEPS = 2, 24
# With this key cases are drawn for a call: always the same ones.
LOTS = b"forty-two"
# Where the LEAD stands, where the case stands, and whether it is settled locally.
Place = tuple[Work | None, State, bool]
# The same histories in every run: a red build must mean that something changed.
steady = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    # A history is short and tells itself; making it shorter would take minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_step_of_the_lifecycle_is_taken_by_a_verb_of_the_register() -> None:
    assert steps_taken() == steps(), "tests/histories: enter the verb beside those of its kind"


def test_every_action_of_a_case_is_in_the_register() -> None:
    """Steps of the tables or not: what is written about a case, chance writes too."""
    assert every_action() - actions_called() == set(ACTIONS_LEFT_OUT)


def test_from_every_open_state_the_tables_lead_to_an_end() -> None:
    """A case and its LEAD together: one of them can always go on, and somewhere it ends."""
    places: list[Place] = [(None, state, local) for state in State for local in (True, False)]
    held = product(set(Work) - WORK_GIVEN_UP, (True, False))
    places += [(work, derived(work, local=local), local) for work, local in held]
    ways = {place: _ways(*place) for place in places}
    ends = {place for place in ways if place[1] in ENDED}
    while more := {place for place, to in ways.items() if place not in ends and to & ends}:
        ends |= more

    assert set(ways) - ends == set()


def test_every_open_case_is_in_one_queue_of_the_office_and_every_part_in_one_of_its_unit() -> None:
    cases = Counter(state for queue in OFFICE_QUEUES for state in queue.states)
    parts = Counter(work for queue in UNIT_QUEUES for work in queue.states)

    assert cases == Counter(State)
    # What was taken back unsigned the unit does not see any more.
    assert parts == Counter(set(Work) - {Work.TAKEN_BACK})


@pytest.fixture
def lots(settings: Settings) -> None:
    """Let the same cases be drawn for a call in every run."""
    settings.JOURNAL_KEY = LOTS


@pytest.mark.django_db
@pytest.mark.usefixtures("lots")
def test_whatever_happens_the_laws_hold_and_everything_comes_to_an_end(cast: Cast) -> None:
    @steady
    @given(st.data())
    def check(data: st.DataObject) -> None:
        def pick(choices: Any) -> Any:
            return data.draw(st.sampled_from(list(choices)))

        with undone():
            world = lived(cast, pick)
            queues_hold(world)
            assert list(drifts(cast.county)) == []

    check()


@pytest.mark.django_db
def test_calendar_days_in_place_of_working_days_break_the_laws(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutation on purpose: a test that the tests can fail."""
    monkeypatch.setattr(Calendar, "add", lambda self, day, count: day + timedelta(days=count))
    monkeypatch.setattr(Calendar, "between", lambda self, start, end: (end - start).days)

    with pytest.raises(Broken, match="counted in working days"), undone():
        lived(cast, seeded(1))


def lived(cast: Cast, pick: Pick[Any]) -> World:
    """Let a few cases live side by side for a while, and then come to their ends."""
    world = World(cast, BEFORE_NATIONAL_DAY, pick)
    cases = [world.begin() for _ in range(CASES)]
    for _ in range(STEPS):
        case = pick(cases)
        world.step(case)
        if world.look(case).appeal.state in ENDED and len(cases) < 2 * CASES:
            cases.append(world.begin())
    for case in cases:
        world.finish(case)
    return world


def _ways(work: Work | None, state: State, local: bool) -> set[Place]:
    """Return where one step leads from there: the case's own, or one of its LEAD."""
    found: set[Place] = set()
    for step in CASE_STEPS:
        if state in step.sources:
            target = State(step.target)
            leads = [Work.DISPATCHED] if target == State.DISPATCHED else [work, None]
            found |= {(lead, target, now) for lead in leads for now in (local, False)}
    for each in WORK_STEPS:
        if work in each.sources and each.target not in WORK_GIVEN_UP:
            to = Work(each.target)
            found.add((to, derived(to, local=local), local))
    return found
