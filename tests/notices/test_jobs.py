"""What the worker does for notices."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django import app

from qifu.kernel.clock import now
from qifu.notices import jobs, outbox
from qifu.notices.models import Notice, State
from tests.notices.conftest import COUNTY, draft, put


def test_the_worker_knows_the_round_and_runs_it_four_times_a_minute() -> None:
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}

    assert crons["notices.sweep"] == "* * * * * */15"
    assert app.tasks["notices.sweep"].queueing_lock == "notices.sweep"


@pytest.mark.django_db
def test_a_round_goes_on_until_nothing_is_due() -> None:
    put(*(draft(f"T1:{n}") for n in range(45)), at=now() - outbox.HOLD)
    put(draft("T1:later"), at=now())

    jobs.sweep(timestamp=0)

    states = Notice.objects.in_county(COUNTY).values_list("state", flat=True)
    assert sorted(states) == [State.QUEUED, *[State.SENT] * 45]
