"""Who may do what with a complaint; whether one is there at all, `visible_to` says first."""

from __future__ import annotations

from datetime import date

from qifu.conduct.models import Complaint
from qifu.organisations.models import Post, PostKind, User, UserKind


def oversees(user: User) -> bool:
    """Tell whether the person is a supervisor (监督员) himself; standing in is not enough."""
    return user.kind == UserKind.STAFF and bool(user.reach.own_units(PostKind.SUPERVISOR))


def may_complain(user: User) -> bool:
    """Tell whether the person speaks for himself or an enterprise: staff have other ways."""
    return user.kind == UserKind.ENTERPRISE


def sees(user: User, complaint: Complaint, on: date) -> bool:
    """Tell whether this very complaint is there for the person."""
    return Complaint.objects.visible_to(user, on).filter(pk=complaint.pk).exists()


def readers(complaint: Complaint, on: date) -> list[User]:
    """Return the supervisors who may see it: neither the named one nor his unit's."""
    posts = Post.objects.in_county(complaint.county).in_force(on)
    posts = posts.filter(kind=PostKind.SUPERVISOR, user__is_active=True).select_related("user")
    people = {post.user_id: post.user for post in posts.order_by("pk")}
    return [user for user in people.values() if sees(user, complaint, on)]
