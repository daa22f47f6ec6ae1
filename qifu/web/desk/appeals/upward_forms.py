"""What is filled in on the way up and back: 提级申请, 转上级, 上级编号和期限, 上级答复."""

from __future__ import annotations

from typing import Any

from django import forms

from qifu.appeals.actions.coming_back import UpperReply
from qifu.appeals.actions.escalating import NUMBER_MAX, ORGAN_MAX, Plea, UpperFacts
from qifu.appeals.models import SENT_THROUGH, Level, StuckBy, UpperResult
from qifu.kernel.clock import local_date, now
from qifu.web.ui.uploads import UploadingForm

STUCK_WORDS = {
    StuckBy.POLICY: "现行政策不支持，要上级定",
    StuckBy.POWER: "审批或管理权限在上级",
    StuckBy.FUND: "资金、指标要上级安排",
    StuckBy.OTHER: "在下面写明",
}
NOT_A_DAY = "这不是日期。请写成2026-12-08的样子。"


def _area(label: str, hint: str, missing: str, rows: int = 4) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"required": missing},
    )


def _radio(label: str, choices: Any, missing: str) -> Any:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": "请重新选。"},
    )


def _day(label: str, hint: str = "", *, missing: str = "") -> Any:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NOT_A_DAY, "required": missing},
    )


class PleaForm(forms.Form):
    """提级: to whom, why the county cannot, what was done, what is proposed (表六)."""

    level = _radio("转到哪一级", Level.choices, "还没选转到哪一级。请选市或省。")
    organ = forms.CharField(
        label="转给哪个单位",
        help_text="如“市自然资源和规划局”",
        max_length=ORGAN_MAX,
        error_messages={
            "required": "还没写转给哪个单位。请写单位名称。",
            "max_length": f"单位名称最多{ORGAN_MAX}个字。请写短些。",
        },
    )
    reason = _radio(
        "县里为什么解决不了",
        [(each.value, f"{each.label}｜{STUCK_WORDS[each]}") for each in StuckBy],
        "还没选原因。请选一项。",
    )
    tried = _area("县里已做的工作", "上级会看到", "没有写已做的工作。请写明做了什么、卡在哪里。")
    proposal = _area("建议怎么解决", "上级会看到", "没有写建议。请写明希望上级怎么解决。", 3)

    def plea(self) -> Plea:
        """Return what was filled in, for the action."""
        given = self.cleaned_data
        return Plea(
            Level(given["level"]),
            given["organ"],
            StuckBy(given["reason"]),
            given["tried"],
            given["proposal"],
        )


class UpperFactsForm(forms.Form):
    """What is told from above, each when it is known."""

    number = forms.CharField(
        label="上级编号",
        help_text="还没有可以先空着",
        max_length=NUMBER_MAX,
        required=False,
        error_messages={"max_length": f"编号最多{NUMBER_MAX}个字。请只填编号。"},
    )
    due_on = _day("上级期限", "上级答应哪天前答复，还没有可以先空着")
    channel = forms.ChoiceField(
        label="怎么报上去的", choices=[("", "请选"), *SENT_THROUGH], required=False
    )
    handled_by = forms.CharField(
        label="上级承办单位",
        help_text="上级交给谁办，知道了再填",
        max_length=ORGAN_MAX,
        required=False,
        error_messages={"max_length": f"单位名称最多{ORGAN_MAX}个字。请写短些。"},
    )

    def told(self) -> UpperFacts:
        """Return what was filled in, for the action."""
        given = self.cleaned_data
        return UpperFacts(given["channel"], given["number"], given["due_on"], given["handled_by"])


class EscalationForm(PleaForm, UpperFactsForm):
    """转上级: the plea, and what is known from above already."""

    field_order = [
        *("level", "organ", "reason", "tried", "proposal"),
        *("number", "due_on", "channel", "handled_by"),
    ]


class UpperReplyForm(UploadingForm):
    """上级答复: how it ended there, in whose words, on which day."""

    cautious = ("words",)
    files_label = "上级的文件"

    result = _radio("上级怎么说", UpperResult.choices, "还没选结果。请选一项。")
    words = _area(
        "上级答复的内容", "承办单位照着办，企业看不到原文", "没有写上级的答复。请照原文写。"
    )
    replied_on = _day("上级答复日期", missing="没有填日期。请填上级答复的日期。")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["replied_on"].initial = local_date(now())
        self.order_fields(["result", "words", "replied_on", "upload"])

    def reply(self) -> UpperReply:
        """Return what was filled in, for the action."""
        given = self.cleaned_data
        result = UpperResult(given["result"])
        return UpperReply(result, given["words"], given["replied_on"], self.uploads.rows)


class PostBackForm(UploadingForm):
    """回填: on which day it was filled in above, and what shows it."""

    cautious = ("proof",)
    files_label = "截图或回执"

    posted_on = _day("哪天填的", missing="没有填日期。请填在上级平台填报的日期。")
    proof = forms.CharField(
        label="凭据说明",
        help_text="回执编号、填在哪一栏；传了截图可以不写",
        widget=forms.Textarea(attrs={"rows": "3"}),
        required=False,
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["posted_on"].initial = local_date(now())
        self.order_fields(["posted_on", "proof", "upload"])
