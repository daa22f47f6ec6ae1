"""What this room has open for a leaver: cases in hand, answers to sign, cases to look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from qifu.appeals.access import LEADERS
from qifu.appeals.lifecycle import ENDED, WORK_HELD, Work
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    AssignmentQuerySet,
    Promise,
    PromiseState,
    Viewer,
)
from qifu.journal.deed import Deed
from qifu.kernel.clock import local_date
from qifu.organisations.models import Post, Unit, User
from qifu.organisations.models.people import ADMINISTRATORS
from qifu.organisations.open_things import Family, Thing

POSTS = "POSTS"


class CasesInHand(Family):
    """Units' parts that the person has in hand as handler (在办诉求)."""

    code = "CASES"
    name = "在办诉求"
    place = 10

    def of(self, person: User, on: date) -> list[Thing]:
        return [_thing(part) for part in self._held(person)]

    def through(self, post: Post, on: date) -> list[Thing]:
        # Whom the unit gave the part to works it by whatever post he has there.
        mine = Q(pk__in=[]) if _another(post, on) else Q(handler=post.user_id)
        if post.kind == "LIAISON":
            # What nobody has signed for waits for whoever is the liaison.
            mine |= Q(handler=None)
        parts = _open_parts(post.county).filter(mine, unit__in=_lineage(post.unit))
        return [_thing(part) for part in parts]

    def refusal(self, person: User, receivers: Mapping[str, User], on: date) -> str:
        receiver = receivers[self.code]
        if receivers.get(POSTS) == receiver:
            return ""
        reached = receiver.reach_on(on).own_units()
        for part in self._held(person):
            if part.unit_id not in reached:
                return (
                    f"{receiver.name}不在{part.unit.short_name}任职，办不了"
                    f"{_called(part.appeal)}。请选本单位的人，或由接任岗位的人接收。"
                )
        return ""

    def move(self, work: Deed, person: User, receiver: User, on: date) -> int:
        parts = self._held(person)
        for part in parts:
            work.change(part, expect={"state": part.state, "handler": person.pk}, handler=receiver)
        cases = [part.appeal_id for part in parts]
        rows = Viewer.objects.in_county(work.county).filter(appeal__in=cases)
        for row in rows.filter(user=person, valid_to=None):
            work.change(row, expect={"valid_to": None}, valid_to=_day_before(on))
        # By a post other than the liaison's one sees only what one was given.
        named = {row.appeal_id: row for row in rows.filter(user=receiver)}
        # A confidential one follows its handler and shows nobody else anything.
        common = [part.appeal_id for part in parts if not part.appeal.confidential]
        for case in dict.fromkeys(common):
            if case not in named:
                why = work.text("viewer", "随交接接手办理")
                work.add(
                    Viewer(appeal_id=case, user=receiver, why=why, valid_from=local_date(work.at))
                )
            elif named[case].valid_to is not None:
                work.change(named[case], valid_to=None)
        return len(parts)

    def _held(self, person: User) -> list[Assignment]:
        return list(_open_parts(person.county).filter(handler=person))


class ApprovalsWaiting(Family):
    """Answers that wait for the leader's signature; they go with the post (待审签)."""

    code = "APPROVALS"
    name = "待审签的答复"
    place = 20

    def of(self, person: User, on: date) -> list[Thing]:
        units = person.reach_on(on).own_units(*LEADERS)
        return [_thing(part) for part in self._waiting(person.county, units)]

    def through(self, post: Post, on: date) -> list[Thing]:
        if post.kind not in LEADERS:
            return []
        return [_thing(part) for part in self._waiting(post.county, _lineage(post.unit))]

    def refusal(self, person: User, receivers: Mapping[str, User], on: date) -> str:
        receiver = receivers[self.code]
        units = person.reach_on(on).own_units(*LEADERS)
        leads = receiver.reach_on(on).own_units(*LEADERS)
        if receivers.get(POSTS) != receiver and not units <= leads:
            return f"审签跟着岗位走。请选接任分管负责同志的人，不能单独交给{receiver.name}。"
        drafted = Answer.objects.in_county(person.county).filter(
            state=Answer.State.PENDING, by=receiver, assignment__unit__in=units
        )
        if drafted.filter(assignment__state=Work.APPROVAL).exists():
            return f"有待审签的答复是{receiver.name}起草的，自己不能审签。请先审签，或另选接收人。"
        return ""

    def move(self, work: Deed, person: User, receiver: User, on: date) -> int:
        """Count them: whoever leads the unit signs, so the post takes them along."""
        return len(self.of(person, on))

    def _waiting(self, county: str, units: frozenset[int]) -> list[Assignment]:
        return list(_open_parts(county).filter(state=Work.APPROVAL, unit__in=units))


