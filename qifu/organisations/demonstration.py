"""What the sign-in page of a demonstration shows: one account of each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qifu.organisations.models import Post, PostKind

# Of made-up people in a made-up county; a real installation has no such account.
PASSWORD = "qifu-demo-2026"


@dataclass(frozen=True)
class ShownAccount:
    """One account to try the system with."""

    login: str
    name: str
    title: str


def shown_accounts(county: str, *, on: date) -> list[ShownAccount]:
    """Return the first account of each kind of post, in the order of kinds."""
    posts = Post.objects.in_county(county).in_force(on).filter(user__is_active=True)
    first = posts.order_by("kind", "pk").distinct("kind").select_related("user", "unit")
    by_kind = {post.kind: post for post in first}
    return [
        ShownAccount(
            str(by_kind[kind].user.login),
            by_kind[kind].user.name,
            f"{by_kind[kind].unit.short_name}，{PostKind(kind).label}",
        )
        for kind in PostKind.values
        if kind in by_kind
    ]
