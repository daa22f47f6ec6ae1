"""The first step: what is wrong, in the enterprise's own words."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse

from qifu.appeals.actions.lodging import check_problem
from qifu.appeals.actions.texts import WORDS_MAX
from qifu.appeals.categories import kinds_in_force
from qifu.kernel.clock import local_date, now
from qifu.web.portal.drafts import (
    Draft,
    draft_of,
    keep,
    person_of,
    throw_away,
    waits_for_its_writer,
)
from qifu.web.portal.fields import CheckedField
from qifu.web.portal.raising.steps import onward, step_page, wants_later
from qifu.web.ui.answers import see_other
from qifu.web.ui.fields import NOTE_SIGN
from qifu.web.ui.gates import OpenRequest, anyone
from qifu.web.ui.toasts import say
from qifu.web.ui.uploads import UploadingForm, receive, typed


class ProblemForm(UploadingForm):
    """One large box; what it is about may be left to the office."""

    cautious = ("problem",)

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
    draft, county = draft_of(request), request.county.code
    begun = {"problem": draft.problem, "category": draft.category}
    uploads = receive(request, county=county, by=person_of(request), codes=draft.files)
    lying = tuple(uploads.codes)
    if uploads.only_files:
        begun = typed(request.POST, tuple(begun))
        keep(request, problem=_half(begun, draft), files=lying)
        form = ProblemForm(initial=begun, county=county, uploads=uploads)
        return _page(request, form, status=422 if uploads.refused else 200)
    form = ProblemForm(request.POST or None, initial=begun, county=county, uploads=uploads)
    if form.is_valid():
        return onward(request, keep(request, **form.cleaned_data, files=lying))
    half = str(form["problem"].value() or "")
    if lying != draft.files:
        keep(request, problem=_half({"problem": half}, draft), files=lying)
    if wants_later(request) and len(half) <= WORDS_MAX and not uploads.refused:
        return onward(request, keep(request, problem=half))
    return _page(request, form, status=422 if form.errors else 200)


def _page(request: OpenRequest, form: ProblemForm, *, status: int) -> HttpResponse:
    context = {"form": form, "most": WORDS_MAX, "elsewhere": waits_for_its_writer(request)}
    return step_page(request, "problem", context, status=status)


def _half(begun: Mapping[str, str], draft: Draft) -> str:
    """Return what is written so far, unless nobody could keep it."""
    words = begun.get("problem", "")
    return words if len(words) <= WORDS_MAX else draft.problem
