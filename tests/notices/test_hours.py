"""Nobody is disturbed at night, on days off, or more often than three times a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qifu.kernel.clock import SHANGHAI, local
from qifu.notices import outbox
from qifu.notices.addresses import Address
from qifu.notices.deliveries import dead_numbers, failures
from qifu.notices.hours import MANNERS, when_may_leave
from qifu.notices.models import AddressKind, Fault, Notice, State
from qifu.notices.ports import DeadNumber, SmsPort
from qifu.notices.registry import Registry
from qifu.workdays.almanac import shipped_calendar
from tests.notices.conftest import AFTER_HOLD, COUNTY, NOW, Door, draft, put

CALENDAR = shipped_calendar()
FRIDAY_NIGHT = datetime(2026, 11, 27, 21, 0, tzinfo=SHANGHAI)
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=SHANGHAI)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001


def stored(notice: Notice) -> Notice:
    return Notice.objects.in_county(notice.county).get(pk=notice.pk)


@given(moments)
def test_nothing_leaves_outside_the_hours_of_a_working_day(at: datetime) -> None:
    leaves = when_may_leave(at, CALENDAR, urgent=False)

    assert leaves >= at
    assert CALENDAR.is_workday(local(leaves).date())
    assert MANNERS.opens <= local(leaves).time() < MANNERS.closes


@given(moments)
def test_no_hour_is_waited_in_vain(at: datetime) -> None:
    leaves = when_may_leave(at, CALENDAR, urgent=False)
    waited = at + timedelta(minutes=15)

    assert leaves == at or not MANNERS.is_open(at, CALENDAR)
    while waited < leaves:
        assert not MANNERS.is_open(waited, CALENDAR)
        waited += timedelta(minutes=15)


@given(moments)
def test_what_is_urgent_never_waits(at: datetime) -> None:
    assert when_may_leave(at, CALENDAR, urgent=True) == at


def test_over_national_day_it_waits_for_the_first_working_morning() -> None:
    at = datetime(2026, 9, 30, 20, 0, tzinfo=SHANGHAI)

    leaves = when_may_leave(at, CALENDAR, urgent=False)

    assert leaves == datetime(2026, 10, 8, 8, 0, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_what_is_put_on_friday_night_leaves_on_monday_morning_once(door: Door) -> None:
    (notice,) = put(draft(kind="T2"), at=FRIDAY_NIGHT)

    for hours in range(1, 50):
        outbox.sweep(at=FRIDAY_NIGHT + timedelta(hours=hours), port=door)
    waits = stored(notice)
    outbox.sweep(at=MONDAY, port=door)
    outbox.sweep(at=MONDAY + timedelta(hours=1), port=door)

    assert (waits.state, waits.due_at, waits.postponed) == (State.QUEUED, MONDAY, 1)
    assert "顺延" in waits.failure
    assert len(door.sent) == 1
    assert stored(notice).failure == ""


@pytest.mark.django_db
def test_what_is_urgent_leaves_at_night(registry: Registry, door: Door) -> None:
    registry.declare("U1", urgent=True)
    put(draft(kind="U1"), at=FRIDAY_NIGHT)

    outbox.sweep(at=FRIDAY_NIGHT + outbox.HOLD, port=door)

    assert len(door.sent) == 1


@pytest.mark.django_db
def test_the_fourth_message_of_a_day_comes_the_next_working_morning(door: Door) -> None:
    *_, fourth = put(*(draft(f"T2:{n}", kind="T2") for n in range(4)))

    outbox.sweep(at=AFTER_HOLD, port=door)
    outbox.sweep(at=AFTER_HOLD + timedelta(hours=2), port=door)
    waits = stored(fourth)
    outbox.sweep(at=waits.due_at, port=door)

    assert waits.state == State.QUEUED
    assert local(waits.due_at).isoformat().startswith("2026-11-25T08:00")
    assert stored(fourth).state == State.SENT


@pytest.mark.django_db
def test_new_work_and_what_is_urgent_is_told_beside_the_three(
    registry: Registry, door: Door
) -> None:
    registry.declare("U1", capped=False, counted=False)
    registry.declare("E9", urgent=True)
    put(*(draft(f"T2:{n}", kind="T2") for n in range(3)))
    put(*(draft(f"{kind}:{n}", kind=kind) for kind in ("U1", "E9") for n in range(3)))

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert len(door.sent) == 9


@pytest.mark.django_db
def test_a_digest_counts_as_one_of_the_three_but_does_not_wait(
    registry: Registry, door: Door
) -> None:
    registry.declare("U2", capped=False)
    digest, *others = put(draft(kind="U2"), *(draft(f"T2:{n}", kind="T2") for n in range(3)))

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert [stored(each).state for each in (digest, *others)] == [
        State.SENT,
        State.SENT,
        State.SENT,
        State.QUEUED,
    ]


@pytest.mark.django_db
def test_what_has_become_untrue_while_it_waited_is_not_said(registry: Registry, door: Door) -> None:
    true = True
    registry.declare("T2", still_true=lambda notice: true)
    (notice,) = put(draft(kind="T2"), at=FRIDAY_NIGHT)
    outbox.sweep(at=FRIDAY_NIGHT + outbox.HOLD, port=door)

    true = False
    outbox.sweep(at=MONDAY, port=door)

    assert door.sent == []
    assert stored(notice).state == State.CANCELLED


@pytest.mark.django_db
def test_waiting_for_the_morning_uses_up_no_attempt(door: Door) -> None:
    (notice,) = put(draft(kind="T2"), at=FRIDAY_NIGHT)
    outbox.sweep(at=FRIDAY_NIGHT + outbox.HOLD, port=door)
    door.down = True

    at = MONDAY
    for _ in range(4):
        outbox.sweep(at=at, port=door)
        at = stored(notice).due_at

    assert stored(notice).state == State.QUEUED


@pytest.mark.django_db
def test_a_message_on_the_screen_waits_for_no_morning(registry: Registry, door: Door) -> None:
    to = Address.of_person(7, kind=AddressKind.ACCOUNT)
    registry.book.persons[7] = outbox.Recipient(7, "")  # type: ignore[attr-defined]
    (notice,) = put(draft(to=to, kind="T2"), at=FRIDAY_NIGHT)

    outbox.sweep(at=FRIDAY_NIGHT + outbox.HOLD, port=door)

    assert stored(notice).state == State.DELIVERED


@dataclass
class DeadDoor:
    """A channel that knows the number to be dead."""

    shows_words: bool = False

    def send(self, *, phone: str, body: str, key: str) -> str:
        raise DeadNumber("号码是空号")


def _tell(number: str, door: SmsPort, *, at: datetime) -> Notice:
    (notice,) = put(draft(f"{number}:{at}", Address.of_phone(number)), at=at)
    outbox.sweep(at=at + outbox.HOLD, port=door)
    return notice


@pytest.mark.django_db
def test_two_failures_make_a_number_dead_and_an_arrival_brings_it_back(door: Door) -> None:
    number = "19900000009"

    first = _tell(number, DeadDoor(), at=NOW)
    once = dead_numbers(COUNTY, [number])
    _tell(number, DeadDoor(), at=NOW + timedelta(hours=1))
    twice = dead_numbers(COUNTY, [number, ""])
    _tell(number, door, at=NOW + timedelta(hours=2))

    assert stored(first).fault == Fault.NUMBER
    assert once == frozenset()
    assert twice == {number}
    assert dead_numbers(COUNTY, [number]) == frozenset()


@pytest.mark.django_db
def test_a_channel_that_fails_makes_no_number_dead(door: Door) -> None:
    door.refuses = True
    for hours in range(3):
        _tell("19900000009", door, at=NOW + timedelta(hours=hours))

    assert dead_numbers(COUNTY, ["19900000009"]) == frozenset()
    assert failures(COUNTY).count() == 3


@pytest.mark.django_db
def test_a_code_that_did_not_arrive_is_nobody_elses_to_read(door: Door) -> None:
    door.refuses = True
    put(draft("CODE:1", kind="CODE"))
    outbox.sweep(at=AFTER_HOLD, port=door)

    assert not failures(COUNTY).exists()
