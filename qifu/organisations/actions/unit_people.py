"""The people of units that are renamed or merged: posts, absences, filing, what was in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from qifu.journal.deed import Deed
from qifu.kernel.errors import InvalidInput
from qifu.organisations.actions.handing_over import begin as begin_hand_over
from qifu.organisations.actions.posts import check_appointment
from qifu.organisations.models import (
    Absence,
    HandOver,
    LeavingReason,
    Post,
    PostKind,
    Unit,
    UnitFiling,
    User,
)
from qifu.organisations.models.people import EXACTLY_ONE
from qifu.organisations.models.units import OWING_A_FILING
from qifu.organisations.models.validity import in_force_on
from qifu.organisations.open_posts import continued
from qifu.organisations.open_things import open_for


@dataclass(frozen=True)
class Heads:
    """Whom the office names as leader and liaison in the same step; None: whoever is there."""

    leader: User | None = None
    liaison: User | None = None

    def named(self) -> list[tuple[PostKind, User]]:
        both = zip(EXACTLY_ONE, (self.leader, self.liaison), strict=True)
        return [(kind, user) for kind, user in both if user is not None]


NOBODY_NAMED = Heads()


def seat_heads(work: Deed, unit: Unit, heads: Heads, on: date) -> None:
    """Let those whom the office names be leader and liaison of the unit from the day on."""
    if heads.leader is not None and heads.leader == heads.liaison:
        raise InvalidInput("liaison", "分管负责同志和专职人员要各定1名。请另选一人。")
    for kind, user in heads.named():
        posts = Post.objects.in_county(work.county).filter(unit=unit, kind=kind)
        running = posts.filter(Q(valid_to=None) | Q(valid_to__gt=on))
        if running.filter(user=user).in_force(on).exists():
            continue
        for post in running:
            work.change(post, valid_to=max(post.valid_from, on))
        post = Post(user=user, unit=unit, kind=kind, valid_from=on)
        check_appointment(post)
        work.add(post)


def require_heads(unit: Unit, on: date) -> None:
    """Refuse a merger after which nobody would sign for and approve the unit's work."""
    if unit.kind not in OWING_A_FILING:
        return
    held = {kind for kind, _ in _seats_taken(unit, on)}
    missing = [str(kind.label) for kind in EXACTLY_ONE if kind not in held]
    if missing:
        raise InvalidInput(
            "into",
            f"{unit.short_name}还没有{'和'.join(missing)}，合并后在办的诉求没人签收、审签。"
            "请在这一步指定，或先备案。",
        )


def hand_over_displaced(work: Deed, units: Sequence[Unit], heir: Unit, on: date) -> None:
    """Begin a hand-over for each person who has something open and no seat at the heir.

    Cases in hand are proposed to the heir's liaison; both sign as for any leaver.
    """
    seats = _seats_taken(heir, on)
    gone = Post.objects.in_county(work.county).filter(unit__in=units, valid_to=on)
    people = gone.exclude(user__in=[user for _, user in seats]).values("user")
    liaisons = [user for kind, user in seats if kind == PostKind.LIAISON]
    liaison = User.objects.in_county(work.county).filter(pk__in=liaisons).first()
    staff = User.objects.in_county(work.county).filter(pk__in=people).order_by("pk")
    for person in staff:
        list_in_hand(work, person, on, LeavingReason.REORGANISATION, liaison)


def list_in_hand(
    work: Deed, person: User, on: date, reason: LeavingReason, liaison: User | None
) -> None:
    """Begin a hand-over for somebody who lost his seat, if he has anything in hand."""
    busy = HandOver.objects.in_county(work.county).unfinished().filter(leaver=person)
    if not person.is_active or busy.exists():
        return
    found = [each.family.code for each in open_for(person, on)]
    if found:
        known = {"CASES": liaison} if liaison and "CASES" in found else {}
        begin_hand_over(work, person, reason, on, known)


def move_posts(
    work: Deed, unit: Unit, heir: Unit, on: date, *, with_heads: bool = True
) -> dict[int, Post]:
    """End the unit's posts on the day and begin the same ones at the heir."""
    there = _seats_taken(heir, on)
    moved: dict[int, Post] = {}
    running = Post.objects.in_county(work.county).filter(unit=unit)
    for post in running.filter(Q(valid_to=None) | Q(valid_to__gt=on)):
        began, ended = max(post.valid_from, on), post.valid_to
        work.change(post, valid_to=max(post.valid_from, on))
        seat = (post.kind, post.user_id)
        is_head = post.kind in EXACTLY_ONE
        taken = seat in there or (is_head and any(kind == post.kind for kind, _ in there))
        if taken or (is_head and not with_heads):
            continue
        there.add(seat)
        moved[post.pk] = work.add(
            Post(user_id=post.user_id, unit=heir, kind=post.kind, valid_from=began, valid_to=ended)
        )
    _move_absences(work, unit, heir, on)
    return moved


def _move_absences(work: Deed, unit: Unit, heir: Unit, on: date) -> None:
    """Let who is away stay away at the heir, if he has a post there, with who stands in."""
    people = {user for _, user in _seats_taken(heir, on)}
    absences = Absence.objects.in_county(work.county)
    for away in absences.filter(unit=unit).not_over(on).with_people():
        begin, end = max(away.valid_from, on), away.valid_to
        work.change(away, valid_to=begin)
        there = absences.filter(user=away.user_id, unit=heir).overlapping(begin, end).exists()
        if away.user_id in people and not there:
            deputy = away.deputy if away.deputy_id in people else None
            work.add(continued(away, begin=begin, end=end, work=work, deputy=deputy, unit=heir.pk))


def _seats_taken(unit: Unit, on: date) -> set[tuple[str, int]]:
    posts = Post.objects.in_county(unit.county).filter(in_force_on(on), unit=unit)
    return set(posts.values_list("kind", "user_id"))


def carry_filing(work: Deed, unit: Unit, heir: Unit, moved: dict[int, Post]) -> None:
    """File the same two people for the renamed unit, if they were filed before."""
    filings = UnitFiling.objects.in_county(work.county).filter(unit=unit)
    last = filings.order_by("-filed_at", "-pk").first()
    if last is None or not {last.leader_post_id, last.liaison_post_id} <= moved.keys():
        return
    work.add(
        UnitFiling(
            unit=heir,
            filed_at=work.at,
            filed_by=last.filed_by,
            leader_post=moved[last.leader_post_id],
            liaison_post=moved[last.liaison_post_id],
        )
    )
