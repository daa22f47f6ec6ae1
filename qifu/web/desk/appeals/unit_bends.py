"""What a unit may do besides answering: 退单, 延期, 补充, 联系, 记录, 阶段答复, 分派."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.actions import extending, noting, returning, supplementing
from qifu.appeals.catalogue import units_by_code
from qifu.appeals.models import Assignment
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from qifu.web.desk.appeals.bend_forms import (
    ContactForm,
    ExtensionForm,
    ReturnForm,
    SubAssignmentForm,
)
from qifu.web.desk.appeals.forms import WordsForm
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import own_part, posted, verb_page, went
from qifu.web.ui.answers import run
from qifu.web.ui.gates import StaffRequest, staff_only

MakeForm = Callable[[StaffRequest, Assignment], forms.Form]
MAIN_KINDS = ("DEPARTMENT", "TOWNSHIP", "PARK", "ZONE", "UTILITY")


def _step(
    request: StaffRequest,
    number: str,
    *,
    act: Callable[..., object],
    make: MakeForm,
    texts: dict[str, str],
    mine: Callable[[User, Assignment], bool] = access.works_for,
) -> HttpResponse:
    """Show the page of a unit's verb, or take the step."""
    part = own_part(request, number, mine)
    form = make(request, part)
    outcome = run(request, partial(act, part), form)
    if outcome.done:
        return went(request, texts["done"].format(number=number), case_url(number))
    context: dict[str, Any] = {
        "heading": texts["heading"],
        "effect": texts["effect"],
        "form": form,
        "hidden": [("unit", part.unit.code)],
        "label": texts["label"],
    }
    return verb_page(request, part.appeal, context, status=outcome.status)


@staff_only
def returns(request: StaffRequest, number: str) -> HttpResponse:
    """Send the part back to the office (退单)."""

    def make(request: StaffRequest, part: Assignment) -> forms.Form:
        units = units_by_code(part.county, local_date(now())).values()
        others = sorted(
            {u for u in units if u.kind in MAIN_KINDS and u.pk != part.unit_id},
            key=lambda unit: unit.pinyin,
        )
        return ReturnForm(posted(request), units=others)

    texts = {
        "heading": "退单",
        "effect": "县办裁定，计时不停；每个单位每件只能退一次，裁定后不能再退。",
        "label": "退单，请县办裁定",
        "done": "{number}已退单，等县办裁定。计时没有停。",
    }
    return _step(request, number, act=returning.send_back_to_office, make=make, texts=texts)


@staff_only
def extensions(request: StaffRequest, number: str) -> HttpResponse:
    """Ask for more time (申请延期)."""

    def make(request: StaffRequest, part: Assignment) -> forms.Form:
        return ExtensionForm(posted(request), most=extending.longest(part, now()))

    texts = {
        "heading": "申请延期",
        "effect": "到期前1个工作日以前申请，只能一次；县办批准后告诉企业。裁定前时限不变。",
        "label": "申请延期",
        "done": "{number}的延期申请已报县办，裁定前时限不变。",
    }
    return _step(
        request,
        number,
        act=extending.ask_extension,
        make=make,
        texts=texts,
        mine=access.answers_for,
    )


@staff_only
def supplement_requests(request: StaffRequest, number: str) -> HttpResponse:
    """Ask the office to let the enterprise supply something (申请请企业补充)."""

    def make(request: StaffRequest, part: Assignment) -> forms.Form:
        return WordsForm(
            posted(request),
            label="还差什么",
            hint="县办同意后企业会原样看到",
            missing="没有写差什么。请逐项写明。",
        )

    texts = {
        "heading": "申请请企业补充",
        "effect": "县办同意后才暂停计时，只能一次；期满未补充就照现有情况接着办。",
        "label": "报县办同意",
        "done": "{number}已报县办，同意前计时不停。",
    }
    return _step(request, number, act=supplementing.request_supplement, make=make, texts=texts)


@staff_only
def contacts(request: StaffRequest, number: str) -> HttpResponse:
    """Write down that the enterprise was contacted (联系记录)."""
    texts = {
        "heading": "记一次联系",
        "effect": "第一次联系上就算首次联系。没有联系上，系统发短信请企业回电。",
        "label": "记下来",
        "done": "{number}的联系记录已记下。",
    }
    return _step(
        request,
        number,
        act=noting.contact,
        make=lambda request, part: ContactForm(posted(request)),
        texts=texts,
    )


@staff_only
def notes(request: StaffRequest, number: str) -> HttpResponse:
    """Keep a note (办理记录)."""

    def make(request: StaffRequest, part: Assignment) -> forms.Form:
        return WordsForm(
            posted(request), label="办理记录", hint="企业看不到", missing="没有写记录。"
        )

    texts = {
        "heading": "写办理记录",
        "effect": "本单位和县办看得到，企业看不到。",
        "label": "记下来",
        "done": "{number}的办理记录已记下。",
    }
    return _step(request, number, act=noting.note, make=make, texts=texts)


@staff_only
def interim_replies(request: StaffRequest, number: str) -> HttpResponse:
    """Tell the enterprise how far things are (阶段答复)."""

    def make(request: StaffRequest, part: Assignment) -> forms.Form:
        return WordsForm(
            posted(request),
            label="告诉企业的话",
            hint="企业会原样看到：办到哪一步、下一步、哪天",
            missing="没有写进展。请写办到哪一步、下一步是什么。",
        )

    texts = {
        "heading": "阶段答复",
        "effect": "企业立即看到，办理时限不变。",
        "label": "发给企业",
        "done": "{number}的阶段答复已发给企业。",
    }
    return _step(request, number, act=noting.tell_meanwhile, make=make, texts=texts)


@staff_only
def sub_assignments(request: StaffRequest, number: str) -> HttpResponse:
    """Give the part to one of the unit's people (单位内分派)."""

    def make(request: StaffRequest, part: Assignment) -> forms.Form:
        return SubAssignmentForm(posted(request), people=_colleagues(part))

    texts = {
        "heading": "单位内分派",
        "effect": "对方能看到这件并替本单位办理，时限仍是本单位的。",
        "label": "分派",
        "done": "{number}已在单位内分派。",
    }
    mine = access.answers_for
    return _step(request, number, act=noting.sub_assign, make=make, texts=texts, mine=mine)


def _colleagues(part: Assignment) -> list[User]:
    people = User.objects.in_county(part.county).staff().filter(is_active=True)
    mine = people.filter(posts__unit=part.unit_id, posts__valid_to=None)
    return list(mine.distinct().order_by("name", "pk"))
