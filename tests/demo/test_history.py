"""The months before in the demo county: lived through, ended, and the same every time."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from qifu.appeals.actions.loading import load_appeals
from qifu.appeals.lifecycle import ENDED
from qifu.appeals.models import Appeal
from qifu.appeals.reconciling import drifts
from qifu.demo.firms import rows
from qifu.demo.history import YOUNGEST, more_cases, more_firms
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
TODAY = date(2026, 11, 24)
FILE = Path(__file__).parents[2] / "counties" / "341524.toml"


@pytest.fixture
def county(db: None) -> str:
    file = read(FILE)
    load_county(file, at=NOW)
    seed_calendar(COUNTY, by=None, at=NOW)
    load_appeals(file.sections, COUNTY, at=NOW)
    return COUNTY


def test_the_year_before_is_lived_through_and_has_ended(county: str) -> None:
    seed(county, now=NOW, history=30)

    cases = Appeal.objects.in_county(county)
    old = cases.filter(submitted_at__lt=NOW - timedelta(days=YOUNGEST - 10))
    early = cases.filter(submitted_at__lt=NOW - timedelta(days=200))
    assert cases.filter(problem__body__contains="这个情况从").count() == 30
    assert early.count() >= 10
    assert {case.state for case in old} <= set(ENDED)
    assert list(drifts(county)) == []
    assert list(verify(county, Tally())) == []
    rebuilt = rebuild(county, journalled())
    assert [
        fault for model, found in rebuilt.items() for fault in differences(county, model, found)
    ] == []
    # What was told in those months went out in those months.
    assert Notice.objects.in_county(county).filter(state=Delivery.QUEUED).count() <= 5


def test_the_same_draw_comes_every_time_with_its_seasons() -> None:
    told = rows("cases")
    first = list(more_cases(3000, told, ["甲", "乙", "丙"] * 200, TODAY))

    assert first == list(more_cases(3000, told, ["甲", "乙", "丙"] * 200, TODAY))
    months = [
        (TODAY - timedelta(days=row["ago"])).month
        for row in first
        if row["category"].startswith("finance.")
    ]
    assert months.count(12) > 1.5 * months.count(9)


def test_invented_enterprises_have_names_of_their_own() -> None:
    names = {row["short"] for row in rows("enterprises")}
    made = more_firms(568, ["341524100", "341524400"])

    assert len({row["short"] for row in made} | names) == 568 + len(names)
    assert len({row["name"] for row in made}) == 568