class CasesToLookAt(Family):
    """Cases that the person was named to see (查看人)."""

    code = "VIEWERS"
    name = "指定查看的诉求"
    place = 90
    giver = "县办主任"

    def of(self, person: User, on: date) -> list[Thing]:
        return [
            Thing(f"诉求{_called(row.appeal)}", _shown(row.appeal))
            for row in self._held(person, on)
        ]

    def may_give(self, by: User, person: User, on: date) -> bool:
        """Who may see a case besides those whose work it is, the director says."""
        return by.reach.has("OFFICE_DIRECTOR")

    def refusal(self, person: User, receivers: Mapping[str, User], on: date) -> str:
        receiver = receivers[self.code]
        if receiver.reach_on(on).has(*ADMINISTRATORS):
            return f"{receiver.name}管系统，不看诉求。请选办事的同志接收。"
        return ""

    def move(self, work: Deed, person: User, receiver: User, on: date) -> int:
        rows = self._held(person, on)
        there = set(
            Viewer.objects.in_county(work.county)
            .filter(user=receiver)
            .values_list("appeal", flat=True)
        )
        for row in rows:
            until = row.valid_to
            work.change(row, expect={"valid_to": until}, valid_to=_day_before(on))
            if row.appeal_id not in there:
                work.add(
                    Viewer(
                        appeal_id=row.appeal_id,
                        user=receiver,
                        why_id=row.why_id,
                        valid_from=max(on, row.valid_from, local_date(work.at)),
                        valid_to=until,
                    )
                )
        return len(rows)

    def _held(self, person: User, on: date) -> list[Viewer]:
        rows = Viewer.objects.in_county(person.county).filter(user=person)
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=on)).exclude(appeal__state__in=ENDED)
        # What he has in hand goes along with the work.
        in_hand = _open_parts(person.county).filter(handler=person).order_by()
        rows = rows.exclude(appeal__in=in_hand.values("appeal_id"))
        return list(rows.select_related("appeal").order_by("pk"))


def _open_parts(county: str) -> AssignmentQuerySet:
    parts = Assignment.objects.in_county(county).filter(state__in=WORK_HELD)
    promised = Promise.objects.filter(county=OuterRef("county"), assignment=OuterRef("pk"))
    owed = promised.filter(reported_at=None).exclude(state=PromiseState.CALLED_OFF)
    day = Subquery(owed.order_by("-pk").values("due_on")[:1])
    return parts.annotate(promised_on=day).select_related("appeal", "unit").order_by("pk")


def _thing(part: Assignment) -> Thing:
    case, day = part.appeal, part.promised_on  # type: ignore[attr-defined]
    # What was promised goes along with the part, and is named, so that nobody forgets it.
    owed = f"，承诺{day.month}月{day.day}日前办成" if day and part.state == Work.TRACKING else ""
    what = f"{_called(case)}（{part.unit.short_name}{part.get_role_display()}{owed}）"
    return Thing(what, _shown(case))


def _called(case: Appeal) -> str:
    """Name a case to whoever prepares a hand-over; a confidential one has no name there."""
    return "（企业要求保密）" if case.confidential else case.number


def _shown(case: Appeal) -> str:
    return "" if case.confidential else case.number


def _lineage(unit: Unit) -> frozenset[int]:
    return frozenset({unit.pk, *unit.absorbed})


def _another(post: Post, on: date) -> bool:
    """Tell whether the person has another post at the unit."""
    held = Post.objects.in_county(post.county).filter(user=post.user_id, unit=post.unit_id)
    return held.exclude(pk=post.pk).in_force(on).exists()


def _day_before(day: date) -> date:
    """Return the last day (inclusive, as of a viewer's right) before the day."""
    return date.fromordinal(day.toordinal() - 1)
