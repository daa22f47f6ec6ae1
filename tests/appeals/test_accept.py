"""受理、不予受理、异议、直接答复: the office's first word."""

from datetime import date

import pytest

from qifu.appeals.actions.accepting import accept, answer_on_the_spot, decline, object_to_decline
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Answer, Clock, Decline
from qifu.appeals.rules import ClockKind, DeclineReason
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from tests.story import Story


def declined(story: Story) -> Story:
    decline(story.appeal, DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at)
    return story


def test_accepting_stops_one_clock_and_starts_the_next(story: Story) -> None:
    story.submitted().wait(hours=2).accepted()

    clocks = Clock.objects.in_county(story.cast.county).order_by("pk")
    assert [(c.kind, c.stopped_at is None) for c in clocks] == [
        (ClockKind.ACCEPT, False),
        (ClockKind.DISPATCH, True),
    ]
    assert story.fresh().state == State.TO_DISPATCH


def test_accepting_late_is_written_down_in_working_days(story: Story) -> None:
    story.submitted().wait(days=3).accepted()

    clock = Clock.objects.in_county(story.cast.county).get(kind=ClockKind.ACCEPT)
    # Due on Wednesday, done on Friday.
    assert clock.late_days == 2


def test_a_reviewer_does_not_accept(story: Story) -> None:
    story.submitted()

    with pytest.raises(NotAllowed):
        accept(story.appeal, story.category, by=story.cast.wu, at=story.at)


def test_a_refusal_names_the_reason_and_the_way_that_is_open(story: Story) -> None:
    declined(story.submitted())

    notice = Notice.objects.in_county(story.cast.county).get(kind="E1D")
    assert "不在本县管辖范围" in notice.body
    assert "12345" in notice.body
    assert story.fresh().state == State.DECLINED


def test_what_belongs_elsewhere_is_not_refused_but_turned_away(story: Story) -> None:
    story.submitted()

    with pytest.raises(InvalidInput, match="转出"):
        decline(story.appeal, DeclineReason.PETITION, by=story.cast.zhou, at=story.at)


def test_a_refusal_is_not_longer_than_anybody_reads(story: Story) -> None:
    story.submitted()

    with pytest.raises(InvalidInput, match="最多5,000个字"):
        decline(
            story.appeal,
            DeclineReason.OUTSIDE,
            words="长" * 5001,
            by=story.cast.zhou,
            at=story.at,
        )


def test_the_enterprise_may_object_once(story: Story) -> None:
    declined(story.submitted())

    object_to_decline(story.appeal, "厂子就在本县", by=story.cast.boss, at=story.at)
    assert story.fresh().state == State.SUBMITTED

    declined(story)
    with pytest.raises(StaleState, match="只能提出一次"):
        object_to_decline(story.appeal, "真的在", by=story.cast.boss, at=story.at)
    assert Decline.objects.in_county(story.cast.county).filter(final=True).count() == 1


def test_an_objection_comes_within_five_working_days(story: Story) -> None:
    declined(story.submitted()).wait(days=8)

    with pytest.raises(StaleState, match="期限已过"):
        object_to_decline(story.appeal, "厂子就在本县", by=story.cast.boss, at=story.at)


def test_a_stranger_does_not_object(story: Story) -> None:
    declined(story.submitted())

    with pytest.raises(NotAllowed, match="反映问题的企业"):
        object_to_decline(story.appeal, "不行", by=story.cast.outsider, at=story.at)


def test_a_case_that_was_not_declined_is_not_objected_to(story: Story) -> None:
    story.submitted()

    with pytest.raises(StaleState):
        object_to_decline(story.appeal, "快点", by=story.cast.boss, at=story.at)


def test_a_question_is_answered_on_the_spot_and_rated_like_any_other(story: Story) -> None:
    story.submitted()

    answer_on_the_spot(
        story.appeal, story.category, "可以申请稳岗返还。", by=story.cast.zhou, at=story.at
    )

    appeal = story.fresh()
    assert (appeal.state, appeal.due_on) == (State.TO_EVALUATE, date(2026, 12, 1))
    answer = Answer.objects.in_county(story.cast.county).get()
    assert (answer.state, answer.assignment) == (Answer.State.PUBLISHED, None)


def test_an_empty_answer_is_no_answer(story: Story) -> None:
    story.submitted()

    with pytest.raises(InvalidInput, match="请写答复"):
        answer_on_the_spot(story.appeal, story.category, " ", by=story.cast.zhou, at=story.at)
