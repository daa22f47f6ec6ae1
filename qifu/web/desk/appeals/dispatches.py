"""交办: who leads, who helps, which limit; proposed by the catalogue, decided by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from qifu.appeals import access
from qifu.appeals.actions import dispatching as actions
from qifu.appeals.catalogue import Proposal, propose, question, rules_in_force, units_by_code
from qifu.appeals.clocks import timing
from qifu.appeals.handling import handling_days, upper_day
from qifu.appeals.models import Appeal, Dispatch
from qifu.appeals.queries import newest_dispatch
from qifu.appeals.rules import Nature
from qifu.kernel.clock import local_date, now
from qifu.organisations.absences import away_on, said_of
from qifu.organisations.models import Absence, Unit, UnitKind
from qifu.web.desk.appeals.forms import CategoryField
from qifu.web.desk.appeals.hints import hints
from qifu.web.desk.appeals.rows import case_url
from qifu.web.desk.appeals.steps import only, over, posted, step_case, went
from qifu.web.ui.answers import page, run
from qifu.web.ui.dates import desk_date
from qifu.web.ui.failures import refused
from qifu.web.ui.gates import StaffRequest, staff_only

TEMPLATE = "desk/appeals/dispatch.html"
TO_DISPATCH = "/desk/queues/to-dispatch/"
ONLY_CLERKS = "交办由县办受理员来办。"
# Kinds that can be given work, in the order of the list.
GROUPS = (
    ("县直单位", (UnitKind.DEPARTMENT,)),
    ("公用企业、院校、媒体", (UnitKind.UTILITY, UnitKind.SCHOOL, UnitKind.MEDIA)),
    ("乡镇、园区", (UnitKind.TOWNSHIP, UnitKind.PARK, UnitKind.ZONE)),
)


class DispatchForm(forms.Form):
    """One LEAD, any ASSISTs, the kind of work and a word to the units."""

    lead = forms.ChoiceField(
        label="主办单位",
        error_messages={
            "required": "还没选主办单位。请选一个。",
            "invalid_choice": "这个单位已不存在。请重新选。",
        },
    )
    assists = forms.MultipleChoiceField(
        label="协办单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "有一个协办单位已不存在。请重新选。"},
    )
    nature = forms.ChoiceField(
        label="类型与答复企业的时限",
        widget=forms.RadioSelect,
        error_messages={"required": "还没选类型。请选一项，时限由它定。"},
    )
    words = forms.CharField(
        label="交办意见",
        help_text="只给承办单位看",
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def __init__(
        self,
        *given: Any,
        units: Mapping[str, Unit],
        proposal: Proposal,
        at: datetime,
        away: Sequence[Absence] = (),
        categorised: bool = True,
        upper: date | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.units = units
        county = next(iter(units.values())).county
        if not categorised:  # handed up by a unit that did not say what it is about
            self.fields["category"] = CategoryField(
                county, label="类别", error_messages={"required": "还没选类别。请选最接近的一类。"}
            )
            self.order_fields(["category"])
        self.fields["lead"].choices = [("", "请选"), *_grouped(units, away)]  # type: ignore[attr-defined]
        self.fields["assists"].choices = _helpers(units, proposal)  # type: ignore[attr-defined]
        self.fields["nature"].choices = _natures(county, at, upper)  # type: ignore[attr-defined]

    def clean_lead(self) -> Unit:
        return self.units[self.cleaned_data["lead"]]

    def clean_assists(self) -> list[Unit]:
        return [self.units[code] for code in self.cleaned_data["assists"]]

    def clean_nature(self) -> Nature:
        return Nature(self.cleaned_data["nature"])


@staff_only
def dispatches(request: StaffRequest, number: str) -> HttpResponse:
    """Hand the case out, as proposed or otherwise (交办)."""
    case, at = step_case(request, number), now()
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if request.method != "POST" and not access.can_dispatch(request.user, case):
        return over(case)
    on = local_date(at)
    known = units_by_code(case.county, on)
    proposal = propose(rules_in_force(case.county, on), known, question(case))
    units = {unit.code: unit for unit in known.values()}
    away = away_on(case.county, on)
    form = DispatchForm(
        posted(request),
        units=units,
        proposal=proposal,
        at=at,
        away=away,
        categorised=case.category is not None,
        upper=upper_day(case),
        initial=_initial(proposal),
    )
    outcome = run(request, partial(_dispatch, case, proposal), form)
    if outcome.done:
        return _gone(request, case, form, outcome.made)
    context = {
        "title": f"交办 {number}",
        "case": case,
        "back_url": case_url(number),
        "form": form,
        "proposal": proposal,
        "away": said_of(away, proposal.lead) if proposal.lead else "",
        "helped": "、".join(unit.short_name for unit in proposal.assists),
        "open_assists": bool(form.errors.get("assists")),
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "minutes": timing(case.county, at).limits.take_back_minutes,
        "alike": hints(case, request.user),
    }
    return page(request, TEMPLATE, context, status=outcome.status)


@staff_only
@require_POST
def take_backs(request: StaffRequest, number: str) -> HttpResponse:
    """Take the newest dispatch back, while nobody has signed (撤回交办)."""
    order = newest_dispatch(request.user, number, local_date(now()))
    case = order.appeal if order else step_case(request, number)
    only(access.is_clerk(request.user), ONLY_CLERKS)
    if order is None:
        return over(case)
    outcome = run(request, partial(actions.take_back, order))
    if outcome.error is not None:
        return refused(request, outcome.error)
    return went(request, f"已撤回{number}的交办，请重新确定单位。", case_url(number))


def _dispatch(case: Appeal, proposal: Proposal, **said: Any) -> Dispatch:
    lead, assists, nature = said["lead"], said["assists"], said["nature"]
    followed = (
        proposal.lead == lead
        and set(proposal.assists) == set(assists)
        and proposal.nature == nature
    )
    return actions.dispatch(case, rule=proposal.rule, followed=followed, **said)


def _gone(
    request: StaffRequest, case: Appeal, form: DispatchForm, order: Dispatch | None
) -> HttpResponse:
    to = TO_DISPATCH if request.POST.get("back") == "queue" else case_url(case.number)
    if order is None:
        return went(request, f"{case.number}已经交办过了。", to)
    helpers = "、".join(unit.short_name for unit in form.cleaned_data["assists"])
    helped = f"，{helpers}协办" if helpers else ""
    minutes = timing(case.county, order.at).limits.take_back_minutes
    return went(
        request,
        f"{case.number}已交{form.cleaned_data['lead'].short_name}主办{helped}。",
        to,
        undo=case_url(case.number, "take-backs"),
        until=order.at + timedelta(minutes=minutes),
    )


def _initial(proposal: Proposal) -> dict[str, Any]:
    if proposal.lead is None:
        return {"nature": Nature.GENERAL}
    assists = [unit.code for unit in proposal.assists]
    return {"lead": proposal.lead.code, "assists": assists, "nature": proposal.nature}


def _grouped(
    units: Mapping[str, Unit], away: Sequence[Absence] = ()
) -> list[tuple[str, list[tuple[str, str]]]]:
    by_name = sorted(units.values(), key=lambda unit: (unit.pinyin, unit.code))
    groups = []
    for title, kinds in GROUPS:
        members = [(unit.code, _named(unit, away)) for unit in by_name if unit.kind in kinds]
        if members:
            groups.append((title, members))
    return groups


def _named(unit: Unit, away: Sequence[Absence]) -> str:
    said = said_of(away, unit)
    return f"{unit.short_name}（{said}）" if said else unit.short_name


def _helpers(units: Mapping[str, Unit], proposal: Proposal) -> list[tuple[str, str]]:
    """Return who may help, those proposed first."""
    proposed = [(unit.code, unit.short_name) for unit in proposal.assists]
    rest = [choice for _, members in _grouped(units) for choice in members]
    return [*proposed, *(choice for choice in rest if choice not in proposed)]


def _natures(county: str, at: datetime, upper: date | None) -> list[tuple[str, str]]:
    """Return the kinds of work, each with the day that it promises the enterprise."""
    rules = timing(county, at)
    choices = []
    for nature in Nature:
        days = handling_days(rules, nature, local_date(at), upper=upper)
        promise = f"{days}个工作日，{desk_date(rules.due_on(days, at))}24:00前答复企业"
        choices.append((nature.value, f"{nature.label}｜{promise}"))
    return choices
