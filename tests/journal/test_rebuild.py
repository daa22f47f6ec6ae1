"""The journal suffices: tables come back from it, row by row and column by column."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command

from qifu.journal.deed import deed
from qifu.journal.rebuild import differences, rebuild
from qifu.journal.timeline import texts_of, timeline
from qifu.organisations.models import Post, PostKind, Unit, User
from tests.journal import empty_tables
from tests.journal.conftest import COUNTY, NOW, OTHER_COUNTY, a_unit, an_officer, found


@pytest.fixture
def units() -> list[Unit]:
    """Units that were founded, phoned, absorbed; some of them at once."""
    units = [found(f"t{number}") for number in range(3)]
    found("t1", OTHER_COUNTY)
    with deed("units.founded", county=COUNTY, by=None, at=NOW) as work:
        units += work.add_all([a_unit(f"b{number}") for number in range(3)])
    with deed("unit.merged", county=COUNTY, by=None, at=NOW) as work:
        work.change(units[0], valid_to=date(2019, 3, 1), successor=units[1])
        work.change(units[1], absorbed=[units[0].pk], phone="0564-7356011")
    with deed("unit.phoned", county=COUNTY, by=None, at=NOW) as work:
        work.change(units[1], phone="0564-7356012", assessed=False)
    an_officer(COUNTY, PostKind.LIAISON, PostKind.REPORTER)
    return units


@pytest.mark.django_db(transaction=True)
def test_rows_are_rebuilt_into_empty_tables(
    units: list[Unit], as_superuser: psycopg.Connection
) -> None:
    models = (Unit, User, Post)
    empty_tables.make_empty(as_superuser, *models)

    for model, rows in rebuild(COUNTY, models).items():
        empty_tables.fill(as_superuser, model, rows)

        assert len(rows) == model._base_manager.filter(county=COUNTY).count() > 0
        assert empty_tables.differing(as_superuser, model, COUNTY) == 0
    as_superuser.execute("UPDATE rebuilt.organisations_unit SET phone = '1' WHERE code = 't2'")
    assert empty_tables.differing(as_superuser, Unit, COUNTY) == 2


@pytest.mark.django_db
def test_a_row_that_was_changed_past_the_journal_is_named(units: list[Unit]) -> None:
    rows = rebuild(COUNTY, [Unit])[Unit]
    assert list(differences(COUNTY, Unit, rows)) == []

    changed, added, gone = units[1], a_unit("past"), units[5]
    Unit.objects.in_county(COUNTY).filter(pk=changed.pk).update(phone="1")
    Unit.objects.in_county(COUNTY).filter(pk=gone.pk).delete()
    added.county = COUNTY
    added.save()

    found_out = [
        (difference.pk, difference.column, difference.sentence)
        for difference in differences(COUNTY, Unit, rows)
    ]
    assert found_out == [
        (changed.pk, "phone", "表里的值和日志所记的不一样"),
        (added.pk, "", "表里有，日志里没有写过"),
        (gone.pk, "", "日志里写过，表里没有"),
    ]


@pytest.mark.django_db
def test_the_command_counts_the_rows_and_names_what_differs(units: list[Unit]) -> None:
    out = StringIO()
    call_command("rebuild_check", "organisations.Unit", stdout=out)
    assert f"{COUNTY}：organisations.Unit 7行，逐行逐列相同。" in out.getvalue()
    assert f"{OTHER_COUNTY}：organisations.Unit 1行，逐行逐列相同。" in out.getvalue()

    Unit.objects.in_county(COUNTY).filter(pk=units[1].pk).update(phone="1")

    with pytest.raises(SystemExit) as stopped:
        call_command("rebuild_check", county=COUNTY, stdout=out)
    assert stopped.value.code == 1
    assert f"organisations.Unit {units[1].pk}.phone 表里的值和日志所记的不一样。" in out.getvalue()


@pytest.mark.django_db
def test_a_timeline_tells_one_rows_events_in_their_order() -> None:
    unit = found("t1")
    found("t2")
    with deed("unit.phoned", county=COUNTY, by=None, at=NOW + timedelta(days=1)) as work:
        work.about(unit)
        work.note(by_phone=True)
        work.change(unit, phone="0564-7356011")

    founded, phoned = timeline(unit)

    assert (founded.kind, founded.at, founded.actor) == ("unit.founded", NOW, None)
    assert (phoned.kind, phoned.data["by_phone"]) == ("unit.phoned", True)
    words = texts_of(COUNTY, [founded, phoned])[founded.texts["founding"]]
    assert words.body.startswith("t1的来历")
