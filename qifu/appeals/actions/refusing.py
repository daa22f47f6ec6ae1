"""The register of what could not be done (办不成登记簿), kept in the deeds that publish."""

from __future__ import annotations

from qifu.appeals.models import Answer, Appeal, Refusal
from qifu.appeals.rules import DONE_AFTER_ALL
from qifu.journal.deed import Deed
from qifu.organisations.models import Unit


def enter_refusal(work: Deed, appeal: Appeal, answer: Answer, unit: Unit | None) -> None:
    """Enter a no into the register (登记办不成), or mark earlier ones as possible after all.

    Within the deed that publishes the answer.
    """
    if answer.ground and unit is not None:
        work.note(refusal=answer.ground)
        work.add(
            Refusal(
                appeal=appeal,
                answer=answer,
                unit=unit,
                cycle=appeal.cycle,
                outcome=answer.outcome,
                ground=answer.ground,
                by_id=work.by.pk if work.by else None,
                at=work.at,
            )
        )
    elif appeal.cycle > 1 and answer.outcome in DONE_AFTER_ALL:
        for row in appeal.refusals.filter(recalled_at=None, undone_at=None).order_by("pk"):
            work.change(row, expect={"undone_at": None}, undone_at=work.at, undone_by=answer)


def take_out_refusal(work: Deed, appeal: Appeal, answer: Answer) -> None:
    """Take out of the register what the recalled answer had entered there (撤回发布)."""
    if answer.ground:
        for row in answer.refusals.filter(recalled_at=None).order_by("pk"):
            work.change(row, expect={"recalled_at": None}, recalled_at=work.at)
    elif appeal.cycle > 1 and answer.outcome in DONE_AFTER_ALL:
        for row in appeal.refusals.filter(undone_by=answer).order_by("pk"):
            known = {"undone_at": row.undone_at}
            work.change(row, expect=known, undone_at=None, undone_by=None)
