"""The one decorator around every periodic task: it writes down how each run went."""

from __future__ import annotations

import inspect
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connection, transaction

from qifu.kernel.clock import local, now

F = TypeVar("F", bound=Callable[..., Any])
logger = logging.getLogger(__name__)

# A quiet run of a busy task is written down once in so long.
QUIET = timedelta(seconds=60)

UPSERT = """
    INSERT INTO rounds_jobrun AS r
        (code, period, first_at, last_at, succeeded_at, runs, handled, duration, failure)
    VALUES (%(code)s, %(period)s, %(began)s, %(ended)s, %(succeeded)s, %(runs)s, %(handled)s,
        %(duration)s, %(failure)s)
    ON CONFLICT (code, period) DO UPDATE SET
        last_at = excluded.last_at,
        succeeded_at = coalesce(excluded.succeeded_at, r.succeeded_at),
        runs = r.runs + excluded.runs,
        handled = r.handled + excluded.handled,
        duration = excluded.duration,
        failure = excluded.failure
"""


@dataclass
class Job:
    """One periodic task as the board names it (定时任务)."""

    code: str
    title: str
    # Its name in the queue, where it runs when somebody asks for a run.
    task: str
    # So late may it be before the board turns red.
    grace: timedelta
    hourly: bool
    # What this process has not written down yet.
    unwritten: int = 0
    written_at: datetime | None = None


_jobs: dict[str, Job] = {}


def jobs() -> Mapping[str, Job]:
    """Return the periodic tasks that this process knows, by code."""
    return _jobs


def recorded(
    task: str, title: str, *, grace: timedelta = timedelta(minutes=30), hourly: bool = False
) -> Callable[[F], F]:
    """Write down each run of a periodic task; what it returns is how many it dealt with.

    `hourly` keeps one row per hour instead of one per business date, and leaves quiet
    runs unwritten for up to a minute.
    """
    code = task.removeprefix("qifu.").replace(".jobs.", ".").replace(".", "-").replace("_", "-")
    job = Job(code, title, task, grace, hourly)
    _jobs[job.code] = job

    def around(act: F) -> F:
        if inspect.iscoroutinefunction(act):

            @wraps(act)
            async def run_async(*args: Any, **kwargs: Any) -> Any:
                began, ticks = now(), time.monotonic()
                try:
                    made = await act(*args, **kwargs)
                except Exception as error:
                    await sync_to_async(_write)(job, began, ticks, 0, error)
                    raise
                await sync_to_async(_write)(job, began, ticks, made or 0, None)
                return made

            return cast(F, run_async)

        @wraps(act)
        def run(*args: Any, **kwargs: Any) -> Any:
            began, ticks = now(), time.monotonic()
            try:
                made = act(*args, **kwargs)
            except Exception as error:
                _write(job, began, ticks, 0, error)
                raise
            _write(job, began, ticks, made or 0, None)
            return made

        return cast(F, run)

    return around


def _write(job: Job, began: datetime, ticks: float, handled: int, error: Exception | None) -> None:
    ended = now()
    job.unwritten += 1
    quiet = job.hourly and not handled and error is None
    if quiet and job.written_at is not None and ended - job.written_at < QUIET:
        return
    row: dict[str, str | int | datetime | None] = {
        "code": job.code,
        "period": f"{local(began):%Y-%m-%d %H}" if job.hourly else f"{local(began):%Y-%m-%d}",
        "began": began,
        "ended": ended,
        "succeeded": None if error else ended,
        "runs": job.unwritten,
        "handled": handled,
        "duration": int((time.monotonic() - ticks) * 1000),
        "failure": type(error).__name__[:200] if error else "",
    }
    try:
        # Apart from whatever the task itself wrote or failed to write.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(UPSERT, row)
    except DatabaseError:
        # The round was made all the same; that it cannot be noted must not make it fail.
        logger.exception("The run of %s could not be written down", job.task)
        return
    job.unwritten, job.written_at = 0, ended
