"""Sessions in the database, which tell a database that is away from a session that is gone."""

from __future__ import annotations

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Stored
from django.db import OperationalError


class SessionStore(Stored):
    """Django takes any failure to save for a session that was deleted (400).

    Whoever presses a button while the database restarts would read that his request was
    bad; it was ours that failed (500), and the same button does it a moment later.
    """

    def save(self, must_create: bool = False) -> None:
        """Save what the session holds."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise
