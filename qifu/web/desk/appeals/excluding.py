"""剔除评价: a unit's leader asks, the director enters what the panel found, all read the list."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from qifu.appeals import exclusion_access
from qifu.appeals.access import LEADERS
from qifu.appeals.actions import excluding
from qifu.appeals.clocks import timing
from qifu.appeals.exclusions import share
from qifu.appeals.models import (
    Appeal,
    Exclude,
    Exclusion,
    ExclusionQuerySet,
    PanelRuling,
    Rating,
)
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import local_date, now
from qifu.kernel.errors import StaleState
from qifu.web.desk import navigation
from qifu.web.desk.appeals.excluding_forms import ExclusionForm, RulingForm
from qifu.web.desk.appeals.paging import (
    PAGE,
    Key,
    Order,
    Stretch,
    count,
    count_words,
    pager,
    stretch,
)
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, posted, step_case, verb_page, went
from qifu.web.ui.answers import page, run
from qifu.web.ui.dates import day_line, desk_date
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only

ONLY_LEADER = "只有承办单位的负责同志可以申请剔除评价。"
ONLY_DIRECTOR = "评议结果由县办主任登记。"
NO_RATING = "这件没有评价，不用申请剔除。"
RULED = "没有等着评议的剔除申请。请回到诉求看最新情况。"
VIEWS: dict[str, tuple[str, tuple[Exclude, ...]]] = {
    "": ("待评议", (Exclude.ASKED, Exclude.OBJECTED)),
    "out": ("已剔除", (Exclude.EXCLUDED, Exclude.OBJECTED, Exclude.UPHELD)),
    "kept": ("不予剔除", (Exclude.KEPT,)),
    "all": ("全部", ()),
}
KEYS = ("at", "pk")
WORDS = ("rating", "unit", "appeal__enterprise", "appeal__said_enterprise", "appeal__problem")
TONES = {
    Exclude.ASKED: "amber",
    Exclude.OBJECTED: "amber",
    Exclude.EXCLUDED: "grey",
    Exclude.UPHELD: "grey",
    Exclude.KEPT: "green",
}


@staff_only
def exclusion_requests(request: StaffRequest, number: str) -> HttpResponse:
    """Ask that a rating be left out of the figures (申请剔除评价)."""
    case = step_case(request, number)
    only(case.lead_unit_id in request.user.reach.units(*LEADERS), ONLY_LEADER)
    rating = _rating(case)
    if request.method != "POST" and (rating is None or rating.exclusion):
        return over(case)
    if rating is None:
        return refused(request, StaleState(NO_RATING))
    form = ExclusionForm(posted(request))
    outcome = run(request, partial(excluding.ask_exclusion, rating), form)
    if outcome.done:
        return went(request, "申请已交县办组织评议，评议前照常计入。", case_url(case.number))
    context = {
        "heading": "申请剔除评价",
        "effect": "只限恶意、误评的，评得低不是理由。每条评价只能申请一次；"
        "剔除的企业会知道，可以提意见。",
        "form": form,
        "label": "交县办评议",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def exclusion_rulings(request: StaffRequest, number: str) -> HttpResponse:
    """Write down what the panel found (评议)."""
    case = step_case(request, number)
    only(exclusion_access.rules(request.user), ONLY_DIRECTOR)
    row = excluding.shown_exclusion(case)
    if row is None or row.state not in excluding.OPEN:
        if request.method == "POST":
            return refused(request, StaleState(RULED))
        return over(case)
    people = exclusion_access.panel_people(row, local_date(now()))
    least = timing(case.county, now()).limits.panel
    form = RulingForm(posted(request), people=people, least=least)

    def act(*, by: Any, at: Any, key: str, **_: Any) -> PanelRuling:
        words = form.cleaned_data["words"]
        return excluding.rule_exclusion(row, form.panel(), words, by=by, at=at, key=key)

    outcome = run(request, act, form)
    if outcome.done:
        return went(request, "评议结果已登记，单位会收到短信。", "/desk/exclusions/")
    context = {
        "heading": "登记评议结果" if row.state == Exclude.ASKED else "登记复议结果",
        "effect": f"企业评的是“{row.rating}”，{row.unit}认为是“{row.get_reason_display()}”。"
        "超过半数同意才剔除；剔除的仍看得到，不计入统计。",
        "answer": _said(row),
        "answer_label": f"{row.unit}的依据",
        "form": form,
        "label": "登记结果",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """List the requests with what came of them, and how much of all ratings is left out."""
    user, at = request.user, now()
    if not navigation.sees_cases(user):
        raise PermissionDenied("您的岗位看不到评价。")
    today = local_date(at)
    show = request.GET.get("show", "")
    show = show if show in VIEWS else ""
    seen = Exclusion.objects.visible_to(user, today)
    name, states = VIEWS[show]
    rows = seen.filter(state__in=states) if states else seen
    found: Stretch[Exclusion] = stretch(rows.select_related(*WORDS), _newest(seen), request.GET)
    total = count_words(len(found.rows) if found.is_whole else count(rows))
    context = {
        "title": "评价剔除",
        "total": total,
        "when": f"{day_line(at)}更新",
        "year": today.year,
        "share": share(user.county, date(today.year, 1, 1)) if user.reach.has(*SEES_ALL) else None,
        "views": [
            (label, f"?show={code}" if code else "?", code == show)
            for code, (label, _) in VIEWS.items()
        ],
        "rows": [_row(row) for row in found.rows],
        "nothing": f"没有{name}的申请" if states else "没有剔除申请",
        "pager": pager(
            found, request.GET, f"共{total}", labels=(f"更新的{PAGE}件", f"更早的{PAGE}件")
        ),
    }
    return page(request, "desk/appeals/exclusions.html", context)


def _rating(case: Appeal) -> Rating | None:
    row = case.ratings.select_related("unit").order_by("pk").last()
    if row is not None:
        row.appeal = case
    return row


def _said(row: Exclusion) -> str:
    objection = row.objection.body if row.objection else ""
    return f"{row.words.body}\n\n企业不同意：{objection}" if objection else row.words.body


def _newest(seen: ExclusionQuerySet) -> Order[Exclusion]:
    def find(said: str) -> Key | None:
        rows = seen.filter(appeal__number=said.replace("\x00", ""))
        return rows.order_by("-pk").values_list(*KEYS).first()

    return Order(KEYS, True, lambda row: row.appeal.number, find)


def _row(row: Exclusion) -> dict[str, object]:
    return {
        "url": case_url(row.appeal.number),
        "number": row.appeal.number,
        "title": row.appeal.title,
        "enterprise": row.appeal.enterprise_name,
        "unit": row.unit.short_name,
        "grade": row.rating.get_grade_display(),
        "reason": row.get_reason_display(),
        "state": (row.get_state_display(), TONES[Exclude(row.state)]),
        "day": desk_date(local_date(row.at)),
    }
