"""反映干部作风: only oversight reads it, and nobody whom it concerns."""

from __future__ import annotations

from typing import Any

import pytest

from qifu.conduct.actions import answer, complain, record_reading, take_up
from qifu.conduct.models import Complaint
from qifu.journal.models import Event
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.notices.registry import registry
from qifu.organisations.actions.absences import Days, enter
from qifu.organisations.models import Post, PostKind, Unit, User
from tests.cast import BEGINNING, NOW, PEOPLE, PERSONS, Cast
from tests.story import Story

WORDS = "去了三次都说系统坏了，要我们找人“沟通”"


def said(cast: Cast, unit: Unit | None = None, **more: Any) -> Complaint:
    facts = {"by": cast.boss, "at": NOW, **more}
    return complain(unit or cast.finance, WORDS, **facts)


def sees(cast: Cast, row: Complaint) -> set[str]:
    """Name everybody who sees the complaint."""
    found = set()
    for name in (*PEOPLE, *PERSONS):
        user = User.objects.in_county(cast.county).get(pk=getattr(cast, name).pk)
        if Complaint.objects.visible_to(user, local_date(NOW)).filter(pk=row.pk).exists():
            found.add(name)
    return found


def appointed(cast: Cast, user: User, unit: Unit) -> User:
    """Make somebody one more supervisor."""
    kind = PostKind.SUPERVISOR
    Post(county=cast.county, unit=unit, user=user, kind=kind, valid_from=BEGINNING).save()
    return User.objects.in_county(cast.county).get(pk=user.pk)


def test_only_the_person_and_oversight_see_it(cast: Cast) -> None:
    assert sees(cast, said(cast, officer="朱科长")) == {"boss", "feng"}


def test_it_says_with_which_case_it_has_to_do(story: Story) -> None:
    story.submitted()

    row = said(story.cast, appeal=story.appeal)

    assert row.appeal == story.appeal
    with pytest.raises(NotAllowed):
        said(story.cast, appeal=story.appeal, by=story.cast.outsider)


def test_a_supervisor_who_is_named_does_not_see_it(cast: Cast) -> None:
    appointed(cast, cast.zheng, cast.government)

    row = said(cast, officer="县监委的冯监察")
    same = said(cast, officer="冯监察")

    assert sees(cast, row) == {"boss", "zheng"}
    assert same.officer == cast.feng
    assert sees(cast, same) == {"boss", "zheng"}
    told = Notice.objects.in_county(cast.county).filter(kind="CONDUCT")
    assert {notice.person for notice in told} == {cast.zheng.pk}


def test_a_supervisor_does_not_see_one_about_his_own_unit(cast: Cast) -> None:
    appointed(cast, cast.zheng, cast.government)

    assert sees(cast, said(cast, cast.oversight)) == {"boss", "zheng"}
    assert sees(cast, said(cast, cast.government)) == {"boss", "feng"}


def test_where_no_supervisor_could_look_at_it_the_person_is_told_where_to_turn(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="12388"):
        said(cast, officer="冯监察")
    with pytest.raises(InvalidInput, match="12388"):
        said(cast, cast.oversight)

    assert not Complaint.objects.in_county(cast.county).exists()


def test_whoever_stands_in_for_a_supervisor_does_not_see_it(cast: Cast) -> None:
    row, today = said(cast), local_date(NOW)
    Post(
        county=cast.county, unit=cast.oversight, user=cast.tang, kind=PostKind.GROUP_MEMBER,
        valid_from=BEGINNING,
    ).save()  # fmt: skip
    days = Days(today, today, "TRIP")
    enter(cast.feng, cast.oversight, days, deputy=cast.tang, by=cast.feng, at=NOW)

    assert cast.tang.reach_on(today).has(PostKind.SUPERVISOR)
    assert sees(cast, row) == {"boss", "feng"}


def test_it_is_taken_up_and_answered_and_the_person_reads_the_answer(cast: Cast) -> None:
    row = said(cast)

    take_up(row, by=cast.feng, at=NOW)
    answer(row, "已核实，批评教育", by=cast.feng, at=NOW, key="1")

    row = Complaint.objects.in_county(cast.county).get(pk=row.pk)
    steps = list(row.steps.order_by("pk"))
    assert (row.state, [step.state for step in steps]) == ("ANSWERED", ["TAKEN_UP", "ANSWERED"])
    assert [step.words.body for step in steps if step.words] == ["已核实，批评教育"]
    with pytest.raises(AlreadyDone):
        answer(row, "已核实，批评教育", by=cast.feng, at=NOW, key="1")
    with pytest.raises(StaleState):
        take_up(row, by=cast.feng, at=NOW)


@pytest.mark.parametrize("name", ["wang", "zhou", "zheng", "chen", "zhu", "auditor", "boss"])
def test_nobody_else_takes_it_up(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        take_up(said(cast), by=getattr(cast, name), at=NOW)


def test_whoever_was_slower_learns_how_it_stands(cast: Cast) -> None:
    row = said(cast)
    slow = Complaint.objects.in_county(cast.county).get(pk=row.pk)
    take_up(row, by=cast.feng, at=NOW)

    with pytest.raises(StaleState):
        take_up(slow, by=cast.feng, at=NOW)


def test_messages_say_that_there_is_something_and_the_office_does_not_see_them(cast: Cast) -> None:
    row = said(cast, officer="朱科长")
    (told,) = Notice.objects.in_county(cast.county).filter(kind="CONDUCT")
    assert registry.kind("CONDUCT").still_true(told)

    take_up(row, by=cast.feng, at=NOW)

    back = Notice.objects.in_county(cast.county).get(kind="CONDUCT-BACK")
    assert (told.person, back.person) == (cast.feng.pk, cast.boss.pk)
    for notice in (told, back):
        for trace in (row.number, "作风", "反映", "朱科长", "金融办", "监督"):
            assert trace not in notice.body
        # What could not be sent is listed without these kinds.
        assert notice.kind in registry.secret
    assert not registry.kind("CONDUCT").still_true(told)


def test_the_journal_shows_that_there_was_one_and_nothing_of_it(cast: Cast) -> None:
    row = said(cast, officer="朱科长")
    record_reading(row, by=cast.feng, at=NOW)

    events = Event.objects.in_county(cast.county).filter(kind__startswith="conduct.")
    kept = "".join(f"{event.data} {event.rows}" for event in events)
    assert [event.kind for event in events.order_by("seq")] == [
        "conduct.complained",
        "conduct.read",
    ]
    for trace in (row.number, "朱科长", f"'unit_id': {cast.finance.pk}", "submitted_by_id': "):
        assert trace not in kept


def test_numbers_are_of_their_own_series(story: Story) -> None:
    story.submitted()
    first = story.appeal.number

    numbers = [said(story.cast).number for _ in range(12)]

    assert all(number.startswith("ZF2026-") for number in numbers)
    assert numbers == sorted(set(numbers))
    assert story.submitted().appeal.number > first


def test_staff_and_empty_words_are_refused(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        said(cast, by=cast.zhu)
    with pytest.raises(InvalidInput, match="还没写"):
        complain(cast.finance, "  ", by=cast.boss, at=NOW)


def test_another_county_knows_nothing_of_it(cast: Cast, other_cast: Cast) -> None:
    row = said(cast)

    on = local_date(NOW)
    assert not Complaint.objects.visible_to(other_cast.feng, on).exists()
    assert not Complaint.objects.visible_to(other_cast.boss, on).exists()
    with pytest.raises(NotAllowed):
        take_up(row, by=other_cast.feng, at=NOW)
    assert said(other_cast).number[:7] == row.number[:7]
