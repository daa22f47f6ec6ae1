"""The first step: what is wrong, in the enterprise's own words."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse

from qifu.appeals.actions.lodging import check_problem
from qifu.appeals.actions.texts import WORDS_MAX
from qifu.appeals.categories import kinds_in_force
from qifu.kernel.clock import local_date, now
from qifu.web.portal.drafts import draft_of, keep, throw_away, waits_for_its_writer
from qifu.web.portal.fields import CheckedField
from qifu.web.portal.raising.steps import onward, step_page, wants_later
from qifu.web.ui.answers import see_other
from qifu.web.ui.fields import NOTE_SIGN
from qifu.web.ui.gates import OpenRequest, anyone
from qifu.web.ui.toasts import say


class ProblemForm(forms.Form):
    """One large box; what it is about may be left to the office."""

    problem = CheckedField(
        check_problem,
        missing="还没写难处。请说一句遇到了什么事，比如“办不动产证缺材料”。",
        label="遇到了什么难处",
        help_text="像平常说话一样写，一次可以说几件。",
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    category = forms.ChoiceField(
        label="属于哪一类",
        required=False,
        widget=forms.RadioSelect,
        help_text="不选也行，我们来分。",
    )

    def __init__(self, *given: object, county: str, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        tops = [top for top, _ in kinds_in_force(county, local_date(now()))]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (top.code, f"{top.name}{NOTE_SIGN}最好写上：{top.hint}" if top.hint else top.name)
            for top in tops
        ]
        self.fields["category"].error_messages["invalid_choice"] = "没有这一类，请重新选。"


@anyone
def problem(request: OpenRequest) -> HttpResponse:
    """Take down what is wrong and keep it at once."""
    if "discard" in request.POST:
        throw_away(request)
        say(request, "没写完的那件已经扔掉。")
        return see_other(request, "/")
    draft = draft_of(request)
    begun = {"problem": draft.problem, "category": draft.category}
    form = ProblemForm(request.POST or None, initial=begun, county=request.county.code)
    if form.is_valid():
        return onward(request, keep(request, **form.cleaned_data))
    half = str(form["problem"].value() or "")
    if wants_later(request) and len(half) <= WORDS_MAX:
        return onward(request, keep(request, problem=half))
    context = {"form": form, "most": WORDS_MAX, "elsewhere": waits_for_its_writer(request)}
    return step_page(request, "problem", context, status=422 if form.errors else 200)
