"""The case, each unit's part in it, and the one policy of who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import FilteredRelation, Q

from qifu.appeals.lifecycle import (
    ENDED,
    WORK_GIVEN_UP,
    WORK_OPEN,
    WORK_WITHDRAWN,
    State,
    Work,
    case_step,
    derived,
    work_step,
)
from qifu.appeals.models.catalogue import Category
from qifu.appeals.rules import Channel, Nature, Outcome, ReplyChannel, Role
from qifu.appeals.sight import FROM_ABOVE, SEES_CONFIDED, is_masked_from, tied
from qifu.enterprises.models import Binding, Enterprise
from qifu.enterprises.sight import SEES_ALL, SEES_UNIT
from qifu.journal.deed import Deed
from qifu.journal.models import Text
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.kernel.errors import StaleState
from qifu.organisations.models import Unit, User, UserKind
from qifu.organisations.models.people import ADMINISTRATORS

ERASED = "（内容已依法删除）"
WORDS = ("problem", "said_enterprise", "enterprise", "place", "category", "lead_unit")


class AppealQuerySet(CountyQuerySet["Appeal"]):
    """Cases, reached through whoever looks."""

    def visible_to(self, user: User, on: date) -> Self:
        """Return the cases that the person may see on that day: the only door of the faces.

        A confidential one (企业要求保密) is there for few: decision 0014.
        """
        cases, named = self.in_county(user.county), Q(pk__in=_named(user, on))
        shared, confidential = Q(confidential=False), Q(confidential=True)
        if user.kind == UserKind.ENTERPRISE:
            bound = Binding.objects.in_county(user.county).in_force(on).filter(person=user)
            firm = Q(enterprise__in=bound.values("enterprise_id"))
            # What staff wrote down for it is confided to the number that was left.
            left = firm & Q(proxy=True, contact__body=user.phone)
            mine = Q(submitted_by=user)
            return cases.filter(mine | firm & shared | confidential & (named | left))
        reach, parts = user.reach, Assignment.objects.in_county(user.county)
        if reach.has(*SEES_CONFIDED):
            return cases
        confided = Q(pk__in=parts.confided_to(user).values("appeal_id"))
        if reach.has(*SEES_ALL):
            return cases.filter(shared | named | confided)
        units = reach.units(*SEES_UNIT)
        common = (
            Q(pk__in=parts.of_units(units).values("appeal_id"))
            | Q(lodged_at__in=units)
            | Q(enterprise__in=tied(user, on))
        )
        return cases.filter(shared & common | named | confided)

    def with_office_clock(self) -> Self:
        """Read the office's running clock along (`running_clock`), for a step that stops it."""
        mine = Q(clocks__assignment=None, clocks__stopped_at=None)
        clock = FilteredRelation("clocks", condition=mine)
        return self.annotate(running_clock=clock).select_related("running_clock")

    def open(self) -> Self:
        """Return the cases that somebody still has to move."""
        return self.exclude(state__in=ENDED)

    def with_words(self) -> Self:
        """Read along what every row says: the words, the enterprise, the place, the unit."""
        return self.select_related(*WORDS)

    def legible_to(self, viewer: User) -> Self:
        """Leave out those that the viewer's lists mask: finding them would tell of them."""
        return self.filter(confidential=False) if is_masked_from(viewer) else self

    def search(self, words: str, viewer: User) -> Self:
        """Return the cases whose number, enterprise or words (masked: number) contain this."""
        words = words.replace("\x00", "").strip()
        if not words:
            return self
        said = (
            Q(enterprise__name__icontains=words)
            | Q(enterprise__short_name__icontains=words)
            | Q(said_enterprise__heading__icontains=words)
            | Q(problem__body__icontains=words)
        )
        if is_masked_from(viewer):
            said &= Q(confidential=False)
        return self.filter(Q(number__startswith=words) | said)


