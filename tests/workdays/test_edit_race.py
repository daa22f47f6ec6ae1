"""Two keepers at once: one makes the next version, the other is told."""

from __future__ import annotations

from collections import Counter
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from qifu.kernel.errors import StaleState
from qifu.workdays import actions
from qifu.workdays.almanac import almanac
from tests.cast import COUNTY, NOW


@pytest.mark.django_db(transaction=True)
def test_two_who_correct_a_day_at_once_make_one_version_and_one_is_told() -> None:
    actions.seed(COUNTY, by=None, at=NOW)
    outcomes: Counter[str] = Counter()
    together = Barrier(4)

    def correct(day: date) -> None:
        together.wait()
        try:
            actions.edit_day(
                COUNTY,
                day,
                is_workday=False,
                name="停工",
                document="县政府通告",
                by=None,
                at=NOW,
                expect=1,
            )
            outcomes["made"] += 1
        except StaleState:
            outcomes["told"] += 1
        finally:
            connection.close()

    threads = [Thread(target=correct, args=(date(2026, 12, n),)) for n in (1, 2, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == {"made": 1, "told": 3}
    assert almanac(COUNTY).newest == 2
