"""One message with two problems becomes two cases (拆分), before either is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qifu.appeals import access, clocks, notices, splitting_access
from qifu.appeals.actions.lodging import check_problem, heading
from qifu.appeals.actions.texts import required
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Acceptance, Appeal, Category, Clock, Confidentiality, Split
from qifu.appeals.models.numbers import take_left_out, take_number
from qifu.appeals.rules import ClockKind
from qifu.attachments.actions import move_all
from qifu.attachments.models import Attachment
from qifu.journal.deed import Deed, deed
from qifu.journal.models import Text
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.furniture import county_of
from qifu.organisations.models import User

# What both cases have: who said it, how, when, and by when somebody has to move.
SHARED = (
    "state",
    "lodged_at_id",
    "place_id",
    "channel",
    "reply_channel",
    "enterprise_id",
    "contact_way",
    "submitted_by_id",
    "proxy",
    "confidential",
    "due_on",
    "submitted_at",
)
COPIED = (
    "unit_id",
    "kind",
    "limit",
    "marks",
    "rule_version",
    "calendar_version",
    "started_at",
    "due_on",
    "promised_on",
    "stopped_at",
    "used_days",
    "late_days",
)


@dataclass(frozen=True)
class Parting:
    """What the second case says, what stays with the first, and why they are two."""

    problem: str
    rest: str
    words: str
    # What the second one is about; asked for where the first was accepted already.
    category: Category | None = None
    # Files that go along with it; the others stay.
    files: Sequence[Attachment] = ()


def split(appeal: Appeal, said: Parting, *, by: User, at: datetime, key: str = "") -> Split:
    """Make a second case of one problem of two (拆分); each says its own from now on.

    It was said when the first was, so the clocks are the first one's, with what they used.
    Undone by merging it into the first (合并).
    """
    with deed("appeal.split", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.is_clerk(by):
            raise NotAllowed("只有县办受理员可以拆分诉求。")
        _check(appeal, said)
        problem, rest = _both(said)
        words = work.text("split", required("words", said.words, "请写明为什么是两个问题。"))
        whole, accepted = appeal.problem, appeal.state == State.TO_DISPATCH
        # Whoever accepts, hands out or splits it at this moment was faster or is too late; and
        # what the second case gets of the first must still be so.
        known = {name: getattr(appeal, name) for name in ("state", "due_on", "confidential")}
        work.change(
            appeal,
            expect={**known, "problem": whole},
            problem=work.text("problem", rest, heading(rest)),
        )
        made = _made(work, appeal, problem, said.category)
        _clocks(work, appeal, made)
        if accepted and said.category is not None:
            work.add(Acceptance(appeal=made, category=said.category, by=by, at=at))
        if appeal.confidential:
            work.add(Confidentiality(appeal=made, kept=True, by=by, at=at))
        move_all(work, said.files, made)
        row = work.add(Split(appeal=appeal, made=made, whole=whole, words=words, by=by, at=at))
        work.note(made=made.pk)
        told = notices.split(appeal, made, county_of(appeal.county))
        put_all(work, [told], hold=clocks.timing(appeal.county, at).hold)
        return row


def words_of_split(appeal: Appeal) -> tuple[list[Text], set[object]]:
    """Return the texts that a case shares by splits, and the keys of those that are another's."""
    mine: list[Text] = []
    others: set[object] = set()
    for row in appeal.made_by.select_related("whole", "words"):
        said = (appeal.problem, appeal.contact, appeal.said_enterprise)
        mine += [row.whole, row.words, *(text for text in said if text is not None)]
    for row in appeal.splits.select_related("made"):
        made = row.made
        others |= {made.problem_id, made.contact_id, made.said_enterprise_id}
    return mine, others


def _both(said: Parting) -> tuple[str, str]:
    problem, rest = check_problem(said.problem), check_problem(said.rest, field="rest")
    if problem == rest:
        raise InvalidInput("problem", "两件写的一样。请把另一个问题留在这里，原来的写在下面。")
    return problem, rest


def _check(appeal: Appeal, said: Parting) -> None:
    if appeal.split_from_id is not None:
        raise StaleState("这件是拆出来的，不能再拆。要再拆，请从原来那件拆。")
    if not splitting_access.is_splittable(appeal):
        raise StaleState(f"这件诉求现在是“{appeal.get_state_display()}”，不能拆分。")
    if appeal.state == State.TO_DISPATCH and said.category is None:
        raise InvalidInput("category", "这件已经受理，请选拆出的一件是哪一类。")


def _made(work: Deed, appeal: Appeal, problem: str, category: Category | None) -> Appeal:
    year = local_date(work.at).year
    take = take_left_out if appeal.confidential else take_number
    firm = appeal.said_enterprise
    # Texts of its own: what is erased of one case stays in the other.
    made = Appeal(
        number=take(appeal.county, year),
        split_from=appeal,
        category=category,
        problem=work.text("problem", problem, heading(problem)),
        contact=work.text("contact", appeal.contact.body, appeal.contact.heading),
        said_enterprise=work.text("enterprise", firm.body, firm.heading) if firm else None,
        **{name: getattr(appeal, name) for name in SHARED},
    )
    return work.add(made)


def _clocks(work: Deed, appeal: Appeal, made: Appeal) -> None:
    office = (ClockKind.ACCEPT, ClockKind.DISPATCH)
    rows = appeal.clocks.filter(assignment=None, kind__in=office).order_by("pk")
    work.add_all(
        [Clock(appeal=made, **{name: getattr(each, name) for name in COPIED}) for each in rows]
    )
