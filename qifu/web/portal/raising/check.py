"""The last look (核对) before it is sent; sent twice, it is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from qifu.appeals.actions import lodging
from qifu.appeals.catalogue import units_by_code
from qifu.appeals.categories import category_of
from qifu.appeals.models import Appeal
from qifu.appeals.promises import handed_out_by
from qifu.appeals.rules import ContactWay
from qifu.attachments.models import Attachment
from qifu.enterprises.lookup import by_number
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from qifu.web.portal.drafts import Draft, draft_of, person_of
from qifu.web.portal.raising.steps import onward
from qifu.web.ui.answers import Outcome, page, run, see_other
from qifu.web.ui.dates import letter_date
from qifu.web.ui.gates import OpenRequest, anyone
from qifu.web.ui.masks import mask_phone


class CheckForm(forms.Form):
    """What is said with the sending itself: that others are not to see it."""

    confidential = forms.BooleanField(
        label="请为我保密",
        required=False,
        help_text=(
            "勾了，只有您、县办主任和指定的经办人看得到；您企业的同事、县办其他人、"
            "包联干部都看不到。短信里也不写内容，要登录才看得到。"
        ),
    )


@anyone
def check(request: OpenRequest) -> HttpResponse:
    """Show everything once more, then send it."""
    draft, person = draft_of(request), person_of(request)
    if draft.next_step() != "check":
        return onward(request, draft)
    if person is None:
        return see_other(request, reverse("portal:raise-contact"))
    form = CheckForm(request.POST or None)

    def submit(*, confidential: bool, **when: Any) -> Appeal:
        said = replace(_said(draft, person, when["at"]), confidential=confidential)
        return lodging.submit(said, **when)

    outcome = run(request, submit, form)
    if outcome.done:
        number = _number(outcome, person)
        # The page that shows the result puts the draft away: if it never arrives, the
        # draft is still here, and sending it again leads to the same result.
        return see_other(request, f"{reverse('portal:next', args=[number])}?sent={draft.hint}")
    context = {
        "title": "核对一下",
        "back_url": reverse("portal:raise-contact"),
        "form": form,
        "draft": draft,
        "files": _files(draft, request.county.code, person),
        **_words(draft, request.county.code),
    }
    return page(request, "portal/raising/check.html", context, status=outcome.status)


def _said(draft: Draft, person: User, at: datetime) -> lodging.Said:
    county = person.county
    chosen = by_number(county, draft.enterprise) if draft.enterprise else None
    return lodging.Said(
        problem=draft.problem,
        contact_name=draft.contact_name,
        contact_phone=draft.contact_phone,
        contact_way=draft.contact_way,
        enterprise=chosen,
        enterprise_name=draft.enterprise_name,
        place=units_by_code(county, local_date(at)).get(draft.place),
        category=category_of(county, draft.category),
        files=_files(draft, county, person),
    )


def _number(outcome: Outcome[Appeal], person: User) -> str:
    if outcome.made is not None:
        return outcome.made.number
    made_then = outcome.already.subject_id if outcome.already else None
    return Appeal.objects.visible_to(person, local_date(now())).get(pk=made_then or 0).number


def _files(draft: Draft, county: str, person: User) -> list[Attachment]:
    if not draft.files:
        return []
    return list(Attachment.objects.staged_by(county, person, draft.files))


def _words(draft: Draft, county: str) -> dict[str, Any]:
    category = category_of(county, draft.category)
    at = now()
    place = units_by_code(county, local_date(at)).get(draft.place)
    return {
        "category": category.name if category else "",
        "place": place.short_name if place else "",
        "phone": mask_phone(draft.contact_phone),
        "way": ContactWay(draft.contact_way).label,
        "told_by": letter_date(handed_out_by(county, at)),
    }
