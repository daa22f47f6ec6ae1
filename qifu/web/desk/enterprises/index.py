"""The list of enterprises: searched, narrowed to a place, turned over by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from qifu.enterprises import queries
from qifu.enterprises.models import Enterprise, EnterpriseStatus
from qifu.enterprises.models.enterprises import UNASSIGNED, EnterpriseQuerySet
from qifu.enterprises.sight import SEARCHES, SEES_ALL
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import Unit
from qifu.organisations.models.people import OFFICE_POSTS
from qifu.web.ui.answers import page
from qifu.web.ui.gates import StaffRequest, staff_only
from qifu.web.ui.lists import Filter, Pager

SIZE = 25
# Stands in the address for "without a place".
NOWHERE = "-"


@dataclass(frozen=True)
class Turn:
    """One stretch of the list, and whether there is more on either side."""

    rows: Sequence[Enterprise]
    is_first: bool
    is_last: bool


@staff_only(*SEARCHES)
def index(request: StaffRequest) -> HttpResponse:
    """List what the person may see, in the order of a name list."""
    user, today = request.user, local_date(now())
    words, place = _given(request, "q"), _given(request, "place")
    found = Enterprise.objects.visible_to(user, today).select_related("township").search(words)
    places = list(queries.places(user.county, today)) if user.reach.has(*SEES_ALL) else []
    if place == NOWHERE:
        found = found.unassigned()
    elif place:
        found = found.filter(township__code=place)
    turn = _turn(found, _given(request, "after"), _given(request, "before"))
    office = user.reach.has(*OFFICE_POSTS)
    context = {
        "title": "企业",
        "rows": turn.rows,
        "in_business": EnterpriseStatus.IN_BUSINESS,
        "filters": [_place_filter(places, place, words)] if places else [],
        "words": words,
        "clear_url": reverse("desk:enterprises") if words or place else "",
        "pager": _pager(turn, {"q": words, "place": place}),
        "can_register": queries.can_register_somewhere(user, today),
        "unassigned": queries.unassigned(user.county).count() if office else 0,
        "asked": queries.requests(user.county).count() if office else 0,
    }
    return page(request, "desk/enterprises/index.html", context)


def _given(request: StaffRequest, name: str) -> str:
    # PostgreSQL takes no NUL, and nobody types a longer name.
    return request.GET.get(name, "").replace("\x00", "")[:80]


def _place_filter(places: Sequence[Unit], place: str, words: str) -> Filter:
    choices = [(NOWHERE, UNASSIGNED)]
    choices += [(unit.code, unit.short_name) for unit in places]
    return Filter("place", "属地", choices, place, "?" + urlencode({"q": words}))


def _turn(found: EnterpriseQuerySet, after: str, before: str) -> Turn:
    """Return the rows beyond the named enterprise; an unknown one begins at the start."""
    mark = found.filter(number=after or before).first() if after or before else None
    if mark is None:
        rows = list(found.by_pinyin()[: SIZE + 1])
        return Turn(rows[:SIZE], is_first=True, is_last=len(rows) <= SIZE)
    if after:
        rows = list(found.after(mark.pinyin, mark.number)[: SIZE + 1])
        return Turn(rows[:SIZE], is_first=False, is_last=len(rows) <= SIZE)
    rows = list(found.before(mark.pinyin, mark.number)[: SIZE + 1])
    return Turn(rows[:SIZE][::-1], is_first=len(rows) <= SIZE, is_last=False)


def _pager(turn: Turn, narrowed: dict[str, str]) -> Pager:
    kept = {name: value for name, value in narrowed.items() if value}
    before = after = ""
    if turn.rows and not turn.is_first:
        before = "?" + urlencode({**kept, "before": turn.rows[0].number})
    if turn.rows and not turn.is_last:
        after = "?" + urlencode({**kept, "after": turn.rows[-1].number})
    whole = turn.is_first and turn.is_last
    says = f"已显示全部{len(turn.rows)}家" if whole else f"本页{len(turn.rows)}家，按拼音排列"
    return Pager(before, after, f"前{SIZE}家", f"后{SIZE}家", says)
