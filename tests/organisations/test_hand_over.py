"""Leaving: nobody goes with anything open, and what is open moves when both have signed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.organisations.actions import handing_over as actions
from qifu.organisations.actions.accounts import deactivate
from qifu.organisations.actions.filing import file_unit
from qifu.organisations.actions.posts import relieve
from qifu.organisations.hand_overs import visible_hand_overs
from qifu.organisations.models import HandOver, HandOverBlock, Post, User
from tests.cast import COUNTY, NOW, Cast
from tests.story import Story, lay_rules

TODAY = date(2026, 11, 24)
LATER = date(2026, 12, 1)


def _again(user: User) -> User:
    return User.objects.in_county(user.county).get(pk=user.pk)


def _begun(cast: Cast, leaver: User | None = None, on: date = TODAY) -> HandOver:
    return actions.start(leaver or cast.zhu, "TRANSFER", on, by=cast.zhou, at=NOW)


@pytest.fixture
def story(cast: Cast) -> Story:
    """朱 has a case in hand."""
    lay_rules(COUNTY)
    return Story(cast).submitted().accepted().dispatched().signed()


def test_nobody_is_deactivated_with_anything_open(cast: Cast, story: Story) -> None:
    with pytest.raises(InvalidInput, match="朱科长还有在办诉求1件、岗位1个没有交接，不能停用"):
        deactivate(cast.zhu, by=cast.sys, at=NOW)

    assert _again(cast.zhu).is_active


def test_no_post_is_relieved_while_something_is_open_through_it(cast: Cast, story: Story) -> None:
    with pytest.raises(InvalidInput, match="在办诉求1件没有交接，不能免职"):
        relieve(cast.post(cast.zhu), by=cast.sec, at=NOW)
    story.replied()
    with pytest.raises(InvalidInput, match="待审签的答复1件没有交接，不能免职"):
        relieve(cast.post(cast.chen), by=cast.sec, at=NOW)


def test_what_nobody_has_signed_for_keeps_the_liaison(cast: Cast) -> None:
    lay_rules(COUNTY)
    Story(cast).submitted().accepted().dispatched()

    with pytest.raises(InvalidInput, match="在办诉求1件"):
        relieve(cast.post(cast.zhu), by=cast.sec, at=NOW)


def test_with_both_signatures_everything_moves_at_once(cast: Cast, story: Story) -> None:
    paper = _begun(cast)
    receivers = {"CASES": cast.he, "POSTS": cast.he}
    actions.name_receivers(paper, receivers, by=cast.zhu, at=NOW)

    actions.give(paper, by=cast.zhu, at=NOW)
    assert paper.state == "DRAFT"
    actions.give(paper, by=cast.chen, at=NOW)
    assert paper.state == "OFFERED"
    assert story.part(cast.finance).handler == cast.zhu
    actions.take(paper, by=cast.he, at=NOW)

    assert paper.state == "ACCEPTED"
    assert story.part(cast.finance).handler == cast.he
    assert _again(cast.he).reach.own_units("LIAISON") == {cast.finance.pk}
    assert not _again(cast.zhu).reach.roles
    story.replied(by=_again(cast.he))
    deactivate(cast.zhu, by=cast.sys, at=NOW)
    assert story.reread().by == cast.he
    # History keeps the old name.
    signature = story.part(cast.finance).signatures.get()
    assert signature.by == cast.zhu


def test_receivers_are_asked_when_the_leavers_side_has_signed(cast: Cast, story: Story) -> None:
    paper = _begun(cast)
    actions.name_receivers(paper, {"CASES": cast.he, "POSTS": cast.he}, by=cast.zhou, at=NOW)
    actions.give(paper, by=cast.zhou, at=NOW)

    told = Notice.objects.in_county(COUNTY).get(kind="HANDED_OVER")

    assert told.person == cast.he.pk
    assert "朱科长调离，11月24日起有事项移交给您" in told.body


def test_a_day_to_come_lets_the_leaver_stay_until_then(cast: Cast, story: Story) -> None:
    paper = _begun(cast, on=LATER)
    actions.name_receivers(paper, {"CASES": cast.he, "POSTS": cast.he}, by=cast.zhou, at=NOW)
    actions.give(paper, by=cast.zhou, at=NOW)
    actions.take(paper, by=cast.he, at=NOW)

    assert _again(cast.zhu).reach_on(TODAY).has("LIAISON")
    assert not _again(cast.zhu).reach_on(LATER).has("LIAISON")
    assert _again(cast.he).reach_on(LATER).has("LIAISON")
    with pytest.raises(InvalidInput, match="岗位1个"):
        deactivate(cast.zhu, by=cast.sys, at=NOW)


def test_a_liaison_does_not_choose_his_own_successor(cast: Cast) -> None:
    paper = _begun(cast)
    actions.name_receivers(paper, {"POSTS": cast.he}, by=cast.zhu, at=NOW)

    with pytest.raises(NotAllowed, match="岗位由本单位分管负责同志或县办签字移交"):
        actions.give(paper, by=cast.zhu, at=NOW)


def test_posts_of_the_office_the_security_administrator_gives(cast: Cast) -> None:
    paper = _begun(cast, cast.xu)
    actions.name_receivers(paper, {"RESERVED_POSTS": cast.he}, by=cast.zhou, at=NOW)

    with pytest.raises(NotAllowed, match="安全管理员"):
        actions.give(paper, by=cast.zhou, at=NOW)
    actions.give(paper, by=cast.sec, at=NOW)
    actions.take(paper, by=cast.he, at=NOW)

    assert _again(cast.he).reach.has("OFFICE_CALLBACK")


def test_nobody_signs_for_both_sides(cast: Cast, story: Story) -> None:
    paper = _begun(cast)
    actions.name_receivers(paper, {"CASES": cast.chen, "POSTS": cast.he}, by=cast.zhou, at=NOW)

    with pytest.raises(NotAllowed, match="接收人不能替移交人签字"):
        actions.give(paper, by=cast.chen, at=NOW)


def test_each_block_needs_its_receiver(cast: Cast, story: Story) -> None:
    paper = _begun(cast)
    actions.name_receivers(paper, {"POSTS": cast.he}, by=cast.zhou, at=NOW)

    with pytest.raises(InvalidInput, match="在办诉求1件还没有定接收人"):
        actions.give(paper, by=cast.zhou, at=NOW)


def test_who_could_not_do_it_cannot_receive_it(cast: Cast, other_cast: Cast, story: Story) -> None:
    paper = _begun(cast)
    for nobody in (cast.zhu, cast.boss, other_cast.he):
        with pytest.raises(InvalidInput):
            actions.name_receivers(paper, {"CASES": nobody}, by=cast.zhou, at=NOW)
    actions.name_receivers(paper, {"CASES": cast.li, "POSTS": cast.he}, by=cast.zhou, at=NOW)
    with pytest.raises(InvalidInput, match="李干事不在县金融办任职"):
        actions.give(paper, by=cast.zhou, at=NOW)
    actions.name_receivers(paper, {"CASES": cast.he, "POSTS": cast.chen}, by=cast.zhou, at=NOW)
    with pytest.raises(InvalidInput, match="分管和专职要各定1名"):
        actions.give(paper, by=cast.zhou, at=NOW)


def test_the_drafter_does_not_become_the_one_who_approves_it(cast: Cast, story: Story) -> None:
    story.replied()
    Post.objects.in_county(COUNTY).filter(user=cast.zhu).update(kind="PLATFORM_ADMIN")
    paper = _begun(cast, cast.chen)
    receivers = {"POSTS": cast.zhu, "APPROVALS": cast.zhu}
    actions.name_receivers(paper, receivers, by=cast.zhou, at=NOW)

    with pytest.raises(InvalidInput, match="朱科长起草的，自己不能审签"):
        actions.give(paper, by=cast.zhou, at=NOW)


def test_a_receiver_can_refuse_and_another_is_named(cast: Cast, story: Story) -> None:
    paper = _begun(cast)
    actions.name_receivers(paper, {"CASES": cast.he, "POSTS": cast.he}, by=cast.zhou, at=NOW)
    actions.give(paper, by=cast.zhou, at=NOW)

    actions.refuse(paper, by=cast.he, at=NOW)

    assert paper.state == "DRAFT"
    blocks = HandOverBlock.objects.in_county(COUNTY).filter(hand_over=paper)
    assert {(block.receiver, block.given_by) for block in blocks} == {(None, None)}


def test_what_comes_in_after_the_signature_needs_a_receiver_too(cast: Cast) -> None:
    lay_rules(COUNTY)
    paper = _begun(cast)
    actions.name_receivers(paper, {"POSTS": cast.he}, by=cast.zhou, at=NOW)
    actions.give(paper, by=cast.zhou, at=NOW)
    Story(cast).submitted().accepted().dispatched().signed()

    with pytest.raises(StaleState, match="又新添了在办诉求1件"):
        actions.take(paper, by=cast.he, at=NOW)

    actions.withdraw(paper, by=cast.zhou, at=NOW)
    actions.name_receivers(paper, {"CASES": cast.he}, by=cast.zhou, at=NOW)
    actions.give(paper, by=cast.zhou, at=NOW + timedelta(minutes=1))
    actions.take(paper, by=cast.he, at=NOW)
    assert paper.state == "ACCEPTED"


def test_one_hand_over_at_a_time_and_a_dropped_one_lets_another_begin(cast: Cast) -> None:
    paper = _begun(cast)
    with pytest.raises(StaleState, match="已有一份没办完的交接"):
        _begun(cast)

    actions.drop(paper, by=cast.zhu, at=NOW)

    assert _begun(cast).state == "DRAFT"
    with pytest.raises(StaleState, match="已取消"):
        actions.give(paper, by=cast.zhu, at=NOW)


def test_whom_a_filing_replaces_hands_over_what_he_had_in_hand(cast: Cast, story: Story) -> None:
    file_unit(cast.finance, leader=cast.chen, liaison=cast.he, by=cast.chen, at=NOW)

    paper = HandOver.objects.in_county(COUNTY).select_related("leaver").get()
    assert (paper.leaver, paper.state) == (cast.zhu, "DRAFT")
    actions.give(paper, by=cast.chen, at=NOW)
    actions.take(paper, by=cast.he, at=NOW)
    assert story.part(cast.finance).handler == cast.he


@pytest.mark.parametrize("who", ["he", "li", "zhao", "feng"])
def test_strangers_do_not_begin_somebodys_hand_over(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.start(cast.zhu, "TRANSFER", TODAY, by=getattr(cast, who), at=NOW)


def test_who_sees_it(cast: Cast, other_cast: Cast) -> None:
    paper = _begun(cast)
    actions.name_receivers(paper, {"POSTS": cast.he}, by=cast.zhou, at=NOW)

    for sees in (cast.zhu, cast.chen, cast.he, cast.zhou, cast.sys, cast.sec):
        assert paper in visible_hand_overs(sees)
    for sees_not in (cast.li, cast.zhao, cast.feng, other_cast.zhou, other_cast.zhu):
        assert paper not in visible_hand_overs(sees_not)


def test_the_other_county_neither_begins_nor_signs(cast: Cast, other_cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.start(cast.zhu, "TRANSFER", TODAY, by=other_cast.zhou, at=NOW)
    paper = _begun(cast)
    actions.name_receivers(paper, {"POSTS": cast.he}, by=cast.zhou, at=NOW)
    with pytest.raises(NotAllowed):
        actions.give(paper, by=other_cast.zhou, at=NOW)
    deactivate(other_cast.relieved(other_cast.zhu), by=other_cast.sys, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_receivers_who_sign_at_the_same_moment_move_everything_once(cast: Cast) -> None:
    lay_rules(COUNTY)
    story = Story(cast).submitted().accepted().dispatched().signed()
    paper = _begun(cast)
    actions.name_receivers(paper, {"CASES": cast.chen, "POSTS": cast.he}, by=cast.zhou, at=NOW)
    actions.give(paper, by=cast.zhou, at=NOW)

    def sign(user: User) -> None:
        try:
            mine = HandOver.objects.in_county(COUNTY).select_related("leaver").get(pk=paper.pk)
            actions.take(mine, by=user, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(sign, [cast.chen, cast.he]))

    assert HandOver.objects.in_county(COUNTY).get(pk=paper.pk).state == "ACCEPTED"
    assert story.part(cast.finance).handler == cast.chen
    posts = Post.objects.in_county(COUNTY).filter(unit=cast.finance, kind="LIAISON", valid_to=None)
    assert [post.user for post in posts] == [cast.he]
