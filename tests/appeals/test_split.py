"""拆分: one message with two problems becomes two cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qifu.appeals.actions import confiding
from qifu.appeals.actions.merging import merge
from qifu.appeals.actions.splitting import Parting, split
from qifu.appeals.actions.turning_away import Departure, erase_handed_over, turn_away
from qifu.appeals.duplicates import duplicates
from qifu.appeals.lifecycle import State
from qifu.appeals.models import (
    Acceptance,
    Appeal,
    Catalogue,
    CatalogueRule,
    Category,
    Clock,
    Split,
)
from qifu.appeals.promises import promises
from qifu.appeals.reconciling import drifts
from qifu.appeals.rules import DeclineReason
from qifu.appeals.timeline import entries
from qifu.attachments.actions import stage
from qifu.attachments.models import Attachment
from qifu.journal.models import Event, Text
from qifu.journal.rebuild import differences, journalled, rebuild
from qifu.journal.verify import Tally, verify
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from tests.attachments.samples import picture, upload
from tests.story import Story

LOAN = "收茶旺季流动资金缺300万元左右，银行不肯贷。"
ROAD = "茶园那条路雨后塌了一截，货车进不来。"
SAID = Parting(ROAD, LOAN, "资金和道路，归两个单位办")


def parted(story: Story, said: Parting = SAID, **more: Any) -> Story:
    """Split the case, and return the second one."""
    row = split(story.fresh(), said, **{"by": story.cast.zhou, "at": story.at, **more})
    story.fresh()
    other = Story(story.cast, at=story.at)
    other.appeal = row.made
    other.fresh()
    return other


def test_each_says_its_own_and_both_have_the_same_day(story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}").wait(hours=20)

    other = parted(story)

    mine, made = story.appeal, other.appeal
    assert (mine.problem.body, made.problem.body) == (LOAN, ROAD)
    same = ("state", "submitted_at", "due_on", "channel", "enterprise_id", "submitted_by_id")
    assert [getattr(mine, name) for name in same] == [getattr(made, name) for name in same]
    assert (made.contact.heading, made.contact.body) == ("吴经理", story.cast.boss.phone)
    assert made.enterprise_name == mine.enterprise_name
    assert made.number != mine.number
    assert made.split_from == mine
    row = Split.objects.in_county(story.cast.county).get()
    assert row.whole.body == f"{LOAN}{ROAD}"
    assert list(drifts(story.cast.county)) == []


def test_the_clock_does_not_start_anew(story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}").wait(days=2)

    other = parted(story)

    first, second = Clock.objects.in_county(story.cast.county).order_by("pk")
    assert (first.marks, first.due_on) == (second.marks, second.due_on)
    other.accepted()
    # Due on Wednesday, done on Thursday, as for the first.
    assert Clock.objects.in_county(story.cast.county).get(pk=second.pk).late_days == 1
    owed = promises([story.appeal, other.fresh()], story.at)
    assert owed[story.appeal.pk].by == owed[other.appeal.pk].by


def test_what_was_accepted_stays_so_and_goes_to_two_units(story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}").accepted()
    with pytest.raises(InvalidInput, match="哪一类"):
        parted(story)

    other = parted(story, replace(SAID, category=story.category))

    assert other.appeal.state == State.TO_DISPATCH
    assert Acceptance.objects.in_county(story.cast.county).count() == 2
    story.dispatched().signed()
    other.dispatched(lead=story.cast.labour)
    assert {story.appeal.lead_unit_id, other.fresh().lead_unit_id} == {
        story.cast.finance.pk,
        story.cast.labour.pk,
    }
    assert list(drifts(story.cast.county)) == []


def test_the_enterprise_is_told_both_numbers_once(story: Story) -> None:
    other = parted(story.submitted(problem=f"{LOAN}{ROAD}"))

    letters = Notice.objects.in_county(story.cast.county).filter(kind="E1S")
    numbers = f"编号{story.appeal.number}和{other.appeal.number}"
    said = f"您反映的有两个问题，分成两件办：{numbers}，各自答复您、请您评价。电话0564-7350000"
    assert [(each.address, each.body) for each in letters] == [(story.cast.boss.phone, said)]


def test_both_histories_tell_of_it(story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}").accepted()
    other = parted(story, replace(SAID, category=story.category))
    other.dispatched(lead=story.cast.labour)

    def told(appeal: Appeal, *, internal: bool) -> list[str]:
        return [each.title for each in reversed(entries(appeal, internal=internal))]

    assert told(story.appeal, internal=True) == ["提出诉求", "已受理", "拆分"]
    assert told(other.appeal, internal=True)[:4] == ["提出诉求", "已受理", "拆分", "已交办"]
    assert told(other.appeal, internal=False)[:3] == ["您提出", "县办已受理", "分成两件办"]
    event = Event.objects.in_county(story.cast.county).get(kind="appeal.split")
    assert event.subject_id == story.appeal.pk
    assert event.data["made"] == other.appeal.pk


def test_a_third_problem_is_taken_out_of_the_first_only(story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}还有招不到工人。")
    other = parted(story, replace(SAID, rest=f"{LOAN}还有招不到工人。"))

    with pytest.raises(StaleState, match="从原来那件拆"):
        parted(other, replace(SAID, problem="货车进不来。"))
    third = parted(story, Parting("还有招不到工人。", LOAN, "用工"))

    titles = [each.title for each in entries(third.appeal, internal=True)]
    assert titles == ["拆分", "提出诉求"]
    assert third.appeal.split_from == story.appeal


def test_it_is_undone_by_merging(story: Story) -> None:
    other = parted(story.submitted(problem=f"{LOAN}{ROAD}"))

    merge(other.fresh(), story.fresh(), "是一件事", by=story.cast.zhou, at=story.at)

    assert other.fresh().state == State.MERGED
    titles = [each.title for each in entries(other.appeal, internal=False)]
    assert titles == ["一起办", "分成两件办", "您提出"]


def test_two_problems_of_one_message_are_no_duplicates(story: Story) -> None:
    words = "茶园那条路塌了，货车进不来。"
    story.submitted(problem=f"{words}厂门口那条路塌了，货车进不来。")
    said = Parting(words, f"{words}厂门口也是。", "两段路")
    other = parted(story, said)

    assert duplicates(other.appeal, story.cast.zhou, story.at) == []
    assert duplicates(story.appeal, story.cast.zhou, story.at) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"problem": "路"}, "problem"), ({"rest": ""}, "rest"), ({"words": " "}, "words"),
     ({"problem": LOAN}, "problem")],
)  # fmt: skip
def test_a_split_says_what_goes_and_what_stays(
    story: Story, wrong: dict[str, Any], field: str
) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}")

    with pytest.raises(InvalidInput) as refused:
        parted(story, replace(SAID, **wrong))

    assert refused.value.field == field
    assert Appeal.objects.in_county(story.cast.county).count() == 1


def test_only_a_clerk_splits_and_not_what_is_handed_out(story: Story, other_story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}")
    for somebody in (story.cast.wu, story.cast.zhu, story.cast.boss, other_story.cast.zhou):
        with pytest.raises(NotAllowed):
            parted(story, by=somebody)

    story.accepted().dispatched()
    with pytest.raises(StaleState, match="不能拆分"):
        parted(story)


def test_the_same_form_twice_splits_once(story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}")
    parted(story, key="s")

    with pytest.raises(AlreadyDone):
        parted(story, key="s")
    assert Appeal.objects.in_county(story.cast.county).count() == 2


def test_a_file_goes_where_the_clerk_says(story: Story) -> None:
    names = ("合同.jpg", "塌方.jpg")
    sent = [upload(picture(9 + each), name) for each, name in enumerate(names)]
    files = stage(sent, county=story.cast.county, by=story.cast.boss, at=story.at).rows
    story.submitted(problem=f"{LOAN}{ROAD}", files=files)
    road = Attachment.objects.in_county(story.cast.county).get(name="塌方.jpg")

    other = parted(story, replace(SAID, files=[road]))

    kept = Attachment.objects.in_county(story.cast.county)
    assert [each.name for each in kept.kept_for(story.cast.county, story.appeal)] == ["合同.jpg"]
    assert [each.name for each in kept.kept_for(story.cast.county, other.appeal)] == ["塌方.jpg"]


def test_of_a_confidential_case_both_are(story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}")
    confiding.keep_confidential(story.fresh(), by=story.cast.boss, at=story.at)

    other = parted(story, by=story.cast.wang)

    assert other.appeal.confidential
    seen = Appeal.objects.visible_to(story.cast.zhou, local_date(story.at))
    assert not seen.filter(pk=other.appeal.pk).exists()


def test_a_report_that_was_one_of_two_leaves_nothing_in_the_other(story: Story) -> None:
    bribe = "验收的人要好处，不给就不签字。"
    story.submitted(problem=f"{LOAN}{bribe}")
    other = parted(story, Parting(bribe, LOAN, "第二段是举报"))
    said = Departure(
        DeclineReason.REPORT,
        "县监委",
        "信访室",
        date(2026, 11, 24),
        handed_over=True,
        receipt="1号",
    )
    turn_away(other.fresh(), said, by=story.cast.zhou, at=story.at)

    story.wait(minutes=2)
    assert erase_handed_over(story.cast.county, at=story.at) == 1

    texts = Text.objects.in_county(story.cast.county)
    assert not texts.filter(body__contains="好处").exists()
    assert not texts.filter(body__contains="举报").exists()
    assert story.fresh().problem.body == LOAN
    assert story.appeal.contact.body == story.cast.boss.phone
    assert other.fresh().contact.body == ""
    assert list(verify(story.cast.county, Tally())) == []


def test_a_report_out_of_which_another_was_taken_keeps_that_one(story: Story) -> None:
    bribe = "验收的人要好处，不给就不签字。"
    story.submitted(problem=f"{LOAN}{bribe}")
    other = parted(story, Parting(LOAN, bribe, "第二段是举报"))
    said = Departure(
        DeclineReason.REPORT,
        "县监委",
        "信访室",
        date(2026, 11, 24),
        handed_over=True,
        receipt="1号",
    )
    turn_away(story.fresh(), said, by=story.cast.zhou, at=story.at)

    story.wait(minutes=2)
    erase_handed_over(story.cast.county, at=story.at)

    assert not Text.objects.in_county(story.cast.county).filter(body__contains="好处").exists()
    assert other.fresh().problem.body == LOAN
    assert other.appeal.contact.body == story.cast.boss.phone


def test_the_journal_suffices_for_both(story: Story) -> None:
    story.submitted(problem=f"{LOAN}{ROAD}").accepted()
    parted(story, replace(SAID, category=story.category)).dispatched()

    ours = [model for model in journalled() if model._meta.app_label == "appeals"]
    ours = [model for model in ours if model not in (Category, Catalogue, CatalogueRule)]
    made = rebuild(story.cast.county, ours)

    wrong = [each for model, rows in made.items()
             for each in differences(story.cast.county, model, rows)]  # fmt: skip
    assert wrong == []
