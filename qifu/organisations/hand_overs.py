"""Hand-overs as pages show them: who sees which, what is open, who has signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from qifu.organisations import access
from qifu.organisations.models import HandOver, HandOverBlock, HandOverState, Post, PostKind, User
from qifu.organisations.models.hand_overs import UNFINISHED, HandOverQuerySet
from qifu.organisations.models.people import ADMINISTRATORS
from qifu.organisations.open_things import Family, Thing, families, open_for


@dataclass(frozen=True)
class BlockLine:
    """One block: what is open, whom it goes to, and who has signed."""

    family: Family
    things: Sequence[Thing]
    block: HandOverBlock | None
    may_give: bool
    may_take: bool

    @property
    def count(self) -> int:
        """How many there are, or were when they moved."""
        moved = self.block.moved if self.block else None
        return len(self.things) if moved is None else moved


def sees_all(user: User) -> bool:
    """Tell whether the person sees every hand-over: the office, and who closes accounts."""
    return access.sees_all_absences(user) or user.reach.has(PostKind.SYS_ADMIN, PostKind.SEC_ADMIN)


def visible_hand_overs(user: User) -> HandOverQuerySet:
    """Return the hand-overs that concern the person, the unfinished first."""
    rows = HandOver.objects.in_county(user.county).select_related("leaver", "started_by")
    if not sees_all(user):
        blocks = HandOverBlock.objects.in_county(user.county).filter(hand_over=OuterRef("pk"))
        led = user.reach.own_units(PostKind.RESPONSIBLE_LEADER)
        posts = Post.objects.in_county(user.county).filter(unit__in=led).values("user_id")
        mine = Q(leaver=user) | Q(Exists(blocks.filter(receiver=user)))
        rows = rows.filter(mine | Q(leaver__in=posts))
    return rows.order_by("-started_at", "-pk")


def unfinished_of(person: User) -> HandOver | None:
    """Return the hand-over that the person is in the middle of."""
    return HandOver.objects.in_county(person.county).unfinished().filter(leaver=person).first()


def block_lines(paper: HandOver, viewer: User) -> list[BlockLine]:
    """Return the blocks: what is open now, or, when all is done, what was moved."""
    rows = HandOverBlock.objects.in_county(paper.county).filter(hand_over=paper)
    blocks = {block.family: block for block in rows.select_related("receiver", "given_by")}
    things: dict[str, Sequence[Thing]] = {}
    if paper.state in UNFINISHED:
        found = open_for(paper.leaver, paper.effective_on)
        things = {each.family.code: each.things for each in found}
    return [
        _line(paper, family, things.get(family.code, ()), blocks.get(family.code), viewer)
        for family in families()
        if things.get(family.code) or (family.code in blocks and blocks[family.code].given_at)
    ]


def _line(
    paper: HandOver,
    family: Family,
    things: Sequence[Thing],
    block: HandOverBlock | None,
    viewer: User,
) -> BlockLine:
    given = block is not None and block.given_at is not None
    is_receiver = block is not None and block.receiver_id == viewer.pk
    return BlockLine(
        family,
        things,
        block,
        may_give=paper.state == HandOverState.DRAFT
        and not given
        and not is_receiver
        and family.may_give(viewer, paper.leaver, paper.effective_on),
        may_take=paper.state == HandOverState.OFFERED
        and is_receiver
        and block is not None
        and block.taken_at is None,
    )


def people_to_hand_over(by: User, on: date) -> list[User]:
    """Return for whom the person may prepare a hand-over, in name order."""
    people = User.objects.in_county(by.county).staff().filter(is_active=True)
    if not sees_all(by):
        led = by.reach.own_units(PostKind.RESPONSIBLE_LEADER)
        posts = Post.objects.in_county(by.county).filter(unit__in=led).in_force(on)
        people = people.filter(Q(pk=by.pk) | Q(pk__in=posts.values("user_id")))
    return list(people.order_by("name", "pk"))


def receivers_to_choose(paper: HandOver, by: User, on: date) -> list[User]:
    """Return who can be named: the leaver's colleagues; for the office, everybody with a post."""
    posts = Post.objects.in_county(paper.county).in_force(on).exclude(kind__in=ADMINISTRATORS)
    if not sees_all(by):
        units = Post.objects.in_county(paper.county).filter(user=paper.leaver).values("unit_id")
        around = Q(unit__in=units) | Q(unit__in=by.reach.units())
        posts = posts.filter(around)
    blocks = HandOverBlock.objects.in_county(paper.county).filter(hand_over=paper)
    named = Q(pk__in=blocks.exclude(receiver=None).values("receiver_id"))
    people = User.objects.in_county(paper.county).staff().filter(is_active=True)
    people = people.filter(Q(pk__in=posts.values("user_id")) | named).exclude(pk=paper.leaver_id)
    return list(people.order_by("name", "pk"))
