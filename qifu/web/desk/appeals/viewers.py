"""Who else may see a case, and the enterprise's whole number; both leave a trace."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions.contacts import show_contact
from qifu.appeals.actions.viewing import name_viewer
from qifu.appeals.models import Appeal, Viewer
from qifu.journal.models import Text
from qifu.kernel.errors import InvalidInput
from qifu.organisations.models import User, UserKind
from qifu.web.desk.appeals.forms import ViewerForm
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, posted, step_case, verb_page, went
from qifu.web.ui.answers import page, run
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only

CONTACT = "desk/appeals/contact.html"


@staff_only
def viewers(request: StaffRequest, number: str) -> HttpResponse:
    """Let a colleague see one case (指定查看人)."""
    case = step_case(request, number)
    only(access.can_name_viewer(request.user, case), "查看人由县办主任指定。")
    form = ViewerForm(posted(request))
    outcome = run(request, partial(_name, case), form)
    if outcome.done:
        return went(request, f"已指定{number}的查看人。", case_url(number))
    named = [f"{viewer.user}" for viewer in case.viewers.select_related("user").order_by("pk")]
    already = f"已经指定：{'、'.join(named)}。" if named else ""
    context = {
        "heading": "指定查看人",
        "effect": f"对方只能看这一件，不能办理，办理过程里会记下是谁指定的。{already}",
        "form": form,
        "label": "指定",
    }
    return verb_page(request, case, context, status=outcome.status)


@staff_only
@require_POST
def contact(request: StaffRequest, number: str) -> HttpResponse:
    """Show the enterprise's whole number, and write down who looked (查看完整号码)."""
    case = step_case(request, number)
    outcome = run(request, partial(_show, case))
    if outcome.error is not None:
        return refused(request, outcome.error)
    context = {
        "title": f"联系企业 {number}",
        "case": case,
        "name": case.contact.heading,
        "phone": case.contact.body,
        "back_url": case_url(number),
    }
    answer = page(request, CONTACT, context, part="number")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _show(case: Appeal, *, key: str, **given: Any) -> Text:
    # Without a one-time key: every look is written down.
    return show_contact(case, **given)


def _name(case: Appeal, *, login: str, **given: Any) -> Viewer:
    said = Q(login=login.strip(), kind=UserKind.STAFF) | Q(
        phone=login.strip(), kind=UserKind.ENTERPRISE
    )
    colleague = User.objects.in_county(case.county).filter(said).first()
    if colleague is None:
        raise InvalidInput("login", f"没有“{login}”这个账号或企业手机号。请核对后重填。")
    try:
        return name_viewer(case, colleague, given.pop("why"), **given)
    except InvalidInput as error:
        field = "login" if error.field == "user" else error.field
        raise InvalidInput(field, str(error)) from error
