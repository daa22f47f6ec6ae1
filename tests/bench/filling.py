"""The county of the bench, filled further and further."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from qifu.appeals.actions.loading import load_appeals
from qifu.appeals.models import Appeal
from qifu.journal.models import Event
from qifu.kernel.clock import now
from qifu.organisations.actions.loading import load_county
from qifu.organisations.county_file import read
from qifu.workdays.actions import seed as seed_calendar
from qifu.workdays.almanac import current
from tests.bench.loading.copying import Copier, plan
from tests.bench.loading.living import live, more_firms
from tests.bench.loading.patterns import patterns
from tests.bench.loading.words import problems

ROOT = Path(__file__).resolve().parents[2]
# Of so many cases one is the first of its enterprise.
CASES_A_FIRM = 30
# Of so many kinds of problem an ended and an open case are lived.
KINDS = 30


class Filling:
    """Fills one county; the first time with what is lived, then with copies of it."""

    def __init__(self, county: str, rng: random.Random, messages: Path | None, admin: str) -> None:
        self.county = county
        self.rng = rng
        self.words = problems(rng, messages)
        self.admin = admin
        self.lived_events = 0
        self.made: list[Any] = []

    def fill(self, size: int, *, stock: int) -> None:
        """Fill up to so many cases; then have the database look at what it holds."""
        if not self.made:
            self._live()
        firms = max(size // CASES_A_FIRM, 50)
        have = more_firms(self.county, 0, at=now())
        all_firms = more_firms(self.county, max(firms - len(have), 0), at=now())
        missing = size - Appeal.objects.in_county(self.county).count()
        copies = plan(
            self.made,
            max(missing, 0),
            calendar=current(self.county),
            rng=self.rng,
            stock=min(stock, missing // 4),
        )
        copier = Copier(self.county, all_firms, self.words, self.rng)
        copier.write(copies, lambda done: print(f"\r{done:,} of {len(copies):,} ", end=""))
        print("loaded", flush=True)
        self._look()

    def counts(self) -> dict[str, Any]:
        """Return how much there is, and how much of the journal no action wrote."""
        events = Event.objects.in_county(self.county).count()
        bulk = (events - self.lived_events) / events if self.lived_events else 0.0
        return {
            "cases": Appeal.objects.in_county(self.county).count(),
            "events": events,
            "bulk": bulk,
        }

    def _live(self) -> None:
        at = now()
        file = read(ROOT / "counties" / f"{self.county}.toml")
        load_county(file, at=at)
        seed_calendar(self.county, by=None, at=at)
        load_appeals(file.sections, self.county, at=at)
        print("Living the cases that are copied …", flush=True)
        live(self.county, now=at - timedelta(minutes=30), words=self.words, kinds=KINDS)
        self.made = patterns(self.county)
        self.lived_events = Event.objects.in_county(self.county).count()

    def _look(self) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")
            connection.execute("CHECKPOINT")
