"""Cases, parts and answers found for whoever asks, each through the one policy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import (
    Case,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from qifu.appeals.lifecycle import WORK_WITHDRAWN
from qifu.appeals.models import (
    Answer,
    Appeal,
    Assignment,
    Confidentiality,
    Dispatch,
    Promise,
    Refusal,
    StepLink,
)
from qifu.appeals.models.case import WORDS
from qifu.appeals.rules import ClockKind
from qifu.kernel.county import CountyQuerySet
from qifu.organisations.models import User

# What a case's own page reads along with it.
CASE_WORDS = (
    "problem",
    "contact",
    "said_enterprise",
    "enterprise__township",
    "place",
    "category",
    "lead_unit",
    "lodged_at",
    "submitted_by",
    "merged_into",
)
# What a step reads of the case, and what its page shows beside the form.
STEP_WORDS = (
    "problem",
    "contact",
    "said_enterprise",
    "enterprise",
    "place",
    "category",
    "lead_unit",
)
# What an answer says to the enterprise.
ANSWER_WORDS = (
    "body",
    "evidence",
    "promise",
    "moved_to",
    "basis",
    "tried",
    "alternatives",
)
# What the journal's page says instead of a confidential case's number.
CONFIDENTIAL = "一件诉求（企业要求保密）"


def numbers_of(county: str, keys: Iterable[int]) -> QuerySet[Appeal, tuple[str, int, str, str]]:
    """Return the cases' numbers and nothing else of them, for those who watch the journal.

    Of a confidential one not even the number.
    """
    rows = Appeal.objects.in_county(county).filter(pk__in=keys)
    hidden = Q(confidential=True)
    said = Case(When(hidden, then=Value(CONFIDENTIAL)), default=F("number"))
    code = Case(When(hidden, then=Value("")), default=F("number"))
    return rows.values_list(Value(Appeal._meta.label_lower), "pk", said, code)


def number_now(user: User, number: str, on: date) -> str | None:
    """Return the number of a case that had this one before it was kept from others.

    Only to whoever may see the case; to all others the old number leads nowhere.
    """
    former = Confidentiality.objects.in_county(user.county).filter(old_number=number)
    seen = Appeal.objects.visible_to(user, on).filter(pk__in=former.values("appeal_id"))
    found: str | None = seen.values_list("number", flat=True).first() if number else None
    return found


def links_known_to(user: User, appeal: Appeal, *, all_of_them: bool) -> CountyQuerySet[StepLink]:
    """Return a case's one-time links, the newest first: all for the office, else one's own."""
    rows: CountyQuerySet[StepLink] = StepLink.objects.in_county(appeal.county).filter(appeal=appeal)
    mine = rows if all_of_them else rows.filter(person=user)
    return mine.select_related("person").order_by("-pk")


def links_of(county: str, keys: Iterable[int]) -> QuerySet[StepLink, tuple[str, int, str, str]]:
    """Return of links only their cases' numbers and their own, for the journal's readers."""
    rows = StepLink.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(StepLink._meta.label_lower), "pk", "appeal__number", "number")


def newest_published(appeal: Appeal) -> Answer | None:
    """Return the answer that went out to the enterprise, with its words."""
    answers = appeal.answers.filter(state=Answer.State.PUBLISHED)
    return answers.select_related(*ANSWER_WORDS).order_by("pk").last()


def visible_parts(user: User, number: str, on: date) -> list[Assignment]:
    """Return a case's standing parts with what a step reads of the case, in one query.

    Empty where the person does not see the case, and where no unit has it.
    """
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    parts = Assignment.objects.in_county(user.county).filter(appeal__in=seen)
    words = (f"appeal__{name}" for name in STEP_WORDS)
    rows = parts.exclude(state__in=WORK_WITHDRAWN).select_related("unit", *words)
    return list(rows.order_by("pk"))


def owed_promise(user: User, number: str, on: date) -> Promise | None:
    """Return the promise on which a unit has to report, of a case that the person sees."""
    rows = Promise.objects.visible_to(user, on).filter(appeal__number=number).owed()
    runs = Q(assignment__clocks__kind=ClockKind.TRACKING, assignment__clocks__stopped_at=None)
    clock = FilteredRelation("assignment__clocks", condition=runs)
    words = ["what", "answer", "assignment__unit", "running_clock"]
    words += [f"appeal__{name}" for name in STEP_WORDS]
    row = rows.annotate(running_clock=clock).select_related(*words).first()
    if row is not None:
        row.assignment.appeal = row.appeal
        row.assignment.running_clock = getattr(row, "running_clock", None)  # type: ignore[attr-defined]
    return row


def newest_dispatch(user: User, number: str, on: date) -> Dispatch | None:
    """Return the newest handing out of a case that the person sees, with the case."""
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    orders = Dispatch.objects.in_county(user.county).filter(appeal__in=seen)
    words = (f"appeal__{name}" for name in STEP_WORDS)
    return orders.select_related(*words).order_by("pk").last()


def meant_answer(user: User, number: str, reference: UUID, on: date) -> Answer | None:
    """Return the answer that a page showed, with its case; forms name it by its words' key."""
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    answers = Answer.objects.in_county(user.county).filter(appeal__in=seen, body=reference)
    words = (f"appeal__{name}" for name in STEP_WORDS)
    answer = answers.select_related("body", "assignment__unit", *words).first()
    if answer is not None and answer.assignment is not None:
        answer.assignment.appeal = answer.appeal
    return answer


def answer_out(user: User, number: str, on: date) -> Answer | None:
    """Return the answer that went out to the enterprise, with its case, in one query."""
    seen = Appeal.objects.visible_to(user, on).filter(number=number)
    answers = Answer.objects.in_county(user.county).filter(appeal__in=seen)
    return published(answers.select_related(*(f"appeal__{name}" for name in WORDS)))


def with_letter(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Read along the number of the letter by which an answer says no, as `letter`."""
    rows = Refusal.objects.filter(county=OuterRef("county"), answer=OuterRef("pk"))
    return answers.annotate(letter=Subquery(rows.filter(recalled_at=None).values("number")[:1]))


def published(answers: QuerySet[Answer]) -> Answer | None:
    """Return the newest of the answers that went out."""
    rows = with_letter(answers.filter(state=Answer.State.PUBLISHED))
    return rows.select_related(*ANSWER_WORDS).order_by("pk").last()
