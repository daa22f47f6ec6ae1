"""The letter by which an enterprise is told that it cannot be done (办不成告知书), and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qifu.appeals import clocks
from qifu.appeals.models import Appeal, Approval, Refusal
from qifu.kernel.clock import local_date
from qifu.organisations.furniture import county_of

ERASED = "（内容已依法删除）"
WORDS = ("basis", "tried", "alternatives", "moved_to", "body")


@dataclass(frozen=True)
class Letter:
    """What the letter says, each paragraph with its heading."""

    number: str
    enterprise: str
    paragraphs: Sequence[tuple[str, str]]
    # How to disagree, one way after the other.
    objecting: Sequence[str]
    unit: str
    signer: str
    on: date
    # Where a way was found after all, and on which day.
    undone_on: date | None = None


def letter_of(appeal: Appeal, number: str) -> Letter | None:
    """Return the letter of that number about a case, if it went out and still stands.

    Whoever may see the case has passed `visible_to` before.
    """
    rows = appeal.refusals.standing().filter(number=number)
    words = (f"answer__{name}" for name in WORDS)
    row = rows.select_related("unit", "answer__follows", *words).first()
    if row is None:
        return None
    row.appeal = appeal
    return Letter(
        appeal.number,
        appeal.enterprise_name,
        _paragraphs(row),
        _objecting(row),
        row.unit.name,
        _signer(row),
        local_date(row.at),
        local_date(row.undone_at) if row.undone_at else None,
    )


def _paragraphs(row: Refusal) -> list[tuple[str, str]]:
    answer = row.answer
    said = [
        ("您反映的问题", row.appeal.problem),
        ("经研究答复", answer.body),
        (f"依据：{row.get_ground_display()}", answer.basis),
        ("试过哪些办法", answer.tried),
        ("已转给谁", answer.moved_to),
        ("您还可以", answer.alternatives),
    ]
    found = [(heading, text.body or ERASED) for heading, text in said if text is not None]
    return [*found[:1], ("办理结果", row.get_outcome_display()), *found[1:]]


def _objecting(row: Refusal) -> list[str]:
    county = county_of(row.county)
    days = clocks.timing(row.county, row.at).limits.reopen_days
    return [
        "评价时选“没办成”或“不满意”，县办会打电话问清情况，有理由的请单位再办一次。",
        f"办结后{days}天内可以要求重办一次，在这件诉求的进度页里提出。",
        f"也可以直接打电话问{county.office_name}：{county.office_phone}。",
        "本告知不影响您依法申请行政复议、提起行政诉讼的权利。",
    ]


def _signer(row: Refusal) -> str:
    """Name the leader who signed the answer; a merged case's was signed with its parent's."""
    answer = row.answer.follows or row.answer
    signed = Approval.objects.in_county(row.county).filter(answer=answer, agreed=True)
    approval = signed.select_related("by").order_by("pk").last()
    return approval.by.name if approval is not None and approval.by is not None else ""
