"""The board (任务看板): each periodic task's last success, next run, and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Min
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicTask

from qifu.rounds.models import JobRun
from qifu.rounds.record import Job, jobs

# The round that is made most often is the pulse by which a stopped worker is noticed.
PULSE = "notices-sweep"
SILENCE = timedelta(minutes=5)
KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Standing:
    """One periodic task as it stands now."""

    job: Job
    last: JobRun | None
    succeeded_at: datetime | None
    next_at: datetime
    is_late: bool

    @property
    def has_failed(self) -> bool:
        """Tell whether its last run ended with a fault."""
        return self.last is not None and bool(self.last.failure)


def schedules() -> dict[str, PeriodicTask[..., Any, Any]]:
    """Return the schedule of each periodic task, by its name in the queue."""
    # The worker has read every room's tasks; whoever shows the board has yet to.
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    every = app.periodic_registry.periodic_tasks.values()
    return {each.task.name: each for each in every}


def standings(at: datetime) -> list[Standing]:
    """Return how each task stands."""
    known = schedules()
    newest: dict[str, JobRun] = {}
    for run in JobRun.objects.order_by("code", "-last_at").distinct("code"):
        newest[run.code] = run
    success = dict(JobRun.objects.order_by().values_list("code").annotate(last=Max("succeeded_at")))
    began = JobRun.objects.aggregate(first=Min("first_at"))["first"]
    return [
        _standing(job, newest.get(job.code), success.get(job.code), known[job.task], began, at)
        for job in jobs().values()
        if job.task in known
    ]


def silent_since(at: datetime) -> datetime | None:
    """Return since when no round was made, if the worker has stopped (调度已停)."""
    last = JobRun.objects.filter(code=PULSE).aggregate(last=Max("last_at"))["last"]
    return last if last is not None and at - last > SILENCE else None


def forget(at: datetime) -> int:
    """Delete what was written down long ago; nothing is derived from it."""
    gone, _ = JobRun.objects.filter(last_at__lt=at - KEPT).delete()
    return gone


def _standing(
    job: Job,
    last: JobRun | None,
    succeeded_at: datetime | None,
    schedule: PeriodicTask[..., Any, Any],
    began: datetime | None,
    at: datetime,
) -> Standing:
    # The queue counts in UTC, as `at` does.
    due: datetime = schedule.croniter.get_prev(datetime, start_time=at - job.grace)
    next_at: datetime = schedule.croniter.get_next(datetime, start_time=at)
    # A task that came with a new version owes nothing from before anybody counted.
    since = succeeded_at or began
    late = since is not None and since < due
    return Standing(job, last, succeeded_at, next_at, late)
