"""Cases from above: taken in with their number and deadline (上级来件), posted back (回填)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qifu.appeals import clocks
from qifu.appeals.actions.escalating import check_number
from qifu.appeals.actions.texts import optional
from qifu.appeals.models import Appeal, PostBack, UpperOrder
from qifu.appeals.posting import came_out_at, is_owed
from qifu.appeals.rules import Channel, ReplyChannel
from qifu.appeals.upper_access import posts_back
from qifu.attachments.actions import keep_all
from qifu.attachments.models import Attachment
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.organisations.models import User

# What a case from above cannot be without: field -> what to do.
ASKED = {
    "reply_channel": "上级转办的要选答复报到哪里，办完照此回填。",
    "upper_number": "没有填上级编号。请照上级来件填，没有编号的填文号。",
    "upper_due_on": "没有填上级期限。请照上级来件填哪天前答复。",
}
SENT_TO = [choice for choice in ReplyChannel.choices if choice[0] != ReplyChannel.HERE]


@dataclass(frozen=True)
class Ordered:
    """What came along from above: where the answer must go, its number, its deadline."""

    reply_channel: ReplyChannel
    number: str
    due_on: date | None


@dataclass(frozen=True)
class Posted:
    """When the answer was filled in above, and what shows it: a note, files, or both."""

    posted_on: date
    proof: str = ""
    files: Sequence[Attachment] = ()


def check_order(channel: str, ordered: Ordered | None, on: date) -> Ordered | None:
    """Return what is kept of a case from above; None for every other.

    Raises:
        InvalidInput: it does not say where the answer goes, its number or its deadline.
    """
    if channel != Channel.UPPER:
        return None
    if ordered is None or ordered.reply_channel not in dict(SENT_TO):
        raise InvalidInput("reply_channel", ASKED["reply_channel"])
    number = check_number(ordered.number, field="upper_number")
    if not number:
        raise InvalidInput("upper_number", ASKED["upper_number"])
    if ordered.due_on is None:
        raise InvalidInput("upper_due_on", ASKED["upper_due_on"])
    if ordered.due_on < on:
        raise InvalidInput("upper_due_on", "上级期限不能在今天之前，请核对日期。")
    return Ordered(ordered.reply_channel, number, ordered.due_on)


def keep_order(work: Deed, appeal: Appeal, ordered: Ordered | None) -> None:
    """Keep the upper number and deadline, within the deed that takes the case in."""
    if ordered is None:
        return
    work.note(upper_number=ordered.number, upper_due_on=ordered.due_on)
    given = {"number": ordered.number, "due_on": ordered.due_on}
    work.add(UpperOrder(appeal=appeal, **given, by=appeal.submitted_by, at=work.at))


def post_back(
    order: UpperOrder, said: Posted, *, by: User, at: datetime, key: str = ""
) -> PostBack:
    """Note that the answer was filled in on the platform above (回填), and what shows it."""
    appeal = order.appeal
    with deed("appeal.posted_back", county=order.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(through=appeal.reply_channel, number=order.number, posted_on=said.posted_on)
        if not posts_back(by):
            raise NotAllowed("只有县办受理员可以回填上级平台。")
        proof = _check(order, said, at)
        work.change(order, expect={"posted_at": order.posted_at}, posted_at=at)
        row = work.add(
            PostBack(
                order=order,
                number=order.number,
                posted_on=said.posted_on,
                proof=work.text("post_back", proof) if proof else None,
                by=by,
                at=at,
            )
        )
        keep_all(work, said.files, row)
        return row


def _check(order: UpperOrder, said: Posted, at: datetime) -> str:
    appeal, out = order.appeal, came_out_at(order.appeal)
    if out is None or not is_owed(appeal, order.posted_at):
        raise StaleState("这件现在没有要回填的：还没答复，或者已经有人回填了。")
    if out > at - clocks.timing(appeal.county, at).hold:
        raise StaleState("答复刚发布，还可以撤回。请过一分钟再回填。")
    if said.posted_on > local_date(at):
        raise InvalidInput("posted_on", "回填日期不能在今天之后，请核对。")
    if said.posted_on < local_date(out):
        raise InvalidInput("posted_on", "回填日期不能早于答复那天，请核对。")
    proof = optional("proof", said.proof)
    if not proof and not said.files:
        raise InvalidInput("proof", "没有凭据。请写回执编号、填在哪一栏，或者传页面截图。")
    return proof
