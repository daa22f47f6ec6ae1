"""Appointing people to posts and relieving them; the three administrators stay apart."""

from __future__ import annotations

from datetime import date, datetime

from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import DomainError, InvalidInput, NotAllowed
from qifu.organisations import access
from qifu.organisations.models import Post, PostKind, Unit, UnitKind, User
from qifu.organisations.models.people import ADMINISTRATORS, EXACTLY_ONE, OFFICE_POSTS
from qifu.organisations.open_things import StillOpen, open_through
from qifu.organisations.refusals import explained

APART = "三员分离：系统、安全、审计管理员不能兼任，也不能兼其他岗位。请另选一人。"
# Posts that only one kind of unit has.
SEATED_AT = {
    **dict.fromkeys(OFFICE_POSTS, (UnitKind.OFFICE,)),
    PostKind.SUPERVISOR: (UnitKind.OVERSIGHT,),
    PostKind.COUNTY_LEADER: (UnitKind.GOVERNMENT, UnitKind.LEADING_GROUP),
}


def appoint(
    user: User,
    *,
    unit: Unit,
    kind: str,
    by: User | None,
    at: datetime,
    on: date | None = None,
    key: str = "",
) -> Post:
    """Put a person into a post from a day on, by default today (任职)."""
    if not access.can_appoint(by, unit.county):
        raise NotAllowed("只有安全管理员可以任命岗位。")
    if by is not None and by.pk == user.pk:
        raise NotAllowed("不能给自己任命岗位。请另一位安全管理员办理。")
    post = Post(user=user, unit=unit, kind=kind, valid_from=on or local_date(at))
    with (
        explained(post_refusals(unit, kind)),
        deed("post.appointed", county=unit.county, by=by, at=at, key=key) as work,
    ):
        check_appointment(post)
        work.about(work.add(post))
    return post


def relieve(
    post: Post, *, by: User | None, at: datetime, on: date | None = None, key: str = ""
) -> None:
    """End a post from a day on, by default today (免职). The row stays as its history.

    What is open through it has to be handed over first (交接).
    """
    if not access.can_appoint(by, post.county):
        raise NotAllowed("只有安全管理员可以免去岗位。")
    if by is not None and by.pk == post.user_id:
        raise NotAllowed("不能免去自己的岗位。请另一位安全管理员办理。")
    last = on or local_date(at)
    if last < post.valid_from:
        raise InvalidInput("on", f"免职日期早于任职日期{post.valid_from:%Y-%m-%d}。请改正。")
    with deed("post.relieved", county=post.county, by=by, at=at, key=key) as work:
        work.about(post)
        if found := open_through(post, local_date(at)):
            raise StillOpen(post.user, found, "免职")
        work.change(post, expect={"valid_to": post.valid_to}, valid_to=last)


def check_appointment(post: Post) -> None:
    """Refuse an appointment that cannot be; called inside a deed, with the person locked."""
    user = (
        User.objects.in_county(post.unit.county)
        .staff()
        .filter(pk=post.user_id, is_active=True)
        .select_for_update(no_key=True)
        .first()
    )
    if user is None:
        raise InvalidInput("user", "这个人在本县没有启用的工作人员账号。请先由系统管理员建账号。")
    if post.kind not in PostKind.values:
        raise InvalidInput("kind", "没有这个岗位。请从列表中选。")
    seats = SEATED_AT.get(PostKind(post.kind))
    if seats and post.unit.kind not in seats:
        where = "、".join(UnitKind(seat).label for seat in seats)
        raise InvalidInput("kind", f"{PostKind(post.kind).label}只设在{where}。请改选单位。")
    if not post.unit.is_in_force(post.valid_from):
        raise InvalidInput("unit", f"{post.unit.short_name}在任职那天已不存在。请选继任单位。")
    _keep_administrators_apart(post)


def _keep_administrators_apart(post: Post) -> None:
    held = (
        Post.objects.in_county(post.unit.county)
        .filter(user_id=post.user_id)
        .exclude(valid_to__lte=post.valid_from)
    )
    is_administrator = post.kind in ADMINISTRATORS
    others = (
        held.exclude(kind=post.kind) if is_administrator else held.filter(kind__in=ADMINISTRATORS)
    )
    if others.exists():
        raise InvalidInput("kind", APART)


def post_refusals(unit: Unit, kind: str) -> dict[str, DomainError]:
    """Return what the database's own refusals mean for this appointment."""
    label = PostKind(kind).label if kind in PostKind.values else kind
    only = "1名" if kind in EXACTLY_ONE else ""
    return {
        "post_exactly_one_leader_and_liaison": InvalidInput(
            "kind", f"{unit.short_name}已有{only}{label}。请先免去，或在备案页更换。"
        ),
        "post_not_twice": InvalidInput("kind", f"这个人已经是{unit.short_name}{label}。"),
        "post_administrators_apart": InvalidInput("kind", APART),
    }
