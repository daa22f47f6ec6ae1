"""Finding one's enterprise by its name, as the public register lets anybody do.

Whoever raises a problem says whose it is. Names of enterprises are public; everything
else about them is reached through `visible_to`.
"""

from __future__ import annotations

from datetime import date

from django.db.models.functions import Length

from qifu.enterprises.models import Binding, Enterprise, EnterpriseStatus
from qifu.organisations.models import User

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
