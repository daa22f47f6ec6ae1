"""Sending what is due."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from qifu.journal.models import Event
from qifu.notices import outbox
from qifu.notices.addresses import Address, Recipient
from qifu.notices.models import AddressKind, Notice, State
from qifu.notices.ports import MailboxPort, NoProvider
from qifu.notices.registry import Registry
from tests.notices.conftest import (
    AFTER_HOLD,
    COUNTY,
    NOW,
    OTHER_COUNTY,
    Door,
    People,
    draft,
    put,
)

pytestmark = pytest.mark.django_db


def stored(notice: Notice) -> Notice:
    return Notice.objects.in_county(notice.county).get(pk=notice.pk)


def test_nothing_leaves_while_the_step_can_still_be_undone(door: Door) -> None:
    put(draft())

    outbox.sweep(at=NOW + timedelta(seconds=59), port=door)

    assert door.sent == []


def test_after_the_hold_it_leaves_once_in_whichever_county(door: Door) -> None:
    here, there = *put(draft()), *put(draft(), county=OTHER_COUNTY)

    outbox.sweep(at=AFTER_HOLD, port=door)
    outbox.sweep(at=AFTER_HOLD + timedelta(hours=1), port=door)

    assert len(door.sent) == 2
    assert {stored(here).state, stored(there).state} == {State.SENT}
    assert stored(here).sent_at == AFTER_HOLD
    assert stored(here).receipt == "r1"


def test_what_is_no_longer_true_is_not_said(registry: Registry, door: Door) -> None:
    registry.declare("T1", urgent=True, still_true=lambda notice: notice.dedup != "T1:undone")
    undone, stands = put(draft("T1:undone"), draft("T1:stands"))

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert stored(undone).state == State.CANCELLED
    assert stored(stands).state == State.SENT


def test_whoever_holds_the_duty_when_it_leaves_receives_it(people: People, door: Door) -> None:
    people.on_duties[5, "LIAISON"] = Recipient(person=1, phone="19900000011")
    (notice,) = put(draft(to=Address.of_duty(5, "LIAISON")))
    people.on_duties[5, "LIAISON"] = Recipient(person=2, phone="19900000012")

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert [phone for phone, _, _ in door.sent] == ["19900000012"]
    assert stored(notice).person == 2


def test_a_duty_that_nobody_holds_is_a_failure_with_its_reason(door: Door) -> None:
    (notice,) = put(draft(to=Address.of_duty(5, "LIAISON")))

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert stored(notice).state == State.FAILED
    assert "无人" in stored(notice).failure
    assert list(Notice.objects.in_county(COUNTY).failed()) == [notice]


def test_a_message_on_the_screen_is_delivered_without_the_channel(
    people: People, door: Door
) -> None:
    people.on_duties[5, "LIAISON"] = Recipient(person=7, phone="")
    (notice,) = put(draft(to=Address.of_duty(5, "LIAISON", kind=AddressKind.ACCOUNT)))

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert door.sent == []
    assert stored(notice).state == State.DELIVERED
    assert list(Notice.objects.in_county(COUNTY).for_person(7)) == [notice]


def test_a_channel_that_is_down_is_asked_later_and_given_up_after_five_times(door: Door) -> None:
    (notice,) = put(draft())
    door.down = True

    at = AFTER_HOLD
    for _ in range(4):
        outbox.sweep(at=at, port=door)
        assert stored(notice).state == State.QUEUED
        assert stored(notice).due_at > at
        at = stored(notice).due_at
    outbox.sweep(at=at, port=door)

    assert stored(notice).state == State.FAILED
    assert stored(notice).attempts == 5
    assert stored(notice).failure == "短信通道没有应答"


def test_the_same_message_keeps_its_key_when_it_is_tried_again(door: Door) -> None:
    (notice,) = put(draft())
    door.down = True
    outbox.sweep(at=AFTER_HOLD, port=door)
    door.down = False

    outbox.sweep(at=AFTER_HOLD + timedelta(hours=1), port=door)

    assert [key for _, _, key in door.sent] == [f"{COUNTY}-{notice.pk}"]


def test_a_number_the_channel_refuses_is_not_tried_again(door: Door) -> None:
    (notice,) = put(draft())
    door.refuses = True

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert stored(notice).state == State.FAILED
    assert stored(notice).attempts == 1


def test_without_a_provider_it_says_so() -> None:
    (notice,) = put(draft())

    outbox.sweep(at=AFTER_HOLD, port=NoProvider())

    assert stored(notice).state == State.FAILED
    assert "未配置短信通道" in stored(notice).failure


def test_a_sender_that_died_is_replaced_and_marks_nothing_when_it_wakes(door: Door) -> None:
    (notice,) = put(draft())
    rows = Notice.objects.across_counties("test").due(AFTER_HOLD)
    (in_dead_hands,) = outbox._claim(rows, AFTER_HOLD, 1)

    outbox.sweep(at=AFTER_HOLD + timedelta(seconds=30), port=door)
    assert door.sent == []
    outbox.sweep(at=AFTER_HOLD + outbox.LEASE, port=door)
    outbox._mark(in_dead_hands, state=State.FAILED)

    assert len(door.sent) == 1
    assert stored(notice).state == State.SENT


def test_a_fault_in_one_notice_does_not_hold_up_the_others(registry: Registry, door: Door) -> None:
    def trips(notice: Notice) -> bool:
        if notice.dedup == "T1:bad":
            raise ValueError
        return True

    registry.declare("T1", urgent=True, still_true=trips)
    bad, good = put(draft("T1:bad"), draft("T1:good"))

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert stored(bad).state == State.QUEUED
    assert stored(good).state == State.SENT


def test_a_code_is_wiped_once_it_has_left_but_stays_readable_in_the_demo(door: Door) -> None:
    gone, shown = put(draft("CODE:1", kind="CODE")), put(draft("CODE:2", kind="CODE"))

    outbox.sweep_one(gone[0], at=AFTER_HOLD, port=door)
    outbox.sweep_one(shown[0], at=AFTER_HOLD, port=MailboxPort())

    assert stored(gone[0]).body == ""
    assert stored(shown[0]).body != ""


def test_sending_writes_no_event(door: Door) -> None:
    put(draft())
    events = Event.objects.in_county(COUNTY).count()

    outbox.sweep(at=AFTER_HOLD, port=door)

    assert Event.objects.in_county(COUNTY).count() == events


def test_an_idle_round_costs_one_look(door: Door) -> None:
    with CaptureQueriesContext(connection) as queries:
        outbox.sweep(at=NOW, port=door)

    assert sum("notices_notice" in query["sql"] for query in queries) == 1


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_share_the_work_and_nothing_is_sent_twice(door: Door) -> None:
    put(*(draft(f"T1:{n}") for n in range(30)))

    with ThreadPoolExecutor(2) as pool:
        rounds = [pool.submit(_sweep_until_empty, door) for _ in range(2)]
        dealt_with = sum(each.result() for each in rounds)

    assert dealt_with == 30
    assert len({key for _, _, key in door.sent}) == len(door.sent) == 30


def _sweep_until_empty(door: Door) -> int:
    try:
        return sum(iter(lambda: outbox.sweep(at=AFTER_HOLD, port=door, batch=4), 0))
    finally:
        connections.close_all()
