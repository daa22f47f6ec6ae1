"""Filing a unit's leader and liaison with the office.

二（一）: 确定1名负责同志分管专抓，明确1名专职人员负责，将名单报送县“四送一服”办公室备案.
"""

from __future__ import annotations

from datetime import date, datetime

from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed
from qifu.organisations import access
from qifu.organisations.actions.posts import check_appointment, post_refusals
from qifu.organisations.actions.unit_people import list_in_hand
from qifu.organisations.models import LeavingReason, Post, PostKind, Unit, UnitFiling, User
from qifu.organisations.models.units import OWING_A_FILING
from qifu.organisations.refusals import explained


def file_unit(
    unit: Unit, *, leader: User, liaison: User, by: User | None, at: datetime, key: str = ""
) -> UnitFiling:
    """File the unit's one leader and one liaison, replacing who was there before (备案)."""
    if not access.can_file(by, unit):
        raise NotAllowed("只有本单位分管负责同志、专职人员和县办可以填报备案。")
    if unit.kind not in OWING_A_FILING or not unit.is_in_force(local_date(at)):
        raise InvalidInput("unit", f"{unit.short_name}不需要备案。")
    if leader.pk == liaison.pk:
        raise InvalidInput("liaison", "分管负责同志和专职人员要各定1名。请另选一人。")
    refusals = post_refusals(unit, PostKind.LIAISON)
    with (
        explained(refusals),
        deed("unit.filed", county=unit.county, by=by, at=at, key=key) as work,
    ):
        _one_at_a_time(unit)
        _may_name(by, unit, {"leader": leader, "liaison": liaison}, local_date(at))
        filing = work.add(
            UnitFiling(
                unit=unit,
                filed_at=at,
                filed_by=by,
                leader_post=_seat(work, unit, PostKind.RESPONSIBLE_LEADER, leader),
                liaison_post=_seat(work, unit, PostKind.LIAISON, liaison),
            )
        )
        work.about(filing)
    return filing


def _one_at_a_time(unit: Unit) -> None:
    # Two filings of one unit at once would each end the other's posts.
    Unit.objects.in_county(unit.county).select_for_update(no_key=True).get(pk=unit.pk)


def _may_name(by: User | None, unit: Unit, named: dict[str, User], on: date) -> None:
    held = Post.objects.in_county(unit.county).filter(unit=unit).in_force(on)
    if not access.can_file_others(by, unit):
        there = set(held.values_list("kind", "user_id"))
        kinds = {"leader": PostKind.RESPONSIBLE_LEADER, "liaison": PostKind.LIAISON}
        if any((kinds[field], user.pk) not in there for field, user in named.items()):
            raise NotAllowed("更换人员由本单位分管负责同志或县办填报；您可以核对后照原样备案。")
    elif not access.can_file_anybody(by, unit):
        members = set(held.values_list("user_id", flat=True))
        for field, user in named.items():
            if user.pk not in members:
                raise InvalidInput(
                    field, f"{user.name}不在本单位名下。请先请安全管理员任命，或由县办备案。"
                )


def _seat(work: Deed, unit: Unit, kind: PostKind, user: User) -> Post:
    """Return the post that the user holds from now on, ending the predecessor's."""
    today = local_date(work.at)
    posts = Post.objects.in_county(unit.county).filter(unit=unit, kind=kind)
    current = posts.in_force(today).select_related("user").first()
    if current is not None and current.user_id == user.pk:
        return current
    if current is not None:
        work.change(current, expect={"valid_to": current.valid_to}, valid_to=today)
    post = Post(user=user, unit=unit, kind=kind, valid_from=today)
    check_appointment(post)
    work.add(post)
    if current is not None and not _is_seated(current.user, today):
        # Whoever has no post any more hands over what he had in hand.
        liaison = user if kind == PostKind.LIAISON else None
        list_in_hand(work, current.user, today, LeavingReason.TRANSFER, liaison)
    return post


def _is_seated(user: User, on: date) -> bool:
    """Tell whether the person has any post on the day."""
    return Post.objects.in_county(user.county).filter(user=user).in_force(on).exists()
