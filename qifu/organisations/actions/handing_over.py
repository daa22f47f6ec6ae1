"""A leaver's hand-over (交接): a receiver for each block, two signatures, one deed that moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.outbox import put_all
from qifu.organisations import access, notices
from qifu.organisations.models import HandOver, HandOverBlock, HandOverState, LeavingReason, User
from qifu.organisations.open_things import Open, families, family_of, open_for
from qifu.organisations.refusals import explained

ONLY = "交接由本人、本单位分管负责同志、县办或管理员准备。"
ONE = StaleState("这个人已有一份没办完的交接。请在那一份里接着办。")
UNSIGNED = {"given_by": None, "given_at": None, "taken_at": None}


def start(
    leaver: User, reason: str, effective_on: date, *, by: User, at: datetime, key: str = ""
) -> HandOver:
    """Begin a hand-over (办移交) for somebody who goes on a day."""
    today = local_date(at)
    with (
        explained({"hand_over_one_at_a_time": ONE}),
        deed("hand_over.started", county=leaver.county, by=by, at=at, key=key) as work,
    ):
        if not access.can_prepare(by, leaver, today):
            raise NotAllowed(ONLY)
        if not leaver.is_staff_person:
            raise InvalidInput("leaver", "企业人员没有要交接的事项。")
        if reason not in LeavingReason.values:
            raise InvalidInput("reason", "请选离开的原因。")
        if effective_on < today:
            raise InvalidInput("effective_on", "交接日期不能早于今天。请改正。")
        paper = begin(work, leaver, reason, effective_on)
        work.about(paper)
    return paper


def begin(
    work: Deed,
    leaver: User,
    reason: str,
    on: date,
    receivers: Mapping[str, User] | None = None,
) -> HandOver:
    """Add a hand-over within a deed, with the receivers that are known already."""
    paper = work.add(
        HandOver(
            leaver=leaver,
            reason=reason,
            effective_on=on,
            started_by_id=work.by.pk if work.by else None,
            started_at=work.at,
        )
    )
    work.add_all(
        [
            HandOverBlock(hand_over=paper, family=family, receiver=receiver)
            for family, receiver in (receivers or {}).items()
        ]
    )
    return paper


def name_receivers(
    paper: HandOver,
    receivers: Mapping[str, User],
    *,
    by: User,
    at: datetime,
    key: str = "",
) -> None:
    """Say who takes each block (定接收人), until the leaver's side has signed."""
    with deed("hand_over.receivers_named", county=paper.county, by=by, at=at, key=key) as work:
        work.about(paper)
        _lock(paper)
        if not access.can_prepare(by, paper.leaver, local_date(at)):
            raise NotAllowed(ONLY)
        _stands(paper, HandOverState.DRAFT)
        for family, receiver in receivers.items():
            _may_receive(paper, family, receiver)
        blocks = {block.family: block for block in _blocks(paper)}
        new = []
        for family, receiver in receivers.items():
            block = blocks.get(family)
            if block is None:
                new.append(HandOverBlock(hand_over=paper, family=family, receiver=receiver))
            elif block.receiver_id != receiver.pk:
                work.change(block, receiver=receiver, **UNSIGNED)
        work.add_all(new)


def give(paper: HandOver, *, by: User, at: datetime, key: str = "") -> None:
    """Sign for the leaver's side (移交签字): every block that the person may give."""
    with deed("hand_over.given", county=paper.county, by=by, at=at, key=key) as work:
        work.about(paper)
        _lock(paper)
        _stands(paper, HandOverState.DRAFT)
        found = open_for(paper.leaver, paper.effective_on)
        blocks = _complete(paper, found)
        mine = [block for block in blocks if not block.given_at and _gives(paper, block, by)]
        if not mine:
            raise NotAllowed(_whose_turn(blocks))
        for block in mine:
            if block.receiver_id == by.pk:
                raise NotAllowed("接收人不能替移交人签字。请移交人或其他负责同志签字。")
            work.change(block, expect={"given_at": None}, given_by=by, given_at=at)
        if all(block.given_at for block in blocks):
            work.change(paper, expect={"state": HandOverState.DRAFT}, state=HandOverState.OFFERED)
            receivers = {block.receiver_id: block.receiver for block in blocks if block.receiver}
            put_all(work, [notices.handed_over(paper, each, at) for each in receivers.values()])


def take(paper: HandOver, *, by: User, at: datetime, key: str = "") -> None:
    """Sign as receiver (接收签字); with the last signature everything moves at once."""
    with deed("hand_over.taken", county=paper.county, by=by, at=at, key=key) as work:
        work.about(paper)
        _lock(paper)
        _stands(paper, HandOverState.OFFERED)
        on = max(paper.effective_on, local_date(at))
        found = open_for(paper.leaver, on)
        blocks = _given(paper)
        mine = [block for block in blocks if block.receiver_id == by.pk and not block.taken_at]
        if not mine:
            raise NotAllowed("没有等您签字接收的事项。")
        for block in mine:
            work.change(block, expect={"taken_at": None}, taken_at=at)
        if all(block.taken_at for block in blocks):
            _move(work, paper, blocks, found, on)


def refuse(paper: HandOver, *, by: User, at: datetime, key: str = "") -> None:
    """Say that one cannot take it (不接): the leaver's side names somebody else."""
    with deed("hand_over.refused", county=paper.county, by=by, at=at, key=key) as work:
        work.about(paper)
        _lock(paper)
        _stands(paper, HandOverState.OFFERED)
        blocks = _given(paper)
        if all(block.receiver_id != by.pk for block in blocks):
            raise NotAllowed("没有等您签字接收的事项。")
        _unsign(work, paper, blocks, without=by)


