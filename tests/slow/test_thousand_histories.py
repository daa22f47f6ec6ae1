"""A thousand random histories: the laws hold, and the journal alone gives back every row."""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import timedelta

import pytest

from qifu.appeals.lifecycle import CASE_STEPS, ENDED, WORK_STEPS
from qifu.appeals.models import Appeal
from qifu.appeals.reconciling import drifts
from qifu.journal.rebuild import differences, journalled, rebuild
from qifu.journal.verify import Tally, verify
from qifu.organisations.models import County, Post, Unit, User
from tests.appeals.test_histories import BEFORE_NATIONAL_DAY
from tests.cast import Cast
from tests.histories.laws import CASE, PART
from tests.histories.registry import VERBS
from tests.histories.walk import LONG, SHORT, World, queues_hold, seeded

pytestmark = pytest.mark.slow
logger = logging.getLogger(__name__)

# Four counties' worth, so that two processes share them.
BATCHES, HISTORIES, AT_ONCE, STEPS = 4, 250, 6, 15
# One in so many is left where it is, so that rows in every state are compared.
LEFT_OPEN = 8
# The cast is laid without deeds; everything else came through one.
LAID = (County, Post, Unit, User)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_journal_gives_back_every_row_of_many_histories(cast: Cast, batch: int) -> None:
    began = time.monotonic()
    world = lived(cast, batch)
    queues_hold(world)
    assert list(drifts(cast.county)) == []
    assert list(verify(cast.county, Tally())) == []

    models = [model for model in journalled() if model not in LAID]
    for model, rows in rebuild(cast.county, models).items():
        assert list(differences(cast.county, model, rows)) == [], model

    _tell(world, time.monotonic() - began)
    assert Appeal.objects.in_county(cast.county).count() == HISTORIES
    assert _not_taken(world) == set()
    assert {verb.name for verb in VERBS} - set(world.done) == set()


def lived(cast: Cast, batch: int) -> World:
    """Let many cases live, some at a time; most are brought to an end."""
    pick = seeded(batch)
    # While several cases are on their way, each has its share of the time.
    spans = [*SHORT, *SHORT, *LONG[:2], timedelta(hours=20)]
    world = World(cast, BEFORE_NATIONAL_DAY, pick, spans)
    left = Counter[int]()
    begun = 0
    while begun < HISTORIES or left:
        while begun < HISTORIES and len(left) < AT_ONCE:
            left[world.begin()] = STEPS
            begun += 1
        case = pick(sorted(left))
        world.step(case)
        left[case] -= 1
        if not left[case]:
            del left[case]
            if pick(range(LEFT_OPEN)):
                world.finish(case)
    return world


def _not_taken(world: World) -> set[str]:
    """Return the steps of the tables that never happened, read from the journal."""
    tables = {CASE: CASE_STEPS, PART: WORK_STEPS}
    return {
        f"{label}.{step.verb}"
        for label, steps in tables.items()
        for step in steps
        if not any(world.ledger.steps[label, source, step.target] for source in step.sources)
    }


def _tell(world: World, seconds: float) -> None:
    done, refused = sum(world.done.values()), sum(world.refused.values())
    cases = Appeal.objects.in_county(world.cast.county)
    logger.warning(
        "%d histories (%d still open), %d steps and %d refusals, %d events in %.0f s",
        HISTORIES,
        cases.exclude(state__in=ENDED).count(),
        done,
        refused,
        world.ledger.seq,
        seconds,
    )
