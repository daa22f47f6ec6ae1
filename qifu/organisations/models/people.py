"""Accounts, and the posts that say what their holders may do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.functional import cached_property

from qifu.kernel.clock import local_date, now
from qifu.kernel.county import CountyModel, CountyQuerySet
from qifu.organisations.models.units import Unit
from qifu.organisations.models.validity import in_force_on, not_backwards, validity
from qifu.organisations.reach import Reach


class UserKind(models.TextChoices):
    STAFF = "STAFF", "工作人员"
    ENTERPRISE = "ENTERPRISE", "企业人员"


class UserQuerySet(CountyQuerySet["User"]):
    def staff(self) -> Self:
        """People of units, who sign in with login and password."""
        return self.filter(kind=UserKind.STAFF)

    def enterprise_persons(self) -> Self:
        """People of enterprises, who sign in with a code sent to their phone."""
        return self.filter(kind=UserKind.ENTERPRISE)


class User(CountyModel, AbstractBaseUser):
    """An account (账号) of one person in one county. Nobody is a superuser.

    What the person may do follows from the posts in force, read through `reach`.
    """

    journal_hidden: ClassVar = ("password", "login", "phone", "name")

    # 减负: when somebody last signed in is nobody's business, so it is not kept.
    last_login = None

    kind = models.CharField("类别", max_length=10, choices=UserKind)
    login = models.CharField("账号", max_length=40, null=True)  # noqa: DJ001
    phone = models.CharField("电话", max_length=20, blank=True)
    name = models.CharField("姓名", max_length=40, blank=True)
    failed_sign_ins = models.PositiveSmallIntegerField("连续输错次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("建立时间")

    objects: ClassVar = UserQuerySet.as_manager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "login"], name="user_login_once"),
            models.UniqueConstraint(
                fields=["county", "phone"],
                condition=Q(kind="ENTERPRISE"),
                name="user_enterprise_phone_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="STAFF", login__isnull=False)
                | (Q(kind="ENTERPRISE", login__isnull=True) & ~Q(phone="")),
                name="user_has_a_way_to_sign_in",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["county", "phone"], name="user_phone")]

    def __str__(self) -> str:
        return self.name or "企业人员"

    @property
    def is_staff_person(self) -> bool:
        return self.kind == UserKind.STAFF

    @cached_property
    def reach(self) -> Reach:
        """Return the posts in force today, from one query.

        Who somebody is, is a matter of the present, whatever day a deed is dated.
        """
        return self.reach_on(local_date(now()))

    def reach_on(self, day: date) -> Reach:
        """Return the posts in force on the day."""
        if not self.is_staff_person:
            return Reach(self.county)
        rows = Post.objects.in_county(self.county).reached_by(self, day).as_held()
        return Reach.of(self.county, rows)

    def is_locked(self, at: datetime) -> bool:
        """Tell whether too many wrong passwords still keep the account shut."""
        return self.locked_until is not None and self.locked_until > at


class PostKind(models.TextChoices):
    RESPONSIBLE_LEADER = "RESPONSIBLE_LEADER", "分管负责同志"
    LIAISON = "LIAISON", "专职人员"
    PLATFORM_ADMIN = "PLATFORM_ADMIN", "平台管理员"
    REPORTER = "REPORTER", "报送专人"
    OFFICE_OPERATOR = "OFFICE_OPERATOR", "县办受理员"
    OFFICE_REVIEWER = "OFFICE_REVIEWER", "县办审核员"
    OFFICE_CALLBACK = "OFFICE_CALLBACK", "县办回访员"
    OFFICE_DIRECTOR = "OFFICE_DIRECTOR", "县办主任"
    COUNTY_LEADER = "COUNTY_LEADER", "县领导"
    SUPERVISOR = "SUPERVISOR", "监督员"
    PAIRED_OFFICER = "PAIRED_OFFICER", "包联干部"
    GROUP_LEADER = "GROUP_LEADER", "工作小组组长"
    GROUP_MEMBER = "GROUP_MEMBER", "工作小组成员"
    SYS_ADMIN = "SYS_ADMIN", "系统管理员"
    SEC_ADMIN = "SEC_ADMIN", "安全管理员"
    AUDITOR = "AUDITOR", "审计管理员"


# 二（一）: 确定1名负责同志分管专抓，明确1名专职人员负责.
EXACTLY_ONE = (PostKind.RESPONSIBLE_LEADER, PostKind.LIAISON)
# 三员分离: nobody holds two of them, nor any other post beside one of them.
ADMINISTRATORS = (PostKind.SYS_ADMIN, PostKind.SEC_ADMIN, PostKind.AUDITOR)
OFFICE_POSTS = (
    PostKind.OFFICE_OPERATOR,
    PostKind.OFFICE_REVIEWER,
    PostKind.OFFICE_CALLBACK,
    PostKind.OFFICE_DIRECTOR,
)


class PostQuerySet(CountyQuerySet["Post"]):
    def in_force(self, on: date) -> Self:
        """Posts held on the day."""
        return self.filter(in_force_on(on))

    def reached_by(self, person: User | OuterRef, on: date) -> Self:
        """Posts that the person holds on the day, and those he holds for somebody away.

        `acting` tells the second from the first. Keeping the system is never deputised:
        the three administrators stay apart.
        """
        deputy = OuterRef(person) if isinstance(person, OuterRef) else person
        absences = apps.get_model("organisations", "Absence").objects
        away = absences.filter(
            in_force_on(on),
            county=OuterRef("county"),
            user=OuterRef("user"),
            unit=OuterRef("unit"),
            deputy=deputy,
        )
        stands_in = ~Q(kind__in=ADMINISTRATORS) & Q(Exists(away))
        mine = Q(user=person)
        return (
            self.in_force(on)
            .filter(mine | stands_in)
            .annotate(acting=Case(When(mine, then=Value(False)), default=Value(True)))
        )

    def as_held(self) -> list[dict[str, Any]]:
        """Return what `Reach` needs of each post that `reached_by` found."""
        found: Any = self
        rows = found.values("kind", "unit_id", "unit__short_name", "unit__absorbed", "acting")
        return [dict(row) for row in rows]


class Post(CountyModel):
    """A person in a post (岗位) of a unit, from one day to another."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="posts")
    user = models.ForeignKey(User, models.PROTECT, verbose_name="人员", related_name="posts")
    kind = models.CharField("岗位", max_length=20, choices=PostKind)
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("自何日起不再", null=True)

    objects: ClassVar = PostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            not_backwards("post_not_backwards"),
            ExclusionConstraint(
                name="post_exactly_one_leader_and_liaison",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind__in=["RESPONSIBLE_LEADER", "LIAISON"]),
            ),
            ExclusionConstraint(
                name="post_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="post_administrators_apart",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("kind", RangeOperators.NOT_EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind__in=["SYS_ADMIN", "SEC_ADMIN", "AUDITOR"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "user", "kind"], name="post_of_user"),
            models.Index(fields=["county", "unit", "kind"], name="post_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit_id} {self.user_id}"

    def is_in_force(self, on: date) -> bool:
        """Tell whether the post is held on the day."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to > on)
