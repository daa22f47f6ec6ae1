"""What tests look for on a page, and what they count behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qifu.notices.models import Notice

# How a transaction is held together is not a question to the database.
HOLDING = re.compile(r"SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT")
TAGS = re.compile(r"<[^>]*>")


def words(answer: Any) -> str:
    """Return what a reader sees of a page, without markup and line breaks."""
    text = unescape(TAGS.sub("\n", answer.content.decode()))
    return re.sub(r"\s*\n\s*", " ", text)


def read(client: Client, path: str, status: int = 200) -> str:
    """Open a page and return its words."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return words(answer)


def last_code(phone: str) -> str:
    """Return the code that the phone received last."""
    letters = Notice.objects.across_counties("a phone knows no county").filter(address=phone)
    found = re.search(r"验证码(\d{6})", letters.latest("pk").body)
    assert found is not None
    return found[1]


@contextmanager
def queries_at_most(most: int) -> Iterator[None]:
    """Fail when more questions are put to the database; transactions are not counted."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured if not HOLDING.match(query["sql"])]
    assert len(asked) <= most, "\n".join(asked)
