"""Finding one's enterprise by its name, and whom it may turn to.

Whoever raises a problem says whose it is. Names of enterprises are public; everything
else about them is reached through `visible_to`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Length

from qifu.enterprises.models import Binding, Enterprise, EnterpriseStatus, Tie, TieKind
from qifu.organisations.models import Post, PostKind, User

SHORTEST = 2
MOST = 6
GONE = (EnterpriseStatus.MOVED_OUT, EnterpriseStatus.REVOKED, EnterpriseStatus.CANCELLED)


def by_name(county: str, words: str) -> list[Enterprise]:
    """Return a few enterprises whose name contains the words, the exact one alone."""
    words = words.replace("\x00", "").strip()
    if len(words) < SHORTEST:
        return []
    rows = Enterprise.objects.in_county(county).exclude(status__in=GONE)
    # Nothing that contains the words is shorter than their exact bearer.
    shortest_first = rows.filter(name__icontains=words).order_by(Length("name"), "pinyin", "number")
    found = list(shortest_first.select_related("township")[:MOST])
    return found[:1] if found and found[0].name == words else found


def by_number(county: str, number: str) -> Enterprise | None:
    """Return the enterprise of that number, which somebody has picked by its name."""
    rows = Enterprise.objects.in_county(county).filter(number=number)
    return rows.select_related("township").first()


def spoken_for(person: User, on: date) -> list[Enterprise]:
    """Return the enterprises for which the person speaks, in name order."""
    bound = Binding.objects.in_county(person.county).in_force(on).of_person(person)
    rows = Enterprise.objects.in_county(person.county).filter(pk__in=bound.values("enterprise_id"))
    return list(rows.select_related("township").by_pinyin())


@dataclass(frozen=True)
class Officer:
    """Whoever is paired with an enterprise (包联干部), as the enterprise may ring him."""

    name: str
    unit: str
    phone: str


def paired_officers(enterprises: Sequence[Enterprise], on: date) -> list[Officer]:
    """Return the officers paired with these enterprises on the day, each once."""
    if not enterprises:
        return []
    ties = Tie.objects.in_county(enterprises[0].county).in_force(on)
    paired = ties.filter(kind=TieKind.PAIRING, enterprise__in=enterprises, user__isnull=False)
    posts = Post.objects.in_county(enterprises[0].county).in_force(on)
    held = posts.filter(kind=PostKind.PAIRED_OFFICER, user__in=paired.values("user_id"))
    return [
        Officer(post.user.name, post.unit.short_name, post.unit.phone)
        for post in held.select_related("user", "unit").order_by("pk")
    ]
