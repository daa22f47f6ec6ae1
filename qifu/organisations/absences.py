"""Who is away and who stands in: what pages show, and who can be a deputy (AB 岗)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from qifu.journal import reference
from qifu.organisations import access
from qifu.organisations.models import Absence, Post, PostKind, Unit, User
from qifu.organisations.models.absences import AbsenceQuerySet
from qifu.organisations.models.people import ADMINISTRATORS, EXACTLY_ONE


def away_on(county: str, today: date) -> list[Absence]:
    """Return which leaders and liaisons are away today, with who stands in.

    Kept at hand like reference data: pages of cases ask it each time.
    """
    rows = reference.read(county, "absences", lambda: _heads_away(county, today))
    return [away for away in rows if away.is_in_force(today)]


def _heads_away(county: str, today: date) -> list[Absence]:
    """Return the absences of leaders and liaisons that are not over."""
    posts = Post.objects.in_county(county).filter(kind__in=EXACTLY_ONE)
    held = posts.filter(user=OuterRef("user"), unit=OuterRef("unit"))
    absences = Absence.objects.in_county(county).not_over(today).filter(Exists(held))
    return list(absences.with_people().order_by("pk"))


def away_from(absences: Iterable[Absence], unit: Unit) -> list[Absence]:
    """Return those of the absences that concern the unit or what it has become."""
    return [away for away in absences if unit.pk == away.unit_id or unit.pk in away.unit.absorbed]


def said_of(absences: Iterable[Absence], unit: Unit) -> str:
    """Write who of the unit is away and who stands in; nothing if everybody is there."""
    return "；".join(sentence(away) for away in away_from(absences, unit))


def sentence(away: Absence) -> str:
    """Write `李干事外出，12月1日前由何干部代班`, or that nobody stands in."""
    until = f"至{away.last_day.month}月{away.last_day.day}日"
    if away.deputy is None:
        return f"{away.user.name}外出{until}，没有代班人"
    return f"{away.user.name}外出{until}，A岗由{away.deputy.name}代"


def deputy_on(county: str, unit: int, person: int, on: date) -> User | None:
    """Return who stands in for the person at the unit, or at what became of it, on the day."""
    units = Q(unit=unit) | Q(unit__absorbed__contains=[unit])
    away = Absence.objects.in_county(county).filter(units, user=person, deputy__is_active=True)
    found = away.in_force(on).select_related("deputy").first()
    return found.deputy if found else None


def visible_absences(user: User, on: date) -> AbsenceQuerySet:
    """Return the absences of the day and to come that concern the person.

    His own, those in which he stands in, his units'; the office sees all. Those without a
    deputy come first.
    """
    rows = Absence.objects.in_county(user.county).not_over(on).with_people()
    if not access.sees_all_absences(user):
        units = user.reach.units()
        rows = rows.filter(Q(user=user) | Q(deputy=user) | Q(unit__in=units))
    uncovered = ExpressionWrapper(Q(deputy=None), output_field=BooleanField())
    return rows.order_by(uncovered.desc(), "valid_from", "pk")


def colleagues(unit: Unit, on: date) -> QuerySet[User]:
    """Return who can stand in at the unit: its people, its parent's, those of what it absorbed."""
    posts = Post.objects.in_county(unit.county).in_force(on)
    around = Q(unit=unit) | Q(unit__absorbed__contains=[unit.pk]) | Q(unit__in=unit.absorbed)
    if unit.parent_id:
        around |= Q(unit=unit.parent_id)
    people = User.objects.in_county(unit.county).staff().filter(is_active=True)
    keepers = posts.filter(kind__in=ADMINISTRATORS).values("user_id")
    return people.filter(pk__in=posts.filter(around).values("user_id")).exclude(pk__in=keepers)


def deputy_refusal(person: User, unit: Unit, deputy: User, begin: date, end: date) -> str:
    """Say why somebody cannot stand in from `begin` to before `end`; nothing if he can."""
    if deputy.pk == person.pk:
        return "代班人不能是外出人自己。请另选一人。"
    if not colleagues(unit, begin).filter(pk=deputy.pk).exists():
        return f"{deputy.name}不是{unit.short_name}或其上级单位的在任人员，不能代班。请另选一人。"
    away = Absence.objects.in_county(unit.county).filter(user=deputy).overlapping(begin, end)
    found = away.first()
    if found is not None:
        first, last = found.valid_from, found.last_day
        return (
            f"{deputy.name}{first.month}月{first.day}日至{last.month}月{last.day}日自己也外出，"
            "不能代班。请另选一人。"
        )
    return ""


def stands_in(person: User, begin: date, end: date) -> Absence | None:
    """Return an absence of somebody else that the person stands in for in those days."""
    absences = Absence.objects.in_county(person.county).filter(deputy=person)
    return absences.overlapping(begin, end).with_people().first()


def seats_to_enter(by: User, on: date) -> list[Post]:
    """Return whose absence the person may enter: one post for each person at each unit."""
    posts = _seats(by.county, on)
    if not access.sees_all_absences(by):
        led = by.reach.own_units(PostKind.RESPONSIBLE_LEADER)
        posts = [post for post in posts if post.user_id == by.pk or post.unit_id in led]
    return _once_each(posts)


def seats_of_deputies(seats: Iterable[Post], on: date) -> list[Post]:
    """Return who could stand in for these people, each at his first unit."""
    around: set[int] = set()
    county = ""
    for post in seats:
        county = post.county
        around |= {post.unit_id, *([post.unit.parent_id] if post.unit.parent_id else [])}
    if not county:
        return []
    there = [post for post in _seats(county, on) if post.unit_id in around]
    return list({post.user_id: post for post in reversed(there)}.values())[::-1]


def _seats(county: str, on: date) -> list[Post]:
    posts = Post.objects.in_county(county).in_force(on).filter(user__is_active=True)
    posts = posts.exclude(kind__in=ADMINISTRATORS).select_related("user", "unit")
    return list(posts.order_by("unit__pinyin", "user__name", "pk"))


def _once_each(posts: Iterable[Post]) -> list[Post]:
    return list({(post.user_id, post.unit_id): post for post in posts}.values())
