"""A county's calendar changes by versions, by its keepers, and leaves a trace."""

from __future__ import annotations

from datetime import date

import pytest

from qifu.journal import reference
from qifu.journal.models import Event
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import User
from qifu.workdays import actions
from qifu.workdays.almanac import almanac, at_version, current
from qifu.workdays.models import CalendarVersion, YearNotice
from qifu.workdays.named_days import NamedDay, each_day
from tests.cast import COUNTY, NOW, OTHER_COUNTY, Cast

pytestmark = pytest.mark.django_db
BASIS = "国办发明电〔2026〕0号"


def off(first: str, last: str, name: str) -> list[NamedDay]:
    days = each_day(date.fromisoformat(first), date.fromisoformat(last))
    return [NamedDay(day, False, name) for day in days]


# A made-up notice: nobody knows the real one yet.
YEAR_2027 = [
    *off("2027-01-01", "2027-01-03", "元旦"),
    *off("2027-02-05", "2027-02-11", "春节"),
    *off("2027-05-01", "2027-05-05", "劳动节"),
    *off("2027-10-01", "2027-10-07", "国庆节"),
    NamedDay(date(2026, 12, 27), True, "元旦"),
]


def seeded(county: str = COUNTY) -> CalendarVersion:
    return actions.seed(county, by=None, at=NOW)


def enter(
    cast: Cast,
    *,
    by: User | None = None,
    days: list[NamedDay] | None = None,
    document: str = BASIS,
    year: int = 2027,
    expect: int | None = None,
    key: str = "",
) -> CalendarVersion:
    return actions.enter_year(
        COUNTY,
        year,
        days=YEAR_2027 if days is None else days,
        document=document,
        published_on=date(2026, 11, 20),
        by=by or cast.wang,
        at=NOW,
        expect=expect,
        key=key,
    )


def test_a_county_without_a_calendar_counts_the_week_and_says_so() -> None:
    assert current(COUNTY).version == 0
    assert not current(COUNTY).published(2026)
    assert current(COUNTY).add(date(2026, 11, 24), 3) == date(2026, 11, 27)


def test_the_shipped_calendar_becomes_the_countys_first_version_once() -> None:
    first, again = seeded(), seeded()

    assert first == again
    assert first.number == 1
    assert current(COUNTY).add(date(2026, 9, 29), 3) == date(2026, 10, 9)
    assert YearNotice.objects.in_county(COUNTY).count() == 20
    assert current(OTHER_COUNTY).version == 0


def test_a_years_notice_makes_a_version_and_leaves_the_old_one_readable(cast: Cast) -> None:
    seeded()

    version = enter(cast)

    assert version.number == 2
    assert current(COUNTY).published(2027)
    assert not current(COUNTY).is_workday(date(2027, 2, 8))
    assert current(COUNTY).is_workday(date(2026, 12, 27))
    assert at_version(COUNTY, 1).is_workday(date(2027, 2, 8))
    assert not at_version(COUNTY, 1).published(2027)


def test_a_notice_entered_again_replaces_the_first_from_then_on(cast: Cast) -> None:
    seeded()
    enter(cast)

    enter(cast, days=YEAR_2027[:-1])

    assert not current(COUNTY).is_workday(date(2026, 12, 27))
    assert at_version(COUNTY, 2).is_workday(date(2026, 12, 27))
    assert almanac(COUNTY).notices(1).get(2027) is None


def test_one_day_is_corrected_and_can_be_put_back(cast: Cast) -> None:
    seeded()
    snow = date(2026, 12, 3)

    def edit(*, is_workday: bool) -> CalendarVersion:
        return actions.edit_day(
            COUNTY,
            snow,
            is_workday=is_workday,
            name="" if is_workday else "雪灾停工",
            document="县政府通告第3号",
            by=cast.wang,
            at=NOW,
        )

    assert edit(is_workday=False).number == 2
    assert current(COUNTY).name(snow) == "雪灾停工"
    assert edit(is_workday=True).number == 3
    assert current(COUNTY).is_workday(snow)
    assert len(almanac(COUNTY).notices()[2026].days) == len(almanac(COUNTY).notices(1)[2026].days)


