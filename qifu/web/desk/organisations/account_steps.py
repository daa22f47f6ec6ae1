"""The steps that administrators take with an account; each leads back to its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from qifu.kernel.clock import local_date, now
from qifu.kernel.errors import DomainError
from qifu.organisations import passwords
from qifu.organisations.actions import accounts as actions
from qifu.organisations.actions.posts import appoint, relieve
from qifu.organisations.models import Post, PostKind, User
from qifu.organisations.open_things import StillOpen
from qifu.organisations.registers import titles
from qifu.web.desk.organisations.accounts import account
from qifu.web.desk.organisations.forms import (
    FirstPasswordForm,
    PostForm,
    ReliefForm,
    units_to_choose,
)
from qifu.web.desk.organisations.hand_overs import new_url
from qifu.web.desk.organisations.reading import posted
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.toasts import say

Step = Callable[..., None]


@staff_only(PostKind.SYS_ADMIN, PostKind.SEC_ADMIN)
def reset(request: StaffRequest, login: str) -> HttpResponse:
    """Give a new first password (重置密码)."""
    user = account(request, login)
    form = FirstPasswordForm(posted(request), initial={"password": passwords.suggest()})
    outcome = run(request, actions.reset_password, form, user=user)
    if outcome.done:
        return _back(request, user, f"{user.name}的密码已重置，请当面交给本人。")
    return _form(
        request, user, form, "重置密码", "原密码立即失效，已登录的会退出。", outcome.status
    )


@staff_only(PostKind.SEC_ADMIN)
def appointment(request: StaffRequest, login: str) -> HttpResponse:
    """Put the person into a post (任命岗位)."""
    user, today = account(request, login), local_date(now())
    units = units_to_choose(user.county, today)
    form = PostForm(posted(request), initial={"on": today}, units=units)
    outcome = run(request, appoint, form, user=user)
    if outcome.done:
        return _back(request, user, f"已任命{user.name}。")
    effect = "自任职日期起，按岗位看得到、办得了相应的事。"
    return _form(request, user, form, "任命岗位", effect, outcome.status)


@staff_only(PostKind.SEC_ADMIN)
def relief(request: StaffRequest, login: str, kind: str, code: str) -> HttpResponse:
    """End one of the person's posts (免去岗位)."""
    user = account(request, login)
    post = _current_post(user, kind, code)
    form = ReliefForm(posted(request), initial={"on": local_date(now())})
    outcome = run(request, relieve, form, post=post)
    if outcome.done:
        return _back(request, user, f"已免去{user.name}的{titles([post])}。")
    effect = f"免去{titles([post])}后，在办的事由继任者接着办；任职记录保留。"
    remedy = _remedy(outcome.error)
    return _form(request, user, form, "免去岗位", effect, outcome.status, remedy)


def _direct(step: Step, sentence: str, *posts: str) -> Callable[..., HttpResponse]:
    @require_POST
    @staff_only(*posts)
    def view(request: StaffRequest, login: str) -> HttpResponse:
        user = account(request, login)
        outcome = run(request, step, user=user)
        if outcome.done:
            return _back(request, user, sentence.format(name=user.name))
        context = {
            "title": user.name,
            "sentence": str(outcome.error),
            "account": user,
            "remedy_url": _remedy(outcome.error),
        }
        return page(
            request, "desk/organisations/account_refused.html", context, status=outcome.status
        )

    return view


lock = _direct(actions.lock, "{name}的账号已锁定。", PostKind.SEC_ADMIN)
unlock = _direct(actions.unlock, "{name}的账号已解锁。", PostKind.SEC_ADMIN)
deactivate = _direct(actions.deactivate, "{name}的账号已停用。", PostKind.SYS_ADMIN)
reactivate = _direct(actions.reactivate, "{name}的账号已启用。", PostKind.SYS_ADMIN)


def _current_post(user: User, kind: str, code: str) -> Post:
    posts = Post.objects.in_county(user.county).filter(user=user, kind=kind, unit__code=code)
    post = posts.in_force(local_date(now())).select_related("unit").first()
    if post is None:
        raise Http404
    return post


def _remedy(error: DomainError | None) -> str:
    """Return where what is open can be handed over, if that is what hinders."""
    return new_url(error.person) if isinstance(error, StillOpen) else ""


def _back(request: StaffRequest, user: User, sentence: str) -> HttpResponse:
    say(request, sentence)
    return see_other(request, reverse("desk:account", args=[user.login]))


def _form(
    request: StaffRequest,
    user: User,
    form: Any,
    label: str,
    effect: str,
    status: int,
    remedy: str = "",
) -> HttpResponse:
    context = {
        "title": f"{label}：{user.name}",
        "form": form,
        "label": label,
        "effect": effect,
        "remedy_url": remedy,
        "back_url": reverse("desk:account", args=[user.login]),
    }
    return page(request, "desk/organisations/step.html", context, status=status)
