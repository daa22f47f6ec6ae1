"""粘贴登记: a group's messages or a block of a sheet become cases, one after the other.

What was pasted is nowhere kept: until the last slip is settled it travels with the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions.lodging import Said, register
from qifu.appeals.models import Appeal
from qifu.appeals.pasting.recogniser import recognise
from qifu.appeals.rules import Channel
from qifu.enterprises.models import Enterprise
from qifu.kernel.clock import local_date, now
from qifu.kernel.errors import InvalidInput
from qifu.organisations.models import Unit, User
from qifu.web.desk import navigation
from qifu.web.desk.appeals.paste_forms import RAW_MAX, ChannelForm, PasteForm, SlipForm
from qifu.web.desk.appeals.registrations import unit_of
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.slips import Slip, posted_slips, read_slips
from qifu.web.desk.appeals.steps import posted, went
from qifu.web.ui.answers import Outcome, once, page, run
from qifu.web.ui.gates import StaffRequest, staff_only

BOX = "desk/appeals/paste.html"
SLIPS = "desk/appeals/pasted.html"
SLIP = "desk/appeals/pasted_slip.html"
SETTLED = "desk/appeals/pasted_settled.html"
PASTES = "/desk/appeals/pastes/"
ONLY = "登记由县办受理员和各单位专职人员来办。"
NOTHING = "没有认出诉求。内容还在，请看下面为什么；也可以单独登记。"
NO_SLIP = "这一页没有可以登记的条目。请回到粘贴登记，重新粘贴。"
NUMBER = re.compile(r"[0-9A-Z-]{1,20}")
NAMED = 5


@dataclass
class Fate:
    """What became of the slips that were sent."""

    done: list[str] = field(default_factory=list)
    dropped: list[Slip] = field(default_factory=list)
    refused: list[Slip] = field(default_factory=list)
    waiting: list[Slip] = field(default_factory=list)
    status: int = 200


@staff_only
def pastes(request: StaffRequest) -> HttpResponse:
    """Show the box, and what was recognised in what was pasted."""
    user, at = request.user, now()
    unit = _seat(user)
    form = PasteForm(posted(request), initial={"channel": Channel.WECHAT.value})
    context = {"title": "粘贴登记", "back_url": navigation.HOME, "form": form, "unit": unit}
    if request.method != "POST":
        return page(request, BOX, context)
    if not form.is_valid():
        return page(request, BOX, context, status=422)
    found = recognise(form.cleaned_data["raw"], local_date(at))
    if not found.drafts:
        context |= {"nothing": NOTHING, "left_over": found.left_over}
        return page(request, BOX, context, status=422)
    channel = ChannelForm(initial={"channel": form.cleaned_data["channel"]})
    left = [f"{each.source}　　（{each.why}）" for each in found.left_over]
    return _slips_page(request, channel, read_slips(user, found.drafts, at), left, [])


@staff_only
@require_POST
def pasted(request: StaffRequest) -> HttpResponse:
    """Register the slips that are sent: the one that is pressed, or all."""
    user, at = request.user, now()
    unit = _seat(user)
    one = request.POST.get("one", "")
    checking = "check" in request.POST
    wanted = [] if checking else [one] if one else request.POST.getlist("row")
    slips = posted_slips(user, request.POST, at, bound=wanted)
    channel = ChannelForm(None if checking else request.POST, initial=request.POST.dict())
    left = [each[:RAW_MAX] for each in request.POST.getlist("left")]
    before = [each for each in request.POST.getlist("done") if NUMBER.fullmatch(each)]
    if not slips or (one and all(slip.row != one for slip in slips)):
        return _slips_page(request, channel, slips, left, before, refusal=NO_SLIP)
    if checking or not channel.is_valid():
        return _slips_page(request, channel, slips, left, before, status=200 if checking else 422)
    act = partial(_register, unit, Channel(channel.cleaned_data["channel"]))
    fate = _settle(request, slips, wanted, act)
    if request.htmx and one:
        return _settled(request, fate)
    left += [slip.values["source"] for slip in fate.dropped]
    if fate.refused or fate.waiting:
        rest = [*fate.refused, *fate.waiting]
        slips = [slip for slip in slips if slip in rest]
        done = [*before, *fate.done]
        return _slips_page(request, channel, slips, left, done, status=fate.status)
    return went(request, _said(fate, [*before, *fate.done]), PASTES)


def _settle(request: StaffRequest, slips: Sequence[Slip], wanted: Sequence[str], act: Any) -> Fate:
    """Take each slip by itself: one that is refused keeps none of the others back."""
    fate = Fate()
    for slip in slips:
        if slip.row not in wanted:
            fate.waiting.append(slip)
        elif slip.form.is_dropped:
            fate.dropped.append(slip)
        else:
            key = once(request, f"{slip.row}-slip_key")
            outcome: Outcome[Appeal] = run(request, partial(act, slip, key), slip.form)
            if outcome.done:
                fate.done.append(_number(request.user, outcome))
            else:
                fate.refused.append(slip)
                fate.status = max(fate.status, outcome.status)
    return fate


def _register(
    unit: Unit, channel: Channel, slip: Slip, own: str, /, *, by: User, at: Any, **given: Any
) -> Appeal:
    firm = slip.form.firm_of(slip.meant.sure, slip.meant.offered)
    try:
        return register(_said_by(given, firm, unit, channel), unit=unit, by=by, at=at, key=own)
    except InvalidInput as error:
        field_name = "firm" if error.field == "enterprise" else error.field
        raise InvalidInput(field_name, str(error)) from error


def _said_by(given: dict[str, Any], firm: Enterprise | None, unit: Unit, channel: Channel) -> Said:
    name, phone = given["contact_name"], given["contact_phone"]
    if not phone and firm is not None and firm.contact_phone:
        # Whom the register names is rung where the message names nobody.
        phone, name = firm.contact_phone, name or firm.contact_name
    return Said(
        problem=given["problem"],
        contact_name=name,
        contact_phone=phone,
        enterprise=firm,
        enterprise_name=given["firm"],
        place=unit if unit.is_place and firm is None else None,
        channel=channel,
        said_on=given["said_on"],
    )


def _seat(user: User) -> Unit:
    if not access.can_register(user):
        raise PermissionDenied(ONLY)
    return unit_of(user)


def _number(user: User, outcome: Outcome[Appeal]) -> str:
    """Return the number of the case that was made, now or when the same was sent before."""
    if outcome.made is not None:
        return outcome.made.number
    seen = Appeal.objects.visible_to(user, local_date(now()))
    key = (outcome.already.subject_id if outcome.already else None) or 0
    return seen.filter(pk=key).values_list("number", flat=True).first() or ""


def _said(fate: Fate, done: Sequence[str]) -> str:
    numbers = [number for number in done if number]
    named = f"：{'、'.join(numbers)}" if len(numbers) <= NAMED else f"，{numbers[0]}到{numbers[-1]}"
    dropped = f"，{len(fate.dropped)}条没有登记" if fate.dropped else ""
    if not done:
        return f"没有登记：{len(fate.dropped)}条都勾了不登记。"
    return f"已登记{len(done)}件{named}{dropped}。粘贴的原文没有保存。"


def _settled(request: StaffRequest, fate: Fate) -> HttpResponse:
    """Answer for the one slip that was pressed: what became of it stands in its place."""
    if fate.refused:
        return page(request, SLIP, {"slip": fate.refused[0]}, status=fate.status)
    number = fate.done[0] if fate.done else ""
    dropped = fate.dropped[0] if fate.dropped else None
    row = request.POST.get("one", "")
    context = {"row": row, "number": number, "url": case_url(number), "dropped": dropped}
    return page(request, SETTLED, context)


def _slips_page(
    request: StaffRequest,
    channel: ChannelForm,
    slips: Sequence[Slip],
    left: Sequence[str],
    done: Sequence[str],
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    forms: list[SlipForm] = [slip.form for slip in slips]
    context = {
        "title": "粘贴登记",
        "back_url": PASTES,
        "channel": channel,
        "slips": slips,
        "forms": forms,
        "refusal": refusal,
        "done": [(number, case_url(number)) for number in done if number],
        "left": "\n".join(left),
        "faulty": status >= 400,
        "refused": sum(bool(form.errors) for form in forms if form.is_bound),
    }
    return page(request, SLIPS, context, status=422 if refusal else status)
