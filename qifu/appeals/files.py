"""The files of a case: given along with it, or with an answer; who reads which.

Whoever may see the case has passed `visible_to` before. Staff read all of its files; the
enterprise reads its own and those of answers that have gone out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from qifu.appeals.models import (
    Answer,
    Appeal,
    AppealQuerySet,
    Assignment,
    Escalation,
    PostBack,
)
from qifu.attachments.models import Attachment, State
from qifu.kernel.errors import StaleState

APPEAL, ANSWER = Appeal._meta.label_lower, Answer._meta.label_lower
# What the office gave along with its own steps; the enterprise has nothing of it.
ESCALATION, POST_BACK = Escalation._meta.label_lower, PostBack._meta.label_lower
OFFICES = (ESCALATION, POST_BACK)
# What a page shows of a file, and what tells where it belongs.
READ = (
    "id",
    "code",
    "state",
    "subject_type",
    "subject_id",
    "size",
    "media_type",
    "kind",
    "name",
    "preview",
)


@dataclass(frozen=True)
class Files:
    """The files of one case, by what they were given along with."""

    of_case: Sequence[Attachment] = ()
    of_office: Sequence[Attachment] = ()
    of_answers: Mapping[int, Sequence[Attachment]] = field(default_factory=dict)

    def of_answer(self, answer: Answer | None) -> Sequence[Attachment]:
        """Return the files of one answer."""
        return self.of_answers.get(answer.pk, ()) if answer is not None else ()

    def of_step(self, label: str) -> Sequence[Attachment]:
        """Return the files that the office gave along with its steps of one kind."""
        return [row for row in self.of_office if row.subject_type == label]

    def find(self, code: str) -> Attachment | None:
        """Return the file of that code, if it is among them."""
        every = [self.of_case, self.of_office, *self.of_answers.values()]
        return next((row for rows in every for row in rows if row.code == code), None)


def with_files(cases: AppealQuerySet) -> AppealQuerySet:
    """Read each case's files along with it, so that `files_of` asks nothing more."""
    kept = Attachment.objects.filter(county=OuterRef("county"), state=State.KEPT).order_by("pk")
    case = kept.filter(subject_type=APPEAL, subject_id=OuterRef("pk"))
    told = Answer.objects.filter(county=OuterRef("county"), appeal=OuterRef(OuterRef("pk")))
    answer = kept.filter(subject_type=ANSWER, subject_id__in=told.values("pk"))
    raised = Escalation.objects.filter(county=OuterRef("county"), appeal=OuterRef(OuterRef("pk")))
    posted = PostBack.objects.filter(
        county=OuterRef("county"), order__appeal=OuterRef(OuterRef("pk"))
    )
    office = kept.filter(
        Q(subject_type=ESCALATION, subject_id__in=raised.values("pk"))
        | Q(subject_type=POST_BACK, subject_id__in=posted.values("pk"))
    )
    fields = JSONObject(**{name: name for name in READ})
    return cases.annotate(
        case_files=ArraySubquery(case.values(json=fields)),
        answer_files=ArraySubquery(answer.values(json=fields)),
        office_files=ArraySubquery(office.values(json=fields)),
    )


def files_of(appeal: Appeal, answers: Sequence[Answer]) -> Files:
    """Return the files of a case and of these answers of it, with one query at most."""
    if hasattr(appeal, "case_files"):
        wanted = {answer.pk for answer in answers}
        given = [*appeal.case_files, *appeal.answer_files, *appeal.office_files]  # type: ignore[attr-defined]
        read = [Attachment(**row) for row in given]
        return _sorted(r for r in read if r.subject_type != ANSWER or r.subject_id in wanted)
    return _sorted(Attachment.objects.kept_for(appeal.county, appeal, *answers))


def _sorted(rows: Iterable[Attachment]) -> Files:
    of_case: list[Attachment] = []
    of_office: list[Attachment] = []
    of_answers: dict[int, list[Attachment]] = {}
    for row in rows:
        if row.subject_type == APPEAL:
            of_case.append(row)
        elif row.subject_type in OFFICES:
            of_office.append(row)
        else:
            of_answers.setdefault(row.subject_id or 0, []).append(row)
    return Files(of_case, of_office, of_answers)


def file_of(appeal: Appeal, code: str, *, internal: bool) -> Attachment | None:
    """Return one file of a case; what is internal is not there for the enterprise."""
    answers = appeal.answers.order_by("pk")
    if not internal:
        published = answers.filter(state=Answer.State.PUBLISHED)
        return files_of(appeal, list(published)).find(code)
    posted = PostBack.objects.in_county(appeal.county).filter(order__appeal=appeal)
    given = [appeal, *answers, *appeal.escalations.order_by("pk"), *posted.order_by("pk")]
    return _sorted(Attachment.objects.kept_for(appeal.county, *given)).find(code)


def earlier_files(part: Assignment) -> list[Attachment]:
    """Return the files of the newest answer of a part, to go on from when it came back."""
    last = part.answers.order_by("-pk").first()
    if last is None:
        return []
    return list(Attachment.objects.kept_for(part.county, last))


def check_own(part: Assignment, files: Sequence[Attachment]) -> None:
    """Refuse a file that was kept elsewhere: nobody reads another case by answering this.

    Raises:
        StaleState: one of them is not of this part's earlier answers.
    """
    elsewhere = [row for row in files if row.subject_id is not None]
    if not elsewhere:
        return
    own = set(part.answers.values_list("pk", flat=True))
    if any(row.subject_type != ANSWER or row.subject_id not in own for row in elsewhere):
        raise StaleState("有一个文件已经归到别处了，请移除后重新上传。")
