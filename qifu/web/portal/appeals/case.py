"""One case as its enterprise follows it: who has it, by when, what was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from qifu.appeals import access, readings
from qifu.appeals.files import files_of
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Answer, Appeal, Assignment, Clock, Exclude
from qifu.appeals.promises import Expectation, Promised, objection_until, promise
from qifu.appeals.queries import answer_out, number_now, published
from qifu.appeals.rules import DECLINE_ADVICE, DeclineReason, Proof
from qifu.appeals.siblings import siblings_of, with_siblings
from qifu.appeals.timeline import Entry, entries
from qifu.kernel.clock import local_date, now
from qifu.kernel.readings import Lamp, Reading
from qifu.organisations.models import User
from qifu.web.portal.appeals.allowed import may_ask
from qifu.web.portal.appeals.files import listed
from qifu.web.portal.appeals.merged import bar_of_parent, is_awaited, standing_of_parent
from qifu.web.portal.appeals.plan import plan_of
from qifu.web.portal.appeals.progress import bar, working
from qifu.web.portal.appeals.words import (
    Standing,
    by_when,
    day_writer,
    outcome_words,
    rated_words,
    standing,
)
from qifu.web.ui.answers import page
from qifu.web.ui.gates import PersonRequest, person_only


@dataclass(frozen=True)
class Line:
    """One line of the public history."""

    when: str
    title: str
    sentence: str
    public: bool = True


@dataclass(frozen=True)
class Case:
    """What the follow page and its neighbours read of a case, each thing once."""

    appeal: Appeal
    at: datetime
    parts: list[Assignment] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)

    @property
    def road(self) -> Appeal:
        """The case whose progress this one has: its parent's while it goes with one (合并)."""
        parent = self.appeal.merged_into
        return parent if parent is not None and self.appeal.state == State.MERGED else self.appeal

    @property
    def promise(self) -> Expectation:
        return promise(self.road, self.clocks, self.at, day_writer(self.at))

    @property
    def answered(self) -> Reading:
        """The LEAD's time, kept or not."""
        return readings.lead_reading(self.clocks, self.at, day_writer(self.at))


@person_only
def show(request: PersonRequest, number: str) -> HttpResponse:
    """Show one case to whoever may see it."""
    case = read_case(request.user, number, now())
    appeal = case.appeal
    answer = published_answer(appeal) if appeal.published_at is not None else None
    given = files_of(appeal, [answer] if answer else [])
    context = {
        "title": "诉求进度",
        "back_url": "/appeals/",
        "appeal": appeal,
        "siblings": siblings_of(appeal),
        "stands": _standing(case),
        "steps": bar(appeal, case.parts) if case.road is appeal else bar_of_parent(case.road),
        "parts": working(case.parts),
        "timed": _timed(case),
        "answer": _answer(answer),
        "proofs": listed(appeal, given.of_answer(answer)),
        "files": listed(appeal, given.of_case),
        "outcome": outcome_words(appeal),
        "can_rate": access.can_rate(request.user, appeal),
        "plan": plan_of(appeal, case.at),
        **may_ask(request.user, appeal),
        "declined": declined_words(request.user, appeal, case.at),
        **_rated(appeal),
        "entries": [_line(each, case.at) for each in entries(appeal, internal=False)],
    }
    return page(request, "portal/appeals/case.html", context)


def _rated(appeal: Appeal) -> dict[str, Any]:
    """Say what was rated last, from when it was until the case is in hand again."""
    if appeal.state not in (State.CLOSED, State.CALLBACK):
        return {}
    ratings = list(appeal.ratings.order_by("-pk")[:1])
    if not ratings and appeal.state == State.CALLBACK:
        return {}
    is_out = any(each.exclusion == Exclude.EXCLUDED for each in ratings)
    return {"rated": rated_words(ratings), "can_keep_rating": is_out}


def read_case(person: User, number: str, at: datetime) -> Case:
    """Read a case with its parts and clocks; not his, not there (404)."""
    appeal, parts = read_parts(person, number, at)
    parent = appeal.merged_into
    if parent is not None and appeal.cycle == 1:
        parts = list(parent.assignments.select_related("unit", "handler").order_by("pk"))
    road = parent if parent is not None and appeal.state == State.MERGED else appeal
    clocks = road.clocks.select_related("assignment").order_by("pk")
    return Case(appeal, at, parts, list(clocks))


