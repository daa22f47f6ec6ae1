"""办不成告知: a no says on what it rests and what else can be done, and is counted."""

from __future__ import annotations

from dataclasses import replace

from qifu.appeals.actions.again import reopen
from qifu.appeals.actions.confiding import keep_confidential
from qifu.appeals.actions.following import follow_parents
from qifu.appeals.actions.merging import merge
from qifu.appeals.actions.publishing import recall
from qifu.appeals.letters import Letter, letter_of
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal, Refusal
from qifu.appeals.refusals import answers_out, sums
from qifu.appeals.rules import Ground, Nature, Outcome
from qifu.appeals.timeline import entries
from qifu.kernel.clock import local_date
from qifu.organisations.models import User
from tests.cast import COUNTY
from tests.story import REFUSED, SOLVED, Story


def refused(story: Story, said: object = REFUSED) -> Story:
    story.submitted().accepted().dispatched().signed()
    return story.replied(said).approved().published()  # type: ignore[arg-type]


def rows() -> list[Refusal]:
    return list(Refusal.objects.in_county(COUNTY).standing().order_by("pk"))


def letter(story: Story) -> Letter | None:
    cases = Appeal.objects.in_county(COUNTY).with_words()
    row = Refusal.objects.in_county(COUNTY).filter(answer=story.answer).last()
    return letter_of(cases.get(pk=story.appeal.pk), row.number) if row else None


def seen(user: User, story: Story) -> int:
    return Refusal.objects.visible_to(user, local_date(story.at)).standing().count()


def test_a_no_is_entered_when_it_goes_out_and_not_before(story: Story) -> None:
    story.submitted().accepted().dispatched().signed().replied(REFUSED).approved()
    assert rows() == []

    story.published()

    (row,) = rows()
    assert (row.unit, row.ground, row.by) == (story.cast.finance, Ground.MISSING, story.cast.wu)
    assert row.at == story.at


def test_a_yes_is_not_entered(story: Story) -> None:
    story.walked()

    assert rows() == []
    assert letter(story) is None


def test_the_letter_says_why_what_was_tried_what_else_and_who_signed(story: Story) -> None:
    said = letter(refused(story))

    assert said is not None
    words = dict(said.paragraphs)
    assert words["办理结果"] == "条件不具备"
    assert words["依据：缺必备条件"] == REFUSED.basis
    assert words["试过哪些办法"] == REFUSED.tried
    assert words["您还可以"] == REFUSED.alternatives
    assert said.signer == story.cast.chen.name
    assert any("30天内可以要求重办" in way for way in said.objecting)
    assert "市里没有同意" not in said.unit


def test_what_was_done_inside_is_not_in_the_letter(story: Story) -> None:
    said = letter(refused(story))

    assert said is not None
    assert all(REFUSED.measures not in words for _, words in said.paragraphs)


def test_a_township_says_no_without_the_office(story: Story) -> None:
    cast = story.cast
    story.lodged_locally()
    story.replied(REFUSED, unit=cast.township, by=cast.qian).approved(cast.sun)

    (row,) = rows()
    assert (row.unit, row.by) == (cast.township, cast.sun)
    assert letter(story) is not None


def test_an_explanation_is_a_no_where_it_names_a_ground_and_is_signed(story: Story) -> None:
    story.submitted().accepted().dispatched(nature=Nature.CONSULT).signed()
    story.replied(replace(REFUSED, outcome=Outcome.EXPLAINED, ground=Ground.GAP))
    assert story.appeal.state == State.APPROVAL

    story.approved().published()

    assert [row.ground for row in rows()] == [Ground.GAP]


def test_what_is_recalled_is_taken_out_and_entered_anew(story: Story) -> None:
    refused(story)
    recall(story.reread(), by=story.cast.wu, at=story.wait(seconds=20).at)
    assert rows() == []
    assert letter(story) is None

    story.fresh()
    story.wait(minutes=1).published()

    assert [row.at for row in rows()] == [story.at]


def again(story: Story, said: object = SOLVED) -> Story:
    """The enterprise has it handled once more, and this time the unit finds a way."""
    refused(story).rated()
    reopen(story.fresh(), "今年有季度记录了", by=story.cast.boss, at=story.at)
    story.fresh()
    return story.replied(said).approved().published()  # type: ignore[arg-type]


def test_what_turned_out_possible_is_marked(story: Story) -> None:
    again(story)

    (row,) = rows()
    assert (row.undone_at, row.undone_by) == (story.at, story.answer)
    first = letter_of(story.appeal, row.number)
    assert first is not None
    assert first.undone_on == local_date(story.at)


def test_a_recalled_solution_marks_nothing(story: Story) -> None:
    again(story)

    recall(story.reread(), by=story.cast.wu, at=story.wait(seconds=20).at)

    assert [row.undone_at for row in rows()] == [None]


def test_a_second_no_is_a_row_of_its_own(story: Story) -> None:
    again(story, REFUSED)

    assert [(row.cycle, row.undone_at) for row in rows()] == [(1, None), (2, None)]


def test_a_merged_case_has_a_letter_of_its_own(story: Story) -> None:
    cast = story.cast
    story.submitted().accepted().dispatched().signed()
    child = Story(cast, at=story.at)
    child.submitted(cast.clerk, enterprise_name="皖西灯饰", contact_phone=cast.clerk.phone)
    merge(child.fresh(), story.fresh(), "同一件事", by=cast.zhou, at=story.at)
    story.fresh()
    said = replace(REFUSED, tried="为立夏茶业有限公司问过市里。")
    story.replied(said).approved().published().wait(minutes=2)

    follow_parents(COUNTY, at=story.at)

    _, row = rows()
    given = letter_of(child.fresh(), row.number)
    assert given is not None
    assert dict(given.paragraphs)["试过哪些办法"] == "为有关企业问过市里。"
    assert given.signer == cast.chen.name
    # The problem is counted once, in its parent.
    assert [each.appeal for each in Refusal.objects.in_county(COUNTY).counted()] == [story.appeal]


def test_the_figures_have_what_they_are_part_of(story: Story) -> None:
    refused(story)
    other = Story(story.cast, at=story.at).walked()
    today = local_date(other.at)
    wang = story.cast.wang

    found = sums(COUNTY, Refusal.objects.visible_to(wang, today), answers_out(wang, today), today)

    assert (found.all.count, found.all.of, found.all.percent) == (1, 2, "50%")
    assert [(each.name, each.count, each.of) for each in found.by_unit] == [("县金融办", 1, 2)]
    assert [(each.code, each.count, each.of) for each in found.by_ground] == [("MISSING", 1, 1)]


def test_nobody_counts_a_confidential_no_that_he_may_not_see(story: Story) -> None:
    cast = story.cast
    refused(story)
    assert [seen(user, story) for user in (cast.zhou, cast.wang, cast.zhu, cast.li)] == [1, 1, 1, 0]

    keep_confidential(story.fresh(), "怕", by=cast.boss, at=story.at)

    assert [seen(user, story) for user in (cast.zhou, cast.wu, cast.wang)] == [0, 0, 1]


def test_both_read_in_the_history_that_there_is_a_letter(story: Story) -> None:
    refused(story)

    for internal in (True, False):
        assert "办不成告知书" in entries(story.appeal, internal=internal)[0].sentence
