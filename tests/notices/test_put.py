"""Putting notices into the outbox."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from qifu.journal.deed import deed
from qifu.journal.models import Event
from qifu.notices import outbox
from qifu.notices.addresses import Address
from qifu.notices.models import Notice, State
from tests.notices.conftest import COUNTY, NOW, OTHER_COUNTY, draft, put

pytestmark = pytest.mark.django_db


def test_a_notice_waits_sixty_seconds_and_says_why_it_was_sent() -> None:
    (notice,) = put(draft())

    stored = Notice.objects.in_county(COUNTY).get()
    assert stored == notice
    assert stored.state == State.QUEUED
    assert (stored.hold_until - NOW).total_seconds() == 60
    assert stored.why == "您在本平台提交了诉求"


def test_several_notices_cost_one_statement() -> None:
    with (
        deed("test.told", county=COUNTY, by=None, at=NOW) as work,
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        outbox.put_all(work, [draft(f"T1:{n}") for n in range(5)])

    assert len(queries) == 1


def test_the_same_fact_is_told_once_in_a_county_and_once_in_another() -> None:
    put(draft("T1:1"))
    put(draft("T1:1"), county=OTHER_COUNTY)

    with pytest.raises(IntegrityError):
        put(draft("T1:1"))


def test_a_step_that_fails_tells_nobody() -> None:
    with suppress(RuntimeError), deed("test.told", county=COUNTY, by=None, at=NOW) as work:
        outbox.put_all(work, [draft()])
        raise RuntimeError

    assert not Notice.objects.in_county(COUNTY).exists()


def test_the_journal_knows_of_the_notice_but_not_its_words_or_number() -> None:
    put(draft())

    event = Event.objects.in_county(COUNTY).get()
    ((_sign, label, _pk, values, hidden),) = event.rows
    assert label == "notices.notice"
    assert values["dedup"] == "T1:1"
    assert set(hidden) == {"address", "body"}
    assert "19900000001" not in str(event.rows)


def test_a_kind_that_no_room_declared_cannot_be_put() -> None:
    with pytest.raises(LookupError, match="X9"):
        put(draft(kind="X9"))


def test_a_notice_to_nobody_is_refused_by_the_table_itself() -> None:
    with pytest.raises(IntegrityError, match="addressee"):
        put(draft(to=Address.of_phone("")))