def read_parts(person: User, number: str, at: datetime) -> tuple[Appeal, list[Assignment]]:
    """Read a case and the units' parts in it; not his, not there (404)."""
    cases = Appeal.objects.visible_to(person, local_date(at)).with_words()
    cases = cases.select_related("contact", "merged_into__lead_unit")
    cases = with_siblings(cases, person, local_date(at))
    appeal = cases.filter(number=number).first()
    if appeal is None:
        # It may have had this number before it was kept from others.
        current = number_now(person, number, local_date(at)) or ""
        appeal = get_object_or_404(cases, number=current)
    return appeal, parts_of(appeal)


def read_answered(
    person: User, number: str, at: datetime
) -> tuple[Appeal, list[Assignment], Answer | None]:
    """Read a case along with the answer that went out, in one query where there is one."""
    answer = answer_out(person, number, local_date(at))
    if answer is None:
        return *read_parts(person, number, at), None
    return answer.appeal, parts_of(answer.appeal), answer


def parts_of(appeal: Appeal) -> list[Assignment]:
    """Return the units' parts, oldest first."""
    return list(appeal.assignments.select_related("unit", "handler").order_by("pk"))


def published_answer(appeal: Appeal) -> Answer | None:
    """Return the answer that went out to the enterprise."""
    return published(appeal.answers.all())


def _standing(case: Case) -> Standing:
    if case.road is case.appeal:
        return standing(case.appeal, case.promise, case.at)
    return standing_of_parent(case.road, case.promise, case.at)


def _answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    shown = (answer.body, answer.evidence, answer.moved_to, answer.basis, answer.alternatives)
    body, evidence, moved_to, basis, instead = (text.body if text else "" for text in shown)
    return {
        "body": body,
        "proof": Proof(answer.proof).label if answer.proof else "",
        "evidence": evidence,
        "moved_to": moved_to,
        "basis": basis,
        "instead": instead,
        "letter": getattr(answer, "letter", ""),
        "promised": day_writer(answer.at)(answer.promised_on) if answer.promised_on else "",
    }


def _timed(case: Case) -> dict[str, str]:
    """Say by which day the next thing is owed, or whether the answer came in time."""
    appeal, owed = case.road, case.promise
    if appeal is not case.appeal and not is_awaited(owed):
        return {}
    if owed.what is Promised.DONE:
        stands = standing(appeal, owed, case.at)
        return {"label": "哪天前", "day": f"{by_when(owed.by, case.at)}办成", "lamp": stands.lamp}
    if owed.what is Promised.NOTHING and appeal.published_at is None:
        return {}
    if appeal.published_at is not None:
        day = day_writer(case.at)(local_date(appeal.published_at))
        answered = case.answered
        kept = answered.headline.removesuffix("完成") if answered.lamp is Lamp.DONE else ""
        return {"label": "答复时间", "day": day, "words": kept, "lamp": Lamp.DONE}
    endings = {
        Promised.WHO: "告诉您谁来办",
        Promised.ANSWER: "答复您",
        Promised.CHECKED: "把答复发给您",
        Promised.SUPPLIED: "补上",
        Promised.ABOVE: "上级答复",
        Promised.CALLED: "打电话问您",
    }
    return {
        "label": "哪天前",
        "day": f"{by_when(owed.by, case.at)}{endings[owed.what]}",
        "words": owed.reading.headline,
        "lamp": owed.reading.lamp,
    }


def declined_words(person: User, appeal: Appeal, at: datetime) -> dict[str, Any] | None:
    """Say why the case was not taken on, where to turn, and until when one may disagree."""
    if appeal.state != State.DECLINED:
        return None
    row = appeal.declines.select_related("words").order_by("pk").last()
    if row is None:
        return None
    until = objection_until(row)
    in_time = until is not None and local_date(at) <= until
    return {
        "reason": DeclineReason(row.reason).label,
        "advice": DECLINE_ADVICE[row.reason],
        "gone": row.gone,
        "words": row.words.body if row.words else "",
        "final": row.final,
        "until": day_writer(at)(until) if until else "",
        "can_object": in_time and access.can_object(person, appeal),
    }


def _line(entry: Entry, at: datetime) -> Line:
    when = day_writer(at)(local_date(entry.at))
    return Line(when, entry.title, entry.sentence)
