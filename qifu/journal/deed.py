"""A deed: one action's writes and its one event, all or nothing.

Every write of every room passes here, so the journal cannot be forgotten: what is not
in a deed is not written, and what is written can be rebuilt from the deeds.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db import IntegrityError, OperationalError, connection, models, transaction
from psycopg.errors import DeadlockDetected

from qifu.journal.alongside import taken
from qifu.journal.chain import GENESIS, as_code, event_hash, text_digest
from qifu.journal.models import Event, Text
from qifu.kernel.county import CountyModel
from qifu.kernel.errors import AlreadyDone, DomainError, NotAllowed, StaleState

R = TypeVar("R", bound=CountyModel)


class Actor(Protocol):
    """Whoever acts: an account. The system itself acts as None."""

    @property
    def pk(self) -> Any: ...

    @property
    def county(self) -> str: ...


@contextmanager
def deed(
    kind: str, *, county: str, by: Actor | None, at: datetime, key: str = ""
) -> Iterator[Deed]:
    """Open a deed: everything inside commits together with one event, or not at all.

    `key` is the one-time key of the form that was sent. The same key a second time
    raises `AlreadyDone` naming what the first one made, however the two raced.

    Raises:
        NotAllowed: the actor is of another county; nobody writes in two.
    """
    if by is not None and by.county != county:
        raise NotAllowed("这是别的县的事项，您不能办理。")
    along = taken()
    try:
        with transaction.atomic(durable=True):
            work = Deed(kind, county=county, by=by, at=at, key=key)
            yield work
            if along is not None:
                along(work)
            work.close()
    except AlreadyDone:
        raise
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        # Two deeds waited for each other and the database let one go: nothing is lost.
        raise StaleState from error
    except (DomainError, IntegrityError):
        # The first of two equal submissions moved the row, so the second was refused:
        # that is not an error to the person who pressed the button twice.
        if key and (done := _done(county, key)):
            raise done from None
        raise


class Deed:
    """The writes of one action, gathered for its event."""

    def __init__(
        self, kind: str, *, county: str, by: Actor | None, at: datetime, key: str = ""
    ) -> None:
        self.kind = kind
        self.county = county
        self.by = by
        self.at = at
        self.key = key
        self._subject: CountyModel | None = None
        self._data: dict[str, Any] = {}
        self._texts: list[Text] = []
        self._rows: list[list[Any]] = []
        self._reference = False

    def about(self, row: CountyModel) -> None:
        """Name the row that this deed concerns; its page shows the event."""
        self._subject = row

    def note(self, **codes: Any) -> None:
        """Keep codes, numbers, dates or references in the event; never free text."""
        self._data.update(codes)

    def add(self, row: R) -> R:
        """Insert one row in this county."""
        self._flush_texts()
        row.county = self.county
        row.save(force_insert=True)
        self._note_row("+", row, [field.attname for field in _columns(row)])
        return row

    def add_all(self, rows: Sequence[R]) -> list[R]:
        """Insert several rows of one kind with one statement."""
        if not rows:
            return []
        self._flush_texts()
        for row in rows:
            row.county = self.county
        made = type(rows[0])._base_manager.bulk_create(rows)
        for row in made:
            self._note_row("+", row, [field.attname for field in _columns(row)])
        return made

    def change(
        self, row: CountyModel, *, expect: Mapping[str, object] | None = None, **changes: Any
    ) -> None:
        """Write the named columns, if the row still is as `expect` says.

        One conditional UPDATE, so nobody's work is overwritten and no lock is held.

        Raises:
            StaleState: the row has moved in the meantime; nothing was written.
        """
        self._flush_texts()
        rows = type(row)._base_manager.filter(pk=row.pk, county=self.county, **(expect or {}))
        if not rows.update(**changes):
            raise StaleState
        for name, value in changes.items():
            setattr(row, name, value)
        names = [row._meta.get_field(name).attname for name in changes]  # type: ignore[union-attr]
        self._note_row("=", row, names)

    def change_all(self, changes: Sequence[tuple[R, Mapping[str, Any]]]) -> None:
        """Write the same columns of several rows with one statement.

        Unconditional: only for rows that a row changed before in this deed guards.
        """
        self._flush_texts()
        names = list(changes[0][1])
        for row, values in changes:
            for name in names:
                setattr(row, name, values[name])
        rows = [row for row, _ in changes]
        type(rows[0])._base_manager.filter(county=self.county).bulk_update(rows, names)
        columns = [rows[0]._meta.get_field(name).attname for name in names]  # type: ignore[union-attr]
        for row in rows:
            self._note_row("=", row, columns)

    def change_alike(
        self, rows: Sequence[R], *, expect: Mapping[str, object] | None = None, **changes: Any
    ) -> None:
        """Write the same values to several rows with one conditional UPDATE, all or none.

        Raises:
            StaleState: one of them has moved in the meantime; nothing was written.
        """
        self._flush_texts()
        keys = [row.pk for row in rows]
        found = type(rows[0])._base_manager.filter(
            pk__in=keys, county=self.county, **(expect or {})
        )
        if found.update(**changes) != len(rows):
            raise StaleState
        names = [rows[0]._meta.get_field(name).attname for name in changes]  # type: ignore[union-attr]
        for row in rows:
            for name, value in changes.items():
                setattr(row, name, value)
            self._note_row("=", row, names)

    def text(self, kind: str, body: str, heading: str = "") -> Text:
        """Keep free or personal text in an erasable row; the event keeps its hash.

        The row is written together with the next ones, so point to it and go on.
        """
        salt = secrets.token_bytes(16)
        text = Text(
            county=self.county,
            kind=kind,
            heading=heading,
            body=body,
            salt=salt,
            digest=text_digest(salt, kind, heading, body),
            made_at=self.at,
        )
        self._texts.append(text)
        return self.cite(text)

    def cite(self, text: Text) -> Text:
        """Let the event say words that are kept already, unchanged; nothing is written."""
        self._data.setdefault("texts", []).append([text.kind, str(text.pk), text.digest])
        return text

    def close(self) -> None:
        """Write the event, as the last statement, under the county's lock."""
        self._flush_texts()
        seq, prev, done = _take_head(self.county, self.key)
        if done:
            raise done
        subject = self._subject
        event = Event(
            county=self.county,
            seq=seq,
            at=self.at,
            kind=self.kind,
            actor=self.by.pk if self.by else None,
            subject_type=subject._meta.label_lower if subject is not None else "",
            subject_id=subject.pk if subject is not None else None,
            data=as_code(self._data),
            rows=as_code(self._rows),
            key=self.key,
            reference=self._reference,
            prev=prev,
        )
        event.hash = event_hash(chained(event), prev)
        event.save(force_insert=True)

    def _flush_texts(self) -> None:
        if self._texts:
            Text._base_manager.bulk_create(self._texts)
            self._texts = []

    def _note_row(self, sign: str, row: CountyModel, names: Sequence[str]) -> None:
        self._reference = self._reference or row.reference
        hidden = [name for name in names if name in row.journal_hidden]
        values = {name: getattr(row, name) for name in names if name not in row.journal_hidden}
        self._rows.append([sign, row._meta.label_lower, row.pk, values, hidden])


def chained(event: Event) -> list[Any]:
    """Return what the hash of an event covers: everything but the hashes."""
    return [
        event.county,
        event.seq,
        as_code(event.at),
        event.kind,
        event.actor,
        event.subject_type,
        event.subject_id,
        event.data,
        event.rows,
        event.key,
        event.reference,
    ]


def _columns(row: models.Model) -> list[Any]:
    return [f for f in row._meta.concrete_fields if not f.primary_key]


def _take_head(county: str, key: str) -> tuple[int, str, AlreadyDone | None]:
    # One round trip: the function locks first and then looks, with a fresh snapshot.
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_take_head(%s, %s)", [county, key])
        seq, prev, kind, subject_type, subject_id = cursor.fetchone()
    done = AlreadyDone(kind, subject_type, subject_id) if kind else None
    return (seq or 0) + 1, prev or GENESIS, done


def _done(county: str, key: str) -> AlreadyDone | None:
    event = Event.objects.in_county(county).filter(key=key).first()
    if event is None:
        return None
    return AlreadyDone(event.kind, event.subject_type, event.subject_id)
