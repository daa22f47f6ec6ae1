"""What happens next (接下来会怎样), with real dates; opened again, it tells how far it is."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from qifu.appeals.lifecycle import State
from qifu.appeals.promises import Promised
from qifu.kernel.clock import local_date, now
from qifu.web.portal.appeals.case import Case, read_case
from qifu.web.portal.appeals.merged import standing_of_parent
from qifu.web.portal.appeals.progress import Step, working
from qifu.web.portal.appeals.words import by_when
from qifu.web.portal.drafts import put_away
from qifu.web.ui.answers import page
from qifu.web.ui.dates import letter_date
from qifu.web.ui.gates import PersonRequest, person_only


@person_only
def outlook(request: PersonRequest, number: str) -> HttpResponse:
    """Show the number, who moves next and by which day, and whom to ring."""
    case = read_case(request.user, number, now())
    put_away(request, request.GET.get("sent", ""))
    context = {
        "title": "接下来会怎样",
        "back_url": "/",
        "appeal": case.appeal,
        "fresh": case.appeal.state in (State.SUBMITTED, State.LOCAL),
        "steps": _steps(case) if case.road is case.appeal else _with_parent(case),
        "follow_url": reverse("portal:appeal", args=[number]),
        "unpublished": bool(case.promise.deadline and case.promise.deadline.unpublished),
    }
    return page(request, "portal/appeals/outlook.html", context)


# Where a case has come to an end that is no answer.
NOT_ANSWERED = {
    State.DECLINED: Step("县办没有受理", "now", "原因和别的办法请看进度页。"),
    State.WITHDRAWN: Step("您撤回了", "now", "以后有需要可以重新说一件。"),
}


def _steps(case: Case) -> list[Step]:
    appeal, owed = case.appeal, case.promise
    said = letter_date(local_date(appeal.submitted_at))
    lead = next(iter(working(case.parts)), None)
    known = appeal.published_at is not None
    steps = [Step("您说了难处", "done", said)]
    if appeal.state in NOT_ANSWERED:
        return [*steps, NOT_ANSWERED[State(appeal.state)]]
    if owed.what is Promised.SUPPLIED:
        steps.append(Step("请您补充", "now", _day(case)))
    elif owed.what is Promised.CALLED and not known:
        return [*steps, Step("县办打电话问您", "now", _day(case))]
    elif lead is None and not known:
        steps += _handing_out(case)
    elif lead is not None:
        where = f"{lead.unit}在办" if appeal.local else f"交给{lead.unit}办"
        steps.append(Step(where, "done", letter_date(local_date(lead.given_at))))
    steps += [*_above(case), _answering(case, known)]
    if owed.what is Promised.DONE:
        steps.append(Step("单位把承诺的事办成", "now", _day(case)))
        return [*steps, Step("您来评价", "later", "办成了正式答复您，再请您评价。")]
    if owed.what is Promised.CALLED:
        return [*steps, Step("县办打电话问您", "now", _day(case))]
    rated = "done" if appeal.state == State.CLOSED else "now" if known else "later"
    last = _day(case) if owed.what is Promised.RATING else "办没办成，由您说了算；不评不算满意。"
    return [*steps, Step("您来评价", rated, "" if rated == "done" else last)]


def _handing_out(case: Case) -> list[Step]:
    """Return that the office is to say who handles it, unless it lies above."""
    above = case.promise.what is Promised.ABOVE
    return [] if above else [Step("县办看过，告诉您交给谁办", "now", _day(case))]


def _above(case: Case) -> list[Step]:
    """Return that it lies with the city or the province, while it does."""
    if case.promise.what is not Promised.ABOVE:
        return []
    return [Step("已转上级办理", "now", f"上级{_day(case)}答复。" if case.promise.by else "")]


def _with_parent(case: Case) -> list[Step]:
    said = letter_date(local_date(case.appeal.submitted_at))
    stands = standing_of_parent(case.road, case.promise, case.at)
    return [
        Step("您说了难处", "done", said),
        Step("和同样的问题一起办", "now", f"编号不变。{stands.sentence}。"),
        Step("答复您", "later", "答复发出时同时告诉您。"),
        Step("您来评价", "later", "办没办成，由您说了算；不评不算满意。"),
    ]


def _answering(case: Case, known: bool) -> Step:
    if known and case.appeal.published_at is not None:
        return Step("答复您", "done", letter_date(local_date(case.appeal.published_at)))
    if case.promise.what is Promised.SUPPLIED:
        return Step("单位答复您", "later", "补上以后接着算日期。")
    if case.promise.what is Promised.ABOVE:
        return Step("单位答复您", "later", "上级答复后接着算日期。")
    if case.promise.what is Promised.WHO:
        return Step("单位答复您", "later", "交办时告诉您哪天前答复。")
    return Step("单位答复您", "now", _day(case))


def _day(case: Case) -> str:
    day = case.promise.by
    if day is None:
        return by_when(day, case.at)
    return f"{letter_date(day)}前"
