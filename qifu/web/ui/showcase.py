"""The page that shows every component in every state; enterprises on it are made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qifu.attachments.models import Attachment
from qifu.attachments.rules import Kind
from qifu.kernel.clock import now
from qifu.kernel.readings import Lamp, Reading
from qifu.web.ui.lists import Filter, Pager
from qifu.web.ui.toasts import Toast, time_left
from qifu.web.ui.tones import STATES
from qifu.web.ui.uploads import UploadingForm, Uploads


@dataclass(frozen=True)
class Entry:
    """One line of a case's history."""

    when: str
    title: str
    sentence: str
    public: bool


LAMPS = [
    Reading(Lamp.OVERDUE, "逾期", "已过到期日"),
    Reading(Lamp.SOON, "将到期", "到期前1个工作日起"),
    Reading(Lamp.HALF, "过半", "用时超过一半"),
    Reading(Lamp.FINE, "正常", "用时未过半"),
    Reading(Lamp.PAUSED, "暂停", "待补充或已转上级"),
    Reading(Lamp.DONE, "完成", "已做完这一步"),
    Reading(Lamp.NONE, "不适用", "没有时限"),
]
SENTENCES = [
    Reading(Lamp.OVERDUE, "逾期2个工作日", "3个工作日，11-20（周五）到期"),
    Reading(Lamp.SOON, "明天24:00到期", "5个工作日，11-25（周三）到期"),
    Reading(Lamp.HALF, "剩2个工作日", "7个工作日，11-18起算，11-26（周四）24:00到期"),
    Reading(Lamp.FINE, "剩8个工作日", "15个工作日，12-04（周五）到期"),
    Reading(Lamp.PAUSED, "暂停，剩3个工作日", "11-23起等企业补充材料"),
    Reading(Lamp.DONE, "按时完成", "用了4个工作日，限5个"),
]
ROWS: list[dict[str, Any]] = [
    {
        "reading": Reading(Lamp.OVERDUE, "逾期1个工作日", "11-20受理，应于11-23交办"),
        "title": "二期项目需地390亩，指标只有120亩",
        "mark": "重大",
        "sub": ["安徽金刚新材料有限公司", "现代产业园", "2026-1861"],
        "unit": "自规局",
        "assist": "协办发改委、产业园",
        "ground": "类别“用地规划”对应",
    },
    {
        "reading": Reading(Lamp.SOON, "今天24:00到期", "11-23受理，交办限1个工作日"),
        "title": "厂区10千伏增容排期，已等两个月",
        "mark": "",
        "sub": ["华岭光伏组件有限公司", "现代产业园", "2026-1866"],
        "unit": "供电公司",
        "assist": "协办经信局",
        "ground": "与2026-1203相似，该件6日办结",
        "picked": True,
    },
    {
        "reading": Reading(Lamp.FINE, "剩1个工作日", "应于11-25（周三）交办"),
        "title": "夜班22:30下班，末班公交20:00",
        "mark": "共性4家",
        "sub": ["晨越电子配件有限公司", "流波䃥镇", "2026-1873"],
        "unit": "交通局",
        "assist": "",
        "ground": "30天内4家企业反映同一问题",
    },
]
HISTORY = [
    Entry("11-24 09:10", "答复待审核", "自规局提交答复，分管负责同志已审签。", False),
    Entry("11-19 16:20", "协办意见已交主办", "住建局：结构安全鉴定报告齐全。", False),
    Entry("11-18 10:05", "已联系企业", "自规局到厂查看，与企业核对了2009年建房手续。", True),
    Entry("11-17 15:30", "已交办", "县办交自规局主办，住建局、消防大队协办。", True),
]
CHECKS = [
    {"passed": True, "sentence": "正面回答了能不能办"},
    {"passed": True, "sentence": "写明了时间、地点、联系人"},
    {"passed": False, "sentence": "企业还问了消防验收，答复没有提到"},
]
STEPS = [
    {"title": "您说了难处", "sentence": "11月24日", "state": "done"},
    {"title": "县办看过并交给单位", "sentence": "11月25日前", "state": "now"},
    {"title": "单位答复您", "sentence": "12月2日前", "state": "later"},
]
FACTS = [("信用代码", "91341524MA2EW64345"), ("属地", "梅山镇"), ("联系人", "刘*，138****5678")]
LETTER = {
    "number": "2026-1855",
    "enterprise": "富东医药有限公司",
    "paragraphs": [
        ("您反映的问题", "2号厂房没有规划核实，不动产证办不下来，想免去消防检测。"),
        ("依据", "《建设工程消防设计审查验收管理暂行规定》第二十六条，没有例外。"),
        ("您还可以", "检测费可以申请技改补助，县经信局综合股，电话0564-7350033。"),
    ],
    "objecting": ["12月24日前可以要求重办一次。", "可以向县政府申请行政复议，电话0564-7350009。"],
    "unit": "金寨县住房和城乡建设局",
    "signer": "李立新",
}
FILTERS = [
    Filter("category", "类别", [("land", "用地规划"), ("fund", "融资金融")], "land", "?"),
    Filter("township", "属地", [("1", "梅山镇"), ("2", "流波䃥镇"), ("3", "天堂寨镇")]),
    Filter("source", "来源", [("phone", "电话"), ("visit", "走访")]),
]


