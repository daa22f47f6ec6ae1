"""How a deadline was counted (时限怎么算的), day by day."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from qifu.appeals import clocks, readings
from qifu.kernel.clock import now
from qifu.kernel.explanations import day_by_day, explain
from qifu.web.portal.appeals.case import read_case
from qifu.web.ui.answers import page
from qifu.web.ui.dates import letter_date
from qifu.web.ui.gates import PersonRequest, person_only


@person_only
def deadline(request: PersonRequest, number: str) -> HttpResponse:
    """Open the count of the day by which something is owed, or of the unit's, once answered."""
    case = read_case(request.user, number, now())
    counted = case.promise.deadline
    lead = readings.lead_clock(case.clocks)
    if lead is not None and case.promise.what in ("above", "checked", "rating", "nothing"):
        counted = clocks.deadline(lead)
    context = {
        "title": "日期怎么算的",
        "back_url": reverse("portal:appeal", args=[number]),
        "appeal": case.appeal,
        "explained": explain(counted, case.at, letter_date) if counted else None,
        "days": [
            {
                "on": letter_date(day.on),
                "label": day.label,
                "counted": day.counted,
                "due": day.is_due,
            }
            for day in (day_by_day(counted, case.at) if counted else [])
        ],
        "promised": counted is not None and counted.promised_on is not None,
    }
    return page(request, "portal/appeals/deadline.html", context)