class Appeal(CountyModel):
    """One problem of one enterprise (诉求)."""

    number = models.CharField("编号", max_length=20)
    state = models.CharField("状态", max_length=16, choices=State.choices)
    # 属地化解: with the township, park or unit that it was lodged at.
    local = models.BooleanField("属地办理", default=False)
    lodged_at = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    channel = models.CharField("来源渠道", max_length=10, choices=Channel.choices)
    reply_channel = models.CharField("答复渠道", max_length=10, choices=ReplyChannel.choices)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="appeals", null=True)
    said_enterprise = models.ForeignKey(Text, models.PROTECT, related_name="+", null=True)
    problem = models.ForeignKey(Text, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Text, models.PROTECT, related_name="+")
    contact_way = models.CharField("希望怎么联系", max_length=10, default="PHONE")
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Typed in by staff for the enterprise (代登记).
    proxy = models.BooleanField("代登记", default=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", null=True)
    nature = models.CharField("类型", max_length=12, choices=Nature.choices, blank=True)
    outcome = models.CharField("办理结果", max_length=12, choices=Outcome.choices, blank=True)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    # The day by which somebody has to move; what queues are sorted by.
    due_on = models.DateField("到期日", null=True)
    reworks = models.PositiveSmallIntegerField("退回重办次数", default=0)
    # One more each time that it is handled again; an answer and a rating belong to a round.
    cycle = models.PositiveSmallIntegerField("轮次", default=1)
    urged = models.PositiveSmallIntegerField("企业催办次数", default=0)
    # The case with which it goes (主件), and how many go with this one.
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True)
    followers = models.PositiveSmallIntegerField("合并来的件数", default=0)
    split_from = models.ForeignKey("self", models.PROTECT, related_name="split_off", null=True)
    # 企业要求保密: only those whom `visible_to` names.
    confidential = models.BooleanField("保密", default=False)
    submitted_at = models.DateTimeField("提交时间")
    published_at = models.DateTimeField("答复发布时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)

    objects: ClassVar = AppealQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="appeals_appeal_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "state", "due_on", "id"], name="appeals_appeal_queue"),
            models.Index(fields=["county", "submitted_at", "id"], name="appeals_appeal_newest"),
            models.Index(fields=["county", "enterprise", "id"], name="appeals_appeal_enterprise"),
            models.Index(fields=["county", "submitted_by", "id"], name="appeals_appeal_person"),
            models.Index(fields=["county", "lodged_at", "id"], name="appeals_appeal_lodged"),
            models.Index(fields=["county", "closed_at", "id"], name="appeals_appeal_closed"),
            models.Index(fields=["county", "id"], condition=FROM_ABOVE, name="appeals_from_above"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """What it is about in a line, or that its words were erased."""
        return self.problem.heading or ERASED

    @property
    def enterprise_name(self) -> str:
        """The enterprise as the register names it, else as it was said."""
        if self.enterprise is not None:
            return self.enterprise.name
        return self.said_enterprise.heading if self.said_enterprise is not None else ERASED

    def advance(self, work: Deed, verb: str, **changes: object) -> None:
        """Take one step of the lifecycle within a deed, or refuse.

        The UPDATE names the state that was read: if somebody moved the case meanwhile it
        touches no row.

        Raises:
            StaleState: the step does not start here, or no longer.
        """
        self.advance_if(work, verb, {}, **changes)

    def advance_if(
        self, work: Deed, verb: str, known: Mapping[str, object], /, **changes: object
    ) -> None:
        """Take a step that counts on more than the state: on what `known` says, too."""
        step = case_step(verb)
        if self.state not in step.sources:
            raise StaleState(f"这件诉求现在是“{self.get_state_display()}”，不能{step.name}。")
        expect = {**known, "state": self.state}
        work.change(self, expect=expect, state=step.target, **changes)

    def follow(self, work: Deed, lead: Assignment, **changes: object) -> None:
        """Stand where the LEAD now stands, within the deed that moved it, else StaleState."""
        state = derived(Work(lead.state), local=self.local)
        work.change(self, expect={"state": self.state}, state=state, **changes)


class AssignmentQuerySet(CountyQuerySet["Assignment"]):
    """Units' parts."""

    def of_units(self, units: frozenset[int]) -> Self:
        """Return the parts of these units, except those taken back unsigned."""
        return self.filter(unit__in=units).exclude(state__in=WORK_WITHDRAWN)

    def confided_to(self, user: User) -> Self:
        """Return the LEADs' parts that show a confidential case: to the leader, to the handler."""
        reach = user.reach
        mine = Q(unit__in=reach.units("RESPONSIBLE_LEADER")) | Q(
            handler=user, unit__in=reach.units()
        )
        return self.filter(mine, role=Role.LEAD).exclude(state__in=WORK_GIVEN_UP)

    def seen_by(self, user: User) -> Self:
        """Leave out the parts of confidential cases that the person may not see."""
        confided = Assignment.objects.in_county(user.county).confided_to(user)
        return self.filter(Q(appeal__confidential=False) | Q(pk__in=confided.values("pk")))

    def open(self) -> Self:
        """Return the parts that a unit still has to move."""
        return self.filter(state__in=WORK_OPEN)


class Assignment(CountyModel):
    """One unit's part in a case (承办): its own state, clock and outcome."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="assignments")
    dispatch = models.ForeignKey(
        "appeals.Dispatch", models.PROTECT, related_name="assignments", null=True
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField("角色", max_length=6, choices=Role.choices)
    state = models.CharField("状态", max_length=12, choices=Work.choices)
    due_on = models.DateField("到期日", null=True)
    handler = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    outcome = models.CharField("办理结果", max_length=12, choices=Outcome.choices, blank=True)
    given_at = models.DateTimeField("交办时间")
    signed_at = models.DateTimeField("签收时间", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    objects: ClassVar = AssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "appeal"],
                condition=Q(role=Role.LEAD) & ~Q(state__in=sorted(WORK_GIVEN_UP)),
                name="appeals_one_lead",
            ),
            models.UniqueConstraint(
                fields=["county", "dispatch", "unit"], name="appeals_one_part_per_unit"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["county", "unit", "state", "due_on", "id"], name="appeals_part_queue"
            ),
            models.Index(fields=["county", "appeal"], name="appeals_part_appeal"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.get_role_display()}"

    def advance(self, work: Deed, verb: str, **changes: object) -> None:
        """Take one step of a unit's work within a deed, or refuse.

        Raises:
            StaleState: the step does not start here, or no longer.
        """
        step = work_step(verb)
        if self.state not in step.sources:
            raise StaleState(f"本单位这一件现在是“{self.get_state_display()}”，不能{step.name}。")
        work.change(self, expect={"state": self.state}, state=step.target, **changes)


class Viewer(CountyModel):
    """Somebody who may see one case besides those its work concerns (查看人)."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="viewers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.ForeignKey(Text, models.PROTECT, related_name="+")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "user", "appeal"], name="appeals_viewer_once")
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.user_id}"


def _named(user: User, on: date) -> models.QuerySet[Viewer, dict[str, int]]:
    if user.is_staff_person and user.reach.has(*ADMINISTRATORS):
        return Viewer.objects.in_county(user.county).none()  # type: ignore[return-value]
    named = Viewer.objects.in_county(user.county).filter(user=user, valid_from__lte=on)
    return named.filter(Q(valid_to=None) | Q(valid_to__gte=on)).values("appeal_id")  # type: ignore[return-value]
