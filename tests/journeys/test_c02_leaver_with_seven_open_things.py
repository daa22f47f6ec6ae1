"""C02: somebody leaves with seven open things; nothing stays behind and history stays his."""

from __future__ import annotations

from datetime import date

from qifu.appeals.actions.viewing import name_viewer
from qifu.appeals.actions.working import sign
from qifu.appeals.models import Appeal, Viewer
from qifu.enterprises.actions import invite, tie
from qifu.enterprises.models import Binding, Tie, TieKind
from qifu.organisations.actions import handing_over
from qifu.organisations.actions.absences import Days, enter
from qifu.organisations.actions.accounts import create_user, deactivate
from qifu.organisations.actions.posts import appoint
from qifu.organisations.hand_overs import block_lines
from qifu.organisations.models import Absence, Unit, User
from qifu.organisations.open_things import open_for
from tests.cast import BEGINNING, COUNTY, NOW, PASSWORD, Cast
from tests.firms import Firms
from tests.story import Story, lay_rules

TODAY = date(2026, 11, 24)


def _again(user: User) -> User:
    return User.objects.in_county(user.county).get(pk=user.pk)


def _leader_with_seven_open_things(cast: Cast, firms: Firms) -> tuple[Story, Story]:
    """陈 leads the finance office and works for it, looks after a firm, stands in, may see."""
    lay_rules(COUNTY)
    chen = cast.chen
    appoint(chen, unit=cast.finance, kind="PLATFORM_ADMIN", by=cast.sec, at=NOW, on=BEGINNING)
    in_hand = Story(cast).submitted().accepted().dispatched()
    sign(in_hand.part(cast.finance), by=_again(chen), at=NOW)
    to_sign = Story(cast).submitted().accepted().dispatched().signed().replied()
    tie(firms.tea, chen, TieKind.PAIRING, by=cast.zhou, at=NOW)
    invite(firms.tea, "13900000088", by=_again(chen), at=NOW)
    week = Days(TODAY, date(2026, 11, 30), "TRIP")
    enter(cast.zhu, cast.finance, week, deputy=chen, by=cast.zhu, at=NOW)
    looked_at = Story(cast).submitted()
    name_viewer(looked_at.appeal, chen, "参加会商", by=cast.wang, at=NOW)
    return in_hand, to_sign


def test_seven_open_things_each_find_a_receiver_and_the_leaver_can_go(
    cast: Cast, firms: Firms
) -> None:
    in_hand, to_sign = _leader_with_seven_open_things(cast, firms)
    lead = create_user(COUNTY, login="jiang", name="江局", password=PASSWORD, by=cast.sys, at=NOW)
    appoint(lead, unit=cast.finance, kind="GROUP_MEMBER", by=cast.sec, at=NOW)

    found = open_for(cast.chen, TODAY)
    assert [each.words for each in found] == [
        "在办诉求1件",
        "待审签的答复1件",
        "岗位2个",
        "代班1次",
        "包联企业1家",
        "未接受的绑定邀请1份",
        "指定查看的诉求1件",
    ]

    paper = handing_over.start(cast.chen, "RETIREMENT", TODAY, by=cast.chen, at=NOW)
    receivers = {
        "CASES": cast.he,
        "APPROVALS": lead,
        "POSTS": lead,
        "STANDING_IN": cast.he,
        "TIES": cast.he,
        "INVITATIONS": cast.he,
        "VIEWERS": lead,
    }
    handing_over.name_receivers(paper, receivers, by=cast.chen, at=NOW)
    handing_over.give(paper, by=cast.chen, at=NOW)
    assert paper.state == "DRAFT"
    handing_over.give(paper, by=cast.wang, at=NOW)
    handing_over.take(paper, by=cast.he, at=NOW)
    assert paper.state == "OFFERED"
    handing_over.take(paper, by=lead, at=NOW)
    assert paper.state == "ACCEPTED"

    assert open_for(cast.chen, TODAY) == []
    assert in_hand.part(cast.finance).handler == cast.he
    assert in_hand.part(cast.finance).signatures.get().by == cast.chen
    to_sign.approved(by=_again(lead))
    assert to_sign.fresh().state == "REVIEW"
    tied = Tie.objects.in_county(COUNTY).in_force(TODAY).get(enterprise=firms.tea)
    assert tied.user == cast.he
    assert Binding.objects.in_county(COUNTY).invited().get().made_by == cast.he
    standing_in = Absence.objects.in_county(COUNTY).in_force(TODAY).get()
    assert (standing_in.user, standing_in.deputy) == (cast.zhu, cast.he)
    assert Viewer.objects.in_county(COUNTY).filter(user=lead).count() == 1
    assert Appeal.objects.visible_to(_again(cast.he), TODAY).filter(pk=in_hand.appeal.pk).exists()
    moved = {line.family.code: line.count for line in block_lines(paper, cast.zhou)}
    assert moved == {
        "CASES": 1,
        "APPROVALS": 1,
        "POSTS": 2,
        "STANDING_IN": 1,
        "TIES": 1,
        "INVITATIONS": 1,
        "VIEWERS": 1,
    }

    deactivate(cast.chen, by=cast.sys, at=NOW)
    assert not _again(cast.chen).is_active
    assert Unit.objects.in_county(COUNTY).get(pk=cast.finance.pk).is_in_force(TODAY)
