"""Accounts, for the three administrators: each sees all of them and does his own part."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from qifu.kernel.clock import local_date, now
from qifu.organisations import access, passwords
from qifu.organisations.account_history import account_history
from qifu.organisations.actions import accounts as actions
from qifu.organisations.models import PostKind, User
from qifu.organisations.models.people import ADMINISTRATORS
from qifu.organisations.registers import AccountLine, accounts, posts_of, titles
from qifu.web.desk.organisations.forms import AccountForm
from qifu.web.desk.organisations.reading import posted, search_words
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.dates import full_date, full_moment
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.lists import Pager
from qifu.web.ui.toasts import say

PAGE = 25


@staff_only(*ADMINISTRATORS)
def index(request: StaffRequest) -> HttpResponse:
    """List the staff accounts (账号)."""
    words, after = search_words(request), search_words(request, "after")
    county, at = request.user.county, now()
    found = accounts(county, on=local_date(at), words=words, after=after, limit=PAGE + 1)
    shown = found[:PAGE]
    context = {
        "title": "账号",
        "rows": [_row(line, at) for line in shown],
        "words": words,
        "pager": _pager(words, after, shown, more=len(found) > PAGE),
        "can_make": access.can_make_accounts(request.user, county),
    }
    return page(request, "desk/organisations/accounts.html", context, part="rows")


@staff_only(PostKind.SYS_ADMIN)
def new(request: StaffRequest) -> HttpResponse:
    """Let the system administrator make an account (建账号)."""
    form = AccountForm(posted(request), initial={"password": passwords.suggest()})
    outcome = run(request, actions.create_user, form, county=request.user.county)
    if outcome.done:
        say(request, "账号已建。请把初始密码当面交给本人，再请安全管理员任命岗位。")
        return see_other(request, reverse("desk:accounts"))
    context = {
        "title": "建账号",
        "form": form,
        "rules": passwords.RULES,
        "back_url": reverse("desk:accounts"),
    }
    return page(request, "desk/organisations/account_new.html", context, status=outcome.status)


@staff_only(*ADMINISTRATORS)
def show(request: StaffRequest, login: str) -> HttpResponse:
    """Show one account: its state, its posts, what happened to it."""
    user = account(request, login)
    return page(request, "desk/organisations/account.html", account_context(request, user))


def account(request: StaffRequest, login: str) -> User:
    """Return the staff account of the reader's county, or 404."""
    return get_object_or_404(User.objects.in_county(request.user.county).staff(), login=login)


def account_context(request: StaffRequest, user: User) -> dict[str, Any]:
    """Return what the page of an account shows, and what the reader may do there."""
    by, today = request.user, local_date(now())
    can_appoint = access.can_appoint(by, user.county) and by.pk != user.pk
    sees_history = access.can_appoint(by, user.county) or access.can_read_journal(by, user.county)
    return {
        "title": user.name,
        "account": user,
        "state": _state(user),
        "posts": [
            {
                "title": titles([post]),
                "since": full_date(post.valid_from),
                "until": full_date(post.valid_to) if post.valid_to else "",
                "is_current": post.is_in_force(today),
                "kind": post.kind,
                "code": post.unit.code,
            }
            for post in posts_of(user)
        ],
        "entries": [
            {"at": full_moment(entry.at), "title": entry.title, "actor": entry.actor}
            for entry in (account_history(user) if sees_history else [])
        ],
        "sees_history": sees_history,
        "can_appoint": can_appoint,
        "can_reset": access.can_reset_password(by, user),
        "can_unlock": access.can_unlock(by, user),
        "can_close": access.can_make_accounts(by, user.county) and by.pk != user.pk,
        "is_locked": user.is_locked(now()),
        "back_url": reverse("desk:accounts"),
    }


def _row(line: AccountLine, at: Any) -> dict[str, Any]:
    return {
        "user": line.user,
        "titles": titles(line.posts),
        "state": _state(line.user),
    }


def _state(user: User) -> tuple[str, str]:
    """Name the account's state and the tone of its tag."""
    if not user.is_active:
        return "已停用", "grey"
    if user.is_locked(now()):
        return "已锁定", "amber"
    if user.must_change_password:
        return "待改初始密码", "yellow"
    return "正常", "green"


def _pager(words: str, after: str, shown: list[AccountLine], *, more: bool) -> Pager:
    query = {"q": words} if words else {}
    last = shown[-1].user.login if shown else ""
    if not more and not after:
        return Pager(says=f"已显示全部{len(shown)}个")
    return Pager(
        before_url=f"?{urlencode(query)}" if after else "",
        after_url=f"?{urlencode({**query, 'after': last})}" if more else "",
        before_label="从头看",
        after_label=f"往后{PAGE}个",
        says=f"{shown[0].user.login} 到 {last}" if shown else "没有了",
    )
