"""What the enterprise reads of what happened, and what stays inside."""

from qifu.appeals.actions.accepting import decline
from qifu.appeals.actions.dispatching import take_back
from qifu.appeals.actions.publishing import recall
from qifu.appeals.actions.working import Reply
from qifu.appeals.rules import DeclineReason, Nature, Outcome
from qifu.appeals.telling import TOLD
from qifu.appeals.timeline import LINES, entries
from tests.story import Story

DESK_TERMS = ("主办", "协办", "承办", "审签", "责任单位", "属地")
CONSULTED = Reply(Outcome.EXPLAINED, body="可以申请，带营业执照来。", measures="当面说明")


def told(story: Story) -> list[tuple[str, str]]:
    rows = entries(story.fresh(), internal=False)
    return [(entry.title, entry.sentence) for entry in reversed(rows)]


def test_the_enterprise_reads_the_road_of_its_case_without_terms_of_the_office(
    story: Story,
) -> None:
    cast = story.cast
    story.submitted().accepted().dispatched(cast.labour).signed().signed(cast.labour, cast.li)
    story.replied().approved().published().rated()

    assert [title for title, _ in told(story)] == [
        "您提出",
        "县办已受理",
        "交给县金融办办",
        "县金融办已签收",
        "县人社局已签收",
        "县金融办答复您",
        "您评价了",
    ]
    assert not [line for line in told(story) for term in DESK_TERMS if term in "".join(line)]


def test_it_reads_nothing_of_a_dispatch_that_was_taken_back(story: Story) -> None:
    story.submitted().accepted().dispatched()
    take_back(story.dispatch, by=story.cast.zhou, at=story.at)
    assert [title for title, _ in told(story)] == ["您提出", "县办已受理"]

    story.dispatched(lead=story.cast.labour)
    assert told(story)[-1][0] == "交给县人社局办"


def test_a_publication_that_was_recalled_in_time_was_never_there(story: Story) -> None:
    story.walked()
    recall(story.reread(), by=story.cast.wu, at=story.at)

    assert "县金融办答复您" not in [title for title, _ in told(story)]


def test_a_decline_is_told_with_its_reason_and_words(story: Story) -> None:
    story.submitted()
    outside = DeclineReason.OUTSIDE
    decline(story.appeal, outside, words="厂在霍邱县。", by=story.cast.zhou, at=story.at)

    assert told(story)[-1] == ("没有受理", "不在本县管辖范围。厂在霍邱县。")


def test_a_townships_answer_is_told_whether_or_not_a_leader_signs_it(story: Story) -> None:
    cast = story.cast
    story.category_code = "other.unsure"
    story.lodged_locally(category=story.category)
    assert story.fresh().nature == Nature.CONSULT

    story.replied(CONSULTED, cast.township, cast.qian)

    assert told(story)[-1][0] == "油坊店乡答复您"


def test_every_line_that_may_be_public_is_told_in_its_own_words() -> None:
    assert set(TOLD) <= set(LINES)