def withdraw(paper: HandOver, *, by: User, at: datetime, key: str = "") -> None:
    """Take the offer back (撤回移交), to name others; every signature falls."""
    with deed("hand_over.withdrawn", county=paper.county, by=by, at=at, key=key) as work:
        work.about(paper)
        _lock(paper)
        if not access.can_prepare(by, paper.leaver, local_date(at)):
            raise NotAllowed(ONLY)
        _stands(paper, HandOverState.OFFERED)
        _unsign(work, paper, _blocks(paper))


def drop(paper: HandOver, *, by: User, at: datetime, key: str = "") -> None:
    """Call the hand-over off (取消交接): the person stays."""
    with deed("hand_over.dropped", county=paper.county, by=by, at=at, key=key) as work:
        work.about(paper)
        _lock(paper)
        if not access.can_prepare(by, paper.leaver, local_date(at)):
            raise NotAllowed(ONLY)
        _stands(paper, HandOverState.DRAFT)
        work.change(paper, expect={"state": HandOverState.DRAFT}, state=HandOverState.DROPPED)


def _lock(paper: HandOver) -> None:
    # Two who sign at the same moment: the second sees the first's signature.
    rows = HandOver.objects.in_county(paper.county).select_for_update(no_key=True)
    paper.state = rows.get(pk=paper.pk).state


def _stands(paper: HandOver, state: HandOverState) -> None:
    if paper.state != state:
        raise StaleState(f"这份交接现在是“{paper.get_state_display()}”，不能再办这一步。")


def _blocks(paper: HandOver) -> list[HandOverBlock]:
    rows = HandOverBlock.objects.in_county(paper.county).filter(hand_over=paper)
    known = [family.code for family in families()]
    return sorted(rows.select_related("receiver"), key=lambda block: known.index(block.family))


def _given(paper: HandOver) -> list[HandOverBlock]:
    """Return the blocks that the leaver's side has signed; others had nothing open."""
    return [block for block in _blocks(paper) if block.given_at]


def _may_receive(paper: HandOver, family: str, receiver: User) -> None:
    if family not in [each.code for each in families()]:
        raise InvalidInput("family", "没有这一类事项。请刷新页面再办。")
    if receiver.pk == paper.leaver_id:
        raise InvalidInput(family, "接收人不能是移交人自己。请另选一人。")
    people = User.objects.in_county(paper.county).staff().filter(is_active=True)
    if not people.filter(pk=receiver.pk).exists():
        raise InvalidInput(family, "接收人要有本县启用的工作人员账号。请另选一人。")


def _complete(paper: HandOver, found: Sequence[Open]) -> list[HandOverBlock]:
    """Return the blocks of everything open, or say what is missing or cannot be."""
    blocks = {block.family: block for block in _blocks(paper)}
    receivers = {code: block.receiver for code, block in blocks.items() if block.receiver}
    for each in found:
        if each.family.code not in receivers:
            raise InvalidInput(each.family.code, f"{each.words}还没有定接收人。请先选。")
    _check(paper, found, receivers, paper.effective_on)
    if not found:
        raise StaleState(f"{paper.leaver.name}没有要交接的事项，可以直接办停用或免职。")
    return [blocks[each.family.code] for each in found]


def _check(paper: HandOver, found: Sequence[Open], receivers: Mapping[str, User], on: date) -> None:
    for each in found:
        code = each.family.code
        _may_receive(paper, code, receivers[code])
        if refusal := each.family.refusal(paper.leaver, receivers, on):
            raise InvalidInput(code, refusal)


def _gives(paper: HandOver, block: HandOverBlock, by: User) -> bool:
    return family_of(block.family).may_give(by, paper.leaver, paper.effective_on)


def _whose_turn(blocks: Sequence[HandOverBlock]) -> str:
    waiting = {
        family_of(b.family).name: family_of(b.family).giver for b in blocks if not b.given_at
    }
    if not waiting:
        return "移交人一方都已签字。"
    name, giver = next(iter(waiting.items()))
    return f"{name}由{giver}签字移交。"


def _unsign(
    work: Deed, paper: HandOver, blocks: Sequence[HandOverBlock], without: User | None = None
) -> None:
    for block in blocks:
        gone = without is not None and block.receiver_id == without.pk
        work.change(block, **UNSIGNED, **({"receiver": None} if gone else {}))
    work.change(paper, expect={"state": HandOverState.OFFERED}, state=HandOverState.DRAFT)


def _move(
    work: Deed,
    paper: HandOver,
    blocks: Sequence[HandOverBlock],
    found: Sequence[Open],
    on: date,
) -> None:
    """Give everything to its receiver from the day on, and close the paper."""
    receivers = {block.family: block.receiver for block in blocks if block.receiver}
    for each in found:
        if each.family.code not in receivers:
            raise StaleState(
                f"签字后又新添了{each.words}，还没有定接收人。请移交人撤回移交、补选接收人后再签。"
            )
    _check(paper, found, receivers, on)
    moved: dict[str, int] = {}
    for family in families():
        if family.code in receivers:
            moved[family.code] = family.move(work, paper.leaver, receivers[family.code], on)
    for block in blocks:
        work.change(block, moved=moved.get(block.family, 0))
    work.note(moved=moved, leaver=paper.leaver_id)
    work.change(
        paper,
        expect={"state": HandOverState.OFFERED},
        state=HandOverState.ACCEPTED,
        effective_on=on,
        completed_at=work.at,
    )
