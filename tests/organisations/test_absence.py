"""Being away: who stands in reaches the post, gets its notices, and no clock stops."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from qifu.appeals.actions import working
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.organisations.absences import sentence, visible_absences
from qifu.organisations.actions.absences import Days, end_early, enter, name_deputy
from qifu.organisations.actions.filing import file_unit
from qifu.organisations.actions.units import Naming, rename_unit
from qifu.organisations.address_book import CountyAddressBook
from qifu.organisations.backends import CountyBackend
from qifu.organisations.models import Absence, Unit, User
from tests.cast import COUNTY, NOW, Cast
from tests.story import Story, lay_rules

TODAY = date(2026, 11, 24)
WEEK = Days(TODAY, date(2026, 11, 30), "TRIP")


def _again(user: User) -> User:
    return User.objects.in_county(user.county).get(pk=user.pk)


def _away(cast: Cast, days: Days = WEEK, deputy: User | None = None) -> Absence:
    """朱 of the finance office is away; 何 stands in unless somebody else is named."""
    return enter(cast.zhu, cast.finance, days, deputy=deputy or cast.he, by=cast.zhu, at=NOW)


def test_the_deputy_reaches_the_post_as_long_as_the_absence_lasts(cast: Cast) -> None:
    _away(cast)

    assert cast.finance.pk in _again(cast.he).reach_on(TODAY).units("LIAISON")
    assert cast.finance.pk in _again(cast.he).reach_on(date(2026, 11, 30)).units("LIAISON")
    assert not _again(cast.he).reach_on(date(2026, 12, 1)).has("LIAISON")
    assert not _again(cast.he).reach_on(date(2026, 11, 23)).has("LIAISON")
    assert not _again(cast.he).reach_on(TODAY).own_units("LIAISON")
    assert [post.acting for post in _again(cast.he).reach_on(TODAY).posts] == [False, True]


def test_a_session_learns_of_standing_in_from_the_same_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _away(cast)

    with django_assert_num_queries(1):
        user = CountyBackend().get_user(cast.he.pk)
        assert user is not None
        assert user.reach.roles == {"PAIRED_OFFICER", "LIAISON"}
    assert user.reach == _again(cast.he).reach


def test_the_deputy_signs_and_replies_and_the_clock_runs_on(cast: Cast) -> None:
    lay_rules(COUNTY)
    story = Story(cast).submitted().accepted().dispatched()
    due = story.part(cast.finance).due_on
    _away(cast)

    story.signed(by=_again(cast.he)).replied(by=_again(cast.he))

    part = story.part(cast.finance)
    assert (part.state, part.handler) == ("APPROVAL", cast.he)
    assert due is not None
    assert story.fresh().state == "APPROVAL"


def test_a_leaders_deputy_approves_but_never_his_own_draft(cast: Cast) -> None:
    lay_rules(COUNTY)
    enter(cast.chen, cast.finance, WEEK, deputy=cast.zhu, by=cast.chen, at=NOW)
    own = Story(cast).submitted().accepted().dispatched().signed().replied()

    with pytest.raises(NotAllowed, match="自己起草"):
        working.approve(own.reread(), by=_again(cast.zhu), at=NOW)

    own.approved(by=cast.chen)
    assert own.fresh().state == "REVIEW"


def test_somebody_elses_draft_the_deputy_approves(cast: Cast) -> None:
    lay_rules(COUNTY)
    enter(cast.chen, cast.finance, WEEK, deputy=cast.he, by=cast.chen, at=NOW)
    story = Story(cast).submitted().accepted().dispatched().signed().replied()

    story.approved(by=_again(cast.he))

    assert story.fresh().state == "REVIEW"


def test_notices_of_the_duty_go_to_the_deputy(cast: Cast) -> None:
    _away(cast)
    book = CountyAddressBook()

    found = book.on_duty(county=COUNTY, unit=cast.finance.pk, role="LIAISON", at=NOW)

    assert found is not None
    assert found.person == cast.he.pk
    told = Notice.objects.in_county(COUNTY).get(kind="STANDING_IN")
    assert told.person == cast.he.pk
    assert "朱科长11月24日至11月30日外出，县金融办的事由您代班" in told.body


def test_without_a_deputy_notices_still_reach_the_post_and_the_office_is_warned(
    cast: Cast, other_cast: Cast
) -> None:
    uncovered = enter(cast.li, cast.labour, WEEK, deputy=None, by=cast.zhao, at=NOW)
    covered = _away(cast)

    book = CountyAddressBook()
    found = book.on_duty(county=COUNTY, unit=cast.labour.pk, role="LIAISON", at=NOW)

    assert found is not None
    assert found.person == cast.li.pk
    assert list(visible_absences(cast.zhou, TODAY)) == [uncovered, covered]
    assert list(visible_absences(cast.chen, TODAY)) == [covered]
    assert not visible_absences(other_cast.zhou, TODAY).exists()
    assert sentence(uncovered) == "李干事外出至11月30日，没有代班人"
    assert sentence(covered) == "朱科长外出至11月30日，A岗由何干部代"


@pytest.mark.parametrize(
    ("who", "may"), [("zhu", True), ("chen", True), ("zhou", True), ("he", False), ("zhao", False)]
)
def test_he_himself_his_leader_and_the_office_enter_it(cast: Cast, who: str, may: bool) -> None:
    by = getattr(cast, who)
    if may:
        assert enter(cast.zhu, cast.finance, WEEK, deputy=cast.he, by=by, at=NOW).deputy == cast.he
        return
    with pytest.raises(NotAllowed, match="本人、本单位分管负责同志或县办"):
        enter(cast.zhu, cast.finance, WEEK, deputy=cast.he, by=by, at=NOW)


def test_only_somebody_of_the_unit_or_its_parent_stands_in(cast: Cast, other_cast: Cast) -> None:
    for stranger in (cast.li, cast.sec, cast.boss, other_cast.he):
        with pytest.raises(InvalidInput, match="不能代班"):
            _away(cast, deputy=stranger)
    with pytest.raises(InvalidInput, match="不能是外出人自己"):
        _away(cast, deputy=cast.zhu)
    Unit.objects.in_county(COUNTY).filter(pk=cast.finance.pk).update(parent=cast.labour)
    cast.finance.refresh_from_db(from_queryset=Unit.objects.in_county(COUNTY))

    assert _away(cast, deputy=cast.li).deputy == cast.li


def test_who_is_away_himself_does_not_stand_in_and_who_stands_in_does_not_go(cast: Cast) -> None:
    tomorrow = Days(date(2026, 11, 25), date(2026, 11, 25), "LEAVE")
    enter(cast.he, cast.finance, tomorrow, deputy=None, by=cast.he, at=NOW)
    with pytest.raises(InvalidInput, match="何干部11月25日至11月25日自己也外出"):
        _away(cast)

    _away(cast, deputy=cast.chen)
    with pytest.raises(InvalidInput, match="要替县金融办朱科长代班"):
        enter(cast.chen, cast.finance, tomorrow, deputy=None, by=cast.chen, at=NOW)


def test_one_is_away_once_at_a_time_and_not_in_the_past(cast: Cast) -> None:
    _away(cast)

    with pytest.raises(InvalidInput, match="已经登记过外出"):
        _away(cast, Days(date(2026, 11, 30), date(2026, 12, 2), "TRIP"))
    with pytest.raises(InvalidInput, match="已经过去"):
        _away(cast, Days(date(2026, 11, 1), date(2026, 11, 3), "TRIP"))
    with pytest.raises(InvalidInput, match="早于第一天"):
        _away(cast, Days(date(2026, 12, 5), date(2026, 12, 3), "TRIP"))
    with pytest.raises(InvalidInput, match="没有岗位"):
        enter(cast.li, cast.finance, WEEK, deputy=None, by=cast.li, at=NOW)
    again = _away(cast, Days(date(2026, 12, 1), date(2026, 12, 2), "TRIP"))
    assert again.last_day == date(2026, 12, 2)


def test_back_early_the_deputy_is_relieved_at_once(cast: Cast) -> None:
    away = _away(cast)

    end_early(away, by=cast.zhu, at=NOW)

    assert not _again(cast.he).reach.has("LIAISON")
    assert not visible_absences(cast.zhou, TODAY).exists()
    with pytest.raises(StaleState, match="已经结束"):
        end_early(away, by=cast.zhu, at=NOW)
    assert _away(cast).is_in_force(TODAY)


def test_another_deputy_can_be_named_meanwhile(cast: Cast) -> None:
    away = _away(cast)

    name_deputy(away, cast.chen, by=cast.zhou, at=NOW + timedelta(minutes=1))

    assert not _again(cast.he).reach.has("LIAISON")
    assert _again(cast.chen).reach.has("LIAISON")
    stale = Absence.objects.in_county(COUNTY).with_people().get(pk=away.pk)
    name_deputy(away, cast.he, by=cast.zhou, at=NOW + timedelta(minutes=2))
    with pytest.raises(StaleState):
        name_deputy(stale, cast.chen, by=cast.zhou, at=NOW)


def test_a_deputy_of_the_leader_does_not_name_a_new_leader(cast: Cast) -> None:
    enter(cast.chen, cast.finance, WEEK, deputy=cast.zhu, by=cast.chen, at=NOW)

    with pytest.raises(NotAllowed, match="更换人员"):
        file_unit(cast.finance, leader=cast.he, liaison=cast.zhu, by=_again(cast.zhu), at=NOW)


def test_keeping_the_system_is_never_deputised(cast: Cast) -> None:
    enter(cast.sec, cast.office, WEEK, deputy=cast.zhou, by=cast.wang, at=NOW)

    assert not _again(cast.zhou).reach.has("SEC_ADMIN")


def test_a_renamed_unit_keeps_who_stands_in(cast: Cast) -> None:
    _away(cast)

    heir = rename_unit(
        cast.finance,
        Naming("jinrongju", "县地方金融管理局", "县地方金融局"),
        on=TODAY,
        by=cast.zhou,
        at=NOW,
    )

    assert _again(cast.he).reach.units("LIAISON") == {heir.pk, cast.finance.pk}
    book = CountyAddressBook()
    found = book.on_duty(county=COUNTY, unit=cast.finance.pk, role="LIAISON", at=NOW)
    assert found is not None
    assert found.person == cast.he.pk


def test_the_other_county_never_notices(cast: Cast, other_cast: Cast) -> None:
    _away(cast)

    assert not _again(other_cast.he).reach.has("LIAISON")
    with pytest.raises(NotAllowed):
        enter(cast.li, cast.labour, WEEK, deputy=None, by=other_cast.zhou, at=NOW)
