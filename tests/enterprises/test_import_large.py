"""8,000 lines with 40 planted faults: each named by its cell, and once is enough."""

from __future__ import annotations

import time

import pytest

from qifu.enterprises.models import Enterprise
from qifu.journal.rebuild import differences, rebuild
from tests.cast import COUNTY, Cast
from tests.enterprises.lists import as_csv, bring, code, row

pytestmark = [pytest.mark.slow]

LINES = 8_000
# In turn: what is planted, and the letter of the cell that must be named.
PLANTED = (
    ({"uscc": "341524000012345"}, "B"),
    ({"uscc": code(7)}, "B"),
    ({"name": ""}, "A"),
    ({"name": "=1+1"}, "A"),
    ({"township": "不存在镇"}, "C"),
    ({"industry": "00"}, "D"),
    ({"size": "巨型"}, "E"),
    ({"phone": "1390"}, "G"),
    ({"address": "长" * 300}, "H"),
    ({"status": "良好"}, "I"),
)
SECONDS = 60


@pytest.mark.django_db
def test_forty_faults_among_eight_thousand_lines_are_each_named(cast: Cast) -> None:
    rows, wanted = [], set()
    for number in range(LINES):
        turn, rest = divmod(number, LINES // 40)
        changes, letter = PLANTED[turn % len(PLANTED)] if rest == 100 else ({}, "")
        rows.append(row(number, **changes))
        if letter:
            wanted.add(f"{letter}{number + 2}")
    content = as_csv(rows)

    began = time.monotonic()
    done = bring(content)
    took = time.monotonic() - began

    assert done.counts() == {"created": 7960, "updated": 0, "unchanged": 0, "rejected": 40}
    assert {fault.cell for _, found in done.rejected for fault in found} == wanted
    assert took < SECONDS
    before = list(Enterprise.objects.in_county(COUNTY).order_by("pk").values())

    again = bring(content)

    assert again.counts() == {"created": 0, "updated": 0, "unchanged": 7960, "rejected": 40}
    assert list(Enterprise.objects.in_county(COUNTY).order_by("pk").values()) == before
    rebuilt = rebuild(COUNTY, [Enterprise])[Enterprise]
    assert list(differences(COUNTY, Enterprise, rebuilt)) == []
