"""What a keeper of the calendar fills in: a year's notice, or one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from qifu.workdays.named_days import NamedDay, each_day
from qifu.workdays.rules import BASIS_LENGTH, NAME_LENGTH
from qifu.workdays.wording import read_notice

HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
SPARE_ROWS = 2
MAKE_UPS = ("work1", "work2", "work3")
LONGEST = 15
TEXT_LENGTH = 5000


class DayInput(forms.DateInput):
    """The browser's own date field, written as it expects."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: str, *, required: bool = False) -> forms.DateField:
    """Ask for a day, and say in a sentence what is wrong with it."""
    return forms.DateField(
        label=label,
        required=required,
        widget=DayInput(),
        error_messages={
            "invalid": "这不是日期。请写成2027-01-01的样子。",
            "required": "没有填日期。请选一天。",
        },
    )


def basis_field() -> forms.CharField:
    """Ask on what paper the edit rests."""
    return forms.CharField(
        label="文号或依据",
        help_text="例如 国办发明电〔2026〕×号",
        max_length=BASIS_LENGTH,
        error_messages={
            "required": "没有写文号或依据。请填放假通知的文号，或更正的依据。",
            "max_length": f"文号或依据超过{BASIS_LENGTH}个字。请只写文号。",
        },
    )


class NoticeForm(forms.Form):
    """A year's notice: the text as it was printed."""

    document = basis_field()
    published_on = day_field("公布日期")
    text = forms.CharField(
        label="通知原文",
        help_text="把“一、元旦：……”起的各行粘贴进来",
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": "8"}),
        error_messages={"max_length": f"原文超过{TEXT_LENGTH}个字。请只留“一、元旦：……”起的各行。"},
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.days: tuple[NamedDay, ...] = ()

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        wording = read_notice(text, self.year)
        if wording.unread:
            raise forms.ValidationError(
                [
                    f"这一行没有读懂：“{line[:60]}”。请核对年度；确实无误就从原文里删去，"
                    "改在下面逐个填日期。"
                    for line in wording.unread
                ]
            )
        if text.strip() and not wording.days:
            raise forms.ValidationError("没有读出一个日子。请粘贴写着“放假”“上班”的那几行。")
        self.days = wording.days
        return text


class HolidayForm(forms.Form):
    """One holiday: its days off, and the days worked instead (调休)."""

    name = forms.CharField(
        label="节日",
        required=False,
        max_length=NAME_LENGTH,
        error_messages={"max_length": f"名称超过{NAME_LENGTH}个字。请只写节日的名称。"},
    )
    first = day_field("放假起")
    last = day_field("放假止")
    work1 = day_field("上班1")
    work2 = day_field("上班2")
    work3 = day_field("上班3")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The summary of errors names the holiday; beside the field the line does.
        for name, field in self.fields.items():
            if name != "name":
                field.label = f"{self['name'].value() or '其他节日'}{field.label}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        filled = [name for name in ("first", "last", *MAKE_UPS) if cleaned.get(name)]
        if last and not first:
            self.add_error("first", "只填了放假止。请把放假起也填上。")
        elif first and last and not 0 <= (last - first).days < LONGEST:
            self.add_error("last", f"放假止要在放假起之后{LONGEST}天以内。请核对日期。")
        if filled and not cleaned.get("name"):
            self.add_error("name", "没有写节日的名称。请填写。")
        return cleaned

    def days(self) -> Iterator[NamedDay]:
        """Go through the days that the line names."""
        given = self.cleaned_data
        first = given.get("first")
        if first:
            for day in each_day(first, given.get("last") or first):
                yield NamedDay(day, False, given["name"])
        for field in MAKE_UPS:
            if given.get(field):
                yield NamedDay(given[field], True, given["name"])


class DayForm(forms.Form):
    """One day that is not as the calendar has it."""

    day = day_field("哪一天", required=True)
    works = forms.ChoiceField(
        label="这一天",
        choices=[("0", "放假｜不计入时限"), ("1", "上班｜计入时限")],
        widget=forms.RadioSelect,
        error_messages={"required": "没有选放假还是上班。请选一项。"},
    )
    name = forms.CharField(
        label="名称",
        help_text="放假时写明原因，例如 雪灾停工",
        required=False,
        max_length=NAME_LENGTH,
        error_messages={"max_length": f"名称超过{NAME_LENGTH}个字。请只写节日的名称。"},
    )
    document = basis_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("works") == "0" and not cleaned.get("name"):
            self.add_error("name", "没有写放假的原因。请填写，页面上会照此说明。")
        return cleaned

    def named_day(self) -> NamedDay:
        """Return the day as it is said to be."""
        given = self.cleaned_data
        return NamedDay(given["day"], given["works"] == "1", given["name"])


HolidayRows = forms.formset_factory(HolidayForm, extra=0, max_num=20, absolute_max=20)


def rows_of(days: Sequence[NamedDay]) -> list[dict[str, object]]:
    """Arrange a notice's days as the lines of the form; the known holidays come first."""
    rows: list[dict[str, object]] = []
    names = [*HOLIDAYS, *(day.name for day in days)]
    for name in dict.fromkeys(names):
        off = [day.on for day in days if day.name == name and not day.is_workday]
        work = [day.on for day in days if day.name == name and day.is_workday]
        runs = _runs(off) or [(None, None)]
        while len(runs) * len(MAKE_UPS) < len(work):
            runs.append((None, None))
        for place, (first, last) in enumerate(runs):
            instead = work[place * len(MAKE_UPS) : (place + 1) * len(MAKE_UPS)]
            rows.append({"name": name, "first": first, "last": last})
            rows[-1].update(zip(MAKE_UPS, instead, strict=False))
    return rows + [{} for _ in range(SPARE_ROWS)]


def _runs(days: list[date]) -> list[tuple[date | None, date | None]]:
    runs: list[tuple[date | None, date | None]] = []
    for day in sorted(days):
        last = runs[-1][1] if runs else None
        if last and (day - last).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
