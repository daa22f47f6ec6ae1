"""What a reader sent: search words cleaned of what no text has, or a form."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the form that was sent, also an empty one; None on a mere visit."""
    return request.POST if request.method == "POST" else None


def search_words(request: HttpRequest, name: str = "q") -> str:
    """Return the words that were searched for, short and without what no text has."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:40]
