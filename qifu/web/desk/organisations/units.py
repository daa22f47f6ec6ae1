"""The register of units, a unit's page, and what the office changes in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from qifu.kernel.clock import local_date, now
from qifu.organisations import access
from qifu.organisations.actions import units as actions
from qifu.organisations.actions.unit_people import Heads
from qifu.organisations.actions.units import Naming
from qifu.organisations.models import Post, PostKind, Unit, UnitKind, User
from qifu.organisations.models.people import EXACTLY_ONE, OFFICE_POSTS
from qifu.organisations.open_things import open_through
from qifu.organisations.queries import current_unit, people_of, unfiled_units
from qifu.organisations.registers import UnitHistory, candidates, history, register
from qifu.web.desk.organisations.days import chosen_day
from qifu.web.desk.organisations.forms import MergerForm, NamingForm, NewUnitForm, units_to_choose
from qifu.web.desk.organisations.reading import posted, search_words
from qifu.web.desk.organisations.tabs import stand_at_units, unit_tabs
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.dates import full_date, full_moment
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.toasts import say

KEEPERS = (PostKind.OFFICE_OPERATOR, PostKind.OFFICE_DIRECTOR)
VIEWS = (
    ("", "全部", ()),
    ("departments", "县直单位", (UnitKind.DEPARTMENT, UnitKind.SCHOOL, UnitKind.MEDIA)),
    ("places", "乡镇园区", (UnitKind.TOWNSHIP, UnitKind.PARK, UnitKind.ZONE)),
    ("utilities", "公用企业", (UnitKind.UTILITY,)),
    (
        "others",
        "其他",
        (
            UnitKind.GOVERNMENT,
            UnitKind.LEADING_GROUP,
            UnitKind.OFFICE,
            UnitKind.OVERSIGHT,
            UnitKind.UPPER,
        ),
    ),
)


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show the units of a day with whom they have named (单位名册)."""
    switch = chosen_day(request)
    view, words = request.GET.get("view", ""), search_words(request)
    kinds = {code: kinds for code, _, kinds in VIEWS}.get(view, ())
    lines = register(request.user.county, on=switch.day, kinds=kinds, words=words)
    context = {
        "title": "单位名册",
        "tabs": unit_tabs(request, "units"),
        "switch": switch,
        "view": view,
        "views": VIEWS,
        "words": words,
        "lines": lines,
        "own": [line for line in lines if line.unit.pk in request.user.reach.seats(*EXACTLY_ONE)],
        "can_keep": access.can_keep_units(request.user, request.user.county),
    }
    return page(request, "desk/organisations/units.html", context, part="rows")


@staff_only(*OFFICE_POSTS)
def unfiled(request: StaffRequest) -> HttpResponse:
    """Show the office who has not filed (未备案)."""
    stand_at_units(request)
    lines = register(request.user.county, on=local_date(now()))
    context = {
        "title": "未备案单位",
        "tabs": unit_tabs(request, "unfiled"),
        "lines": [line for line in lines if line.filed is False],
        "filed": sum(line.filed is True for line in lines),
    }
    return page(request, "desk/organisations/unfiled.html", context)


@staff_only
def show(request: StaffRequest, code: str) -> HttpResponse:
    """Show one unit: what it is called, who is there and who was (单位)."""
    unit = _unit(request, code)
    today = local_date(now())
    known = history(unit)
    context = {
        "title": unit.short_name,
        "unit": unit,
        "heir": current_unit(unit, on=today),
        "is_in_force": unit.is_in_force(today),
        "facts": _facts(unit),
        "people": people_of(unit, on=today),
        "history": known,
        "posts": [_post_line(post, today) for post in known.posts],
        "filings": _filing_lines(known, today),
        "owes_filing": unfiled_units(unit.county, on=today).filter(pk=unit.pk).exists(),
        "can_file": access.can_file(request.user, unit),
        "can_keep": access.can_keep_units(request.user, unit.county),
    }
    return page(request, "desk/organisations/unit.html", context)


@staff_only(*KEEPERS)
def new(request: StaffRequest) -> HttpResponse:
    """Let the office enter a new unit (新设单位)."""
    form = NewUnitForm(posted(request), initial={"on": local_date(now())})
    outcome = run(request, _create, form, county=request.user.county)
    if outcome.done:
        say(request, "新单位已在名册中。")
        return see_other(request, reverse("desk:units"))
    context = {
        "title": "新设单位",
        "form": form,
        "label": "列入名册",
        "effect": "列入后可以任命人员、接受交办。",
        "back_url": reverse("desk:units"),
    }
    return page(request, "desk/organisations/step.html", context, status=outcome.status)


