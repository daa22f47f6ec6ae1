"""The second step: whose problem it is. Not being in the register never blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse

from qifu.appeals.actions.lodging import check_enterprise_name
from qifu.appeals.catalogue import all_units
from qifu.enterprises.lookup import by_name, spoken_for
from qifu.enterprises.models import Enterprise
from qifu.kernel.clock import local_date, now
from qifu.web.portal.drafts import Draft, draft_of, keep, person_of
from qifu.web.portal.fields import CheckedField
from qifu.web.portal.raising.steps import onward, step_page, wants_later
from qifu.web.ui.fields import NOTE_SIGN
from qifu.web.ui.gates import OpenRequest, anyone

ANOTHER = "another"
AS_TYPED = "as-typed"
NOT_LISTED = "请在列出的里面选一个。"


class EnterpriseForm(forms.Form):
    """One of one's own enterprises, one that the register knows by the name, or the name."""

    own = forms.ChoiceField(
        label="是哪家企业的事",
        widget=forms.RadioSelect,
        error_messages={"required": "还没选是哪家企业的事。请选一家。"},
    )
    name = CheckedField(
        check_enterprise_name,
        label="企业名称",
        help_text="写几个字就能找；名录里没有也可以照写。",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    match = forms.ChoiceField(
        label="是不是这一家",
        widget=forms.RadioSelect,
        error_messages={"required": "名录里有名称相近的企业，请看是不是其中一家。"},
    )
    place = forms.ChoiceField(
        label="在哪个乡镇或园区", required=False, help_text="能帮我们更快找对单位。"
    )

    def __init__(
        self,
        *given: Any,
        own: Sequence[Enterprise],
        found: Sequence[Enterprise],
        places: Sequence[tuple[str, str]],
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        self.spoken_for = {each.number: each for each in own}
        self.found = {each.number: each for each in found}
        self._offer("own", [*_choices(own), (ANOTHER, "另一家企业")])
        self._offer("match", [*_choices(found), (AS_TYPED, "都不是，就用我写的名字")])
        self._offer("place", places)
        self.fields["own"].required = bool(own)
        if own:
            self.fields["name"].label = "另一家企业的名称"
        # Looked at only where the register knows some, and then not to be passed over.
        self.fields["match"].required = bool(found)

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        field.error_messages["invalid_choice"] = NOT_LISTED

    def clean(self) -> dict[str, Any]:
        """Find the enterprise that is meant, or ask which of those with such a name."""
        cleaned: dict[str, Any] = super().clean() or {}
        meant = cleaned["meant"] = self._meant(cleaned)
        for field in self._unasked(meant):
            self.errors.pop(field, None)
        return cleaned

    def _unasked(self, meant: Enterprise | None) -> tuple[str, ...]:
        if meant is not None:
            return ("own", "name", "match")
        if self.data.get("own") or not self.spoken_for:
            return ()
        # A name alone says that it is another enterprise; neither, and the pick is asked for.
        return ("own",) if self.data.get("name", "").strip() else ("name",)

    def _meant(self, cleaned: dict[str, Any]) -> Enterprise | None:
        own = self.spoken_for.get(cleaned.get("own", ""))
        exact = (each for each in self.found.values() if each.name == cleaned.get("name"))
        picked = self.found.get(cleaned.get("match", ""))
        return own or picked or (None if cleaned.get("match") else next(exact, None))

    def kept(self) -> dict[str, str]:
        """Return what the draft keeps of it."""
        meant: Enterprise | None = self.cleaned_data["meant"]
        if meant is not None:
            return {"enterprise": meant.number, "enterprise_name": meant.name, "place": ""}
        name, place = self.cleaned_data["name"], self.cleaned_data["place"]
        return {"enterprise": "", "enterprise_name": name, "place": place}


@anyone
def enterprise(request: OpenRequest) -> HttpResponse:
    """Take down whose problem it is: spoken for, found by its name, or as it is written."""
    draft = draft_of(request)
    if not draft:
        return onward(request, draft)
    county, person = request.county.code, person_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    form = EnterpriseForm(
        request.POST or None,
        initial=_begun(draft),
        own=spoken_for(person, local_date(now())) if person else [],
        found=by_name(county, asked.get("name", "")),
        places=_places(county),
    )
    if form.is_valid():
        return onward(request, keep(request, **form.kept()))
    if wants_later(request):
        return onward(request, draft)
    status = 422 if form.errors else 200
    return step_page(request, "enterprise", {"form": form}, status=status, part="matches")


def _begun(draft: Draft) -> dict[str, str]:
    own = draft.enterprise or (ANOTHER if draft.enterprise_name else "")
    return {"own": own, "name": draft.enterprise_name, "place": draft.place}


def _places(county: str) -> list[tuple[str, str]]:
    today = local_date(now())
    units = [unit for unit in all_units(county) if unit.is_place and unit.is_in_force(today)]
    units.sort(key=lambda unit: (unit.pinyin, unit.code))
    return [("", "不清楚，先不选"), *((unit.code, unit.short_name) for unit in units)]


def _choices(enterprises: Sequence[Enterprise]) -> list[tuple[str, str]]:
    return [(each.number, f"{each.name}{NOTE_SIGN}{each.place_name}") for each in enterprises]
