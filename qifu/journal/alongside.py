"""What is written along with the next deed, whoever's it is.

A link that opens one step is spent in the deed of that step: both commit or neither. The
actions know nothing of links, so what belongs to one is handed to the deed from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qifu.journal.deed import Deed

Along = Callable[["Deed"], None]

_next: ContextVar[Along | None] = ContextVar("alongside", default=None)


@contextmanager
def alongside(along: Along) -> Iterator[None]:
    """Have the next deed that opens inside call this before it closes; only that one."""
    before = _next.set(along)
    try:
        yield
    finally:
        _next.reset(before)


def taken() -> Along | None:
    """Return what the deed that opens now has to call, once."""
    along = _next.get()
    if along is not None:
        _next.set(None)
    return along
