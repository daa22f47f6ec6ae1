"""A case on every bend of the road, for the table of answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from qifu.appeals.actions import (
    confiding,
    escalating,
    excluding,
    extending,
    merging,
    milestones,
    rating,
    returning,
    supplementing,
    working,
)
from qifu.appeals.actions.escalating import Plea
from qifu.appeals.models import (
    ExcludeReason,
    Exclusion,
    Extension,
    Grade,
    Level,
    Rating,
    ReturnReason,
    Solved,
    StuckBy,
)
from qifu.appeals.rules import Outcome
from qifu.kernel.clock import local_date
from qifu.organisations.models import User
from tests.story import GOOD, REFUSED, Story

BAD = replace(GOOD, grade=Grade.POOR, solved=Solved.NO)


def returned(story: Story, liaison: User) -> None:
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    returning.send_back_to_office(
        part, ReturnReason.OTHER_LEAD, "三定方案", by=liaison, at=story.at
    )


def extending_(story: Story, liaison: User) -> Extension:
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    return extending.ask_extension(part, 3, "银行要评审", by=liaison, at=story.at)


def extended(story: Story, liaison: User) -> None:
    row = extending_(story, liaison)
    extending.rule_extension(row, granted=2, words="同意", by=story.cast.wu, at=story.at)


def asking(story: Story, liaison: User) -> None:
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    supplementing.request_supplement(part, "缺执照", by=liaison, at=story.at)


def supplement(story: Story, _liaison: User) -> None:
    supplementing.ask_supplement(story.fresh(), "缺执照", by=story.cast.zhou, at=story.at)


def merged(story: Story, _liaison: User) -> None:
    other = Story(story.cast, at=story.at, enterprise=story.enterprise)
    other.submitted(story.appeal.submitted_by)
    merging.merge(story.fresh(), other.appeal, "同一件事", by=story.cast.zhou, at=story.at)


def called(story: Story, _liaison: User) -> None:
    rating.rate(story.reread(), BAD, by=None, at=story.at)


def closed(story: Story, _liaison: User) -> None:
    rating.rate(story.reread(), GOOD, by=None, at=story.at)


def asked_out(story: Story, liaison: User) -> Exclusion:
    """The leader asks that the rating be left out; there are enough for him to see it."""
    closed(story, liaison)
    rows = Rating.objects.in_county(story.cast.county).filter(appeal=story.appeal)
    row = rows.select_related("unit", "appeal__contact").get()
    leader = story.cast.zhao if liaison == story.cast.li else story.cast.chen
    return excluding.ask_exclusion(row, ExcludeReason.MISTAKE, "录音", by=leader, at=story.at)


def excluded(story: Story, liaison: User) -> None:
    row, cast = asked_out(story, liaison), story.cast
    panel = excluding.Panel([cast.wu, cast.feng, cast.zheng], 3)
    excluding.rule_exclusion(row, panel, "点错了", by=cast.wang, at=story.at)


PLEA = Plea(Level.CITY, "市自然资源和规划局", StuckBy.POWER, "跑了两次市局", "请批临时指标")


def asking_up(story: Story, liaison: User) -> None:
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    escalating.ask_escalation(part, PLEA, by=liaison, at=story.at)


def escalated(story: Story, _liaison: User) -> None:
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    escalating.escalate(part.appeal, PLEA, part=part, by=story.cast.zhou, at=story.at)


def posting(story: Story, liaison: User) -> None:
    """A case from above whose answer went out an hour ago, so that nobody can recall it."""
    cast = story.cast
    ours = liaison.pk == cast.zhu.pk
    unit, leader = (cast.finance, cast.chen) if ours else (cast.labour, cast.zhao)
    told = Story(cast, at=story.at - timedelta(hours=1), enterprise=story.enterprise)
    told.forwarded().accepted().dispatched(lead=unit).signed(unit, liaison)
    told.replied(unit=unit, by=liaison).approved(leader).published()
    story.appeal, story.answer = told.appeal, told.answer


PLANNED = working.Reply(
    Outcome.PLANNED, body="列入计划。", promise="贷款担保办法出台", promised_on=date.max
)


def tracked(story: Story, liaison: User) -> None:
    cast = story.cast
    ours = liaison.pk == cast.zhu.pk
    unit, leader = (cast.finance, cast.chen) if ours else (cast.labour, cast.zhao)
    day = local_date(story.at) + timedelta(days=20)
    story.replied(replace(PLANNED, promised_on=day), unit=unit, by=liaison)
    story.approved(leader).published()


def refused(story: Story, liaison: User) -> None:
    cast = story.cast
    ours = liaison.pk == cast.zhu.pk
    unit, leader = (cast.finance, cast.chen) if ours else (cast.labour, cast.zhao)
    story.replied(REFUSED, unit=unit, by=liaison)
    story.approved(leader).published()


def on_the_way(story: Story, liaison: User) -> None:
    tracked(story, liaison)
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    day = local_date(story.at) + timedelta(days=9)
    milestones.add_milestone(part, "办法征求意见", day, by=liaison, at=story.at)


def confided(story: Story, _liaison: User) -> None:
    confiding.keep_confidential(story.fresh(), "老板来电", by=story.cast.zhou, at=story.at)


# From which state each begins.
BENDS: dict[str, tuple[str, Callable[[Story, User], object]]] = {
    "returned": ("dispatched", returned),
    "extending": ("handling", extending_),
    "extended": ("handling", extended),
    "asking": ("handling", asking),
    "supplement": ("submitted", supplement),
    "asking up": ("handling", asking_up),
    "escalated": ("handling", escalated),
    "posting": ("submitted", posting),
    "called": ("published", called),
    "closed": ("published", closed),
    "asked_out": ("published", asked_out),
    "excluded": ("published", excluded),
    "tracked": ("handling", tracked),
    "on_the_way": ("handling", on_the_way),
    "merged": ("submitted", merged),
    "refused": ("handling", refused),
    "confided": ("handling", confided),
}
