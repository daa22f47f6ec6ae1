"""What is written to the log says nothing by which somebody could act."""

from __future__ import annotations

import logging
import re

# What opens a step without an account stands behind `/links/` in an address.
TOKENS = re.compile(r"(/links/)[^/\s\"'?]+")


class Reticent(logging.Filter):
    """Takes the tokens of one-time links out of every line (免登链接)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line, then let it pass."""
        said = record.getMessage()
        if "/links/" in said:
            record.msg, record.args = TOKENS.sub(r"\1…", said), ()
        return True
