"""How one event is bound to the one before it: canonical bytes and a keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.duration import duration_iso_string

GENESIS = "0" * 64


def as_code(value: Any) -> Any:
    """Turn a column's value into what JSON can hold, the same way every time.

    The column's `to_python` turns it back (`rebuild`).

    Raises:
        TypeError: the value does not survive the way to the database and back
            unchanged, as a float does not: its hash would no longer fit.
    """
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): as_code(item) for key, item in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [as_code(item) for item in value]
    return _scalar_code(value)


def _scalar_code(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"The journal cannot hold {type(value).__name__}: {value!r}")


def event_hash(fields: list[Any], prev: str) -> str:
    """Return the HMAC-SHA256 of one event and its predecessor's hash.

    The key lies outside the database, so that whoever owns the tables still cannot
    forge a chain.
    """
    body = json.dumps([*fields, prev], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hmac.new(settings.JOURNAL_KEY, body.encode(), hashlib.sha256).hexdigest()


def text_digest(salt: bytes, kind: str, heading: str, body: str) -> str:
    """Return the salted hash by which an event knows a text."""
    words = json.dumps([kind, heading, body], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(salt + words.encode()).hexdigest()
