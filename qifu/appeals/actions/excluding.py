"""Leaving a rating out of the figures (剔除评价): a unit asks, a panel rules, the firm objects.

The rating stays to be seen; `Rating.objects.counted()` is what figures are made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qifu.appeals import clocks, exclusion_access, notices_excluding
from qifu.appeals.actions.speaking import check_speaker
from qifu.appeals.actions.texts import line, required
from qifu.appeals.lifecycle import State
from qifu.appeals.models import (
    Appeal,
    Exclude,
    ExcludeReason,
    Exclusion,
    PanelMember,
    PanelRuling,
    Rating,
)
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations.models import User

NAME_MAX = 30
OPEN = (Exclude.ASKED, Exclude.OBJECTED)


@dataclass(frozen=True)
class Panel:
    """Who ruled (评议小组), and how many of them were for leaving the rating out."""

    people: Sequence[User]
    votes_for: int
    # Representatives (人大代表、政协委员、企业代表), who have no account.
    others: Sequence[str] = field(default=())

    @property
    def size(self) -> int:
        return len(self.people) + len(self.others)


def ask_exclusion(
    rating: Rating,
    reason: ExcludeReason,
    words: str,
    *,
    by: User,
    at: datetime,
    key: str = "",
) -> Exclusion:
    """Ask that a rating be left out (申请剔除评价): the unit's leader, once, with proof."""
    appeal = rating.appeal
    with deed("appeal.exclusion_asked", county=rating.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        work.note(unit=rating.unit_id, reason=reason)
        unit = rating.unit
        if unit is None or not exclusion_access.asks_for(by, rating):
            raise NotAllowed("只有承办单位的负责同志可以申请剔除评价。")
        if not exclusion_access.is_uncovered(by, rating, at):
            raise NotAllowed("这条评价单位现在还看不到，看到以后才能申请剔除。")
        if appeal.state != State.CLOSED:
            raise StaleState("这件还没有办结。县办回访后仍有问题的，办结后再申请。")
        if rating.exclusion:
            raise StaleState("这条评价已经申请过剔除，只能申请一次。")
        text = work.text("exclusion", required("words", words, "没有写依据。请写明凭什么认定。"))
        work.change(rating, expect={"exclusion": ""}, exclusion=Exclude.ASKED)
        row = work.add(
            Exclusion(
                appeal=appeal, rating=rating, unit=unit, reason=reason, words=text, by=by, at=at
            )
        )
        put_all(work, notices_excluding.asked(appeal, row, local_date(at)))
        return row


def rule_exclusion(
    exclusion: Exclusion, panel: Panel, words: str, *, by: User, at: datetime, key: str = ""
) -> PanelRuling:
    """Write down what the panel found (评议): out of the figures if more than half were for it."""
    appeal, rating = exclusion.appeal, exclusion.rating
    with deed("appeal.exclusion_ruled", county=exclusion.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not exclusion_access.rules(by):
            raise NotAllowed("评议结果由县办主任登记。")
        if exclusion.state not in OPEN:
            raise StaleState(f"这条申请现在是“{exclusion.get_state_display()}”，不用评议了。")
        _check(exclusion, panel, at)
        again = exclusion.state == Exclude.OBJECTED
        excluded = panel.votes_for * 2 > panel.size
        work.note(
            unit=exclusion.unit_id, people=panel.size, votes_for=panel.votes_for,
            excluded=excluded, again=again,
        )  # fmt: skip
        text = work.text("panel", required("words", words, "没有写理由。剔除的，企业会原样看到。"))
        state = _state(excluded=excluded, again=again)
        work.change(rating, expect={"exclusion": exclusion.state}, exclusion=state)
        work.change(exclusion, expect={"state": exclusion.state}, state=state)
        ruling = work.add(
            PanelRuling(
                exclusion=exclusion,
                turn=2 if again else 1,
                votes_for=panel.votes_for,
                excluded=excluded,
                words=text,
                by=by,
                at=at,
            )
        )
        work.add_all(_members(work, ruling, panel))
        told = [person for person in panel.people if person.pk != by.pk]
        hold = clocks.timing(exclusion.county, at).hold
        put_all(work, notices_excluding.ruled(appeal, exclusion, ruling, told), hold=hold)
        return ruling


def object_to_exclusion(
    exclusion: Exclusion, words: str, *, by: User | None, at: datetime, key: str = ""
) -> Exclusion:
    """Say that the rating ought to count (对剔除有异议), once; the panel looks at it again."""
    appeal = exclusion.appeal
    with deed("appeal.exclusion_objected", county=exclusion.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        check_speaker(appeal, by, "提出异议")
        if exclusion.state != Exclude.EXCLUDED:
            raise StaleState("现在没有可以提不同意见的，或者已经提过。有疑问请打电话给县办。")
        text = work.text("objection", required("words", words, "还没写。请写明您的意见。"))
        work.change(
            exclusion.rating, expect={"exclusion": exclusion.state}, exclusion=Exclude.OBJECTED
        )
        work.change(
            exclusion,
            expect={"state": Exclude.EXCLUDED},
            state=Exclude.OBJECTED,
            objection=text,
            objected_at=at,
        )
        put_all(work, notices_excluding.objected(appeal, exclusion, local_date(at)))
        return exclusion


def _state(*, excluded: bool, again: bool) -> Exclude:
    if not excluded:
        return Exclude.KEPT
    return Exclude.UPHELD if again else Exclude.EXCLUDED


def _check(exclusion: Exclusion, panel: Panel, at: datetime) -> None:
    least = clocks.timing(exclusion.county, at).limits.panel
    if panel.size < least:
        raise InvalidInput("people", f"评议至少{least}人，现在写了{panel.size}人。请补上。")
    if not 0 <= panel.votes_for <= panel.size:
        raise InvalidInput("votes_for", f"同意剔除的人数应在0到{panel.size}之间。")
    may = {user.pk for user in exclusion_access.panel_people(exclusion, local_date(at))}
    if any(person.pk not in may for person in panel.people):
        raise InvalidInput("people", "评议由县办、监督单位和县领导参加，承办单位的人不参加。")


def _members(work: Deed, ruling: PanelRuling, panel: Panel) -> list[PanelMember]:
    names = [line("others", name, "请写姓名。", most=NAME_MAX) for name in panel.others]
    return [
        *(PanelMember(ruling=ruling, user=person) for person in panel.people),
        *(PanelMember(ruling=ruling, name=work.text("panel_member", name)) for name in names),
    ]


def shown_exclusion(appeal: Appeal) -> Exclusion | None:
    """Return the newest request about a rating of the case, with what a page says of it."""
    rows = appeal.exclusions.select_related("rating", "unit", "words", "objection")
    row = rows.order_by("pk").last()
    if row is not None:
        row.appeal = row.rating.appeal = appeal
    return row
