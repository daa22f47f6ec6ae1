"""Which enterprises of the register a text names: by code, name, short name, telephone.

Unsure is none: where two bear the same short name, both are offered and neither is taken.
A name that only contains a registered one (立夏茶业二厂) is another's until somebody says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import StrIndex

from qifu.enterprises.models import Enterprise
from qifu.enterprises.models.enterprises import EnterpriseQuerySet
from qifu.organisations.models import User

# A short name of two signs is a word of the language as often as a name.
SHORT_LEAST = 3
MOST = 500
OFFERED = 5
SEPARATOR = "\n"


@dataclass(frozen=True)
class Mention:
    """A text in which an enterprise may be named: its likely name, the rest, a telephone."""

    name: str = ""
    text: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Meant:
    """What a text may mean: the one enterprise where that is sure, else those to pick from."""

    sure: Enterprise | None = None
    offered: Sequence[Enterprise] = ()


def matched(user: User, said: Sequence[Mention]) -> list[Meant]:
    """Return for each text the enterprise that it means, or those that it may mean.

    Only among those that the person may see, in one query for all texts.
    """
    rows = _near(user, said)
    return [_meant(each, rows) for each in said]


def of_phone(user: User, phone: str) -> list[Enterprise]:
    """Return the enterprises of the register that are reached under this number."""
    if not phone:
        return []
    seen = Enterprise.objects.visible_to(user).filter(contact_phone=phone)
    return list(seen.select_related("township").by_pinyin()[:OFFERED])


def _near(user: User, said: Sequence[Mention]) -> list[Enterprise]:
    words = SEPARATOR.join(f"{each.name}{SEPARATOR}{each.text}" for each in said)
    text = Value(words.replace("\x00", "")[:100_000], output_field=CharField())
    if not words.strip() and not any(each.phone for each in said):
        return []
    phones = {each.phone for each in said if each.phone}
    named: EnterpriseQuerySet = Enterprise.objects.visible_to(user).alias(
        by_name=StrIndex(text, F("name")),
        by_short=StrIndex(text, F("short_name")),
        by_code=StrIndex(Value(words.upper(), output_field=CharField()), F("uscc")),
    )
    found = Q(by_name__gt=0) | Q(by_short__gt=0) | (Q(by_code__gt=0) & ~Q(uscc=""))
    if phones:
        found |= Q(contact_phone__in=phones)
    return list(named.filter(found).select_related("township").by_pinyin()[:MOST])


def _meant(said: Mention, rows: Sequence[Enterprise]) -> Meant:
    name, text = said.name.strip(), f"{said.name} {said.text}".upper()
    exact = (
        [firm for firm in rows if firm.uscc and firm.uscc in text],
        [firm for firm in rows if firm.name == name],
        [firm for firm in rows if firm.short_name == name],
    )
    for found in exact:
        if found:
            return _sure(found)
    if found := _longest(name, rows):
        return Meant(offered=found[:OFFERED])
    if found := _longest(said.text, rows):
        return _sure(found)
    reached = [firm for firm in rows if said.phone and firm.contact_phone == said.phone]
    return Meant(offered=reached[:OFFERED]) if name else _sure(reached)


def _sure(found: Sequence[Enterprise]) -> Meant:
    return Meant(found[0]) if len(found) == 1 else Meant(offered=found[:OFFERED])


def _longest(text: str, rows: Sequence[Enterprise]) -> list[Enterprise]:
    """Return those named in the text, without names that only stand inside a longer one."""
    spans: list[tuple[int, int, Enterprise]] = []
    for firm in rows:
        names = (firm.name, firm.short_name if len(firm.short_name) >= SHORT_LEAST else "")
        name = next((name for name in names if name and name in text), "")
        if name:
            start = text.index(name)
            spans.append((start, start + len(name), firm))
    return [
        firm
        for start, end, firm in spans
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in spans)
    ]
