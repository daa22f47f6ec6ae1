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
from qifu.appeals.models import Answer, Appeal, Assignment, Clock
from qifu.appeals.promises import Promise, Promised, objection_until, promise
from qifu.appeals.queries import answer_out, published
from qifu.appeals.rules import DECLINE_ADVICE, DeclineReason, Proof
from qifu.appeals.timeline import Entry, entries
from qifu.kernel.clock import local_date, now
from qifu.kernel.readings import Lamp, Reading
from qifu.organisations.models import User
from qifu.web.portal.appeals.allowed import may_ask
from qifu.web.portal.appeals.files import listed
from qifu.web.portal.appeals.progress import bar, working
from qifu.web.portal.appeals.words import (
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
    def promise(self) -> Promise:
        return promise(self.appeal, self.clocks, self.at, day_writer(self.at))

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
        "stands": standing(appeal, case.promise, case.at),
        "steps": bar(appeal, case.parts),
        "parts": working(case.parts),
        "timed": _timed(case),
        "answer": _answer(answer),
        "proofs": listed(appeal, given.of_answer(answer)),
        "files": listed(appeal, given.of_case),
        "outcome": outcome_words(appeal),
        "can_rate": access.can_rate(request.user, appeal),
        **may_ask(request.user, appeal),
        "declined": declined_words(request.user, appeal, case.at),
        "rated": _rated(appeal),
        "entries": [_line(each, case.at) for each in entries(appeal, internal=False)],
    }
    return page(request, "portal/appeals/case.html", context)


def _rated(appeal: Appeal) -> str:
    """Say what was rated last, from when it was until the case is in hand again."""
    if appeal.state == State.CLOSED:
        return rated_words(appeal.ratings.order_by("-pk"))
    if appeal.state == State.CALLBACK:
        ratings = list(appeal.ratings.order_by("-pk"))
        return rated_words(ratings) if ratings else ""
    return ""


def read_case(person: User, number: str, at: datetime) -> Case:
    """Read a case with its parts and clocks; not his, not there (404)."""
    appeal, parts = read_parts(person, number, at)
    clocks = appeal.clocks.select_related("assignment").order_by("pk")
    return Case(appeal, at, parts, list(clocks))


def read_parts(person: User, number: str, at: datetime) -> tuple[Appeal, list[Assignment]]:
    """Read a case and the units' parts in it; not his, not there (404)."""
    cases = Appeal.objects.visible_to(person, local_date(at)).with_words()
    appeal = get_object_or_404(cases, number=number)
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


def _answer(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    shown = (answer.body, answer.evidence, answer.moved_to)
    body, evidence, moved_to = (text.body if text else "" for text in shown)
    return {
        "body": body,
        "proof": Proof(answer.proof).label if answer.proof else "",
        "evidence": evidence,
        "moved_to": moved_to,
        "promised": day_writer(answer.at)(answer.promised_on) if answer.promised_on else "",
    }


def _timed(case: Case) -> dict[str, str]:
    """Say by which day the next thing is owed, or whether the answer came in time."""
    appeal, owed = case.appeal, case.promise
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
        "words": row.words.body if row.words else "",
        "final": row.final,
        "until": day_writer(at)(until) if until else "",
        "can_object": in_time and access.can_object(person, appeal),
    }


def _line(entry: Entry, at: datetime) -> Line:
    when = day_writer(at)(local_date(entry.at))
    return Line(when, entry.title, entry.sentence)
