"""Keyed digests of what need not be readable to be compared: addresses, phones, codes."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def digest(purpose: str, *parts: str) -> str:
    """Return the installation's own digest of the parts, for one purpose only."""
    return salted_hmac(
        f"qifu.organisations.{purpose}", "\n".join(parts), algorithm="sha256"
    ).hexdigest()
