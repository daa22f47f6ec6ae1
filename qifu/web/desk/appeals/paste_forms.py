"""What is typed when messages are pasted: the box, and one slip for each draft (粘贴登记)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from qifu.appeals.actions.lodging import ENTERPRISE_MAX, NAME_MAX
from qifu.appeals.rules import Channel
from qifu.enterprises.models import Enterprise
from qifu.kernel.errors import InvalidInput
from qifu.web.ui.cautious import CautiousForm

RAW_MAX = 20_000
PROBLEM_MAX = 5_000
NOT_LISTED = "-"
# What the enterprise sends in by itself, and what asks for more than one line.
ELSEWHERE = (Channel.PLATFORM, Channel.UPPER)
CHANNELS = [
    (code, "微信群" if code == Channel.WECHAT else label)
    for code, label in Channel.choices
    if code not in ELSEWHERE
]
CHANNELS.sort(key=lambda choice: choice[0] != Channel.WECHAT)
PICK = "名录里有像的。请选一家，或者选“不是这些”。"


class ChannelForm(forms.Form):
    """How everything that was pasted came in; chosen once."""

    channel = forms.ChoiceField(
        label="怎么来的",
        choices=[("", "请选"), *CHANNELS],
        error_messages={"required": "还没选来源。请选一项，这一批都按它记。"},
    )


class PasteForm(ChannelForm):
    """The box into which a chat or a block of a sheet is pasted."""

    raw = forms.CharField(
        label="聊天记录或表格",
        help_text="从微信群、表格里复制，整段贴进来",
        max_length=RAW_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": "14", "autofocus": True}),
        error_messages={
            "required": "还没有贴内容。请先在微信或表格里复制，再贴到这里。",
            "max_length": f"超过{RAW_MAX:,}个字。内容还在，请分几次贴。",
        },
    )

    field_order = ("raw", "channel")


class SlipForm(CautiousForm):
    """One draft: what was recognised, to be looked at and put right."""

    cautious = ("problem",)
    use_required_attribute = False

    firm = forms.CharField(
        label="企业",
        max_length=ENTERPRISE_MAX,
        error_messages={
            "required": "没认出企业。请写企业名称，名录里没有也可以照写。",
            "max_length": f"企业名称超过{ENTERPRISE_MAX}个字。请写营业执照上的名称。",
        },
    )
    listed = forms.ChoiceField(label="名录里的哪一家", required=False)
    contact_name = forms.CharField(label="联系人", max_length=NAME_MAX, required=False)
    contact_phone = forms.CharField(
        label="电话",
        max_length=30,
        required=False,
        error_messages={"max_length": "电话太长。请只填一个号码。"},
    )
    said_on = forms.DateField(
        label="哪天说的",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    problem = forms.CharField(
        label="企业说了什么",
        max_length=PROBLEM_MAX,
        widget=forms.Textarea(attrs={"rows": "2"}),
        error_messages={"required": "这一条没有内容。请写企业说了什么，或勾选不登记。"},
    )
    drop = forms.BooleanField(label="不登记这一条", required=False)
    slip_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    source = forms.CharField(
        widget=forms.HiddenInput, max_length=RAW_MAX, required=False, strip=False
    )

    def __init__(self, *given: Any, offered: Sequence[Enterprise] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["listed"].choices = [  # type: ignore[attr-defined]
            ("", "请选"),
            *((firm.number, f"{firm.name}（{firm.place_name}）") for firm in offered),
            (NOT_LISTED, "不是这些，照写的登记"),
        ]

    @property
    def is_dropped(self) -> bool:
        """Tell whether somebody ticked that it is not to be registered."""
        return bool(self.data.get(self.add_prefix("drop")))

    def firm_of(self, sure: Enterprise | None, offered: Sequence[Enterprise]) -> Enterprise | None:
        """Return the enterprise of the register that is meant, or None for one that is not there.

        Raises:
            InvalidInput: several may be meant, and nobody has said which.
        """
        number = self.cleaned_data.get("listed", "")
        if sure is not None or number == NOT_LISTED:
            return None if number == NOT_LISTED else sure
        picked = next((firm for firm in offered if firm.number == number), None)
        if picked is None and offered:
            raise InvalidInput("listed", PICK)
        return picked


def written(day: date | None) -> str:
    """Write a day as its field does."""
    return day.isoformat() if day else ""
