"""What is posted to each address: filled in so that whoever may take the step takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from qifu.enterprises import uscc
from qifu.kernel.clock import local, local_date, now
from tests.cast import BEGINNING, PASSWORD
from tests.contracts.world import World
from tests.story import PROBLEM

Form = Mapping[str, str | list[str]]
CASE = "desk/appeals/<slug:number>/"
FIRM = "desk/enterprises/<slug:number>/"
LOGIN = "desk/accounts/<login:login>/"
UNIT = "desk/units/<slug:code>/"
VERDICT = {"contacted": "yes", "solved": "YES", "grade": "5", "words": "很及时。"}
NEW_PASSWORD = "qing-shan-lv-shui-9"

PLEA = {
    "level": "CITY",
    "organ": "市自然资源和规划局",
    "reason": "POWER",
    "tried": "跑了两次市局",
    "proposal": "请批临时指标",
}

FORMS: Mapping[str, Form] = {
    "ui/large/": {"large": "1"},
    "ui/density/": {"density": "wide"},
    "desk/appeals/new/": {
        "firm": "竹木厂",
        "problem": PROBLEM,
        "contact_name": "吴经理",
        "contact_phone": "13900000077",
        "channel": "PHONE",
    },
    "desk/appeals/pastes/": {"raw": f"吴经理 09:12\n{PROBLEM}", "channel": "WECHAT"},
    "desk/appeals/pasted/": {
        "row": "d0",
        "channel": "WECHAT",
        "d0-firm": "竹木厂",
        "d0-listed": "",
        "d0-contact_name": "吴经理",
        "d0-contact_phone": "13900000077",
        "d0-said_on": "2026-01-05",
        "d0-problem": PROBLEM,
        "d0-source": PROBLEM,
        "d0-slip_key": "a",
    },
    f"{CASE}acceptances/": {"category": "finance.loan"},
    f"{CASE}declines/": {"reason": "OUTSIDE", "words": "请向登记地反映。"},
    f"{CASE}splits/": {
        "problem": "茶园那条路塌了。",
        "rest": PROBLEM,
        "words": "归两个单位办。",
        "category": "finance.loan",
    },
    f"{CASE}turn-aways/": {
        "exit": "PETITION",
        "went_to": "县信访局",
        "whom": "接待科，电话0564-7356012",
        "went_on": f"{local_date(now())}",
    },
    f"{CASE}answers/": {"category": "finance.loan", "body": "请到政务大厅3号窗口办理。"},
    f"{CASE}dispatches/": {"lead": "jinrongban", "nature": "GENERAL", "words": "请抓紧。"},
    f"{CASE}replies/": {
        "outcome": "SOLVED",
        "body": "已放款。",
        "measures": "上门",
        "proof": "PAYMENT",
        "evidence": "放款凭证",
    },
    f"{CASE}hand-ups/": {"reason": "FUND", "tried": "已协调两家银行。"},
    f"{CASE}take-overs/": {"words": "需要县级协调。"},
    f"{CASE}reminders/": {"words": "企业等着用。"},
    "desk/notices/retries/": {"notice": "failed"},
    f"{CASE}confidences/": {"words": "老板来电"},
    "appeals/<slug:number>/confidences/": {"words": "怕打击报复"},
    f"{CASE}viewers/": {"login": "tang", "why": "参与会商"},
    f"{CASE}returns/": {"reason": "OTHER_LEAD", "words": "三定方案第四条"},
    f"{CASE}return-rulings/": {"upheld": "yes", "words": "成立"},
    f"{CASE}extensions/": {"days": "3", "words": "银行要评审"},
    f"{CASE}extension-rulings/": {"granted": "2", "words": "同意"},
    f"{CASE}supplements/": {"words": "缺营业执照"},
    f"{CASE}supplement-requests/": {"words": "缺营业执照"},
    f"{CASE}supplement-rulings/": {"agreed": "yes"},
    f"{CASE}escalation-requests/": PLEA,
    f"{CASE}escalation-rulings/": {"words": "县里有权办"},
    f"{CASE}escalations/": PLEA,
    f"{CASE}upper-facts/": {"number": "皖N-2026-118"},
    f"{CASE}exclusion-requests/": {"reason": "MALICE", "words": "通话录音"},
    f"{CASE}exclusion-rulings/": {
        "people": ["wu", "feng"],
        "others": "江代表",
        "votes_for": "2",
        "words": "企业说点错了",
    },
    "appeals/<slug:number>/exclusion-objections/": {"words": "没有点错"},
    f"{CASE}unmergers/": {"words": "不是一条线路。"},
    f"{CASE}notes/": {"words": "已去厂里看过。"},
    f"{CASE}interim-replies/": {"words": "银行下周到厂。"},
    f"{CASE}fulfilments/": {"words": "办法已经出台。"},
    f"{CASE}breaches/": {"words": "还在征求意见。", "new_on": "2099-12-31"},
    f"{CASE}milestones/": {"what": "办法上会", "planned_on": "2099-12-01"},
    f"{CASE}milestone-completions/": {"milestone": "1"},
    f"{CASE}callbacks/": {"outcome": "SATISFIED", "contacted": "yes", "solved": "YES"},
    "appeals/<slug:number>/supplements/": {"words": "执照号是123。"},
    "appeals/<slug:number>/urges/": {"words": "急。"},
    "appeals/<slug:number>/withdrawals/": {"reason": "SETTLED"},
    "appeals/<slug:number>/reopenings/": {"words": "到账只有一半。"},
    "appeals/<slug:number>/promise-objections/": {"words": "等不了。"},
    "appeals/<slug:number>/extension-objections/": {"words": "等不了。"},
    "appeals/<slug:number>/rating/": VERDICT,
    "appeals/<slug:number>/objections/": {"words": "企业注册地就在本县。"},
    "links/<str:token>/": VERDICT,
    f"{CASE}links/": {"step": ["jinrongban:CONTACT"]},
    # A notice that forgets most holidays; a day shows the difference first.
    "desk/calendar/<int:year>/notice/": {
        "document": "国办发明电〔2025〕7号",
        "published_on": "2025-11-04",
        "text": "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。",
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-name": "雪灾停工",
        "form-0-first": "2026-12-30",
    },
    "desk/calendar/<int:year>/days/": {
        "day": "2026-12-30",
        "works": "0",
        "name": "雪灾停工",
        "document": "县政府通知",
    },
    "desk/enterprises/new/": {
        "name": "板栗加工厂",
        "township": "341524202",
        "uscc": uscc.complete("91341524MA8BANL01"),
        "short_name": "板栗厂",
        "industry": "1373",
        "contact_name": "栗经理",
        "contact_phone": "13900000099",
        "address": "油坊店乡街道8号",
    },
    "desk/enterprises/requests/<slug:number>/refusal/": {"reason": "WRONG_FIRM"},
    f"{FIRM}edit/": {
        "name": "更正后的名称",
        "township": "341524202",
        "status": "IN_BUSINESS",
        "revision": "1",
    },
    f"{FIRM}invitations/": {"phone": "13900000088"},
    "desk/sign-in/": {"login": "zhu", "password": PASSWORD},
    "desk/password/": {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD},
    "desk/units/new/": {
        "short_name": "县大数据局",
        "name": "县大数据局",
        "code": "dashuju",
        "kind": "DEPARTMENT",
        "on": "2026-01-01",
    },
    f"{UNIT}renamings/": {
        "short_name": "县地方金融局",
        "name": "县地方金融局",
        "code": "difangjinrong",
        "on": "2026-01-01",
    },
    "desk/accounts/new/": {
        "name": "新来的",
        "login": "xinlai",
        "phone": "13800000055",
        "password": NEW_PASSWORD,
    },
    "desk/absences/<slug:number>/deputies/": {"deputy": "he"},
    "desk/hand-overs/<slug:number>/receivers/": {"POSTS": "he"},
    f"{LOGIN}resets/": {"password": NEW_PASSWORD},
    f"{LOGIN}posts/<slug:kind>/<slug:code>/reliefs/": {"on": "2026-01-01"},
    "raise/problem/": {"problem": PROBLEM},
    "me/complaints/new/": {"unit": "renshe", "officer": "李干事", "words": "推了三次。"},
    "desk/conduct/<slug:number>/acceptances/": {"words": "正在核实。"},
    "desk/conduct/<slug:number>/answers/": {"words": "已核实，批评教育。"},
    "me/requests/new/": {"uscc": uscc.complete("91341524MA8DENG01"), "words": "灯饰厂厂长"},
    "sign-in/": {"phone": "13900000066"},
}


def _approval(world: World, target: str) -> Form:
    return {"answer": world.answers[target], "agreed": "yes", "words": "同意"}


def _review(world: World, target: str) -> Form:
    return {"answer": world.answers[target], "passed": "yes"}


def _joining(world: World, target: str) -> Form:
    """Name another case of the same owner, into which it goes."""
    owner = target.rpartition(" ")[2]
    return {"into": world.targets[f"handling {owner}"]["number"], "words": "同一条线路。"}


def _filing(world: World, target: str) -> Form:
    return {"leader": str(world.cast.chen.pk), "liaison": str(world.cast.zhu.pk)}


def _merger(world: World, target: str) -> Form:
    return {"into": str(world.cast.labour.pk), "on": "2026-01-01"}


def _appointment(world: World, target: str) -> Form:
    return {"unit": str(world.cast.labour.pk), "kind": "PAIRED_OFFICER", "on": f"{BEGINNING}"}


def _absence(world: World, target: str) -> Form:
    day = f"{local_date(now()) + timedelta(days=30)}"
    return {"seat": "zhu@jinrongban", "first": day, "last": day, "reason": "TRIP"}


def _hand_over(world: World, target: str) -> Form:
    return {"leaver": "he", "reason": "TRANSFER", "effective_on": f"{local_date(now())}"}


def _upper_reply(world: World, target: str) -> Form:
    return {"result": "INSTRUCTED", "words": "同意", "replied_on": f"{local_date(now())}"}


def _posting(world: World, target: str) -> Form:
    return {"posted_on": f"{local_date(now())}", "proof": "回执12号"}


def _contact(world: World, target: str) -> Form:
    return {"reached": "yes", "means": "PHONE", "contacted_at": f"{local(now()):%Y-%m-%dT%H:%M}"}


def _colleague(world: World, target: str) -> Form:
    return {"to": "li" if target.endswith("foreign") else "zhu"}


MADE: Mapping[str, Callable[[World, str], Form]] = {
    f"{CASE}approvals/": _approval,
    f"{CASE}reviews/": _review,
    f"{CASE}contacts/": _contact,
    f"{CASE}upper-replies/": _upper_reply,
    f"{CASE}post-backs/": _posting,
    f"{CASE}mergers/": _joining,
    f"{CASE}sub-assignments/": _colleague,
    f"{UNIT}filings/": _filing,
    "desk/absences/new/": _absence,
    "desk/hand-overs/new/": _hand_over,
    f"{UNIT}mergers/": _merger,
    f"{LOGIN}posts/": _appointment,
}


def form_for(world: World, route: str, target: str) -> Form:
    """Return what somebody at this address fills in."""
    if route in MADE:
        return MADE[route](world, target)
    return FORMS.get(route, {})
