"""登记: a case typed in for an enterprise that rang, came, or was visited."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from qifu.appeals import access
from qifu.appeals.actions.escalating import NUMBER_MAX
from qifu.appeals.actions.from_above import ASKED, SENT_TO, Ordered
from qifu.appeals.actions.lodging import ENTERPRISE_MAX, NAME_MAX, Said, register
from qifu.appeals.catalogue import all_units
from qifu.appeals.models import Appeal
from qifu.appeals.rules import Channel, ReplyChannel
from qifu.enterprises.models import Enterprise
from qifu.kernel.clock import local_date, now
from qifu.kernel.errors import InvalidInput
from qifu.organisations.models import Unit, User
from qifu.web.desk import navigation
from qifu.web.desk.appeals.forms import CategoryField
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import posted, went
from qifu.web.ui.answers import page, run
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.uploads import UploadingForm, posted_codes, receive, typed

TEMPLATE = "desk/appeals/new.html"
# What staff hears: not what the enterprise sends in by itself.
CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.PLATFORM]
OFFERED = 5
NOT_LISTED = "-"
# Asked where it came from above, once; the office posts the answer back by them.
FROM_ABOVE = ("reply_channel", "upper_number", "upper_due_on")
TYPED = (
    "firm",
    "problem",
    "contact_name",
    "contact_phone",
    "channel",
    *FROM_ABOVE,
    "place",
    "category",
    "confidential",
    "confidential_words",
)


class RegistrationForm(UploadingForm):
    """What was said, by which enterprise, and how to reach it."""

    cautious = ("problem",)
    files_label = "企业给的材料"

    firm = forms.CharField(
        label="企业",
        help_text="名称、拼音首字母或信用代码；名录里没有也可以照写",
        max_length=ENTERPRISE_MAX,
        error_messages={
            "required": "还没写企业。请写企业名称，名录里没有也可以照写。",
            "max_length": f"企业名称超过{ENTERPRISE_MAX}个字。请写营业执照上的名称。",
        },
    )
    problem = forms.CharField(
        label="企业说了什么",
        help_text="照原话记",
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={"required": "还没写企业说了什么。请照原话记下来。"},
    )
    contact_name = forms.CharField(
        label="联系人",
        max_length=NAME_MAX,
        error_messages={
            "required": "还没写联系人。请写怎么称呼，如“王经理”。",
            "max_length": f"称呼超过{NAME_MAX}个字。请写短一些。",
        },
    )
    contact_phone = forms.CharField(
        label="联系电话",
        help_text="手机或带区号的座机",
        max_length=30,
        error_messages={
            "required": "还没写电话。请填手机号，或带区号的座机。",
            "max_length": "电话太长。请只填一个号码。",
        },
    )
    channel = forms.ChoiceField(
        label="怎么来的",
        choices=[("", "请选"), *CHANNELS],
        error_messages={"required": "还没选来源。请选一项。"},
    )
    reply_channel = forms.ChoiceField(
        label="答复报到哪里",
        choices=[("", "请选"), *SENT_TO],
        required=False,
    )
    upper_number = forms.CharField(
        label="上级编号",
        help_text="没有的填文号",
        max_length=NUMBER_MAX,
        required=False,
        error_messages={"max_length": f"编号最多{NUMBER_MAX}个字。请只填编号。"},
    )
    upper_due_on = forms.DateField(
        label="上级期限",
        help_text="哪天前答复",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "这不是日期。请写成2026-12-08的样子。"},
    )
    place = forms.ChoiceField(
        label="属地", help_text="企业在名录里的可以不选", required=False, choices=[]
    )

    confidential = forms.BooleanField(
        label="企业要求保密",
        help_text="登记后只有县办主任、企业本人和指定的人看得到，您也看不到",
        required=False,
    )
    confidential_words = forms.CharField(
        label="企业怎么要求的",
        help_text="要求保密的才写",
        required=False,
        max_length=300,
        error_messages={"max_length": "超过300个字。请写短一些。"},
    )

    def __init__(self, *given: Any, user: User, local: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        if local:
            # What is to be kept from a unit's own people is not written down there, and
            # what comes from above comes to the office.
            for name in ("confidential", "confidential_words", *FROM_ABOVE):
                del self.fields[name]
            heard = [each for each in CHANNELS if each[0] != Channel.UPPER]
            self.fields["channel"].choices = [("", "请选"), *heard]  # type: ignore[attr-defined]
        on = local_date(now())
        self.places = {
            unit.code: unit
            for unit in sorted(all_units(user.county), key=lambda unit: unit.pinyin)
            if unit.is_place and unit.is_in_force(on)
        }
        choices = [("", "请选"), *((code, u.short_name) for code, u in self.places.items())]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        self.fields["category"] = CategoryField(
            user.county, label="类别", help_text="说不清可以不选", required=False
        )
        self.order_fields([*TYPED, "upload"])

    def clean_place(self) -> Unit | None:
        return self.places.get(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        """Ask at once for everything that a case from above cannot be without."""
        cleaned = super().clean()
        if cleaned.get("channel") == Channel.UPPER:
            for name, sentence in ASKED.items():
                if name in self.fields and not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    def said(self, firm: Enterprise | None) -> Said:
        """Return what was filled in, for the action."""
        given = self.cleaned_data
        return Said(
            problem=given["problem"],
            contact_name=given["contact_name"],
            contact_phone=given["contact_phone"],
            enterprise=firm,
            enterprise_name=given["firm"],
            place=given["place"],
            category=given["category"],
            channel=Channel(given["channel"]),
            ordered=self._ordered(),
            files=self.uploads.rows,
            confidential=given.get("confidential", False),
            confidential_words=given.get("confidential_words", ""),
        )

    def _ordered(self) -> Ordered | None:
        given = self.cleaned_data
        if given["channel"] != Channel.UPPER:
            return None
        through = ReplyChannel(given["reply_channel"])
        return Ordered(through, given["upper_number"], given["upper_due_on"])


@staff_only
def new(request: StaffRequest) -> HttpResponse:
    """Write a case down for an enterprise (登记)."""
    user = request.user
    if not access.can_register(user):
        raise PermissionDenied("登记由县办受理员和各单位专职人员来办。")
    unit = unit_of(user)
    asked = request.GET.get("firm", "") if request.htmx else request.POST.get("firm", "")
    if request.htmx and request.method == "GET":
        return page(request, TEMPLATE, {"firms": _matches(user, asked)}, part="firms")
    codes = posted_codes(request)
    uploads = receive(request, county=user.county, by=user, codes=codes)
    local = unit.kind in access.LOCAL_KINDS
    form = RegistrationForm(
        posted(request), user=user, local=local, initial=_initial(request, unit), uploads=uploads
    )
    firms = _matches(user, asked) if asked else []
    picked = request.POST.get("listed", "")
    if request.POST.get("find") or uploads.only_files:
        # Without scripts the register is searched by a button; nothing is refused yet.
        half = typed(request.POST, TYPED)
        form = RegistrationForm(user=user, local=local, initial=half, uploads=uploads)
        status = 422 if uploads.refused else 200
        return _page(request, form, unit, firms, picked, status=status)
    outcome = run(request, partial(_register, form, unit, _picked(firms, picked, asked)), form)
    if outcome.done:
        return _went(request, outcome.made, local=local)
    return _page(request, form, unit, firms, picked, status=outcome.status)


def _register(
    sheet: RegistrationForm, seat: Unit, listed: Enterprise | None, /, **given: Any
) -> Appeal:
    known = {name: given[name] for name in ("by", "at", "key")}
    try:
        return register(sheet.said(listed), unit=seat, **known)
    except InvalidInput as error:
        field = "firm" if error.field == "enterprise" else error.field
        raise InvalidInput(field, str(error)) from error


def _page(
    request: StaffRequest,
    form: RegistrationForm,
    unit: Unit,
    firms: Sequence[Enterprise],
    picked: str,
    *,
    status: int = 200,
) -> HttpResponse:
    local = unit.kind in access.LOCAL_KINDS
    context = {
        "title": "登记诉求",
        "back_url": navigation.HOME,
        "form": form,
        "unit": unit,
        "local": local,
        "firms": firms,
        "picked": picked,
        "label": "登记，开始办理" if local else "登记，等受理",
    }
    return page(request, TEMPLATE, context, status=status)


def unit_of(user: User) -> Unit:
    """Return in whose name the person registers: the office's, else his unit's."""
    kinds = access.CLERKS if access.is_clerk(user) else access.LIAISONS
    seats = user.reach.seats(*kinds)
    return next(unit for unit in all_units(user.county) if unit.pk in seats)


def _initial(request: StaffRequest, unit: Unit) -> dict[str, str]:
    channel = Channel.VISIT if unit.is_place else Channel.PHONE
    initial = {"channel": str(channel), "place": unit.code if unit.is_place else ""}
    if number := request.GET.get("enterprise", ""):
        seen = Enterprise.objects.visible_to(request.user).filter(number=number).first()
        initial["firm"] = seen.name if seen else ""
    return initial


def _matches(user: User, words: str) -> list[Enterprise]:
    """Return the enterprises of the register that the words may mean."""
    words = words.replace("\x00", "").strip()
    if len(words) < 2:
        return []
    found = Enterprise.objects.visible_to(user).search(words).select_related("township")
    return list(found.by_pinyin()[:OFFERED])


def _picked(firms: Sequence[Enterprise], number: str, words: str) -> Enterprise | None:
    """Return the enterprise that was picked, or the one whose name was typed in full."""
    if number == NOT_LISTED:
        return None
    picked = next((firm for firm in firms if firm.number == number), None)
    return picked or next((firm for firm in firms if firm.name == words.strip()), None)


def _went(request: StaffRequest, made: Appeal | None, *, local: bool) -> HttpResponse:
    if made is None:
        return went(request, "这一件已经登记过了。", navigation.APPEALS)
    if made.confidential and not access.can_lift_confidence(request.user):
        said = "已登记，由县办主任来办。企业要求保密，列表里看不到。"
        return went(request, said, navigation.APPEALS)
    after = "请联系企业、着手办理。" if local else "请受理。"
    said = f"已登记{made.number}，可以念给企业。{after}按N再登记一件。"
    return went(request, said, case_url(made.number))
