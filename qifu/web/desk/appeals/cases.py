"""The page of one case: the next step first, then what was said, who has it, what happened."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from qifu.appeals import access, categories, lateness, rating_access, readings, timeline
from qifu.appeals.above import with_above
from qifu.appeals.actions.confiding import record_reading
from qifu.appeals.dossiers import Dossier, dossier, with_open_call
from qifu.appeals.duplicates import merged_into
from qifu.appeals.files import ESCALATION, POST_BACK, with_files
from qifu.appeals.forwarded import with_order
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, Rating
from qifu.appeals.queries import CASE_WORDS, number_now
from qifu.appeals.siblings import siblings_of, with_siblings
from qifu.enterprises.sight import SEES_ALL
from qifu.kernel.clock import local_date, now
from qifu.notices.deliveries import dead_number
from qifu.organisations.models import User
from qifu.web.desk.appeals import lines
from qifu.web.desk.appeals.attached import given_along, listed
from qifu.web.desk.appeals.bend_steps import bend_step, unreached
from qifu.web.desk.appeals.forms import AcceptanceForm
from qifu.web.desk.appeals.more import more_actions
from qifu.web.desk.appeals.next_steps import Look, NextStep, came_back, my_step
from qifu.web.desk.appeals.places import place_of
from qifu.web.desk.appeals.posting_steps import from_above, posting_step
from qifu.web.desk.appeals.rows import case_url, marks_of
from qifu.web.desk.appeals.tracking_steps import plan_of, tracking_step
from qifu.web.desk.appeals.upward_steps import legs, upper_lines, upward_step
from qifu.web.desk.appeals.waiting import waiting
from qifu.web.ui.answers import page
from qifu.web.ui.dates import desk_date, moment
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/case.html"


@staff_only
def show(request: StaffRequest, number: str) -> HttpResponse:
    """Show a case."""
    user, at = request.user, now()
    case = case_of(user, number, whole=True)
    if case.number != number:
        # The number that it had before it was kept from others.
        return HttpResponseRedirect(case_url(case.number))
    shown, whole = request.GET.get("show", ""), "all" in request.GET
    if request.htmx and not request.htmx.history_restore_request:
        told = timeline.entries(case, internal=access.sees_internal(user))
        context = {"case": case, "history": lines.history(told, shown, whole=whole)}
        return page(request, TEMPLATE, context, part="history")
    file = dossier(case)
    look = Look(user, file, at)
    told = timeline.entries(case, internal=access.sees_internal(user))
    step = came_back(_step(look), look, told)
    given = given_along(file)
    answers, went_back = lines.answer_lines(file, step.answer, given)
    place = place_of(request, user, file)
    request.here = place.url  # type: ignore[attr-defined]
    context = {
        "title": f"{case.number} {case.title}",
        "case": case,
        "category": categories.full_name(case.county, case.category),
        "marks": marks_of(case),
        "siblings": siblings_of(case),
        "place": place,
        "step": step,
        "more": more_actions(look),
        "whole": _whole(file, at),
        "said": lines.said_line(case),
        "files": listed(case, given.of_case),
        "proofs": listed(case, given.of_answer(step.answer)),
        "parts": [*lines.part_lines(file, at), *upper_lines(file, at)],
        "legs": legs(file),
        "upper_files": listed(case, given.of_step(ESCALATION)),
        "from_above": from_above(look),
        "posted_files": listed(case, given.of_step(POST_BACK)),
        "answers": answers,
        "went_back": went_back,
        "outcome": lines.outcome_facts(step.answer) if step.answer else [],
        "history": lines.history(told, shown, whole=whole),
        "plan": plan_of(look),
        "facts": lines.enterprise_facts(case),
        "contact": lines.contact_line(case),
        "dead_contact": getattr(case, "dead", None) is not None,
        "waits_for": "、".join(lateness.late_assists(file.clocks, at)),
        "can_see_contact": access.can_see_contact(user, case),
        "enterprise_url": _enterprise_url(user, case),
        "rating": _rating(look),
        **_panel(look, step),
    }
    return page(request, TEMPLATE, context)


def _step(look: Look) -> NextStep:
    mine = my_step(look) or bend_step(look) or upward_step(look) or tracking_step(look)
    return mine or posting_step(look) or waiting(look)


def case_of(
    user: User, number: str, *words: str, whole: bool = False, office_clock: bool = False
) -> Appeal:
    """Return a case that the person may see; any other is not there.

    `whole` reads along what only the case's own page shows, `office_clock` the clock that
    a step of the office stops. Where the reading of a confidential case has to be known, it
    is written down here, whatever page asks.
    """
    rows = Appeal.objects.visible_to(user, local_date(now())).filter(number=number)
    if whole:
        rows = with_order(with_above(with_open_call(with_files(rows))))
        rows = rows.annotate(dead=dead_number("contact__body"))
        rows = with_siblings(rows, user, local_date(now()))
    rows = rows.with_office_clock() if office_clock else rows
    case = rows.select_related(*(words or CASE_WORDS)).first()
    if case is None:
        moved = number_now(user, number, local_date(now()))
        if moved is None:
            raise Http404
        return case_of(user, moved, *words, whole=whole, office_clock=office_clock)
    if access.is_read_aloud(user, case):
        record_reading(case, by=user, at=now())
    return case


def _whole(file: Dossier, at: Any) -> dict[str, Any]:
    """Return the lamp at the head: the whole case's, before there is a LEAD the step's."""
    if file.appeal.state == State.TRACKING:
        # Answered in time, and yet not done: what counts is the promise.
        return {"label": "跟踪", "reading": readings.case_reading(file.appeal, file.clocks, at)}
    if readings.lead_clock(file.clocks) is not None:
        return {"label": "整件", "reading": readings.lead_reading(file.clocks, at)}
    return {"label": "", "reading": readings.case_reading(file.appeal, file.clocks, at)}


def _panel(look: Look, step: NextStep) -> dict[str, Any]:
    """Return what the panel's own form needs."""
    case = look.file.appeal
    if step.panel == "reply" and step.part is not None:
        return {"unreached": unreached(look, step.part.unit_id)}
    if step.panel == "review" and case.followers:
        together = merged_into(case, look.viewer, look.at)
        return {"also": [each for each in together if each.state == State.MERGED]}
    if step.panel == "accept":
        code = case.category.code if case.category else ""
        return {"form": AcceptanceForm(county=case.county, initial={"category": code})}
    if step.panel == "dispatch" and step.proposal and step.proposal.lead:
        proposal = step.proposal
        return {"assists": [unit.code for unit in proposal.assists], "rule": proposal.rule}
    return {}


