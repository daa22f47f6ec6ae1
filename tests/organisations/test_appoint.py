"""Appointing to posts and relieving of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from qifu.kernel.errors import DomainError, InvalidInput, NotAllowed, StaleState
from qifu.organisations.actions.accounts import deactivate
from qifu.organisations.actions.posts import appoint, relieve
from qifu.organisations.models import Post, PostKind, User
from tests.cast import BEGINNING, COUNTY, NOW, Cast

TODAY = date(2026, 11, 24)


def _fresh(user: User) -> User:
    return User.objects.in_county(user.county).get(pk=user.pk)


def test_an_appointed_person_reaches_the_unit(cast: Cast) -> None:
    appoint(cast.he, unit=cast.labour, kind="REPORTER", by=cast.sec, at=NOW)

    assert _fresh(cast.he).reach.units("REPORTER") == {cast.labour.pk}


@pytest.mark.parametrize("who", ["sys", "auditor", "wang", "chen", "boss"])
def test_only_the_security_administrator_appoints(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed, match="安全管理员"):
        appoint(cast.he, unit=cast.labour, kind="REPORTER", by=getattr(cast, who), at=NOW)


def test_nobody_appoints_or_relieves_himself(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="不能给自己"):
        appoint(cast.sec, unit=cast.office, kind="OFFICE_DIRECTOR", by=cast.sec, at=NOW)
    with pytest.raises(NotAllowed, match="自己的岗位"):
        relieve(cast.post(cast.sec), by=cast.sec, at=NOW)


def test_a_person_of_the_other_county_cannot_be_appointed_here(
    cast: Cast, other_cast: Cast
) -> None:
    with pytest.raises(InvalidInput, match="本县没有"):
        appoint(other_cast.he, unit=cast.labour, kind="REPORTER", by=cast.sec, at=NOW)
    with pytest.raises(NotAllowed):
        appoint(cast.he, unit=cast.labour, kind="REPORTER", by=other_cast.sec, at=NOW)


def test_persons_of_enterprises_and_closed_accounts_hold_no_post(cast: Cast) -> None:
    deactivate(cast.relieved(cast.he), by=cast.sys, at=NOW)

    for user in (cast.boss, cast.he):
        with pytest.raises(InvalidInput):
            appoint(user, unit=cast.labour, kind="REPORTER", by=cast.sec, at=NOW)


@pytest.mark.parametrize("kind", ["RESPONSIBLE_LEADER", "LIAISON"])
def test_a_unit_has_exactly_one_leader_and_one_liaison(cast: Cast, kind: str) -> None:
    with pytest.raises(InvalidInput, match="县人社局已有1名"):
        appoint(cast.he, unit=cast.labour, kind=kind, by=cast.sec, at=NOW)


def test_a_successor_begins_on_the_day_the_predecessor_ends(cast: Cast) -> None:
    relieve(cast.post(cast.li), by=cast.sec, at=NOW)

    post = appoint(cast.he, unit=cast.labour, kind="LIAISON", by=cast.sec, at=NOW)

    assert post.valid_from == TODAY
    assert not _fresh(cast.li).reach.roles
    history = Post.objects.in_county(COUNTY).filter(unit=cast.labour, kind="LIAISON")
    assert [p.user for p in history.order_by("valid_from")] == [cast.li, cast.he]


def test_the_database_itself_refuses_a_second_liaison(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            county=COUNTY, unit=cast.labour, user=cast.he, kind="LIAISON", valid_from=TODAY
        )


def test_the_same_post_is_not_held_twice(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="已经是"):
        appoint(cast.he, unit=cast.finance, kind="PAIRED_OFFICER", by=cast.sec, at=NOW)


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("sys", "AUDITOR"),
        ("auditor", "SYS_ADMIN"),
        ("sys", "OFFICE_OPERATOR"),
        ("wang", "SEC_ADMIN"),
    ],
)
def test_an_administrator_holds_no_other_post(cast: Cast, who: str, kind: str) -> None:
    with pytest.raises(InvalidInput, match="三员分离"):
        appoint(getattr(cast, who), unit=cast.office, kind=kind, by=cast.sec, at=NOW)


def test_the_database_itself_keeps_administrators_apart(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            county=COUNTY, unit=cast.office, user=cast.sys, kind="AUDITOR", valid_from=TODAY
        )


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        ("OFFICE_REVIEWER", "finance"),
        ("SUPERVISOR", "office"),
        ("COUNTY_LEADER", "township"),
        ("EMPEROR", "finance"),
    ],
)
def test_a_post_belongs_to_a_kind_of_unit(cast: Cast, kind: str, unit: str) -> None:
    with pytest.raises(InvalidInput):
        appoint(cast.he, unit=getattr(cast, unit), kind=kind, by=cast.sec, at=NOW)


def test_a_post_cannot_end_before_it_began_nor_be_ended_twice(cast: Cast) -> None:
    post, stale = cast.post(cast.li), cast.post(cast.li)
    with pytest.raises(InvalidInput, match="早于任职日期"):
        relieve(post, by=cast.sec, at=NOW, on=date(2018, 1, 1))
    relieve(post, by=cast.sec, at=NOW)

    with pytest.raises(StaleState):
        relieve(stale, by=cast.sec, at=NOW)


def test_a_post_that_begins_tomorrow_is_not_held_today(cast: Cast) -> None:
    tomorrow = date(2026, 11, 25)

    appoint(cast.he, unit=cast.labour, kind="REPORTER", by=cast.sec, at=NOW, on=tomorrow)

    assert not cast.he.reach_on(TODAY).has("REPORTER")
    assert cast.he.reach_on(tomorrow).has("REPORTER")


@pytest.mark.django_db(transaction=True)
def test_two_people_made_liaison_at_once_leave_exactly_one(cast: Cast) -> None:
    relieve(cast.post(cast.li), by=cast.sec, at=NOW)

    def make(user: User) -> str:
        try:
            appoint(user, unit=cast.labour, kind="LIAISON", by=cast.sec, at=NOW)
        except DomainError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "appointed"

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(make, [cast.he, cast.qian, cast.fan]))

    assert answers.count("appointed") == 1
    assert sum("已有1名专职人员" in answer for answer in answers) == 2
    liaisons = Post.objects.in_county(COUNTY).filter(unit=cast.labour, kind="LIAISON")
    assert liaisons.in_force(TODAY).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_posts_given_at_once_never_make_an_administrator_of_two_kinds(cast: Cast) -> None:
    relieve(cast.post(cast.he), by=cast.sec, at=NOW)

    def make(kind: str) -> str:
        try:
            appoint(cast.he, unit=cast.office, kind=kind, by=cast.sec, at=NOW)
        except DomainError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "appointed"

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(make, [PostKind.SYS_ADMIN, PostKind.AUDITOR, "OFFICE_OPERATOR"]))

    assert answers.count("appointed") == 1
    held = Post.objects.in_county(COUNTY).filter(user=cast.he, valid_from__gt=BEGINNING)
    assert held.count() == 1
