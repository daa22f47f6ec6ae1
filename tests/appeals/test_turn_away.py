"""转出: 信访, 诉讼 and 举报 leave the system with advice (amendment 14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from qifu.appeals.actions.accepting import decline, object_to_decline
from qifu.appeals.actions.confiding import lift_confidence
from qifu.appeals.actions.from_above import Posted, post_back
from qifu.appeals.actions.returning import rule_return, send_back_to_office
from qifu.appeals.actions.turning_away import Departure, erase_handed_over, turn_away
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal, Clock, ReturnReason, TurnAway, UpperOrder
from qifu.appeals.promises import objection_until
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import DeclineReason
from qifu.appeals.timeline import entries
from qifu.attachments.actions import is_named, stage
from qifu.attachments.models import Attachment
from qifu.enterprises.actions import bind_by_phone
from qifu.journal.erasure import erase_by_rule
from qifu.journal.models import Text
from qifu.journal.verify import Tally, verify
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.organisations.models import User
from tests.attachments.samples import picture, upload
from tests.firms import Firms
from tests.story import Story, lay_rules

PETITION = Departure(
    DeclineReason.PETITION, "县信访局", "来访接待科，电话0564-7356012", date(2026, 11, 24)
)
REPORT = Departure(
    DeclineReason.REPORT,
    "县监委",
    "信访室，电话12388",
    date(2026, 11, 24),
    handed_over=True,
    receipt="县服移〔2026〕1号",
)
SAID = "验收的人要好处，不给就不签字。"


def left(story: Story, said: Departure = PETITION, **more: Any) -> TurnAway:
    said = replace(said, went_on=local_date(story.at))
    row = turn_away(story.fresh(), said, **{"by": story.cast.zhou, "at": story.at, **more})
    story.fresh()
    return row


def sees(user: User, story: Story) -> bool:
    return Appeal.objects.visible_to(user, local_date(story.at)).filter(pk=story.appeal.pk).exists()


def reported(story: Story) -> Story:
    """A report with a photograph, handed over."""
    photo = upload(picture(), "单据.jpg")
    files = stage([photo], county=story.cast.county, by=story.cast.boss, at=story.at).rows
    story.submitted(problem=SAID, files=files)
    left(story, REPORT)
    return story


def rounds(story: Story) -> int:
    story.wait(minutes=2)
    return erase_handed_over(story.cast.county, at=story.at)


def test_the_enterprise_is_told_where_it_went_and_whom_to_ask(story: Story) -> None:
    left(story.submitted())

    body = Notice.objects.in_county(story.cast.county).get(kind="E1T").body
    assert "请找县信访局，来访接待科，电话0564-7356012" in body
    assert "可以提出一次异议" in body
    assert (story.appeal.state, story.appeal.due_on) == (State.DECLINED, None)
    clocks = Clock.objects.in_county(story.cast.county)
    assert not clocks.filter(stopped_at=None).exists()
    told = entries(story.appeal, internal=False)[0]
    assert "属于信访事项，请找县信访局" in told.sentence
    assert list(drifts(story.cast.county)) == []


def test_it_is_found_out_as_late_as_when_it_is_handed_out(story: Story) -> None:
    story.submitted().accepted().dispatched()
    part = story.part(story.cast.finance)
    reason = ReturnReason.OTHER_LEAD
    row = send_back_to_office(part, reason, "已经起诉", by=story.cast.zhu, at=story.at)
    rule_return(row, upheld=True, words="成立", by=story.cast.zhou, at=story.at)

    left(story, replace(PETITION, exit=DeclineReason.LAWSUIT, went_to="县人民法院"))

    assert story.appeal.state == State.DECLINED
    assert story.part(story.cast.finance).state == Work.RETURNED
    assert not Clock.objects.in_county(story.cast.county).filter(stopped_at=None).exists()


def test_who_still_helps_helps_no_more(story: Story) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)
    reason = ReturnReason.OTHER_LEAD
    part = story.part(story.cast.finance)
    row = send_back_to_office(part, reason, "已经起诉", by=story.cast.zhu, at=story.at)
    rule_return(row, upheld=True, words="成立", by=story.cast.zhou, at=story.at)
    assert story.fresh().state == State.TO_DISPATCH

    left(story)

    assert not story.appeal.assignments.open().exists()


def test_the_enterprise_may_object_as_to_any_refusal(story: Story) -> None:
    row = left(story.submitted().accepted())
    assert objection_until(row.decline) == date(2026, 12, 1)

    object_to_decline(story.appeal, "没有上访过", by=story.cast.boss, at=story.at)

    assert story.fresh().state == State.SUBMITTED
    again = left(story)
    assert again.decline.final
    with pytest.raises(StaleState, match="只能提出一次"):
        object_to_decline(story.appeal, "真没有", by=story.cast.boss, at=story.at)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"exit": DeclineReason.OUTSIDE}, "exit"),
        ({"went_to": " "}, "went_to"),
        ({"whom": ""}, "whom"),
        ({"whom": "长" * 61}, "whom"),
        ({"handed_over": True}, "receipt"),
        ({"exit": DeclineReason.REPORT}, "handed_over"),
    ],
)
def test_a_departure_says_where_to_and_by_which_paper(
    story: Story, wrong: dict[str, Any], field: str
) -> None:
    story.submitted()

    with pytest.raises(InvalidInput) as refused:
        left(story, replace(PETITION, **wrong))

    assert refused.value.field == field
    assert story.fresh().state == State.SUBMITTED


def test_the_day_lies_between_the_saying_and_today(story: Story) -> None:
    story.submitted()

    for days in (-1, 1):
        said = replace(PETITION, went_on=local_date(story.at) + timedelta(days=days))
        with pytest.raises(InvalidInput, match="日期"):
            turn_away(story.appeal, said, by=story.cast.zhou, at=story.at)


def test_only_a_clerk_lets_a_case_leave(story: Story, other_story: Story) -> None:
    story.submitted()

    for somebody in (story.cast.wu, story.cast.zhu, story.cast.boss, other_story.cast.zhou):
        with pytest.raises(NotAllowed):
            left(story, by=somebody)


def test_what_is_being_handled_does_not_leave(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()

    with pytest.raises(StaleState, match="不能转出"):
        left(story)


def test_the_same_form_twice_leaves_once(story: Story) -> None:
    story.submitted()
    left(story, key="t")

    with pytest.raises(AlreadyDone):
        left(story, key="t")
    assert TurnAway.objects.in_county(story.cast.county).count() == 1


def test_a_report_is_kept_from_everybody_who_need_not_know(story: Story) -> None:
    cast = story.cast
    reported(story)

    assert story.appeal.confidential
    people = [each for each in vars(cast).values() if isinstance(each, User)]
    assert {each.login or each.phone for each in people if sees(each, story)} == {
        cast.wang.login,
        cast.feng.login,
        cast.boss.phone,
    }
    body = Notice.objects.in_county(cast.county).filter(address=cast.boss.phone).latest("pk").body
    assert "监委" not in body
    assert "请登录查看" in body


def test_of_a_report_only_the_hand_over_is_left(story: Story) -> None:
    reported(story)
    photo = Attachment.objects.in_county(story.cast.county).get()
    erase_early = erase_handed_over(story.cast.county, at=story.at)

    assert erase_early == 0  # the message has not left yet
    assert rounds(story) == 1
    assert rounds(story) == 0

    texts = Text.objects.in_county(story.cast.county)
    kept = set(texts.filter(erased_at=None).values_list("kind", flat=True))
    assert kept == {"went_to", "whom", "receipt"}
    assert all(text.is_erased for text in texts.exclude(erased_at=None))
    appeal = story.fresh()
    assert "好处" not in f"{appeal.title}{appeal.problem.body}{appeal.enterprise_name}"
    assert appeal.contact.body == ""
    assert not is_named(photo.sha256)
    row = TurnAway.objects.in_county(story.cast.county).get()
    assert row.erased_at == story.at - timedelta(minutes=2)
    said = " ".join(each.sentence for each in entries(appeal, internal=True))
    assert "县监委" in said
    assert "好处" not in said
    assert list(verify(story.cast.county, Tally())) == []


def test_of_a_report_no_proof_of_a_former_answer_is_left(firms: Firms) -> None:
    story = Story(firms.cast, enterprise=firms.tea)
    boss, county = story.cast.boss, story.cast.county
    bind_by_phone(boss, at=story.at)
    lay_rules(county)
    story.forwarded()
    decline(story.fresh(), DeclineReason.OUTSIDE, by=story.cast.zhou, at=story.at)
    story.wait(minutes=10)
    screen = upload(picture(), "回填截图.jpg")
    files = stage([screen], county=county, by=story.cast.zhou, at=story.at).rows
    order = UpperOrder.objects.in_county(county).get(appeal=story.appeal)
    order.appeal = story.fresh()
    said = Posted(local_date(story.at), "回执12号", files)
    post_back(order, said, by=story.cast.zhou, at=story.at)
    object_to_decline(story.fresh(), "验收的人要好处", by=boss, at=story.at)

    left(story, REPORT)
    rounds(story)

    assert not is_named(Attachment.objects.in_county(county).get().sha256)


def test_a_report_does_not_come_back(story: Story) -> None:
    reported(story)

    with pytest.raises(StaleState, match="最终答复"):
        object_to_decline(story.appeal, "再看看", by=story.cast.boss, at=story.at)


def test_a_report_stays_with_few_for_good(story: Story) -> None:
    reported(story)

    for by in (story.cast.boss, story.cast.wang):
        with pytest.raises(StaleState, match="不能解除保密"):
            lift_confidence(story.appeal, "不用了", by=by, at=story.at)


def test_an_erasure_that_broke_off_goes_on(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    reported(story)
    done: list[Text] = []

    def broken(text: Text, **given: Any) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(text)
        erase_by_rule(text, **given)

    monkeypatch.setattr(f"{turn_away.__module__}.erase_by_rule", broken)
    with pytest.raises(KeyboardInterrupt):
        rounds(story)
    monkeypatch.undo()

    assert rounds(story) == 1
    assert story.fresh().problem.is_erased
    assert list(verify(story.cast.county, Tally())) == []
