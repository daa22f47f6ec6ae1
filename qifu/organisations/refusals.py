"""The database's refusals in words: whoever lost a race reads a sentence, not a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError

from qifu.kernel.errors import DomainError


@contextmanager
def explained(sentences: Mapping[str, DomainError]) -> Iterator[None]:
    """Raise the constraint's own sentence where the database refuses a row."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        sentence = sentences.get(getattr(diagnosis, "constraint_name", None) or "")
        if sentence is None:
            raise
        raise sentence from error
