"""A long case: one LEAD and eight ASSISTs, two hundred events, with returns, notes and files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.hashers import make_password

from qifu.appeals.actions import (
    extending,
    noting,
    publishing,
    returning,
    supplementing,
    withdrawing,
    working,
)
from qifu.appeals.actions.reminding import urge_by_hand
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Assignment, Means, ReturnReason
from qifu.appeals.rules import Nature, Outcome
from qifu.attachments.actions import stage
from qifu.attachments.models import Attachment
from qifu.journal.models import Event
from qifu.kernel.clock import SHANGHAI
from qifu.organisations.models import Post, PostKind, Unit, UnitKind, User, UserKind
from tests.attachments.samples import PDF, upload
from tests.cast import BEGINNING, PASSWORD
from tests.story import SOLVED, Story

EVENTS = 200
MORE_UNITS = ("县发改委", "县交通局", "县税务局", "县市场监管局", "县供电公司")
SAID = (
    "已到厂里看过，变压器容量不够，要增容到630千伏安。",
    "农商行客户经理周三上门，核对了三年的订单和流水。",
    "交通局回话：路面硬化列入下半年计划，先铺碎石。",
    "已核对纳税信用等级，可以走“税融通”，不用抵押。",
)


@dataclass
class Helper:
    """A unit that helps, with who works for it and who signs."""

    unit: Unit
    liaison: User
    leader: User


def long_story(story: Story) -> Story:
    """Tell a case at length; it ends with the LEAD still at work."""
    cast = story.cast
    helpers = [
        Helper(cast.labour, cast.li, cast.zhao),
        Helper(cast.township, cast.qian, cast.sun),
        Helper(cast.park, cast.fan, cast.tang),
        *_more_units(story),
    ]
    story.wait(days=-12).submitted(files=_files(story, cast.boss, "厂房.pdf", "订单.pdf"))
    _begin(story, [each.unit for each in helpers])
    _bend(story, helpers)
    _help(story, helpers)
    story.wait(days=1)
    _go_round(story)
    _chatter(story, helpers)
    story.fresh()
    return story


def _begin(story: Story, assists: list[Unit]) -> None:
    """Something is missing, and a first unit is not the right one."""
    cast = story.cast
    row = supplementing.ask_supplement(story.appeal, "缺报表", by=cast.zhou, at=story.at)
    supplementing.supply(row, "报表在附件里", by=cast.boss, at=story.wait(hours=1).at)
    story.fresh()
    story.accepted().dispatched(*assists, lead=cast.finance, nature=Nature.COMPLEX).wait(hours=1)


def _bend(story: Story, helpers: list[Helper]) -> None:
    """The LEAD and an ASSIST send it back in vain; the LEAD gets more time."""
    cast = story.cast
    for unit, by in ((cast.finance, cast.zhu), (cast.labour, cast.li)):
        row = returning.send_back_to_office(
            story.part(unit), ReturnReason.OTHER_LEAD, "应由人行办", by=by, at=story.at
        )
        returning.rule_return(
            row, upheld=False, words="三定方案写明由你单位办", by=cast.zhou, at=story.at
        )
        story.fresh()
    for each in helpers[1:]:
        story.signed(each.unit, by=each.liaison)
    asked = extending.ask_extension(
        story.part(cast.finance), 3, "银行评审会下周才开", by=cast.zhu, at=story.at
    )
    extending.rule_extension(asked, granted=2, words="情况属实", by=cast.wu, at=story.at)
    story.fresh()


def _help(story: Story, helpers: list[Helper]) -> None:
    """Half of the ASSISTs have answered the LEAD, with files."""
    for each in helpers[:4]:
        opinion = replace(SOLVED, outcome=Outcome.SOLVED, body=f"{each.unit}：材料齐全，可以办。")
        files = _files(story, each.liaison, "意见.pdf")
        story.replied(replace(opinion, files=files), each.unit, each.liaison)
        story.approved(by=each.leader)


def _go_round(story: Story) -> None:
    """The LEAD answers, is sent back by its leader and by the office, and works on."""
    cast = story.cast
    story.replied(replace(SOLVED, files=_files(story, cast.zhu, "放款单.pdf")))
    working.send_back(story.reread(), "写明利率", by=cast.chen, at=story.at)
    story.fresh()
    story.replied().approved()
    publishing.rework(story.reread(), "写明放款日期", by=cast.wu, at=story.at)
    withdrawing.urge(story.fresh(), words="茶农等着现款", by=cast.boss, at=story.at)
    urge_by_hand(story.part(cast.finance), "请抓紧", by=cast.zhou, at=story.at)


def _chatter(story: Story, helpers: list[Helper]) -> None:
    """Everybody who is still at it rings, notes and tells, until there are enough events."""
    cast = story.cast
    busy: list[tuple[Assignment, User]] = [(story.part(cast.finance), cast.zhu)]
    parts = [(story.part(each.unit), each.liaison) for each in helpers]
    busy += [(part, by) for part, by in parts if part.state == Work.HANDLING]
    done = Event.objects.in_county(cast.county).filter(subject_id=story.appeal.pk)
    for n in range(EVENTS - done.filter(subject_type="appeals.appeal").count()):
        part, by = busy[n % len(busy)]
        words, at = SAID[n % len(SAID)], story.wait(minutes=7).at
        if n % 5 == 0:
            noting.contact(part, at, Means.PHONE, reached=True, words=words, by=by, at=at)
        elif n % 5 == 1:
            noting.tell_meanwhile(part, words, by=by, at=at)
        else:
            noting.note(part, words, by=by, at=at)


def _files(story: Story, by: User, *names: str) -> list[Attachment]:
    uploads = [upload(PDF + f"% {n}".encode(), name) for n, name in enumerate(names)]
    return stage(uploads, county=story.cast.county, by=by, at=story.at).rows


def _more_units(story: Story) -> list[Helper]:
    return [_unit(story.cast.county, n, name) for n, name in enumerate(MORE_UNITS)]


def _unit(county: str, n: int, name: str) -> Helper:
    unit = Unit.objects.create(
        county=county,
        code=f"more{n}",
        kind=UnitKind.DEPARTMENT,
        name=name,
        short_name=name,
        valid_from=BEGINNING,
        phone=f"0564-7351{n:03}",
        assessed=True,
    )
    people = [
        _person(unit, f"{role}{n}", f"{surname}{title}", kind)
        for role, surname, title, kind in (
            ("liaison", "高胡林何郭"[n], "科长", PostKind.LIAISON),
            ("leader", "马罗梁宋郑"[n], "局长", PostKind.RESPONSIBLE_LEADER),
        )
    ]
    return Helper(unit, *people)


def _person(unit: Unit, login: str, name: str, kind: str) -> User:
    user = User.objects.create(
        county=unit.county,
        kind=UserKind.STAFF,
        login=login,
        name=name,
        phone=f"1390000{unit.pk % 1000:03}{len(login)}",
        password=make_password(PASSWORD),
        created_at=datetime(2018, 9, 28, tzinfo=SHANGHAI),
    )
    Post.objects.create(county=unit.county, unit=unit, user=user, kind=kind, valid_from=BEGINNING)
    return user
