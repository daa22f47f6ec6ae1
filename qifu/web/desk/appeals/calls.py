"""What is shown while somebody is on the telephone: who rings, and what he may have said before."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.alike import Told
from qifu.appeals.duplicates import heard_before
from qifu.enterprises.mentions import Mention, matched, of_phone
from qifu.enterprises.models import Enterprise
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from qifu.web.desk.appeals.slips import number_of, repeats_of
from qifu.web.ui.answers import page
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/heard.html"
PROBLEM_MOST, LINE_MOST = 5_000, 80


@staff_only
@require_POST
def heard(request: StaffRequest) -> HttpResponse:
    """Say whose number it is, whom the register names, and which cases may say the same.

    Nothing is written: it is posted because what somebody said has no place in an address.
    """
    user, at = request.user, now()
    if not access.can_register(user):
        raise PermissionDenied("登记由县办受理员和各单位专职人员来办。")
    phone = number_of(_given(request, "contact_phone", LINE_MOST))
    callers = of_phone(user, phone)
    firm = _firm(user, request, callers)
    problem = _given(request, "problem", PROBLEM_MOST)
    told = Told(problem, local_date(at), firm.pk if firm else None, phone)
    found = heard_before([told], user, at)[0] if problem else []
    context = {
        "callers": callers,
        "caller": callers[0] if len(callers) == 1 else None,
        "repeats": repeats_of(found, problem),
    }
    return page(request, TEMPLATE, context)


def _firm(user: User, request: StaffRequest, callers: list[Enterprise]) -> Enterprise | None:
    """Return the enterprise that was picked, or typed in full; else the one that rings."""
    number = _given(request, "listed", LINE_MOST)
    if number and number != "-":
        return Enterprise.objects.visible_to(user).filter(number=number).first()
    if name := _given(request, "firm", LINE_MOST):
        return matched(user, [Mention(name)])[0].sure
    return callers[0] if len(callers) == 1 else None


def _given(request: StaffRequest, name: str, most: int) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()[:most]
