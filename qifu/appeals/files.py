"""The files of a case: given along with it, or with an answer; who reads which.

Whoever may see the case has passed `visible_to` before. Staff read all of its files; the
enterprise reads its own and those of answers that have gone out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qifu.appeals.models import Answer, Appeal, Assignment
from qifu.attachments.models import Attachment
from qifu.kernel.errors import StaleState


@dataclass(frozen=True)
class Files:
    """The files of one case, by what they were given along with."""

    of_case: Sequence[Attachment] = ()
    of_answers: Mapping[int, Sequence[Attachment]] = field(default_factory=dict)

    def of_answer(self, answer: Answer | None) -> Sequence[Attachment]:
        """Return the files of one answer."""
        return self.of_answers.get(answer.pk, ()) if answer is not None else ()

    def find(self, code: str) -> Attachment | None:
        """Return the file of that code, if it is among them."""
        every = [self.of_case, *self.of_answers.values()]
        return next((row for rows in every for row in rows if row.code == code), None)


def files_of(appeal: Appeal, answers: Sequence[Answer]) -> Files:
    """Return the files of a case and of these answers of it, with one query."""
    rows = Attachment.objects.kept_for(appeal.county, appeal, *answers)
    of_case: list[Attachment] = []
    of_answers: dict[int, list[Attachment]] = {}
    for row in rows:
        if row.subject_type == Appeal._meta.label_lower:
            of_case.append(row)
        else:
            of_answers.setdefault(row.subject_id or 0, []).append(row)
    return Files(of_case, of_answers)


def file_of(appeal: Appeal, code: str, *, internal: bool) -> Attachment | None:
    """Return one file of a case; what is internal is not there for the enterprise."""
    answers = appeal.answers.order_by("pk")
    if not internal:
        answers = answers.filter(state=Answer.State.PUBLISHED)
    return files_of(appeal, list(answers)).find(code)


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
    label = Answer._meta.label_lower
    if any(row.subject_type != label or row.subject_id not in own for row in elsewhere):
        raise StaleState("有一个文件已经归到别处了，请移除后重新上传。")
