"""The third step: how to reach the person; a phone that nobody has signed in with is proved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse

from qifu.appeals.actions.lodging import check_contact_name
from qifu.appeals.rules import ContactWay
from qifu.organisations.models import User
from qifu.web.portal.drafts import Draft, draft_of, keep, person_of
from qifu.web.portal.fields import CheckedField, mobile_field, phone_field
from qifu.web.portal.phone_codes import asked, code_url
from qifu.web.portal.raising.steps import CHECK, onward, step_page, wants_later
from qifu.web.ui.answers import see_other
from qifu.web.ui.gates import OpenRequest, anyone
from qifu.web.ui.masks import mask_phone

# ?phone=another: reach me at another number than the one I signed in with; ?phone=own: do not.
ANOTHER, OWN = "another", "own"


class ContactForm(forms.Form):
    """Who, and by which way."""

    contact_name = CheckedField(
        check_contact_name,
        label="怎么称呼您",
        help_text="如“王经理”。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_way = forms.ChoiceField(
        label="希望怎么联系",
        widget=forms.RadioSelect,
        choices=ContactWay.choices,
        error_messages={
            "required": "还没选怎么联系。请选一种。",
            "invalid_choice": "请在列出的里面选一种。",
        },
    )

    def __init__(self, *given: Any, person: User | None, other_phone: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if person is None:
            self.fields["contact_phone"] = mobile_field(
                label="手机号", help_text="下一步发6位验证码，确认是您本人。"
            )
        elif other_phone:
            self.fields["contact_phone"] = phone_field(
                label="联系电话", help_text="手机或带区号的座机。"
            )
        self.order_fields(["contact_name", "contact_phone", "contact_way"])


@anyone
def contact(request: OpenRequest) -> HttpResponse:
    """Take down how to reach the person."""
    draft, person = draft_of(request), person_of(request)
    if draft.next_step() in ("problem", "enterprise"):
        return onward(request, draft)
    own = person.phone if person else ""
    other_phone = _wants_other(request.GET.get("phone", ""), draft, own)
    form = ContactForm(
        request.POST or None,
        initial=_begun(draft, person),
        person=person,
        other_phone=other_phone,
    )
    status = 422 if form.errors else 200
    if form.is_valid() or wants_later(request):
        draft = keep(request, **{"contact_phone": own, **form.cleaned_data})
        if person is not None or wants_later(request):
            return onward(request, draft)
        status = asked(request, form, "contact_phone")
        if not status:
            return see_other(request, code_url(CHECK))
    context = {
        "form": form,
        "own_phone": mask_phone(own) if own and not other_phone else "",
        "another_url": f"?phone={ANOTHER}",
        "own_url": f"?phone={OWN}" if own and other_phone else "",
    }
    return step_page(request, "contact", context, status=status)


def _wants_other(asked: str, draft: Draft, own: str) -> bool:
    return asked == ANOTHER or (asked != OWN and draft.contact_phone not in ("", own))


def _begun(draft: Draft, person: User | None) -> dict[str, str]:
    name = draft.contact_name or (person.name if person else "")
    phone = draft.contact_phone if draft.contact_phone != (person.phone if person else "") else ""
    return {"contact_name": name, "contact_phone": phone, "contact_way": draft.contact_way}
