"""Drawing cases for a call back: even, repeatable, and not to be foreseen.

Whether a case is drawn follows from its number and a key that no unit has: nobody can
arrange his cases around it, and an inspector can draw the same lots again.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def is_drawn(county: str, number: str, purpose: str, percent: int) -> bool:
    """Tell whether a case is among the so many per cent drawn for the purpose (抽查)."""
    lot = hmac.new(
        settings.JOURNAL_KEY, f"{purpose}:{county}:{number}".encode(), hashlib.sha256
    ).digest()
    return int.from_bytes(lot[:8]) % 100 < percent
