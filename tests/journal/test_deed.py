"""A deed is all or nothing, one event each, and the same form counts once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from qifu.journal.deed import deed
from qifu.journal.models import Event, Text
from qifu.kernel.errors import AlreadyDone, DomainError, StaleState
from qifu.organisations.models import Unit
from tests.journal.conftest import COUNTY, NOW, OTHER_COUNTY, a_unit, found

pytestmark = pytest.mark.django_db


def events() -> list[Event]:
    return list(Event.objects.in_county(COUNTY).order_by("seq"))


def test_a_deed_writes_its_rows_and_one_event_that_knows_them() -> None:
    unit = found("t1", key="form-1")

    (event,) = events()
    (text,) = Text.objects.in_county(COUNTY)
    assert (event.seq, event.kind, event.key) == (1, "unit.founded", "form-1")
    assert (event.subject_type, event.subject_id) == ("organisations.unit", unit.pk)
    assert event.data["code"] == "t1"
    assert event.data["texts"] == [["founding", str(text.pk), text.digest]]
    ((sign, label, pk, values, hidden),) = event.rows
    assert (sign, label, pk, hidden) == ("+", "organisations.unit", unit.pk, [])
    assert values["code"] == "t1"


def test_the_event_never_holds_the_words_themselves() -> None:
    found("t1")

    (event,) = events()
    assert "DROP TABLE" not in str([event.data, event.rows])


def test_a_hidden_column_is_named_and_its_value_is_not(officer: Any) -> None:
    (event,) = events()

    hidden = next(row[4] for row in event.rows if row[1] == "organisations.user")

    assert "name" in hidden
    assert "周安全" not in str(event.rows)


def test_an_error_leaves_neither_rows_nor_event() -> None:
    def fail() -> None:
        with deed("unit.founded", county=COUNTY, by=None, at=NOW) as work:
            work.text("founding", "未写成")
            work.add(a_unit("t1"))
            raise DomainError("不行")

    with pytest.raises(DomainError):
        fail()

    assert events() == []
    assert not Unit.objects.in_county(COUNTY).exists()
    assert not Text.objects.in_county(COUNTY).exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_inside_another_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        found("t1")


def test_the_event_is_the_last_statement_and_the_lock_the_last_but_one() -> None:
    with CaptureQueriesContext(connection) as queries:
        found("t1")

    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert statements[-1].startswith('INSERT INTO "journal_event"')
    assert "journal_take_head" in statements[-2]
    assert not [sql for sql in statements[:-2] if "journal_event" in sql or "journal_take" in sql]


def test_each_county_has_a_chain_of_its_own() -> None:
    found("t1")
    found("t1", OTHER_COUNTY)
    found("t2")

    here, there = events(), list(Event.objects.in_county(OTHER_COUNTY))
    assert [event.seq for event in here] == [1, 2]
    assert [event.seq for event in there] == [1]
    assert here[1].prev == here[0].hash


def test_a_change_is_refused_when_the_row_is_no_longer_as_expected() -> None:
    unit = found("t1")

    with (
        pytest.raises(StaleState),
        deed("unit.phoned", county=COUNTY, by=None, at=NOW) as work,
    ):
        work.change(unit, expect={"phone": "0564-1"}, phone="0564-2")

    assert len(events()) == 1


def test_a_change_never_reaches_another_county() -> None:
    unit = found("t1", OTHER_COUNTY)

    with (
        pytest.raises(StaleState),
        deed("unit.phoned", county=COUNTY, by=None, at=NOW) as work,
    ):
        work.change(unit, phone="0564-2")


def test_a_value_that_would_not_come_back_the_same_is_refused() -> None:
    with (
        pytest.raises(TypeError, match="float"),
        deed("unit.weighed", county=COUNTY, by=None, at=NOW) as work,
    ):
        work.note(weight=0.1)


def test_the_same_form_a_second_time_names_what_the_first_one_made() -> None:
    unit = found("t1", key="form-1")

    with pytest.raises(AlreadyDone) as refusal:
        found("t2", key="form-1", at=NOW + timedelta(seconds=1))

    assert refusal.value.kind == "unit.founded"
    assert (refusal.value.subject_type, refusal.value.subject_id) == (
        "organisations.unit",
        unit.pk,
    )
    assert Unit.objects.in_county(COUNTY).count() == 1
    assert len(events()) == 1


def test_the_same_form_again_is_already_done_even_if_the_row_has_moved_on() -> None:
    unit = found("t1")

    def phone() -> None:
        with deed("unit.phoned", county=COUNTY, by=None, at=NOW, key="form-2") as work:
            work.about(unit)
            work.change(unit, expect={"phone": ""}, phone="0564-2")

    phone()
    with pytest.raises(AlreadyDone):
        phone()


def test_the_same_key_in_another_county_is_another_form() -> None:
    found("t1", key="form-1")
    found("t1", OTHER_COUNTY, key="form-1")

    assert Event.objects.in_county(OTHER_COUNTY).filter(key="form-1").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_eight_times_at_once_is_one_result() -> None:
    start = threading.Barrier(8)

    def send(number: int) -> Any:
        start.wait()
        try:
            return found(f"t{number}", key="form-1").pk
        except AlreadyDone as done:
            return done.subject_id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(send, range(8)))

    (unit,) = Unit.objects.in_county(COUNTY)
    assert results == {unit.pk}
    assert len(events()) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_make_one_chain_without_gaps() -> None:
    def write(writer: int) -> None:
        for number in range(5):
            found(f"w{writer}-{number}")
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    chain = events()
    assert [event.seq for event in chain] == list(range(1, 41))
    assert all(event.prev == before.hash for before, event in pairwise(chain))
