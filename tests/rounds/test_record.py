"""Each run of what runs by itself is written down, cheaply, whatever becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app

from qifu.kernel.clock import now
from qifu.rounds import board, record
from qifu.rounds.models import JobRun
from qifu.rounds.record import jobs, recorded

pytestmark = pytest.mark.django_db


def daily(done: int, *, hourly: bool = False) -> Callable[[int], int]:
    """Return a task that deals with so many each time."""

    @recorded("t.daily", "试", hourly=hourly)
    def act(timestamp: int) -> int:
        return done

    return act


@pytest.fixture(autouse=True)
def _only_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what a test declares be forgotten after it, and start with nothing written."""
    known = {
        code: record.Job(job.code, job.title, job.task, job.grace, job.hourly)
        for code, job in jobs().items()
    }
    monkeypatch.setattr(record, "_jobs", known)


def test_every_periodic_task_is_written_down() -> None:
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}

    assert periodic == {job.task for job in jobs().values()}


def test_a_run_leaves_its_time_its_count_and_how_long_it_took() -> None:
    daily(7)(0)

    run = JobRun.objects.get()
    assert (run.code, run.runs, run.handled, run.failure) == ("t-daily", 1, 7, "")
    assert run.succeeded_at == run.last_at


def test_two_runs_of_a_day_are_one_row() -> None:
    act = daily(2)

    act(0)
    act(1)

    assert JobRun.objects.values_list("runs", "handled").get() == (2, 4)


def test_a_fault_is_written_down_and_still_a_fault() -> None:
    def trips(timestamp: int) -> int:
        if timestamp:
            raise KeyError("secret")
        return 1

    act = recorded("t.trips", "试")(trips)
    act(timestamp=0)
    good = JobRun.objects.get().succeeded_at
    with pytest.raises(KeyError):
        act(timestamp=1)

    run = JobRun.objects.get()
    assert run.failure == "KeyError"
    assert run.succeeded_at == good


def test_a_quiet_busy_task_costs_no_statement_within_the_minute() -> None:
    act = daily(0, hourly=True)
    act(0)

    with CaptureQueriesContext(connection) as queries:
        act(1)

    assert len(queries) == 0


@pytest.mark.django_db(transaction=True)
def test_a_task_that_waits_for_others_is_written_down_too() -> None:
    async def act(timestamp: int) -> int:
        return 3

    made = asyncio.run(recorded("t.async", "试")(act)(timestamp=0))

    assert made == 3
    assert JobRun.objects.get().handled == 3


def run_at(code: str, at: datetime, *, failure: str = "") -> None:
    JobRun.objects.create(
        code=code,
        period=f"{at:%Y-%m-%d}",
        first_at=at,
        last_at=at,
        succeeded_at=None if failure else at,
        runs=1,
        failure=failure,
    )


def standing(code: str, at: datetime) -> board.Standing:
    return next(one for one in board.standings(at) if one.job.code == code)


def test_a_nightly_task_is_late_when_its_hour_has_passed_without_it() -> None:
    # Every night at 16:20 UTC, two hours of grace.
    run_at("appeals-close-unrated-cases", datetime(2026, 11, 23, 16, 20, 5, tzinfo=UTC))

    in_time = standing("appeals-close-unrated-cases", datetime(2026, 11, 24, 18, 0, tzinfo=UTC))
    late = standing("appeals-close-unrated-cases", datetime(2026, 11, 24, 18, 30, tzinfo=UTC))

    assert (in_time.is_late, late.is_late) == (False, True)
    assert late.next_at == datetime(2026, 11, 25, 16, 20, tzinfo=UTC)


def test_a_task_that_fails_each_time_is_late_although_it_ran() -> None:
    run_at("appeals-reconcile", datetime(2026, 11, 22, 17, 40, tzinfo=UTC))
    run_at("appeals-reconcile", datetime(2026, 11, 23, 17, 40, tzinfo=UTC), failure="KeyError")

    found = standing("appeals-reconcile", datetime(2026, 11, 24, 1, 0, tzinfo=UTC))

    assert (found.has_failed, found.is_late) == (True, True)


def test_on_a_new_installation_nothing_is_late_before_its_first_hour() -> None:
    at = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    run_at("notices-sweep", at - timedelta(minutes=1))

    assert [one.job.code for one in board.standings(at) if one.is_late] == []


def test_a_worker_that_has_stopped_is_noticed_after_five_minutes() -> None:
    at = now()
    run_at("notices-sweep", at - timedelta(minutes=6))

    assert board.silent_since(at) == at - timedelta(minutes=6)
    assert board.silent_since(at - timedelta(minutes=2)) is None


def test_old_records_are_forgotten() -> None:
    run_at("notices-sweep", now() - timedelta(days=91))

    assert board.forget(now()) == 1
