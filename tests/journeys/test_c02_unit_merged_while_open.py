"""C02: a unit is merged while its cases are open, and nobody's case is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qifu.appeals import timeline
from qifu.appeals.models import Appeal
from qifu.kernel.errors import InvalidInput
from qifu.organisations.actions import handing_over
from qifu.organisations.actions.accounts import deactivate
from qifu.organisations.actions.posts import relieve
from qifu.organisations.actions.unit_people import Heads
from qifu.organisations.actions.units import merge_units
from qifu.organisations.hand_overs import block_lines
from qifu.organisations.models import HandOver, Unit, User
from qifu.organisations.queries import holders
from tests.cast import COUNTY, NOW, Cast
from tests.story import Story, lay_rules

TODAY = date(2026, 11, 24)
TOMORROW = date(2026, 11, 25)


def _again(user: User) -> User:
    return User.objects.in_county(user.county).get(pk=user.pk)


@pytest.fixture
def rules(cast: Cast) -> Cast:
    lay_rules(COUNTY)
    return cast


def test_open_cases_go_on_with_the_successor_under_both_names(rules: Cast) -> None:
    cast = rules
    yesterday = NOW - timedelta(days=1)
    unsigned = Story(cast, at=yesterday).submitted().accepted().dispatched()
    in_hand = Story(cast, at=yesterday).submitted().accepted().dispatched().signed()
    due = in_hand.part(cast.finance).due_on

    merge_units([cast.finance], into=cast.labour, on=TODAY, by=cast.zhou, at=NOW)

    li, zhao = _again(cast.li), _again(cast.zhao)
    seen = Appeal.objects.visible_to(li, TODAY)
    assert {unsigned.appeal.pk, in_hand.appeal.pk} <= set(seen.values_list("pk", flat=True))
    unsigned.at = in_hand.at = NOW
    unsigned.signed(by=li)
    in_hand.replied(by=li).approved(by=zhao)
    assert in_hand.part(cast.finance).due_on == due or in_hand.fresh().state == "REVIEW"
    told = timeline.entries(in_hand.fresh(), internal=True)
    assert in_hand.fresh().state == "REVIEW"
    by_kind = {entry.kind: entry.sentence + entry.title for entry in told}
    assert "县金融办" in by_kind["appeal.signed"]
    assert "县人社局" in by_kind["appeal.approved"] + by_kind["appeal.replied"]
    assert "县金融办" not in by_kind["appeal.approved"]


def test_who_loses_his_seat_hands_over_what_he_had_in_hand(rules: Cast) -> None:
    cast = rules
    story = Story(cast).submitted().accepted().dispatched().signed()

    merge_units([cast.finance], into=cast.labour, on=TODAY, by=cast.zhou, at=NOW)

    paper = HandOver.objects.in_county(COUNTY).select_related("leaver").get(leaver=cast.zhu)
    assert (paper.reason, paper.state) == ("REORGANISATION", "DRAFT")
    (line,) = block_lines(paper, cast.zhou)
    assert line.family.name == "在办诉求"
    assert line.block is not None
    assert line.block.receiver == cast.li
    with pytest.raises(InvalidInput, match="在办诉求1件"):
        deactivate(cast.zhu, by=cast.sys, at=NOW)

    handing_over.give(paper, by=_again(cast.zhao), at=NOW)
    handing_over.take(paper, by=_again(cast.li), at=NOW)

    assert story.part(cast.finance).handler == cast.li
    deactivate(cast.zhu, by=cast.sys, at=NOW)


def test_a_successor_without_leader_or_liaison_is_refused_unless_they_are_named(
    rules: Cast,
) -> None:
    cast = rules
    story = Story(cast).submitted().accepted().dispatched()
    for user in (cast.tang, cast.fan, cast.sun, cast.qian):
        relieve(cast.post(user), by=cast.sec, at=NOW)

    with pytest.raises(InvalidInput, match="产业园区还没有分管负责同志和专职人员"):
        merge_units([cast.township], into=cast.park, on=TOMORROW, by=cast.zhou, at=NOW)
    assert Unit.objects.in_county(COUNTY).get(pk=cast.township.pk).valid_to is None

    unit = Unit.objects.in_county(COUNTY).get(pk=cast.township.pk)
    heads = Heads(leader=cast.sun, liaison=cast.qian)
    merge_units([unit], into=cast.park, on=TOMORROW, by=cast.zhou, at=NOW, heads=heads)

    assert holders(COUNTY, cast.township.pk, "LIAISON", on=TOMORROW) == [cast.qian]
    assert holders(COUNTY, cast.park.pk, "RESPONSIBLE_LEADER", on=TOMORROW) == [cast.sun]
    assert story.fresh().state == "DISPATCHED"


def test_the_other_countys_unit_of_the_same_name_keeps_its_cases(
    rules: Cast, other_cast: Cast
) -> None:
    lay_rules(other_cast.county)
    there = Story(other_cast).submitted().accepted().dispatched()

    merge_units([rules.finance], into=rules.labour, on=TODAY, by=rules.zhou, at=NOW)

    there.signed()
    assert there.part(other_cast.finance).handler == other_cast.zhu
    assert not HandOver.objects.in_county(other_cast.county).exists()
