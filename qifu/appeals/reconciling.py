"""The nightly question whether what is stored still follows from what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qifu.appeals import clocks
from qifu.appeals.lifecycle import ENDED, WITH_UNITS, WORK_GIVEN_UP, State, Work, derived
from qifu.appeals.models import Appeal, Assignment, Clock
from qifu.appeals.rules import Role
from qifu.kernel.marks import load
from qifu.workdays.almanac import almanac

# Where a case may have gone after its LEAD was done.
PAST = frozenset({State.CLOSED, State.CALLBACK, State.WITHDRAWN})


@dataclass(frozen=True)
class Drift:
    """One stored value that does not follow any more."""

    number: str
    what: str
    stored: object
    follows: object

    def __str__(self) -> str:
        return f"{self.number} {self.what}：库里是{self.stored}，应为{self.follows}"


def drifts(county: str) -> Iterator[Drift]:
    """Yield every clock and case state that differs from what it is projected from."""
    yield from _clock_drifts(county)
    yield from _running_drifts(county)
    yield from _state_drifts(county)


def _clock_drifts(county: str) -> Iterator[Drift]:
    calendars = almanac(county)
    rows = Clock.objects.in_county(county).select_related("appeal").order_by("pk")
    for clock in rows.iterator(chunk_size=1000):
        follows = clocks.projection(load(clock.marks), calendars)
        for name, value in follows.items():
            stored = getattr(clock, name)
            if stored != value:
                what = f"{clock.get_kind_display()}时限 {name}"
                yield Drift(clock.appeal.number, what, stored, value)


def _running_drifts(county: str) -> Iterator[Drift]:
    running = Clock.objects.in_county(county).filter(stopped_at=None, appeal__state__in=ENDED)
    for clock in running.select_related("appeal").order_by("pk"):
        what = f"{clock.get_kind_display()}时限"
        yield Drift(clock.appeal.number, what, "还在走", "诉求已结束，停")


def _state_drifts(county: str) -> Iterator[Drift]:
    leads = Assignment.objects.in_county(county).filter(role=Role.LEAD)
    for part in leads.exclude(state__in=WORK_GIVEN_UP).select_related("appeal").iterator(1000):
        appeal: Appeal = part.appeal
        follows = derived(Work(part.state), local=appeal.local)
        past = follows == State.TO_EVALUATE and appeal.state in PAST
        if appeal.state != follows and not past:
            yield Drift(appeal.number, "状态", appeal.state, follows)
    lost = Appeal.objects.in_county(county).filter(state__in=WITH_UNITS)
    held = leads.exclude(state__in=WORK_GIVEN_UP).values("appeal_id")
    for appeal in lost.exclude(pk__in=held):
        yield Drift(appeal.number, "主办", "没有主办单位", "有一个主办单位")
