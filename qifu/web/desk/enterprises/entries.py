"""The entry of one enterprise: shown, made, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from qifu.enterprises import access, actions, queries
from qifu.enterprises.history import happenings
from qifu.enterprises.models import Binding, Enterprise, EnterpriseStatus
from qifu.enterprises.sight import SEARCHES
from qifu.kernel.clock import local_date, now
from qifu.notices.deliveries import dead_numbers
from qifu.organisations.models import User
from qifu.web.desk.enterprises.forms import CorrectionForm, EnterpriseForm, InvitationForm
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.dates import full_moment
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.masks import mask_name, mask_phone
from qifu.web.ui.toasts import say

NEWEST = 8


def visible(request: StaffRequest, number: str) -> Enterprise:
    """Return the enterprise, if the person may see it."""
    seen = Enterprise.objects.visible_to(request.user, local_date(now()))
    return get_object_or_404(seen.select_related("township"), number=number)


@staff_only(*SEARCHES)
def detail(request: StaffRequest, number: str) -> HttpResponse:
    """Show one enterprise, its numbers masked."""
    return show(request, visible(request, number))


@staff_only(*SEARCHES)
@require_POST
def phone(request: StaffRequest, number: str) -> HttpResponse:
    """Show the contact's whole number, once, and record that (查看完整号码)."""
    enterprise = visible(request, number)

    def reveal(*, by: User, at: datetime, key: str) -> str:
        return actions.reveal_phone(enterprise, by=by, at=at)

    outcome = run(request, reveal)
    answer = show(
        request, enterprise, opened=outcome.made or "", error=outcome.error, status=outcome.status
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@staff_only(*SEARCHES)
def new(request: StaffRequest) -> HttpResponse:
    """Enter an enterprise into the register."""
    places = queries.places_to_register(request.user, local_date(now()))
    if not places.exists():
        raise PermissionDenied("只有县办和所在乡镇（园区）的专职人员可以登记企业。")
    form = EnterpriseForm(request.POST or None, places=places)

    def register(*, by: User, at: datetime, key: str, **_given: Any) -> Enterprise:
        return actions.register_enterprise(
            form.particulars(), county=by.county, by=by, at=at, key=key
        )

    outcome = run(request, register, form)
    if outcome.made:
        say(request, "企业已登记。")
        return see_other(request, reverse("desk:enterprise", args=[outcome.made.number]))
    if outcome.already:
        known = Enterprise.objects.visible_to(request.user).get(pk=outcome.already.subject_id or 0)
        return see_other(request, reverse("desk:enterprise", args=[known.number]))
    context = {
        "title": "登记企业",
        "form": form,
        "button": "登记这家企业",
        "back_url": reverse("desk:enterprises"),
    }
    return page(request, "desk/enterprises/form.html", context, status=outcome.status)


@staff_only(*SEARCHES)
def edit(request: StaffRequest, number: str) -> HttpResponse:
    """Correct the entry."""
    enterprise = visible(request, number)
    if not access.can_correct(request.user, enterprise):
        raise PermissionDenied("只有县办和所在乡镇（园区）的专职人员可以更正企业登记。")
    here = reverse("desk:enterprise", args=[number])
    form = CorrectionForm(
        request.POST or None,
        initial=CorrectionForm.starting(enterprise),
        places=queries.places_to_correct(request.user, enterprise, local_date(now())),
    )

    def correct(
        *, revision: int, status: str, by: User, at: datetime, key: str, **_given: Any
    ) -> None:
        actions.correct_enterprise(
            enterprise,
            form.particulars(),
            status=EnterpriseStatus(status),
            revision=revision,
            by=by,
            at=at,
            key=key,
        )

    outcome = run(request, correct, form)
    if outcome.done:
        say(request, "登记已更正。")
        return see_other(request, here)
    context = {
        "title": f"更正登记：{enterprise.short_name}",
        "form": form,
        "button": "存好更正",
        "back_url": here,
    }
    return page(request, "desk/enterprises/form.html", context, status=outcome.status)


def show(
    request: StaffRequest,
    enterprise: Enterprise,
    *,
    opened: str = "",
    form: InvitationForm | None = None,
    error: Exception | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of one enterprise, whatever step it was that led to it."""
    user, today = request.user, local_date(now())
    context = {
        "title": enterprise.short_name,
        "enterprise": enterprise,
        "facts": list(_facts(enterprise)),
        "opened": opened,
        "dead_phone": bool(dead_numbers(user.county, [enterprise.contact_phone])),
        "error": error,
        "can_see_phone": bool(enterprise.contact_phone)
        and access.can_see_phone(user, enterprise, today),
        "can_correct": access.can_correct(user, enterprise),
        "can_hand_over": access.can_hand_over(user, enterprise, today),
        "form": form or InvitationForm(),
        "can_invite": access.can_invite(user, enterprise, today),
        "bindings": [
            _binding_row(binding, user, today) for binding in queries.bindings_of(enterprise)
        ],
        "ties": queries.ties_of(enterprise, today),
        "entries": [
            {"when": full_moment(line.at), "title": line.title, "who": _who(line.who)}
            for line in happenings(enterprise, newest=NEWEST)
        ],
    }
    return page(request, "desk/enterprises/detail.html", context, status=status)


def _facts(enterprise: Enterprise) -> Iterator[tuple[str, str]]:
    yield "信用代码", enterprise.uscc or "未登记"
    yield "属地", enterprise.place_name
    yield "行业", enterprise.industry_section
    yield "规模", enterprise.size_name
    yield "地址", enterprise.address or "未登记"
    yield "联系人", mask_name(enterprise.contact_name) or "未登记"


def _binding_row(binding: Binding, user: User, on: date) -> dict[str, object]:
    person = binding.person
    return {
        "binding": binding,
        "name": (mask_name(person.name) if person else "") or "未留姓名",
        "phone": mask_phone(person.phone if person else binding.phone),
        "state": binding.get_state_display(),
        "can_end": access.can_remove(user, binding, on),
    }


def _who(who: User | None) -> str:
    if who is None:
        return "系统"
    return who.name if who.is_staff_person else f"企业人员 {mask_phone(who.phone)}"
