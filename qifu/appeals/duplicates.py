"""Cases that may say the same (疑似重复), each with why; a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from qifu.appeals import clocks
from qifu.appeals.alike import Alike, Told, compare
from qifu.appeals.lifecycle import ENDED, State
from qifu.appeals.models import Appeal, AppealQuerySet
from qifu.kernel.clock import local_date
from qifu.organisations.models import User

# Looked at in Python; a county's one category seldom has more in two months.
MOST = 200
WORDS = ("problem", "contact", "enterprise", "said_enterprise", "category", "lead_unit")


@dataclass(frozen=True)
class Duplicate:
    """One case that may say the same, and in what it does."""

    appeal: Appeal
    alike: Alike


def duplicates(appeal: Appeal, viewer: User, at: datetime) -> list[Duplicate]:
    """Return the cases that may say the same, the likeliest first; none where unsure.

    Only among those that the viewer may see: nobody learns of a case by a hint.
    """
    days, least, most = clocks.timing(appeal.county, at).limits.duplicate
    since = at - timedelta(days=days)
    rows = _candidates(appeal, viewer, at, since)
    mine = told_of(appeal)
    found = [Duplicate(each, compare(mine, told_of(each))) for each in rows]
    likely = [each for each in found if each.alike.is_likely(least)]
    return sorted(likely, key=lambda each: (-each.alike.points, -each.appeal.pk))[:most]


def heard_before(said: Sequence[Told], viewer: User, at: datetime) -> list[list[Duplicate]]:
    """Return for each thing about to be written down the cases that may say it already.

    Looked for among what its enterprise said and what the viewer himself wrote down, in one
    query for all; the same words of the same voice come first.
    """
    days, least, most = clocks.timing(viewer.county, at).limits.duplicate
    since = at - timedelta(days=days)
    firms = {each.enterprise for each in said if each.enterprise is not None}
    near = Q(enterprise__in=firms) | Q(submitted_by=viewer.pk)
    seen = Appeal.objects.visible_to(viewer, local_date(at)).filter(near)
    lately = seen.filter(Q(submitted_at__gte=since) | ~Q(state__in=ENDED))
    rows = lately.exclude(state=State.MERGED).select_related(*WORDS)
    rows = rows.order_by("-submitted_at", "-pk")[:MOST]
    known = [(row, told_of(row)) for row in rows] if said else []
    found = []
    for each in said:
        alike = [Duplicate(row, compare(each, told)) for row, told in known]
        likely = [one for one in alike if one.alike.is_likely(least)]
        found.append(sorted(likely, key=lambda one: (-one.alike.points, -one.appeal.pk))[:most])
    return found


def merged_into(appeal: Appeal, viewer: User, at: datetime) -> Sequence[Appeal]:
    """Return the cases that go with this one, as far as the viewer sees them."""
    if not appeal.followers:
        return []
    mine = Appeal.objects.visible_to(viewer, local_date(at)).filter(merged_into=appeal)
    return list(mine.select_related(*WORDS).order_by("pk"))


def _candidates(appeal: Appeal, viewer: User, at: datetime, since: datetime) -> AppealQuerySet:
    # Each branch has an index; the newest come first and the rest is not looked at.
    near = Q()
    if appeal.enterprise_id is not None:
        near |= Q(enterprise=appeal.enterprise_id)
    if not appeal.proxy:
        near |= Q(submitted_by=appeal.submitted_by_id)
    if appeal.category_id is not None:
        near |= Q(category=appeal.category_id)
    if appeal.place_id is not None:
        near |= Q(place=appeal.place_id)
    if not near:
        return Appeal.objects.in_county(appeal.county).none()
    seen = Appeal.objects.visible_to(viewer, local_date(at)).filter(near)
    lately = seen.filter(Q(submitted_at__gte=since) | ~Q(state__in=ENDED))
    # What was said in the same message was taken apart by somebody who had read it.
    same = Q(pk__in=[appeal.pk, appeal.split_from_id or 0]) | Q(split_from=appeal.pk)
    rows = lately.exclude(same).exclude(state=State.MERGED)
    return rows.select_related(*WORDS).order_by("-submitted_at", "-pk")[:MOST]


def told_of(appeal: Appeal) -> Told:
    """Return what is compared of a case."""
    return Told(
        words=appeal.problem.body,
        on=local_date(appeal.submitted_at),
        enterprise=appeal.enterprise_id,
        phone=appeal.contact.body,
        category=appeal.category.code.split(".")[0] if appeal.category else "",
    )