def test_a_day_in_december_is_corrected_in_the_notice_that_names_it(cast: Cast) -> None:
    seeded()
    enter(cast)

    actions.edit_day(
        COUNTY,
        date(2026, 12, 27),
        is_workday=False,
        name="",
        document=BASIS,
        by=cast.wang,
        at=NOW,
    )

    assert not current(COUNTY).is_workday(date(2026, 12, 27))
    assert len(almanac(COUNTY).notices()[2027].days) == len(YEAR_2027) - 1


def test_a_day_of_a_year_without_a_notice_cannot_be_corrected(cast: Cast) -> None:
    seeded()

    with pytest.raises(InvalidInput, match="2027年的放假安排还没有录入"):
        actions.edit_day(
            COUNTY,
            date(2027, 3, 1),
            is_workday=False,
            name="停工",
            document=BASIS,
            by=cast.wang,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (YEAR_2027[1:], "没有1月1日（元旦）"),
        ([*YEAR_2027, *off("2028-01-01", "2028-01-01", "元旦")], "2028-01-01不在2027年"),
        ([*YEAR_2027, NamedDay(date(2027, 1, 1), True, "元旦")], "2027-01-01写了两次"),
        ([*YEAR_2027, NamedDay(date(2027, 3, 1), True, "")], "2027-03-01本来就是工作日"),
        ([*YEAR_2027, NamedDay(date(2027, 3, 1), False, "长" * 31)], "名称超过30个字"),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused(
    cast: Cast, days: list[NamedDay], sentence: str
) -> None:
    seeded()

    with pytest.raises(InvalidInput, match=sentence):
        enter(cast, days=days)

    assert current(COUNTY).version == 1


def test_an_edit_needs_a_paper_to_rest_on_a_possible_year_and_a_difference(cast: Cast) -> None:
    seeded()
    enter(cast)

    for wrong in ({"document": " "}, {"document": "长" * 61}, {"year": 2031}, {}):
        with pytest.raises(InvalidInput):
            enter(cast, **wrong)

    assert current(COUNTY).version == 2


@pytest.mark.parametrize("who", ["zhou", "wu", "zheng"])
def test_only_its_keepers_may_touch_the_calendar(cast: Cast, who: str) -> None:
    seeded()

    with pytest.raises(NotAllowed, match="系统管理员和县办主任"):
        enter(cast, by=getattr(cast, who))


def test_a_keeper_of_the_county_next_door_may_not_either(cast: Cast, other_cast: Cast) -> None:
    seeded()

    with pytest.raises(NotAllowed):
        enter(cast, by=other_cast.wang)


def test_a_comparison_with_an_older_version_is_void(cast: Cast) -> None:
    seeded()
    enter(cast, expect=1)

    with pytest.raises(StaleState, match="日历刚刚有人改过"):
        enter(cast, days=YEAR_2027[:-1], expect=1)


def test_the_same_form_sent_twice_makes_one_version(cast: Cast) -> None:
    seeded()
    version = enter(cast, expect=1, key="once")

    with pytest.raises(AlreadyDone) as done:
        enter(cast, expect=1, key="once")

    assert done.value.subject_id == version.pk
    assert current(COUNTY).version == 2


def test_every_edit_leaves_an_event_with_its_year_and_version(cast: Cast) -> None:
    seeded()
    before = reference.stamp(COUNTY)

    version = enter(cast)

    event = Event.objects.in_county(COUNTY).latest("seq")
    assert (event.kind, event.actor) == ("calendar.year_entered", cast.wang.pk)
    assert (event.subject_id, event.data) == (version.pk, {"year": 2027, "version": 2})
    assert reference.stamp(COUNTY) != before


def test_a_page_that_knows_the_stamp_reads_the_calendar_without_a_query(
    django_assert_num_queries: object,
) -> None:
    seeded()
    current(COUNTY)

    with (
        reference.known(COUNTY, reference.stamp(COUNTY)),
        django_assert_num_queries(0),  # type: ignore[operator]
    ):
        assert current(COUNTY).published(2026)
        assert at_version(COUNTY, 1).add(date(2026, 9, 29), 3) == date(2026, 10, 9)
