"""A merged case follows its parent: it is answered with it, or let go where there is no answer.

By a round of its own, a moment after the parent's answer can no longer be recalled, so that
outside nothing ever has to be taken back (decision 0013).
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from qifu.appeals import clocks, notices
from qifu.appeals.actions.merging import part_from_parent
from qifu.appeals.actions.refusing import enter_refusal
from qifu.appeals.lifecycle import ENDED, State
from qifu.appeals.models import Answer, Appeal
from qifu.appeals.neutral import neutral, same_voice
from qifu.appeals.queries import newest_published
from qifu.journal.deed import Deed, deed
from qifu.kernel.errors import StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.furniture import county_of

WORDS = ("contact", "category", "merged_into")
PARENT_WORDS = ("lead_unit", "enterprise", "said_enterprise", "contact", "category")


def follow_parents(county: str, *, at: datetime) -> int:
    """Answer every merged case whose parent is answered, let go whose parent just ended."""
    out = at - clocks.timing(county, at).hold
    unanswered = Q(merged_into__published_at=None)
    ended = Q(merged_into__state__in=ENDED)
    # What is confided to few goes alone, and nothing follows it (企业要求保密).
    confided = Q(confidential=True) | Q(merged_into__confidential=True)
    ready = Q(merged_into__published_at__lte=out) | unanswered & (ended | confided)
    waiting = Appeal.objects.in_county(county).filter(ready, state=State.MERGED)
    known = (*WORDS, *(f"merged_into__{name}" for name in PARENT_WORDS))
    done = 0
    for appeal in waiting.select_related(*known).order_by("pk"):
        try:
            follow(appeal, at=at)
        except StaleState:
            continue  # undone at this very moment
        done += 1
    return done


def follow(appeal: Appeal, *, at: datetime) -> None:
    """Do with one merged case what became of its parent."""
    parent = appeal.merged_into
    answer = newest_published(parent) if parent is not None and parent.published_at else None
    if parent is None or answer is None:
        release(appeal, at=at)
        return
    with deed("appeal.answered_with_parent", county=appeal.county, by=None, at=at) as work:
        work.about(appeal)
        work.note(unit=parent.lead_unit_id, into=parent.number, outcome=answer.outcome)
        _answer(work, appeal, parent, answer)


def release(appeal: Appeal, *, at: datetime) -> None:
    """Let a merged case go on by itself: its parent ended without an answer (放回)."""
    with deed("appeal.released", county=appeal.county, by=None, at=at) as work:
        work.about(appeal)
        row = part_from_parent(work, appeal)
        work.change(row, expect={"undone_at": None}, undone_at=at)


def _answer(work: Deed, appeal: Appeal, parent: Appeal, answer: Answer) -> None:
    timing = clocks.timing(appeal.county, work.at)
    same = same_voice(appeal, parent)

    def told(words: str) -> str:
        return words if same else neutral(words, parent)

    body = work.text("answer", told(answer.body.body))
    said = {
        name: work.text(name, told(words.body))
        for name in ("moved_to", "basis", "tried", "alternatives")
        if (words := getattr(answer, name)) is not None
    }
    appeal.advance(
        work,
        "answer_merged",
        outcome=answer.outcome,
        nature=parent.nature,
        category=appeal.category or parent.category,
        lead_unit=parent.lead_unit,
        published_at=work.at,
        due_on=timing.due_on(timing.limits.rating_days, work.at),
    )
    row = work.add(
        Answer(
            appeal=appeal,
            follows=answer,
            state=Answer.State.PUBLISHED,
            outcome=answer.outcome,
            body=body,
            # What shows it may be another enterprise's paper.
            proof=answer.proof if same else "",
            evidence=answer.evidence if same else None,
            promised_on=answer.promised_on,
            ground=answer.ground,
            by=None,
            at=work.at,
            published_at=work.at,
            **said,
        )
    )
    unit = parent.lead_unit
    enter_refusal(work, appeal, row, unit)
    who = unit.short_name if unit else county_of(appeal.county).office_name
    put_all(work, [notices.answered(appeal, row, who)], hold=timing.hold)