class SampleForm(forms.Form):
    """One of each kind of field."""

    phone = forms.CharField(label="联系电话", help_text="手机或带区号的座机")
    code = forms.CharField(label="信用代码", help_text="不能改", disabled=True, required=False)
    township = forms.ChoiceField(
        label="属地", choices=[("", "请选择"), ("1", "梅山镇"), ("2", "流波䃥镇")]
    )
    words = forms.CharField(
        label="企业说了什么", help_text="照原话记", widget=forms.Textarea, required=False
    )
    scope = forms.ChoiceField(
        label="谁能看到",
        widget=forms.RadioSelect,
        choices=[("all", "办理单位和县办"), ("office", "只给县办，先别转给别的单位")],
    )
    grade = forms.ChoiceField(
        label="您满意吗？",
        help_text="不评不算满意，县办会打电话问您。",
        widget=forms.RadioSelect,
        choices=[
            (str(i), word)
            for i, word in enumerate(
                ["非常满意", "满意", "基本满意", "不满意", "非常不满意"], start=1
            )
        ],
    )
    way = forms.ChoiceField(
        label="这件怎么办",
        widget=forms.RadioSelect,
        choices=[
            ("now", "受理，交住建局主办｜5个工作日，12-01（周二）24:00前答复企业"),
            ("later", "受理，稍后交办｜进入待交办，应于11-25（周三）交办"),
            ("spot", "当场答复｜写下答复，直接请企业评价"),
        ],
    )
    reasons = forms.MultipleChoiceField(
        label="哪里还可以更好？",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("slow", "时间偏长"), ("part", "没有全解决"), ("trips", "来回跑")],
    )
    agree = forms.BooleanField(label="可以公开我的评价", required=False)


class SampleUploadingForm(UploadingForm):
    """Words with files, and what must not be in them."""

    cautious = ("words",)

    words = forms.CharField(label="企业说了什么", widget=forms.Textarea)


FILES = [
    {
        "url": "#",
        "preview_url": "",
        "icon": "file-text",
        "name": "供电方案.pdf",
        "kind": "PDF",
        "size": "1.2 MB",
    },
    {
        "url": "#",
        "preview_url": "",
        "icon": "table",
        "name": "用工名册.xlsx",
        "kind": "表格",
        "size": "38 KB",
    },
]
SAMPLES = [
    Attachment(code="a", kind=Kind.PDF, name="供电方案.pdf", size=1_250_000),
    Attachment(code="b", kind=Kind.TABLE, name="用工名册.xlsx", size=38_000),
]
NOT_TAKEN = "“工资表.exe”不是图片、PDF、Office或WPS文件，没有收下。请换一种格式再传。"


class ConfirmingForm(forms.Form):
    """What a step that cannot be undone still asks."""

    reason = forms.ChoiceField(label="理由", choices=[("court", "已进入诉讼程序")])


GOOD = {"phone": "138****5678", "township": "2", "words": "厂门口污水井往外冒，已经三天了。"}
GOOD_CHOICES = {"scope": "all", "grade": "3", "way": "now", "reasons": ["slow"], "agree": "on"}


def _forms() -> dict[str, SampleForm]:
    start = {**GOOD, **GOOD_CHOICES, "code": "91341524MA2EW64345"}
    faulty = SampleForm({"phone": "1380013567", "scope": "all"}, auto_id="bad_%s", prefix="")
    faulty.add_error("phone", "号码少1位。请填11位手机号，或带区号的座机。")
    for name, sentence in (
        ("township", "还没选属地。请选企业所在的乡镇。"),
        ("grade", "还没评价。请选一个最接近的。"),
        ("way", "还没选怎么办。请选一项。"),
    ):
        faulty.errors[name] = faulty.error_class([sentence])
    return {"form": SampleForm(initial=start), "faulty": faulty}


def _uploading() -> SampleUploadingForm:
    """Return a form with two files there, one refused, and a text that asks for a second look."""
    uploads = Uploads(rows=SAMPLES, refused=[NOT_TAKEN])
    words = {"words": "张某，身份证号340123199001010014，工资欠了两个月。"}
    return SampleUploadingForm(words, uploads=uploads, auto_id="up_%s")


def _toasts() -> list[dict[str, object]]:
    with_undo = Toast("已把3件交给供电公司、人社局、住建局。", "#", now() + timedelta(seconds=590))
    return [
        {"toast": with_undo, "undo_url": "#", "left": 590, "words": time_left(590)},
        {"toast": Toast("已签收，请在今天内联系企业。"), "undo_url": "", "left": 0, "words": ""},
    ]


def index(request: HttpRequest) -> HttpResponse:
    """Show all components."""
    context = {
        "title": "界面部件与状态",
        "lamps": LAMPS,
        "sentences": SENTENCES,
        "states": [word for words in STATES.values() for word in words.split()],
        "rows": ROWS,
        "entries": HISTORY,
        "public_entries": [entry for entry in HISTORY if entry.public],
        "checks": CHECKS,
        "steps": STEPS,
        "facts": FACTS,
        "letter": LETTER,
        "filters": FILTERS,
        "pager": Pager(
            after_url="?", after_label="更缓的25件", says="本页从11-20到11-25到期，共约1,200件"
        ),
        "toasts": _toasts(),
        "files": FILES,
        "uploading": _uploading(),
        "confirming": ConfirmingForm(auto_id="confirm_%s"),
        **_forms(),
    }
    return render(request, "ui/showcase/index.html", context)
