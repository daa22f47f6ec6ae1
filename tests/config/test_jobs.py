"""The queue keeps itself in order: what a killed worker had in hand is not lost."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from qifu.config import jobs

ROUND = "notices.sweep"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager() -> JobManager:
    return app.job_manager


def put() -> None:
    app.configure_task(ROUND, queueing_lock=ROUND).defer(timestamp=0)


def take(manager: JobManager) -> Job:
    """Let a worker take a job in hand."""
    worker = async_to_sync(manager.register_worker)()
    job = async_to_sync(manager.fetch_job)(queues=None, worker_id=worker)
    assert job is not None
    return job


def bury(manager: JobManager) -> None:
    """Do what every worker does at its start: forget those that went silent."""
    async_to_sync(manager.prune_stalled_workers)(seconds_since_heartbeat=0)


def states(manager: JobManager) -> list[str]:
    return [str(job.status) for job in manager.list_jobs(task=ROUND)]


def retry() -> None:
    async_to_sync(jobs.retry_stalled.func)(timestamp=0)


def test_the_job_of_a_dead_worker_is_done_again(manager: JobManager) -> None:
    put()
    lost = take(manager)
    bury(manager)

    retry()

    again = take(manager)
    assert (again.id, again.attempts) == (lost.id, 1)


def test_the_job_of_a_living_worker_stays_with_it(manager: JobManager) -> None:
    put()
    take(manager)

    retry()

    assert states(manager) == [Status.DOING.value]


def test_a_round_that_waits_already_does_not_wait_twice(manager: JobManager) -> None:
    put()
    lost = take(manager)
    bury(manager)
    put()

    retry()

    (left,) = manager.list_jobs(task=ROUND)
    assert left.id != lost.id
    assert left.status == Status.TODO.value


def test_every_ten_minutes_and_every_night_there_is_a_round() -> None:
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}

    assert crons["queue.retry_stalled"] == "*/10 * * * *"
    # 19:40 UTC is 03:40 in the county.
    assert crons["queue.forget"] == "40 19 * * *"
