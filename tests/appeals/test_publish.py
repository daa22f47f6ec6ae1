"""审核通过、退回重办、撤回发布: what the enterprise gets to read."""

from datetime import date

import pytest

from qifu.appeals.actions.publishing import publish, recall, rework
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Answer, Clock
from qifu.appeals.rules import ClockKind
from qifu.appeals.timeline import entries
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices import outbox
from qifu.notices.links import PLACE
from qifu.notices.models import Notice
from qifu.notices.models import State as Delivery
from tests.story import Story


@pytest.fixture
def signed(story: Story) -> Story:
    return story.submitted().accepted().dispatched().signed().replied().approved()


def test_the_enterprise_reads_it_and_is_asked_to_rate(signed: Story) -> None:
    signed.published()

    appeal = signed.fresh()
    assert (appeal.state, appeal.due_on) == (State.TO_EVALUATE, date(2026, 12, 1))
    assert signed.part(signed.cast.finance).state == Work.DONE
    notice = Notice.objects.in_county(signed.cast.county).get(kind="E9")
    assert notice.body.endswith(PLACE)


def test_a_clerk_who_dispatches_does_not_review(signed: Story) -> None:
    with pytest.raises(NotAllowed, match="审核员"):
        publish(signed.reread(), by=signed.cast.zhou, at=signed.at)


def test_reworked_the_unit_has_what_was_left_and_at_least_two_days(signed: Story) -> None:
    signed.wait(days=6)

    rework(signed.reread(), "没有写放款日期", by=signed.cast.wu, at=signed.at)

    part, appeal = signed.part(signed.cast.finance), signed.fresh()
    assert (appeal.state, appeal.reworks, part.state) == (State.HANDLING, 1, Work.HANDLING)
    # Five working days were left when it was signed off on the first day.
    assert part.due_on == date(2026, 12, 7)
    running = Clock.objects.in_county(signed.cast.county).get(stopped_at=None)
    assert running.kind == ClockKind.HANDLE


def test_a_reworked_answer_goes_round_again(signed: Story) -> None:
    rework(signed.reread(), "没有写放款日期", by=signed.cast.wu, at=signed.at)

    signed.fresh()
    signed.replied().approved().published()

    answers = Answer.objects.in_county(signed.cast.county).order_by("pk")
    assert [a.state for a in answers] == [Answer.State.REWORK, Answer.State.PUBLISHED]


def test_rework_says_what_is_wrong(signed: Story) -> None:
    with pytest.raises(InvalidInput, match="哪里不行"):
        rework(signed.reread(), "", by=signed.cast.wu, at=signed.at)


def test_undone_within_a_minute_nobody_outside_has_noticed(signed: Story) -> None:
    signed.published().wait(seconds=40)

    recall(signed.reread(), by=signed.cast.wu, at=signed.at)
    outbox.sweep(at=signed.wait(minutes=5).at)

    assert signed.fresh().state == State.REVIEW
    notice = Notice.objects.in_county(signed.cast.county).get(kind="E9")
    assert notice.state == Delivery.CANCELLED
    public = [entry.kind for entry in entries(signed.appeal, internal=False)]
    assert "appeal.published" not in public
    assert "appeal.published" in [e.kind for e in entries(signed.appeal, internal=True)]


def test_after_a_minute_it_stays(signed: Story) -> None:
    signed.published().wait(seconds=60)

    with pytest.raises(StaleState, match="不能撤回"):
        recall(signed.reread(), by=signed.cast.wu, at=signed.at)


def test_the_unit_does_not_undo_what_the_office_published(signed: Story) -> None:
    signed.published()

    with pytest.raises(NotAllowed):
        recall(signed.reread(), by=signed.cast.chen, at=signed.at)


def test_a_local_publication_is_undone_by_its_leader(story: Story) -> None:
    cast = story.cast
    story.lodged_locally().replied(unit=cast.township, by=cast.qian).approved(by=cast.sun)
    story.wait(seconds=20)

    recall(story.reread(), by=cast.sun, at=story.at)

    assert story.fresh().state == State.APPROVAL
    assert story.part(cast.township).state == Work.APPROVAL
    running = Clock.objects.in_county(cast.county).get(stopped_at=None)
    assert (running.kind, running.due_on) == (ClockKind.HANDLE, story.appeal.due_on)


def test_published_again_it_is_told_again(signed: Story) -> None:
    signed.published().wait(seconds=10)
    recall(signed.reread(), by=signed.cast.wu, at=signed.at)
    signed.fresh()

    signed.wait(seconds=10).published()

    assert Notice.objects.in_county(signed.cast.county).filter(kind="E9").count() == 2


def test_what_a_township_settled_itself_is_not_sent_back_from_an_old_page(story: Story) -> None:
    cast = story.cast
    story.lodged_locally().replied(unit=cast.township, by=cast.qian).approved(by=cast.sun)

    with pytest.raises(StaleState, match="待评价"):
        rework(story.reread(), "没有写日期", by=cast.wu, at=story.at)
