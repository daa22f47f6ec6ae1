"""What a person's posts reach: the one object that every permission rule reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post in force, with the unit and everything the unit has absorbed."""

    kind: str
    unit: int
    unit_name: str
    absorbed: frozenset[int]
    # Held for somebody who is away (代班): the work may be done, the post not be passed on.
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """The posts of one person in one county; empty for a person of an enterprise."""

    county: str
    posts: tuple[HeldPost, ...] = ()
    roles: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(post.kind for post in self.posts))

    @classmethod
    def of(cls, county: str, rows: Iterable[Mapping[str, Any]]) -> Reach:
        """Build the reach from rows of `PostQuerySet.as_held`."""
        posts = [
            HeldPost(
                row["kind"],
                row["unit_id"],
                row["unit__short_name"],
                frozenset(row["unit__absorbed"]),
                bool(row["acting"]),
            )
            for row in rows
        ]
        return cls(
            county, tuple(sorted(posts, key=lambda post: (post.acting, post.unit, post.kind)))
        )

    def has(self, *kinds: str) -> bool:
        """Tell whether any of the posts is held, in whatever unit."""
        return not self.roles.isdisjoint(kinds)

    def units(self, *kinds: str) -> frozenset[int]:
        """Return the units of those posts (of all, if none is named) and their predecessors.

        Work of a unit that was merged or renamed belongs to its successor's people.
        """
        reached: set[int] = set()
        for post in self.posts:
            if not kinds or post.kind in kinds:
                reached |= {post.unit, *post.absorbed}
        return frozenset(reached)

    def own_units(self, *kinds: str) -> frozenset[int]:
        """Return what `units` does, of the posts that are the person's own.

        Who stands in for somebody keeps the work going; whom the unit names, and who
        hands what over, is not for him to say.
        """
        mine = tuple(post for post in self.posts if not post.acting)
        return Reach(self.county, mine).units(*kinds)

    def seats(self, *kinds: str) -> frozenset[int]:
        """Return the units of those posts themselves, without predecessors."""
        return frozenset(post.unit for post in self.posts if not kinds or post.kind in kinds)
