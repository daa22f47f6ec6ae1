"""A case told step by step, for tests that begin somewhere on its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from qifu.appeals.actions import accepting, dispatching, lodging, publishing, rating, working
from qifu.appeals.actions.from_above import Ordered
from qifu.appeals.actions.loading import load_appeals
from qifu.appeals.models import Answer, Appeal, Assignment, Category, Dispatch, Grade, Solved
from qifu.appeals.rules import Channel, Ground, Nature, Outcome, Proof, ReplyChannel
from qifu.enterprises.models import Enterprise
from qifu.organisations.models import Unit, User
from qifu.workdays.actions import seed
from tests.cast import BEGINNING, NOW, Cast

PROBLEM = "收茶旺季要付茶农现款，流动资金缺300万元左右。去过两家银行，都说没有抵押物不好贷。"
SOLVED = working.Reply(
    Outcome.SOLVED,
    body="已与县农商行对接，茶叶贷300万元12月1日前放款。联系人李文静，0564-7350018。",
    measures="召集银行到企业核实订单",
    proof=Proof.PAYMENT,
    evidence="12月1日放款凭证300万元",
)
REFUSED = working.Reply(
    Outcome.CONDITIONS,
    body="贷款贴息要有上一年度纳税记录，您单位今年才成立，今年办不了。",
    measures="与县财政局会商过一次",
    ground=Ground.MISSING,
    basis="《县中小企业贷款贴息办法》第六条：须有上一年度纳税记录。",
    tried="问过能不能用季度纳税记录代替，市里没有同意。",
    alternatives="可先申请创业担保贷款，找县人社局，0564-7350019；明年3月起可再报贴息。",
)
# What the city told along with a case; its day is far off, whenever a test plays.
ORDERED = Ordered(ReplyChannel.CITY, "六企办2026-118", date(2099, 12, 31))
GOOD = rating.Verdict(contacted=True, solved=Solved.YES, grade=Grade.GOOD)

RULES = {
    "categories": [
        {
            "code": "finance",
            "name": "融资金融",
            "ask": "金额、用途、期限",
            "kinds": [{"code": "finance.loan", "name": "贷款"}],
        },
        {
            "code": "talent",
            "name": "用工人才",
            "kinds": [{"code": "talent.workers", "name": "招工"}],
        },
        {"code": "other", "name": "其他", "kinds": [{"code": "other.unsure", "name": "说不清"}]},
    ],
    "catalogue": {
        "version": 1,
        "from": BEGINNING,
        "rules": [
            {
                "no": "0101",
                "category": "finance.loan",
                "lead": "jinrongban",
                "assist": ["renshe"],
                "nature": "GENERAL",
                "why": "贷款难由县金融办牵头对接银行",
            },
            {
                "no": "0201",
                "category": "talent.workers",
                "lead": "renshe",
                "nature": "GENERAL",
                "why": "招工由县人社局组织招聘",
            },
            {
                "no": "0202",
                "category": "talent.workers",
                "place": "park",
                "lead": "renshe",
                "assist": ["@place"],
                "nature": "COORDINATION",
                "why": "园区招工由县人社局组织，园区协办",
            },
            {
                "no": "1601",
                "category": "other.unsure",
                "lead": "@place",
                "nature": "CONSULT",
                "why": "说不清归属的由属地首接负责",
            },
        ],
    },
    "limits": {
        "version": 1,
        "from": BEGINNING,
        "rows": [
            *(
                {"step": step, "days": days}
                for step, days in {
                    "ACCEPT": 1,
                    "DISPATCH": 1,
                    "REVIEW": 1,
                    "SIGN": 1,
                    "CONSULT": 3,
                    "GENERAL": 5,
                    "COORDINATION": 7,
                    "COMPLEX": 15,
                    "ASSIST": 3,
                    "RATING": 5,
                    "OBJECTION": 5,
                }.items()
            ),
            {"step": "REWORK", "days": 5, "least_days": 2},
            {"step": "CALLBACK", "days": 2},
            {"step": "RETURN", "days": 1},
            {"step": "FIRST_CONTACT", "days": 1},
            {"step": "SUPPLEMENT", "days": 5},
            {"step": "EXTENSION", "days": 30},
            {"step": "REOPEN", "calendar_days": 30},
            {"step": "SILENT_SAMPLE", "percent": 0},
            {"step": "LOCAL_SAMPLE", "percent": 0},
            {"step": "DUPLICATE", "calendar_days": 60, "percent": 30, "most": 5},
            {"step": "TAKE_BACK", "minutes": 10},
            {"step": "HOLD", "seconds": 60},
            {"step": "UNSIGNED", "natures": ["CONSULT"]},
        ],
    },
}


def lay_rules(county: str, at: datetime = NOW) -> None:
    """Give a county its calendar, categories, catalogue and limits."""
    seed(county, by=None, at=at)
    load_appeals(RULES, county, at=at)


@dataclass
class Story:
    """One case in one county and whoever moves it; each step takes it from the last."""

    cast: Cast
    at: datetime = NOW
    category_code: str = "finance.loan"
    enterprise: Enterprise | None = None
    appeal: Appeal = field(init=False)
    dispatch: Dispatch = field(init=False)
    answer: Answer = field(init=False)

    def wait(self, **time: float) -> Story:
        """Let time pass: `wait(minutes=11)`, `wait(days=3)`."""
        self.at += timedelta(**time)
        return self

    @property
    def category(self) -> Category:
        return Category.objects.in_county(self.cast.county).get(code=self.category_code)

    def part(self, unit: Unit) -> Assignment:
        """Return the newest part of a unit, as it stands in the database."""
        parts = Assignment.objects.in_county(self.cast.county).filter(appeal=self.appeal, unit=unit)
        return parts.select_related("appeal__category", "unit").latest("pk")

    def fresh(self) -> Appeal:
        """Return the case as it stands in the database."""
        rows = Appeal.objects.in_county(self.cast.county)
        self.appeal = rows.select_related("category", "contact").get(pk=self.appeal.pk)
        return self.appeal

    def said(self, problem: str = PROBLEM, **more: Any) -> lodging.Said:
        known = {"enterprise": self.enterprise} if self.enterprise else {}
        typed = {} if self.enterprise else {"enterprise_name": "立夏茶业有限公司"}
        facts: dict[str, Any] = {"contact_name": "吴经理", "contact_phone": self.cast.boss.phone}
        return lodging.Said(problem, **{**facts, **known, **typed, **more})

    def submitted(self, by: User | None = None, key: str = "", **more: Any) -> Story:
        boss = by or self.cast.boss
        self.appeal = lodging.submit(self.said(**more), by=boss, at=self.at, key=key)
        return self

    def lodged_locally(self, **more: Any) -> Story:
        """The township writes it down and begins at once."""
        self.appeal = lodging.register(
            self.said(channel=Channel.VISIT, place=self.cast.township, **more),
            unit=self.cast.township,
            by=self.cast.qian,
            at=self.at,
        )
        return self

    def forwarded(self, ordered: Ordered = ORDERED, **more: Any) -> Story:
        """The city forwards it, and the office writes it down."""
        said = self.said(channel=Channel.UPPER, ordered=ordered, **more)
        self.appeal = lodging.register(said, unit=self.cast.office, by=self.cast.zhou, at=self.at)
        return self

    def accepted(self) -> Story:
        accepting.accept(self.appeal, self.category, by=self.cast.zhou, at=self.at)
        return self

    def dispatched(
        self, *assists: Unit, lead: Unit | None = None, nature: Nature = Nature.GENERAL
    ) -> Story:
        self.dispatch = dispatching.dispatch(
            self.appeal,
            lead or self.cast.finance,
            assists,
            nature=nature,
            # A unit that handed it up did not say what it is about.
            category=None if self.appeal.category_id else self.category,
            by=self.cast.zhou,
            at=self.at,
        )
        return self

    def signed(self, unit: Unit | None = None, by: User | None = None) -> Story:
        part = self.part(unit or self.cast.finance)
        working.sign(part, by=by or self.cast.zhu, at=self.at)
        self.fresh()
        return self

    def replied(
        self,
        reply: working.Reply = SOLVED,
        unit: Unit | None = None,
        by: User | None = None,
    ) -> Story:
        part = self.part(unit or self.cast.finance)
        self.answer = working.reply(part, reply, by=by or self.cast.zhu, at=self.at)
        self.fresh()
        return self

    def approved(self, by: User | None = None) -> Story:
        working.approve(self.reread(), by=by or self.cast.chen, at=self.at)
        self.fresh()
        return self

    def published(self) -> Story:
        publishing.publish(self.reread(), by=self.cast.wu, at=self.at)
        self.fresh()
        return self

    def rated(self, verdict: rating.Verdict = GOOD) -> Story:
        boss = self.cast.boss
        # Who did not submit it himself comes by the link.
        by = boss if self.appeal.submitted_by_id == boss.pk else None
        rating.rate(self.reread(), verdict, by=by, at=self.at)
        self.fresh()
        return self

    def reread(self) -> Answer:
        """Return the newest answer with everything an action wants of it."""
        answers = Answer.objects.in_county(self.cast.county).filter(pk=self.answer.pk)
        self.answer = answers.select_related(
            "appeal__category", "appeal__contact", "assignment__appeal__contact", "assignment__unit"
        ).get()
        return self.answer

    def walked(self, *assists: Unit) -> Story:
        """The whole way to a published answer."""
        return (
            self.submitted().accepted().dispatched(*assists).signed().replied().approved()
        ).published()
