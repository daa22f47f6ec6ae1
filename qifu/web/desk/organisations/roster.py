"""The attachment of the notice: five groups, as printed and as the units are called."""

from __future__ import annotations

from django.http import HttpResponse

from qifu.organisations.queries import roster
from qifu.web.desk.organisations.days import chosen_day
from qifu.web.desk.organisations.tabs import stand_at_units, unit_tabs
from qifu.web.ui.answers import page
from qifu.web.ui.gates import StaffRequest, staff_only


@staff_only
def index(request: StaffRequest) -> HttpResponse:
    """Show the roster for a day (工作小组名单)."""
    stand_at_units(request)
    switch = chosen_day(request)
    context = {
        "title": "工作小组",
        "tabs": unit_tabs(request, "roster"),
        "switch": switch,
        "groups": roster(request.user.county, on=switch.day),
    }
    return page(request, "desk/organisations/roster.html", context)
