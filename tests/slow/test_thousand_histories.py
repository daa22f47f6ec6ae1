"""A thousand random histories: the laws hold, and the journal alone gives back every row."""

from __future__ import annotations

import logging
import time
from collections import Counter
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from qifu.appeals.lifecycle import CASE_STEPS, WORK_STEPS
from qifu.appeals.models import Appeal
from qifu.appeals.reconciling import drifts
from qifu.journal.rebuild import differences, journalled, rebuild
from qifu.journal.verify import Tally, verify
from qifu.organisations.models import County, Post, Unit, User
from tests.appeals.test_histories import BEFORE_NATIONAL_DAY, LOTS
from tests.cast import Cast
from tests.histories.laws import CASE, PART
from tests.histories.registry import VERBS
from tests.histories.walk import LONG, OVER, SHORT, World, queues_hold, seeded, undone

pytestmark = pytest.mark.slow
logger = logging.getLogger(__name__)

# Each batch is one transaction that never was, so that no table grows long.
BATCHES, HISTORIES, AT_ONCE, STEPS = 20, 50, 5, 10
# One in so many is left where it is, so that rows in every state are compared.
LEFT_OPEN = 5
# So many steps at most that no history happens to take.
SELDOM = 10
# The cast is laid without deeds; everything else came through one.
LAID = (County, Post, Unit, User)


@pytest.mark.django_db
def test_the_journal_gives_back_every_row_of_a_thousand_histories(
    cast: Cast, settings: Settings
) -> None:
    settings.JOURNAL_KEY = LOTS
    steps, verbs, figures = Counter[str](), Counter[str](), Counter[str]()
    for batch in range(BATCHES):
        began = time.monotonic()
        with undone():
            world = lived(cast, batch)
            hold(world)
            figures.update(figured(world, began))
        steps.update(taken(world))
        verbs.update(world.done)

    logger.warning("%s", ", ".join(f"{number} {what}" for what, number in figures.items()))
    # Some were split.
    assert figures["histories"] >= BATCHES * HISTORIES
    # What must be done within a minute chance seldom does; the tests of the room do it.
    missed = sorted(step for step, times in steps.items() if not times)
    logger.warning("not taken by chance: %s", ", ".join(missed))
    assert len(missed) <= SELDOM
    assert len({verb.name for verb in VERBS} - set(verbs)) <= SELDOM


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
        case = world.hasty if world.hasty in left else pick(sorted(left))
        world.step(case)
        left[case] -= 1
        if not left[case]:
            del left[case]
            if pick(range(LEFT_OPEN)):
                world.finish(case)
    return world


def hold(world: World) -> None:
    """Everything follows from what happened, and can be told again from the journal."""
    county = world.cast.county
    queues_hold(world)
    assert list(drifts(county)) == []
    assert list(verify(county, Tally())) == []
    models = [model for model in journalled() if model not in LAID]
    for model, rows in rebuild(county, models).items():
        assert list(differences(county, model, rows)) == [], model


def taken(world: World) -> Counter[str]:
    """Count how often each step of the tables happened, read from the journal; 0 for never."""
    tables = {CASE: CASE_STEPS, PART: WORK_STEPS}
    found = Counter[str]()
    for label, steps in tables.items():
        for step in steps:
            pairs = [(label, source, step.target) for source in step.sources]
            found[f"{label}.{step.verb}"] = sum(world.ledger.steps[pair] for pair in pairs)
    return found


def figured(world: World, began: float) -> Counter[str]:
    """Count what the batch came to."""
    cases = Appeal.objects.in_county(world.cast.county)
    return Counter(
        {
            "histories": cases.count(),
            "left open": cases.exclude(state__in=OVER).count(),
            "steps": sum(world.done.values()),
            "refusals": sum(world.refused.values()),
            "events": world.ledger.seq,
            "seconds": round(time.monotonic() - began),
        }
    )
