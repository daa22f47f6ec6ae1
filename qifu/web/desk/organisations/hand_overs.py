"""Handing over what a leaver has open (交接): a receiver for each block, and both sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from qifu.kernel.clock import local_date, now
from qifu.organisations import access
from qifu.organisations.actions import handing_over as actions
from qifu.organisations.hand_overs import (
    BlockLine,
    block_lines,
    people_to_hand_over,
    receivers_to_choose,
    unfinished_of,
    visible_hand_overs,
)
from qifu.organisations.models import HandOver, HandOverState, User
from qifu.organisations.models.hand_overs import UNFINISHED
from qifu.organisations.models.people import ADMINISTRATORS
from qifu.web.desk.organisations.leaving_forms import HandOverForm, ReceiversForm
from qifu.web.desk.organisations.reading import posted, search_words
from qifu.web.desk.organisations.tabs import leaving_tabs, stand_at_absences
from qifu.web.ui.answers import page, run, see_other
from qifu.web.ui.dates import full_date, moment
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.toasts import say

SHOWN = 50
TONES = {"DRAFT": "amber", "OFFERED": "amber", "ACCEPTED": "green", "DROPPED": "grey"}


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """List the hand-overs that concern the reader (交接)."""
    stand_at_absences(request)
    papers = list(visible_hand_overs(request.user)[:SHOWN])
    papers.sort(key=lambda paper: paper.state not in UNFINISHED)
    context = {
        "title": "交接",
        "tabs": leaving_tabs("hand-overs"),
        "rows": [
            {
                "number": paper.number,
                "name": paper.leaver.name,
                "reason": paper.get_reason_display(),
                "on": full_date(paper.effective_on),
                "state": (paper.get_state_display(), TONES[paper.state]),
            }
            for paper in papers
        ],
    }
    return page(request, "desk/organisations/hand_overs.html", context)


@staff_only
def new(request: StaffRequest) -> HttpResponse:
    """Begin a hand-over (办移交)."""
    stand_at_absences(request)
    today, login = local_date(now()), search_words(request, "login")
    people = people_to_hand_over(request.user, today)
    leaver = next((user for user in people if user.login == login), None)
    running = unfinished_of(leaver) if leaver else None
    if running and request.method == "GET":
        return see_other(request, _url(running))
    form = HandOverForm(
        posted(request), people=people, initial={"leaver": login, "effective_on": today}
    )
    outcome = run(request, actions.start, form)
    if outcome.done:
        paper = outcome.made or unfinished_of(form.cleaned_data["leaver"])
        return see_other(request, _url(paper) if paper else reverse("desk:hand-overs"))
    context = {
        "title": "办移交",
        "form": form,
        "label": "下一步，看有哪些没办完",
        "effect": "列出手上没办完的事，逐项定接收人，双方签字后一次移交。以前办的仍记原来的名字。",
        "back_url": reverse("desk:hand-overs"),
    }
    return page(request, "desk/organisations/step.html", context, status=outcome.status)


@staff_only
def show(request: StaffRequest, number: str) -> HttpResponse:
    """Show one hand-over with its blocks and who has signed."""
    return _show(request, _paper(request, number))


@require_POST
@staff_only
def receivers(request: StaffRequest, number: str) -> HttpResponse:
    """Name who takes each block (定接收人)."""
    paper = _paper(request, number)
    if not _prepares(request.user, paper):
        raise PermissionDenied(actions.ONLY)
    form = _receivers_form(request, paper, block_lines(paper, request.user))
    outcome = run(request, lambda **given: _name(paper, form, **given), form)
    if outcome.done:
        say(request, "接收人已定，请移交人签字。")
        return see_other(request, _url(paper))
    return _show(request, paper, form, status=outcome.status)


def _step(act: Callable[..., None], sentence: str) -> Callable[..., HttpResponse]:
    @require_POST
    @staff_only
    def view(request: StaffRequest, number: str) -> HttpResponse:
        paper = _paper(request, number)
        outcome = run(request, act, paper=paper)
        if outcome.error is not None:
            return refused(request, outcome.error)
        say(request, sentence)
        return see_other(request, _url(paper))

    return view


signatures = _step(actions.give, "已签字移交。双方都签字后一次生效。")
acceptances = _step(actions.take, "已签字接收。")
refusals = _step(actions.refuse, "已退回，请移交人另定接收人。")
withdrawals = _step(actions.withdraw, "移交已撤回，可以重新定接收人。")
cancellations = _step(actions.drop, "这份交接已取消。")


def new_url(user: User) -> str:
    """Return where somebody's hand-over is begun."""
    return f"{reverse('desk:hand-over-new')}?{urlencode({'login': user.login or ''})}"


