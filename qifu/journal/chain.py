"""How one event is bound to the one before it: canonical bytes and a keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings

GENESIS = "0" * 64


def as_code(value: Any) -> Any:
    """Turn a column's value into what JSON can hold, the same way every time."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): as_code(item) for key, item in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [as_code(item) for item in value]
    return value


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