def _enterprise_url(user: User, case: Appeal) -> str:
    firm = case.enterprise
    if firm is None or not (user.reach.has(*SEES_ALL) or lines.is_of(user, case)):
        return ""
    return f"/desk/enterprises/{firm.number}/"


def _rating(look: Look) -> dict[str, Any] | None:
    """Return the enterprise's rating as far as the reader may see it (amendment 10)."""
    rating = look.file.rating
    if rating is None:
        return None
    viewer, limits = look.viewer, look.limits
    count = rating.count  # type: ignore[attr-defined]
    if not rating_access.can_see_rating(viewer, rating, limits, look.at, count):
        least, days = limits.rating_cover
        return {"covered": f"满{least}件评价或{days}天后，承办单位可以看到等次和原因。"}
    words = ""
    if rating.words and rating_access.can_see_rating_words(viewer, rating, limits, look.at, count):
        words = rating.words.body or "（内容已依法删除）"
    return {"facts": _rating_facts(rating), "words": words, "when": moment(rating.at)}


def _rating_facts(rating: Rating) -> list[tuple[str, str]]:
    facts = [
        ("满意度", rating.get_grade_display()),
        ("办成了吗", rating.get_solved_display()),
        ("联系过吗", "有人联系" if rating.contacted else "没有人联系"),
    ]
    if rating.exclusion:
        facts.append(("剔除", rating.get_exclusion_display()))
    if rating.tags:
        facts.append(("原因", "、".join(rating.tags)))
    return [*facts, ("评价日期", desk_date(local_date(rating.at)))]
