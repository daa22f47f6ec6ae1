"""Entering who is away, naming who stands in, coming back early (AB 岗). No clock stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations import access, notices
from qifu.organisations.absences import deputy_refusal, stands_in
from qifu.organisations.models import Absence, AbsenceReason, Post, Unit, User
from qifu.organisations.refusals import explained


@dataclass(frozen=True)
class Days:
    """From the first day to the last, both away; and why."""

    first: date
    last: date
    reason: str

    @property
    def end(self) -> date:
        """The day of coming back."""
        return date.fromordinal(self.last.toordinal() + 1)


ONLY = "外出由本人、本单位分管负责同志或县办登记。"
TWICE = InvalidInput("first", "这段时间已经登记过外出。请核对日期，或先提前结束原来那一次。")


def enter(
    person: User,
    unit: Unit,
    days: Days,
    *,
    deputy: User | None,
    by: User,
    at: datetime,
    key: str = "",
) -> Absence:
    """Enter that somebody is away, and who stands in for him (登记外出)."""
    with (
        explained({"absence_once_at_a_time": TWICE}),
        deed("absence.entered", county=unit.county, by=by, at=at, key=key) as work,
    ):
        if not access.can_enter_absence(by, person, unit):
            raise NotAllowed(ONLY)
        _hold(person, deputy)
        _check(person, unit, days, at)
        if deputy is not None:
            _may_stand_in(person, unit, deputy, days.first, days.end)
        away = Absence(
            user=person,
            unit=unit,
            deputy=deputy,
            reason=days.reason,
            valid_from=days.first,
            valid_to=days.end,
            by=by,
            at=at,
        )
        work.about(work.add(away))
        _tell(work, away)
    return away


def name_deputy(away: Absence, deputy: User, *, by: User, at: datetime, key: str = "") -> None:
    """Name who stands in, or somebody else instead (定代班人)."""
    today = local_date(at)
    with deed("absence.deputy_named", county=away.county, by=by, at=at, key=key) as work:
        work.about(away)
        if not access.can_enter_absence(by, away.user, away.unit):
            raise NotAllowed(ONLY)
        _still_away(away, today)
        _hold(away.user, deputy)
        begin = max(away.valid_from, today)
        _may_stand_in(away.user, away.unit, deputy, begin, away.valid_to)
        work.note(deputy=deputy.pk)
        work.change(
            away,
            expect={"deputy": away.deputy_id, "valid_to": away.valid_to},
            deputy=deputy,
        )
        _tell(work, away)


def end_early(away: Absence, *, by: User, at: datetime, key: str = "") -> None:
    """Let somebody be back from today on (提前返岗); one that has not begun never was."""
    today = local_date(at)
    with deed("absence.ended", county=away.county, by=by, at=at, key=key) as work:
        work.about(away)
        if not access.can_enter_absence(by, away.user, away.unit):
            raise NotAllowed(ONLY)
        _still_away(away, today)
        work.change(away, expect={"valid_to": away.valid_to}, valid_to=max(today, away.valid_from))


def _hold(person: User, deputy: User | None) -> None:
    # Two who name each other at the same moment: the second sees that the first is away.
    keys = [person.pk] if deputy is None else [person.pk, deputy.pk]
    rows = User.objects.in_county(person.county).filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _check(person: User, unit: Unit, days: Days, at: datetime) -> None:
    if days.reason not in AbsenceReason.values:
        raise InvalidInput("reason", "请选外出的原因。")
    if days.last < days.first:
        raise InvalidInput("last", "最后一天早于第一天。请改正。")
    if days.last < local_date(at):
        raise InvalidInput("last", "这段时间已经过去，不用登记。请核对日期。")
    posts = Post.objects.in_county(unit.county).filter(user=person, unit=unit)
    if not posts.in_force(max(days.first, local_date(at))).exists():
        raise InvalidInput("person", f"{person.name}这段时间在{unit.short_name}没有岗位。请核对。")
    other = stands_in(person, days.first, days.end)
    if other is not None:
        raise InvalidInput(
            "person",
            f"{person.name}这段时间要替{other.unit.short_name}{other.user.name}代班。"
            "请先给那一次换代班人，再登记。",
        )


def _may_stand_in(person: User, unit: Unit, deputy: User, begin: date, end: date) -> None:
    if refusal := deputy_refusal(person, unit, deputy, begin, end):
        raise InvalidInput("deputy", refusal)


def _still_away(away: Absence, today: date) -> None:
    if away.valid_to <= max(today, away.valid_from):
        raise StaleState("这次外出已经结束，不用再办。")


def _tell(work: Deed, away: Absence) -> None:
    if away.deputy is not None:
        put_all(work, [notices.standing_in(away, work.at)])
