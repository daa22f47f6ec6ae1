"""The demo county: whole, fictional, the same every time, and finished after a fall."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qifu.appeals.actions.loading import load_appeals
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, Rating
from qifu.appeals.reconciling import drifts
from qifu.demo.roads import Tale
from qifu.demo.seeding import seed
from qifu.journal.rebuild import differences, journalled, rebuild
from qifu.journal.verify import Tally, verify
from qifu.kernel.clock import SHANGHAI
from qifu.notices.models import Notice
from qifu.notices.models import State as Delivery
from qifu.organisations.actions.loading import load_county
from qifu.organisations.county_file import read
from qifu.workdays.actions import seed as seed_calendar
from tests.cast import COUNTY

NOW = datetime(2026, 11, 24, 16, 30, tzinfo=SHANGHAI)
FILE = Path(__file__).parents[2] / "counties" / "341524.toml"


@pytest.fixture
def county(db: None) -> str:
    file = read(FILE)
    load_county(file, at=NOW)
    seed_calendar(COUNTY, by=None, at=NOW)
    load_appeals(file.sections, COUNTY, at=NOW)
    return COUNTY


def told(county: str) -> list[tuple[str, str, str]]:
    rows = Appeal.objects.in_county(county).order_by("submitted_at", "pk")
    return [(a.problem.body, a.state, str(a.due_on)) for a in rows.select_related("problem")]


def test_every_state_can_be_looked_at_and_all_holds_together(county: str) -> None:
    seed(county, now=NOW)
    first = told(county)

    seed(county, now=NOW)

    assert told(county) == first
    # Whether a withdrawal is drawn for a call is the lot's.
    assert {state for _, state, _ in first} >= set(State) - {State.WITHDRAWN}
    assert Rating.objects.in_county(county).filter(grade__lte=2).exists()
    assert list(drifts(county)) == []
    assert list(verify(county, Tally())) == []
    rebuilt = rebuild(county, journalled())
    assert [
        fault for model, rows in rebuilt.items() for fault in differences(county, model, rows)
    ] == []
    # What was told long ago does not flood the first day.
    assert Notice.objects.in_county(county).filter(state=Delivery.QUEUED).count() <= 5


def test_interrupted_it_is_finished_the_next_time(
    county: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, left = Tale.steps, iter(range(40))

    def fall(tale: Tale) -> Iterator[object]:
        for at, do in steps(tale):
            yield at, lambda at, do=do: do(at) if next(left, None) is not None else 1 / 0

    monkeypatch.setattr(Tale, "steps", fall)
    with pytest.raises(ZeroDivisionError):
        seed(county, now=NOW)
    monkeypatch.setattr(Tale, "steps", steps)
    half = told(county)

    seed(county, now=NOW)

    whole = told(county)
    assert len(half) < len(whole) == len({problem for problem, _, _ in whole})
    assert {state for _, state, _ in whole} == set(State)
