"""报送答复、审签、退给经办人: nothing leaves a unit without its leader."""

from dataclasses import replace
from datetime import date

import pytest

from qifu.appeals.actions.noting import contact, sub_assign
from qifu.appeals.actions.working import Reply, approve, reply, send_back
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Answer, Clock, Means
from qifu.appeals.rules import ClockKind, Ground, Nature, Outcome
from qifu.kernel.errors import InvalidInput, NotAllowed
from tests.cast import NOW
from tests.story import REFUSED, SOLVED, Story


@pytest.fixture
def handling(story: Story) -> Story:
    return story.submitted().accepted().dispatched(story.cast.labour).signed()


def test_the_leads_answer_waits_for_the_leader_and_the_clock_runs_on(handling: Story) -> None:
    handling.replied()

    assert handling.fresh().state == State.APPROVAL
    handle = Clock.objects.in_county(handling.cast.county).filter(kind=ClockKind.HANDLE)
    assert handle.filter(stopped_at=None).count() == 2


def test_the_leaders_signature_stops_the_units_clock_and_starts_the_offices(
    handling: Story,
) -> None:
    handling.replied().wait(days=1).approved()

    appeal = handling.fresh()
    assert (appeal.state, appeal.due_on) == (State.REVIEW, date(2026, 11, 26))
    clocks = Clock.objects.in_county(handling.cast.county)
    lead = clocks.get(kind=ClockKind.HANDLE, unit=handling.cast.finance)
    assert (lead.stopped_at, lead.late_days) == (handling.at, 0)
    assert clocks.get(kind=ClockKind.REVIEW).unit == handling.cast.office


def test_what_is_sent_back_is_the_handlers_again(handling: Story) -> None:
    handling.replied()

    send_back(handling.reread(), "写明日期", by=handling.cast.chen, at=handling.at)

    assert handling.fresh().state == State.HANDLING
    assert handling.reread().state == Answer.State.SENT_BACK


def test_sending_back_says_what_to_change(handling: Story) -> None:
    handling.replied()

    with pytest.raises(InvalidInput, match="要改什么"):
        send_back(handling.reread(), "  ", by=handling.cast.chen, at=handling.at)


def test_another_units_leader_does_not_sign(handling: Story) -> None:
    handling.replied()

    with pytest.raises(NotAllowed):
        approve(handling.reread(), by=handling.cast.zhao, at=handling.at)


def test_the_liaison_does_not_sign_his_own_answer(handling: Story) -> None:
    handling.replied()

    with pytest.raises(NotAllowed):
        approve(handling.reread(), by=handling.cast.zhu, at=handling.at)


def test_a_leader_takes_back_what_he_drafted_himself(handling: Story) -> None:
    """Where the unit has no second leader nobody else could move it."""
    cast = handling.cast
    sub_assign(handling.part(cast.finance), cast.chen, by=cast.chen, at=handling.at)
    handling.fresh()
    handling.replied(by=cast.chen)
    with pytest.raises(NotAllowed, match="自己起草"):
        approve(handling.reread(), by=cast.chen, at=handling.at)

    send_back(handling.reread(), "请朱科长报送", by=cast.chen, at=handling.at)

    handling.fresh()
    handling.replied(by=cast.zhu).approved()
    assert handling.fresh().state == State.REVIEW


def test_an_assists_answer_goes_to_the_lead_and_moves_nothing(handling: Story) -> None:
    handling.signed(handling.cast.labour, by=handling.cast.li)
    opinion = Reply(Outcome.EXPLAINED, "稳岗返还可以同时办。")

    handling.replied(opinion, unit=handling.cast.labour, by=handling.cast.li)
    handling.approved(by=handling.cast.zhao)

    assert handling.fresh().state == State.HANDLING
    assert handling.part(handling.cast.labour).state == Work.DONE
    assert handling.reread().state == Answer.State.TO_LEAD


def test_a_question_needs_no_signature_unless_it_is_a_no(story: Story) -> None:
    story.submitted().accepted().dispatched(nature=Nature.CONSULT).signed()

    story.replied(Reply(Outcome.EXPLAINED, "按文件第三条可以申请。"))

    assert story.fresh().state == State.REVIEW


def test_a_no_is_always_signed(story: Story) -> None:
    story.submitted().accepted().dispatched(nature=Nature.CONSULT).signed()

    story.replied(REFUSED)

    assert story.fresh().state == State.APPROVAL


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(SOLVED, proof=""), "proof"),
        (replace(SOLVED, evidence=" "), "evidence"),
        (replace(SOLVED, body=""), "body"),
        (Reply(Outcome.PLANNED, "列入明年计划"), "promised_on"),
        (Reply(Outcome.PLANNED, "列入计划", promised_on=NOW.date()), "promised_on"),
        (Reply(Outcome.NOT_OURS, "不归我们"), "moved_to"),
        (Reply(Outcome.UNREACHABLE, "没打通"), "outcome"),
        (replace(REFUSED, ground=""), "ground"),
        (replace(REFUSED, basis=" "), "basis"),
        (replace(REFUSED, tried=""), "tried"),
        (replace(REFUSED, alternatives=""), "alternatives"),
        (Reply(Outcome.EXPLAINED, "政策没有这一条", ground=Ground.GAP), "basis"),
    ],
)
def test_an_outcome_without_its_proof_is_refused_at_its_field(
    handling: Story, wrong: Reply, field: str
) -> None:
    part = handling.part(handling.cast.finance)

    with pytest.raises(InvalidInput) as refused:
        reply(part, wrong, by=handling.cast.zhu, at=handling.at)

    assert refused.value.field == field
    assert not Answer.objects.in_county(handling.cast.county).exists()


def test_unreachable_is_what_was_written_down_on_two_days(handling: Story) -> None:
    said = Reply(Outcome.UNREACHABLE, "两天打了两次都没有接。")
    part, zhu = handling.part(handling.cast.finance), handling.cast.zhu
    for hours in (0, 1):
        at = handling.wait(hours=hours).at
        contact(part, at, Means.PHONE, reached=False, by=zhu, at=at)
    with pytest.raises(InvalidInput) as refused:
        handling.replied(said)
    assert refused.value.field == "outcome"

    at = handling.wait(days=1).at
    contact(handling.part(handling.cast.finance), at, Means.PHONE, reached=False, by=zhu, at=at)
    handling.replied(said)

    assert len(handling.reread().attempts) == 3
