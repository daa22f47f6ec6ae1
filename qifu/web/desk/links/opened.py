"""A link of a person of a unit: one case, one step, on any phone, without signing in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from qifu.appeals import links, readings
from qifu.appeals.actions import linking
from qifu.appeals.actions.contacts import show_contact
from qifu.appeals.files import file_of, files_of
from qifu.appeals.links import Door, Fate
from qifu.appeals.models import Answer, Assignment, LinkStep
from qifu.appeals.rules import ClockKind
from qifu.attachments.models import Attachment
from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError, StaleState
from qifu.kernel.readings import Reading
from qifu.organisations.actions.phone_codes import JustSent
from qifu.organisations.actions.step_codes import request_step_code
from qifu.organisations.furniture import county_of
from qifu.web.desk.links.linked_steps import PAGES, Linked, holder, purpose_of
from qifu.web.ui.answers import Outcome, page, run, see_other, status_of
from qifu.web.ui.gates import OpenRequest, link_holders
from qifu.web.ui.link_pages import (
    BESIDES,
    REASONS,
    RING,
    SEND_CODE,
    UNKNOWN,
    is_peeking,
    sealed,
    shut,
)
from qifu.web.ui.masks import mask_phone
from qifu.web.ui.sent_files import file_lines, send_file
from qifu.web.ui.visitors import source_address

SENT = "链接已发到您的手机，请用最新的一条短信。"
DONE = "desk/links/done.html"
CODE_SENT = "验证码已发到您的手机，5分钟内有效。"


@link_holders
def by_link(request: OpenRequest, token: str) -> HttpResponse:
    """Open the one step of a link, or say in one plain page why not."""
    if is_peeking(request):
        return sealed(HttpResponse())
    door = links.open_door(token, now(), enterprise=False)
    if door is None:
        return shut(request, UNKNOWN, status=404)
    request.county = county_of(door.link.county)
    if request.method == "POST":
        return _posted(request, door)
    if door.fate is Fate.OPEN:
        linking.visit(door.link, at=now())
        return _shown(request, door, PAGES[door.link.step](request, door), status=200)
    return _over(request, door, status=200)


@link_holders
def file(request: OpenRequest, token: str, code: str) -> HttpResponse:
    """Send a file of the case to whoever has to judge an answer by it."""
    door = links.open_door(token, now(), enterprise=False)
    if door is None or door.fate is not Fate.OPEN or is_peeking(request):
        return shut(request, UNKNOWN, status=404)
    row = file_of(door.appeal, code, internal=True)
    return sealed(send_file(row, preview="small" in request.GET))


def _posted(request: OpenRequest, door: Door) -> HttpResponse:
    if "again" in request.POST:
        return _sent_anew(request, door, lambda at: linking.ask_again(door, at=at))
    if "next" in request.POST:
        return _sent_anew(request, door, lambda at: _send_next(request, door, at))
    if door.fate not in (Fate.OPEN, Fate.USED):
        return _over(request, door, status=409)
    linked = PAGES[door.link.step](request, door)
    if any(button in request.POST for button in BESIDES):
        return _besides(request, door, linked)
    if linked.only_files:
        return _shown(request, door, linked, status=422 if linked.form.errors else 200)
    outcome = _run(request, door, linked)
    if outcome.done:
        return sealed(see_other(request, request.path))
    if outcome.status == 409:
        return _over(request, links.door_of(door.link, now()), status=409)
    return _shown(request, door, linked, status=outcome.status)


def _run(request: OpenRequest, door: Door, linked: Linked) -> Outcome[object]:
    def use(**given: Any) -> object:
        if linked.before is not None and door.fate is Fate.OPEN:
            linked.before(**given)
        return linking.use(door.link, linked.act, **given)

    return run(request, use, linked.form)


def _besides(request: OpenRequest, door: Door, linked: Linked) -> HttpResponse:
    """Show the number to ring, or send the code: both are in the journal, neither is the step."""
    if door.fate is not Fate.OPEN:
        return _over(request, door, status=409)
    more: dict[str, Any] = {}
    person, at = holder(door), now()
    try:
        if RING in request.POST and linked.context.get("rings"):
            more["phone"] = show_contact(door.appeal, by=person, at=at).body
        elif SEND_CODE in request.POST and door.link.step == LinkStep.APPROVE:
            what, source = f"审签{door.appeal.number}", source_address(request)
            request_step_code(person, purpose_of(door), what=what, at=at, ip=source)
            more["said"] = CODE_SENT
    except JustSent:
        more["said"] = "验证码刚刚发过，请看最新的一条短信。"
    except DomainError as error:
        return _shown(request, door, linked, status=status_of(error), refused=str(error))
    return _shown(request, door, linked, status=200, **more)


def _shown(
    request: OpenRequest, door: Door, linked: Linked, *, status: int, **more: Any
) -> HttpResponse:
    case, part = door.appeal, _part(door)
    answers = [door.subject] if isinstance(door.subject, Answer) else []
    given = files_of(case, answers)
    address = _address(request)
    context = {
        "title": linked.context.get("heading", ""),
        "case": case,
        "part": part,
        "form": linked.form,
        "reading": _time(part, now()),
        "files": file_lines(given.of_case, address),
        "proofs": file_lines(given.of_answer(answers[0]), address) if answers else [],
        "masked": mask_phone(case.contact.body),
        "contact_name": case.contact.heading,
        **linked.context,
        **more,
    }
    return sealed(page(request, linked.template, context, status=status))


def _over(request: OpenRequest, door: Door, *, status: int) -> HttpResponse:
    if door.fate is not Fate.USED or status == 409:
        return shut(request, REASONS.get(door.fate, UNKNOWN), status=status)
    context = {
        "title": "已办好",
        "number": door.appeal.number,
        "step": door.link.get_step_display(),
        "choices": _choices(door),
    }
    return sealed(page(request, DONE, context, status=status))


def _choices(door: Door) -> Sequence[tuple[str, str]]:
    """Return the steps for which the holder of a used link may have another now."""
    person = door.link.person
    if person is None or not person.is_active or door.subject is None:
        return []
    if isinstance(door.subject, Answer):
        units = person.reach.units("RESPONSIBLE_LEADER")
        waiting = linking.waiting_answer(door.link.county, units, person) if units else None
        return [(LinkStep.APPROVE, "下一件待审签")] if waiting else []
    steps = linking.next_steps(door.part, person, now())
    return [(step.value, step.label) for step in steps]


def _send_next(request: OpenRequest, door: Door, at: datetime) -> object:
    """Send a link for what comes next to the same phone; only after this one was used."""
    wanted = request.POST.get("next", "")
    person = holder(door)
    if door.fate is not Fate.USED or wanted not in dict(_choices(door)):
        raise StaleState(linking.GONE)
    if wanted == LinkStep.APPROVE:
        units = person.reach.units("RESPONSIBLE_LEADER")
        answer = linking.waiting_answer(door.link.county, units, person)
        if answer is None:
            raise StaleState(linking.GONE)
        return linking.send_link(LinkStep.APPROVE, answer, to=person, at=at)
    return linking.send_link(LinkStep(wanted), door.part, to=person, at=at)


def _sent_anew(
    request: OpenRequest, door: Door, send: Callable[[datetime], object]
) -> HttpResponse:
    outcome = run(request, lambda **given: send(given["at"]))
    reason = REASONS.get(door.fate, UNKNOWN)
    if outcome.done:
        return shut(request, reason, status=200, sent=SENT)
    return shut(request, reason, status=outcome.status, error=str(outcome.error or ""))


def _part(door: Door) -> Assignment | None:
    return door.answer.assignment if isinstance(door.subject, Answer) else door.part


def _time(part: Assignment | None, at: datetime) -> Reading | None:
    if part is None:
        return None
    kind = ClockKind.SIGN if part.state == "DISPATCHED" else ClockKind.HANDLE
    clock = part.clocks.filter(kind=kind).order_by("pk").last()
    return readings.read_clock(clock, at)


def _address(request: OpenRequest) -> Callable[[Attachment, bool], str]:
    token = request.path.rstrip("/").rpartition("/")[2]

    def address(row: Attachment, small: bool) -> str:
        url = reverse("desk:link-file", args=[token, row.code])
        return f"{url}?small=1" if small else url

    return address
