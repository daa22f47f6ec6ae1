"""Whether this process can serve: for the launcher, a load balancer, a monitor."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpResponse

from qifu.web.ui.gates import OpenRequest, anyone


@anyone
def healthz(request: OpenRequest) -> HttpResponse:
    """Answer `ok` once the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("no database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
