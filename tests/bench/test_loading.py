"""What the bench loads is a county as it would have become: nothing in it contradicts."""

from __future__ import annotations

import random
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest

from qifu.appeals.actions.loading import load_appeals
from qifu.appeals.lifecycle import ENDED
from qifu.appeals.models import Appeal, Assignment
from qifu.appeals.reconciling import drifts
from qifu.journal.rebuild import differences, journalled, rebuild
from qifu.journal.verify import Tally, verify
from qifu.kernel.clock import SHANGHAI
from qifu.organisations.actions.loading import load_county
from qifu.organisations.county_file import read
from qifu.workdays.actions import seed as seed_calendar
from qifu.workdays.almanac import current
from tests.bench.loading.copying import Copier, plan
from tests.bench.loading.living import live, more_firms
from tests.bench.loading.patterns import patterns
from tests.bench.loading.words import problems
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


@pytest.mark.slow
def test_two_hundred_copies_are_as_if_they_had_been_lived(county: str) -> None:
    rng = random.Random(4)
    words = problems(rng)
    live(county, now=NOW, words=words, kinds=9)
    lived = Appeal.objects.in_county(county).count()
    made = patterns(county)
    firms = more_firms(county, 20, at=NOW)
    copies = plan(made, 200, calendar=current(county), rng=rng)

    copier = Copier(county, firms, words, rng)
    copier.write(copies)

    cases = Appeal.objects.in_county(county)
    assert len(made) == lived
    assert cases.count() == lived + 200
    assert copier.events > 200 * 4
    assert cases.filter(state__in=ENDED).count() > 150
    assert list(verify(county, Tally())) == []
    assert list(drifts(county)) == []
    rebuilt = rebuild(county, journalled())
    assert [
        fault for model, rows in rebuilt.items() for fault in differences(county, model, rows)
    ] == []
    for part in Assignment.objects.in_county(county).select_related("appeal"):
        assert part.appeal.submitted_at <= part.given_at <= NOW


def test_a_copy_lies_only_where_the_working_days_fall_as_they_did(county: str) -> None:
    live(county, now=NOW, words=problems(random.Random(4)), kinds=2)
    calendar = current(county)

    for copy in plan(patterns(county), 50, calendar=calendar, rng=random.Random(1)):
        first, last = copy.pattern.first, copy.pattern.last
        assert calendar.between(first, last) == calendar.between(copy.day(first), copy.day(last))


def test_no_two_of_a_thousand_problems_need_be_alike() -> None:
    told = list(islice(problems(random.Random(1)), 1000))

    assert len(set(told)) > 990
    assert all(len(each) >= 15 for each in told)
