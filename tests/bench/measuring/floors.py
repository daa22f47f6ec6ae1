"""What stands below every page: Django alone, and Django with session, user and a table.

Neither passes the product's middleware. Asked to (`X-Bench-Count`), an answer also says
how many queries it took; nobody counts while times are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

from qifu.appeals.models import Appeal

EMPTY, TABLE = "/bench/empty/", "/bench/table/"
COUNT = "X-Bench-Count"
ROWS = 25
PAGE = """<!doctype html><html lang="zh-CN"><title>{{ name }}</title><table>{% for row in rows %}
<tr><td>{{ row.number }}<td>{{ row.get_state_display }}<td>{{ row.title }}
<td>{{ row.enterprise_name }}<td>{{ row.lead_unit.short_name }}<td>{{ row.due_on.isoformat }}
{% endfor %}</table></html>"""

Answer = Callable[[HttpRequest], HttpResponse]


class BesideTheProduct:
    """Answers the floors before anything of the product is asked; counts where asked to."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.template = Template(PAGE)
        self.table = SessionMiddleware(AuthenticationMiddleware(self._table))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if COUNT not in request.headers:
            return self._answer(request)
        asked = 0

        def count(execute: Any, *given: Any) -> Any:
            nonlocal asked
            asked += 1
            return execute(*given)

        with connection.execute_wrapper(count):
            answer = self._answer(request)
        answer.headers[COUNT] = str(asked)
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == EMPTY:
            return HttpResponse("")
        if request.path_info == TABLE:
            return self.table(request)  # type: ignore[return-value]
        return self.get_response(request)

    def _table(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        rows = Appeal.objects.in_county(user.county).with_words()
        newest = rows.order_by("-submitted_at", "-pk")[:ROWS]
        return HttpResponse(self.template.render(Context({"rows": newest, "name": user.name})))