@staff_only(*KEEPERS)
def rename(request: StaffRequest, code: str) -> HttpResponse:
    """Let the office give a unit another name from a day on (更名)."""
    unit = _unit(request, code)
    start = {"name": unit.name, "short_name": unit.short_name, "on": local_date(now())}
    form = NamingForm(posted(request), initial=start)
    outcome = run(request, _rename, form, unit=unit)
    if outcome.done:
        say(request, f"{unit.short_name}已更名，人员、备案和在办事项都跟着走。")
        return see_other(request, reverse("desk:unit", args=[code]))
    context = {
        "title": f"{unit.short_name}更名",
        "form": form,
        "label": "更名",
        "effect": "自起始日期起用新名；以前办的事仍记在原名下，人员和备案随之转入。",
        "back_url": reverse("desk:unit", args=[code]),
    }
    return page(request, "desk/organisations/step.html", context, status=outcome.status)


@staff_only(*KEEPERS)
def merge(request: StaffRequest, code: str) -> HttpResponse:
    """Let the office merge a unit into another one (合并)."""
    unit = _unit(request, code)
    others = units_to_choose(unit.county, local_date(now())).exclude(pk=unit.pk)
    people = candidates(unit, on=local_date(now()), anybody=True)
    start = {"on": local_date(now())}
    form = MergerForm(posted(request), initial=start, units=others, people=people)
    outcome = run(request, _merge, form, units=[unit])
    if outcome.done:
        say(request, f"{unit.short_name}已并入，在办事项由接收单位继续办。离岗人员的交接已列出。")
        return see_other(request, reverse("desk:unit", args=[code]))
    context = {
        "title": f"{unit.short_name}并入其他单位",
        "form": form,
        "label": "合并",
        "effect": "在办的诉求不中断、时限不变，由接收单位的人接着签收、答复。"
        f"{_in_hand(unit)}不再任职的人手上没办完的，自动列入交接。",
        "back_url": reverse("desk:unit", args=[code]),
    }
    return page(request, "desk/organisations/step.html", context, status=outcome.status)


def _unit(request: StaffRequest, code: str) -> Unit:
    units = Unit.objects.in_county(request.user.county).select_related("parent", "successor")
    return get_object_or_404(units, code=code)


def _create(
    *,
    county: str,
    name: str,
    short_name: str,
    code: str,
    kind: str,
    on: date,
    by: User,
    at: datetime,
    key: str,
) -> Unit:
    naming = Naming(code, name, short_name)
    return actions.create_unit(county, naming, kind=kind, since=on, by=by, at=at, key=key)


def _rename(*, unit: Unit, name: str, short_name: str, code: str, **given: Any) -> Unit:
    return actions.rename_unit(unit, Naming(code, name, short_name), **given)


def _merge(*, leader: User | None, liaison: User | None, **given: Any) -> None:
    actions.merge_units(heads=Heads(leader, liaison), **given)


def _in_hand(unit: Unit) -> str:
    """Say what the people of the unit have open, before it ends."""
    said = []
    for post in people_of(unit, EXACTLY_ONE, on=local_date(now())):
        found = open_through(post, local_date(now()))
        if found:
            said.append(f"{post.user.name}有{'、'.join(each.words for each in found)}。")
    return "".join(said)


def _facts(unit: Unit) -> list[tuple[str, str]]:
    until = f"，自{full_date(unit.valid_to)}起不再" if unit.valid_to else ""
    return [
        ("全称", unit.name),
        ("类别", unit.get_kind_display()),
        ("上级", unit.parent.short_name if unit.parent else "未登记"),
        ("起止", f"{full_date(unit.valid_from)}起{until}"),
        ("电话", unit.phone or "未登记"),
        ("考核", "参加" if unit.assessed else "不参加"),
        ("成员单位", "是" if unit.member_unit else "否"),
    ]


def _post_line(post: Post, today: date) -> dict[str, Any]:
    return {
        "name": post.user.name,
        "title": post.get_kind_display(),
        "since": full_date(post.valid_from),
        "until": full_date(post.valid_to) if post.valid_to else "",
        "is_current": post.is_in_force(today),
    }


def _filing_lines(known: UnitHistory, today: date) -> list[dict[str, Any]]:
    return [
        {
            "at": full_moment(filing.filed_at),
            "leader": filing.leader_post.user.name,
            "liaison": filing.liaison_post.user.name,
            "by": filing.filed_by.name if filing.filed_by else "系统",
            "is_current": place == 0
            and filing.leader_post.is_in_force(today)
            and filing.liaison_post.is_in_force(today),
        }
        for place, filing in enumerate(known.filings)
    ]
