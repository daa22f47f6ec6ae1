"""One's own enterprise: who else speaks for it; leaving, removing, handing over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from qifu.enterprises import access, actions, queries
from qifu.enterprises.models import Binding, BindingState, Enterprise
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.gates import PersonRequest, person_only
from qifu.web.ui.masks import mask_name, mask_phone
from qifu.web.ui.toasts import say


@person_only
def detail(request: PersonRequest, number: str) -> HttpResponse:
    """Show the enterprise and everybody who speaks for it."""
    enterprise = _own(request, number)
    user, today = request.user, local_date(now())
    leads = access.can_hand_over(user, enterprise, today)
    context = {
        "title": enterprise.short_name,
        "enterprise": enterprise,
        "facts": [
            ("全称", enterprise.name),
            ("信用代码", enterprise.uscc or "未登记"),
            ("所在地", enterprise.place_name),
        ],
        "people": [_row(row, user, leads=leads) for row in queries.bindings_of(enterprise)],
        "leads": leads,
        "back_url": reverse("portal:me"),
    }
    return page(request, "portal/me/enterprise.html", context)


@person_only
def end(request: PersonRequest, number: str, binding: str) -> HttpResponse:
    """Leave, or remove a colleague or an invitation; asks first."""
    enterprise = _own(request, number)
    found = _of(enterprise, binding)
    own = found.person_id == request.user.pk
    who = _who(found)

    def act(*, by: User, at: datetime, key: str) -> None:
        actions.remove_binding(found, by=by, at=at, key=key)

    words = {
        "title": f"退出{enterprise.short_name}？" if own else f"移除{who}？",
        "effect": (
            "退出后，您看不到这家企业的诉求，只看得到您自己提交的。再加入要由县办或包联干部邀请。"
            if own
            else "移除后，对方看不到这家企业的诉求。再加入要由县办或包联干部邀请。"
        ),
        "label": "退出这家企业" if own else "移除，不再代表企业",
        "danger": True,
    }
    there = reverse("portal:me") if own else reverse("portal:my-enterprise", args=[number])
    return _confirm(request, enterprise, act, words, "已退出。" if own else "已移除。", there)


@person_only
def admin(request: PersonRequest, number: str, binding: str) -> HttpResponse:
    """Make a colleague the administrator; asks first."""
    enterprise = _own(request, number)
    found = _of(enterprise, binding)

    def act(*, by: User, at: datetime, key: str) -> None:
        actions.hand_over_admin(enterprise, found, by=by, at=at, key=key)

    words = {
        "title": f"把管理员交给{_who(found)}？",
        "effect": "每家企业只有一位管理员，可以移除其他人。交出后，您是经办人，要由对方才能交回。",
        "label": "交给对方",
    }
    there = reverse("portal:my-enterprise", args=[number])
    return _confirm(request, enterprise, act, words, "管理员已移交。", there)


def _confirm(
    request: PersonRequest,
    enterprise: Enterprise,
    act: Callable[..., None],
    words: dict[str, Any],
    done: str,
    there: str,
) -> HttpResponse:
    outcome = run(request, act)
    if outcome.done:
        say(request, done)
        return see_other(request, there)
    here = reverse("portal:my-enterprise", args=[enterprise.number])
    context = {"words": words, "error": outcome.error, "back_url": here, "title": words["title"]}
    return page(request, "portal/me/confirm.html", context, status=outcome.status)


def _own(request: PersonRequest, number: str) -> Enterprise:
    seen = Enterprise.objects.visible_to(request.user, local_date(now()))
    return get_object_or_404(seen.select_related("township"), number=number)


def _of(enterprise: Enterprise, number: str) -> Binding:
    found = queries.binding_of(enterprise, number)
    if found is None:
        raise Http404
    return found


def _row(binding: Binding, user: User, *, leads: bool) -> dict[str, object]:
    own = binding.person_id == user.pk
    active = binding.state == BindingState.ACTIVE
    return {
        "binding": binding,
        "who": "您" if own else _who(binding),
        "tag": binding.get_role_display() if active else binding.get_state_display(),
        "tone": "green" if active else "amber",
        "own": own,
        "can_end": own or leads,
        "can_lead": leads and active and not own,
    }


def _who(binding: Binding) -> str:
    person = binding.person
    phone = mask_phone(person.phone if person else binding.phone)
    name = mask_name(person.name) if person else ""
    return f"{name} {phone}" if name else phone
