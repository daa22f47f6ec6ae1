"""What this room has open for a person: posts, and standing in for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from qifu.journal.deed import Deed
from qifu.organisations import access
from qifu.organisations.absences import deputy_refusal
from qifu.organisations.actions.posts import check_appointment
from qifu.organisations.models import Absence, Post, PostKind, User
from qifu.organisations.models.people import ADMINISTRATORS, OFFICE_POSTS, PostQuerySet
from qifu.organisations.open_things import Family, Thing

# To these the security administrator alone appoints, also from hand to hand.
RESERVED = (*OFFICE_POSTS, *ADMINISTRATORS, PostKind.SUPERVISOR, PostKind.COUNTY_LEADER)


class Posts(Family):
    """Posts of a unit: leader, liaison and what else it names itself (岗位)."""

    code = "POSTS"
    name = "岗位"
    measure = "个"
    place = 40
    giver = "本单位分管负责同志或县办"

    def may_give(self, by: User, person: User, on: date) -> bool:
        """Whom the unit names, its leader says or the office, as with a filing (备案)."""
        is_other = by.pk != person.pk or by.reach.has(PostKind.RESPONSIBLE_LEADER)
        return is_other and access.can_give(by, person, on)

    def of(self, person: User, on: date) -> list[Thing]:
        return [
            Thing(f"{post.unit.short_name}{post.get_kind_display()}")
            for post in self._held(person, on)
        ]

    def refusal(self, person: User, receivers: Mapping[str, User], on: date) -> str:
        receiver = receivers[self.code]
        held = self._held(receiver, on, every=True)
        if any(post.kind in ADMINISTRATORS for post in held):
            return f"{receiver.name}是系统、安全或审计管理员，不能兼其他岗位。请另选接收人。"
        leads = PostKind.RESPONSIBLE_LEADER
        kinds = {post.kind for post in self._held(person, on)}
        both = {leads, PostKind.LIAISON}
        mine = {(post.kind, post.unit_id) for post in held}
        for post in self._held(person, on):
            other = both - {post.kind}
            if post.kind in both and any((kind, post.unit_id) in mine for kind in other):
                return f"{receiver.name}已是{post.unit.short_name}的另一岗。分管和专职要各定1名。"
        return "" if not both <= kinds else "分管和专职要各定1名。请由县办先备案，再办移交。"

    def move(self, work: Deed, person: User, receiver: User, on: date) -> int:
        posts = self._held(person, on)
        for post in posts:
            begin = max(on, post.valid_from)
            end = post.valid_to
            work.change(post, expect={"valid_to": end}, valid_to=begin)
            if self._has(receiver, post, begin):
                continue
            next_post = Post(
                user=receiver, unit=post.unit, kind=post.kind, valid_from=begin, valid_to=end
            )
            next_post.unit = post.unit
            check_appointment(next_post)
            work.add(next_post)
        _come_back(work, person, on)
        return len(posts)

    def _held(self, person: User, on: date, *, every: bool = False) -> list[Post]:
        posts = Post.objects.in_county(person.county).filter(user=person)
        posts = posts.filter(Q(valid_to=None) | Q(valid_to__gt=on)).select_related("unit")
        if not every:
            posts = self.chosen(posts)
        return list(posts.order_by("unit", "kind", "pk"))

    def _has(self, receiver: User, post: Post, on: date) -> bool:
        held = Post.objects.in_county(post.county).filter(user=receiver, kind=post.kind)
        return held.filter(unit=post.unit_id).in_force(on).exists()

    def chosen(self, posts: PostQuerySet) -> PostQuerySet:
        return posts.exclude(kind__in=RESERVED)


class ReservedPosts(Posts):
    """Posts of the office, of oversight and of the system (由安全管理员任命的岗位)."""

    code = "RESERVED_POSTS"
    name = "由安全管理员任命的岗位"
    place = 41
    giver = "安全管理员"

    def may_give(self, by: User, person: User, on: date) -> bool:
        return access.can_appoint(by, person.county) and by.pk != person.pk

    def refusal(self, person: User, receivers: Mapping[str, User], on: date) -> str:
        return ""

    def chosen(self, posts: PostQuerySet) -> PostQuerySet:
        return posts.filter(kind__in=RESERVED)


class StandingIn(Family):
    """Standing in for somebody who is away (代班)."""

    code = "STANDING_IN"
    name = "代班"
    measure = "次"
    place = 60

    def of(self, person: User, on: date) -> list[Thing]:
        return [
            Thing(f"{away.unit.short_name}{away.user.name}外出期间代班")
            for away in self._held(person, on)
        ]

    def through(self, post: Post, on: date) -> list[Thing]:
        others = Post.objects.in_county(post.county).filter(user=post.user_id, unit=post.unit_id)
        if others.in_force(on).exclude(pk=post.pk).exists():
            return []
        return [
            Thing(f"{away.user.name}外出期间代班")
            for away in self._held(post.user, on)
            if away.unit_id == post.unit_id
        ]

    def refusal(self, person: User, receivers: Mapping[str, User], on: date) -> str:
        receiver = receivers[self.code]
        for away in self._held(person, on):
            begin = max(away.valid_from, on)
            found = deputy_refusal(away.user, away.unit, receiver, begin, away.valid_to)
            if found:
                return found
        return ""

    def move(self, work: Deed, person: User, receiver: User, on: date) -> int:
        absences = self._held(person, on)
        for away in absences:
            if away.valid_from >= on:
                work.change(away, expect={"deputy": person.pk}, deputy=receiver)
                continue
            end = away.valid_to
            work.change(away, expect={"deputy": person.pk}, valid_to=on)
            work.add(continued(away, begin=on, end=end, deputy=receiver, work=work))
        return len(absences)

    def _held(self, person: User, on: date) -> list[Absence]:
        absences = Absence.objects.in_county(person.county).filter(deputy=person)
        return list(absences.not_over(on).with_people().order_by("valid_from", "pk"))


def continued(
    away: Absence, *, begin: date, end: date, work: Deed, deputy: User | None, unit: int = 0
) -> Absence:
    """Return the rest of an absence, from a day on, in another's hands or in the heir's unit."""
    return Absence(
        user_id=away.user_id,
        unit_id=unit or away.unit_id,
        deputy=deputy,
        reason=away.reason,
        valid_from=begin,
        valid_to=end,
        by_id=work.by.pk if work.by else None,
        at=work.at,
    )


def _come_back(work: Deed, person: User, on: date) -> None:
    """End the leaver's own absences: there is no post any more to stand in for."""
    for away in Absence.objects.in_county(work.county).filter(user=person).not_over(on):
        work.change(away, valid_to=max(on, away.valid_from))
