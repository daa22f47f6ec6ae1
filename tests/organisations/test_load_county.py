"""Loading the county's data file, and what the county then looks like."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from qifu.organisations.actions.loading import load_county
from qifu.organisations.county_file import CountyFile, CountyFileWrong, read
from qifu.organisations.models import County, GroupMember, Unit, UnitKind
from qifu.organisations.queries import current_unit
from tests.cast import COUNTY, NOW, Cast

FILE = Path(__file__).resolve().parent.parent.parent / "counties" / "341524.toml"
IN_2018 = date(2018, 10, 1)
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def file() -> CountyFile:
    return read(FILE)


def _named(on: date, kind: UnitKind) -> list[str]:
    units = Unit.objects.in_county(COUNTY).in_force(on).filter(kind=kind)
    return list(units.values_list("short_name", flat=True))


@pytest.mark.django_db
def test_the_file_becomes_the_county(file: CountyFile) -> None:
    loaded = load_county(file, at=NOW)

    assert (loaded.units, loaded.groups, loaded.members) == (79, 5, 20)
    county = County.objects.get(pk=COUNTY)
    assert county.programme == "“四送一服”双千工程"
    assert county.office_name == "县“四送一服”办公室"
    assert county.demo


@pytest.mark.django_db
def test_loading_it_again_changes_nothing(file: CountyFile) -> None:
    load_county(file, at=NOW)

    again = load_county(file, at=NOW)

    assert (again.added, again.changed) == (0, 0)


@pytest.mark.django_db
def test_the_names_of_the_roster_are_not_in_the_journal(file: CountyFile) -> None:
    load_county(file, at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(rows::text, '') FROM journal_event")
        journal = cursor.fetchone()[0]
    assert "县国土局" in journal
    assert not any(person.name in journal for group in file.groups for person in group.people)


@pytest.mark.django_db
def test_the_23_townships_of_2018_and_of_today_differ_by_one(file: CountyFile) -> None:
    load_county(file, at=NOW)

    then, now = _named(IN_2018, UnitKind.TOWNSHIP), _named(TODAY, UnitKind.TOWNSHIP)

    assert len(then) == len(now) == 23
    assert [sum(name.endswith("镇") for name in names) for names in (then, now)] == [12, 13]
    assert set(then) - set(now) == {"张冲乡"}
    assert set(now) - set(then) == {"流波䃥镇"}


@pytest.mark.django_db
def test_everyone_the_notice_addresses_is_there_in_2018(file: CountyFile) -> None:
    load_county(file, at=NOW)

    names = set(
        Unit.objects.in_county(COUNTY).in_force(IN_2018).values_list("short_name", flat=True)
    )

    assert {
        "天堂寨实验区", "产业园区", "金寨技师学院", "县广电台", "县监委", "县效能办",
        "县“四送一服”办公室", "县“四送一服”领导小组", "县政府办",
    } <= names  # fmt: skip


@pytest.mark.django_db
def test_two_merged_bureaus_lead_to_their_one_successor(file: CountyFile) -> None:
    load_county(file, at=NOW)
    land, planning, heir = (
        Unit.objects.in_county(COUNTY).get(code=code)
        for code in ("guotuju", "guihuaju", "zirangui")
    )

    assert current_unit(land, on=TODAY) == current_unit(planning, on=TODAY) == heir
    assert current_unit(land, on=IN_2018) == land
    assert set(heir.absorbed) == {land.pk, planning.pk}


@pytest.mark.django_db
def test_a_merger_the_county_entered_itself_survives_an_older_file(file: CountyFile) -> None:
    load_county(file, at=NOW)
    kept = Unit.objects.in_county(COUNTY).filter(code="jinrongban")
    kept.update(valid_to=TODAY)

    load_county(file, at=NOW)

    assert kept.get().valid_to == TODAY


@pytest.mark.django_db
def test_another_county_beside_it_is_not_touched(file: CountyFile, other_cast: Cast) -> None:
    before = Unit.objects.in_county(other_cast.county).count()

    load_county(file, at=NOW)

    assert Unit.objects.in_county(other_cast.county).count() == before
    assert not GroupMember.objects.in_county(other_cast.county).exists()


@pytest.mark.django_db
def test_the_command_ends_with_counts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_county", str(FILE))

    assert "单位79个，工作小组5个、20人；新增105行" in capsys.readouterr().out


def test_every_category_has_one_lead_in_a_township_and_in_the_park(file: CountyFile) -> None:
    kinds = [kind["code"] for group in file.sections["categories"] for kind in group["kinds"]]
    rules = file.sections["catalogue"]["rules"]
    cells: dict[tuple[str, str], int] = {}
    for rule in rules:
        if "size" not in rule:
            cells[rule["category"], rule.get("place", "any")] = (
                cells.get((rule["category"], rule.get("place", "any")), 0) + 1
            )

    assert len(file.sections["categories"]) == 16
    assert set(cells.values()) == {1}
    for kind in kinds:
        assert (kind, "any") in cells or {(kind, "township"), (kind, "park")} <= cells.keys()


def test_every_unit_the_catalogue_names_exists_today(file: CountyFile) -> None:
    there = {unit.code for unit in file.units if unit.until is None} | {"@place"}

    named = {
        code
        for rule in file.sections["catalogue"]["rules"]
        for code in [rule["lead"], *rule.get("assist", [])]
    }

    assert named - there == set()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ('successor = "zirangui"', "不在单位表中"),
        ('kind = "DEPARTMENT"', "不认识"),
        ('code = "guotuju"', "不在单位表中"),
        ("[county]", "TOML"),
        ('short = "县国土局"', "缺少或多出"),
    ],
)
def test_a_file_that_cannot_be_is_refused_by_name(
    tmp_path: Path, wrong: str, sentence: str
) -> None:
    broken = tmp_path / "341524.toml"
    swap = {
        'successor = "zirangui"': 'successor = "nowhere"',
        'kind = "DEPARTMENT"': 'kind = "PALACE"',
        'code = "guotuju"': 'code = "guotu"',
        "[county]": "[county",
        'short = "县国土局"': 'shorter = "县国土局"',
    }
    broken.write_text(FILE.read_text().replace(wrong, swap[wrong], 1))

    with pytest.raises(CountyFileWrong, match=sentence):
        read(broken)


@pytest.mark.django_db
def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_county", str(tmp_path / "nowhere.toml"))