def _show(
    request: StaffRequest, paper: HandOver, form: ReceiversForm | None = None, status: int = 200
) -> HttpResponse:
    stand_at_absences(request)
    user = request.user
    lines = block_lines(paper, user)
    prepares = _prepares(user, paper)
    named = all(line.block and line.block.receiver for line in lines)
    context = {
        "title": f"{paper.leaver.name}的交接",
        "paper": paper,
        "state": (paper.get_state_display(), TONES[paper.state]),
        "on": full_date(paper.effective_on),
        "started": moment(paper.started_at),
        "completed": moment(paper.completed_at) if paper.completed_at else "",
        "blocks": [_block(line, user) for line in lines],
        "form": form or (_receivers_form(request, paper, lines) if prepares else None),
        "named": named,
        "can_name": prepares and paper.state == HandOverState.DRAFT,
        "can_give": named and any(line.may_give for line in lines),
        "can_take": any(line.may_take for line in lines),
        "can_refuse": paper.state == HandOverState.OFFERED and any(_received(lines, user)),
        "can_withdraw": prepares and paper.state == HandOverState.OFFERED,
        "waiting": _waiting(paper, lines),
    }
    return page(request, "desk/organisations/hand_over.html", context, status=status)


def _paper(request: StaffRequest, number: str) -> HandOver:
    return get_object_or_404(visible_hand_overs(request.user), number=number)


def _prepares(user: User, paper: HandOver) -> bool:
    return access.can_prepare(user, paper.leaver, local_date(now()))


def _receivers_form(
    request: StaffRequest, paper: HandOver, lines: list[BlockLine]
) -> ReceiversForm:
    people = receivers_to_choose(paper, request.user, local_date(now()))
    return ReceiversForm(posted(request), lines=lines, people=people)


def _name(paper: HandOver, form: ReceiversForm, **given: Any) -> None:
    asked = {name: given[name] for name in ("by", "at", "key")}
    actions.name_receivers(paper, form.receivers, **asked)


def _block(line: BlockLine, viewer: User) -> dict[str, Any]:
    block = line.block
    # Keeping the system shows no case: the administrators read how many there are.
    keeper = viewer.reach.has(*ADMINISTRATORS)
    return {
        "name": line.family.name,
        "count": f"{line.count}{line.family.measure}",
        "things": [] if keeper else line.things,
        "receiver": block.receiver.name if block and block.receiver else "",
        "given": f"{block.given_by.name} {moment(block.given_at)}"
        if block and block.given_by and block.given_at
        else "",
        "taken": moment(block.taken_at) if block and block.taken_at else "",
        "giver": line.family.giver,
    }


def _received(lines: list[BlockLine], user: User) -> list[bool]:
    return [line.block is not None and line.block.receiver_id == user.pk for line in lines]


def _waiting(paper: HandOver, lines: list[BlockLine]) -> str:
    """Say whose signature is missing."""
    if paper.state == HandOverState.DRAFT and lines:
        open_lines = [line for line in lines if not (line.block and line.block.given_at)]
        if any(not (line.block and line.block.receiver) for line in open_lines):
            return "先逐项定接收人。"
        names = [f"{line.family.name}由{line.family.giver}" for line in open_lines]
        return f"等移交签字：{'；'.join(names)}。"
    if paper.state == HandOverState.OFFERED:
        names = list(
            dict.fromkeys(
                line.block.receiver.name
                for line in lines
                if line.block and line.block.receiver and not line.block.taken_at
            )
        )
        return f"等{'、'.join(names)}签字接收。"
    return ""


def _url(paper: HandOver) -> str:
    return reverse("desk:hand-over", args=[paper.number])
