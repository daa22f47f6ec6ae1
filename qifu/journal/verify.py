"""Checking the journal (核对日志) against itself, its texts and its anchors.

Whoever owns the database can write what he likes into it. He cannot make it pass here
without the key, nor even with the key once an anchor is out of his reach.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from qifu.journal import anchors, walk
from qifu.journal.chain import GENESIS, event_hash, text_digest
from qifu.journal.deed import chained
from qifu.journal.erasure import ERASED
from qifu.journal.models import Event, Text


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written; `seq` is the event it concerns."""

    seq: int | None
    sentence: str


@dataclass(slots=True)
class Tally:
    """What was looked at in one county."""

    events: int = 0
    texts: int = 0
    erased: int = 0
    anchors: int = 0
    findings: int = 0


def counties() -> list[str]:
    """Return every county that has a journal, or had one by its anchors."""
    return sorted({*walk.counties(), *anchors.anchored_counties()})


def verify(county: str, tally: Tally) -> Iterator[Finding]:
    """Give every finding in the county's journal, in the order of the events."""
    for finding in chain(_walked(county, tally), _anchored(county, tally)):
        tally.findings += 1
        yield finding


def _walked(county: str, tally: Tally) -> Iterator[Finding]:
    # Counted first: what is written while we read can only add to what we meet.
    written = Event.objects.in_county(county).count()
    kept = Text.objects.in_county(county).count()
    last: Event | None = None
    for chunk in walk.chunks(county):
        texts = _Texts(county, chunk)
        for event in chunk:
            yield from _link(event, last)
            yield from _content(event)
            yield from texts.of(event, tally)
            tally.events += 1
            last = event
    if written > tally.events:
        yield Finding(None, f"有{written - tally.events}条事件不在编号之内")
    if kept > tally.texts:
        yield Finding(None, f"有{kept - tally.texts}段原文不属于任何事件：写下它们的事件不见了")


def _link(event: Event, last: Event | None) -> Iterator[Finding]:
    due = last.seq + 1 if last else 1
    if event.seq > due:
        missing = f"第{due}号" if event.seq == due + 1 else f"第{due}号至第{event.seq - 1}号"
        yield Finding(due, f"{missing}事件缺失")
    elif event.seq < due:
        yield Finding(event.seq, f"第{event.seq}号事件的编号不该再出现")
    elif event.prev != (last.hash if last else GENESIS):
        yield Finding(event.seq, f"第{event.seq}号事件没有接在前一条之后：前一条的哈希对不上")


def _content(event: Event) -> Iterator[Finding]:
    if not hmac.compare_digest(event_hash(chained(event), event.prev), event.hash):
        what = "内容和它的哈希对不上：写入后被人改过，或不是本系统所写"
        yield Finding(event.seq, f"第{event.seq}号事件的{what}")


class _Texts:
    """The texts that some events point to, fetched together."""

    def __init__(self, county: str, chunk: list[Event]) -> None:
        wanted = {UUID(pk) for event in chunk for _, pk, _ in _made(event)}
        erased = {UUID(pk) for event in chunk if (pk := _erased_by(event))}
        self.rows = Text.objects.in_county(county).in_bulk(wanted | erased)
        blank = [str(pk) for pk in wanted if pk in self.rows and self.rows[pk].is_erased]
        orders = Event.objects.in_county(county).filter(kind=ERASED, data__text__in=blank)
        self.lawful = set(orders.values_list("data__text", flat=True)) if blank else set()

    def of(self, event: Event, tally: Tally) -> Iterator[Finding]:
        """Check each text that the event made, and the one that it erased."""
        for kind, pk, digest in _made(event):
            text = self.rows.get(UUID(pk))
            tally.texts += text is not None
            tally.erased += text is not None and text.is_erased
            if wrong := self._wrong(text, pk, digest):
                yield Finding(event.seq, f"第{event.seq}号事件的原文（{kind}）{wrong}")
        if pk := _erased_by(event):
            text = self.rows.get(UUID(pk))
            if text is not None and not text.is_erased:
                yield Finding(event.seq, f"第{event.seq}号事件依法删除的原文又出现了")

    def _wrong(self, text: Text | None, pk: str, digest: str) -> str:
        if text is None:
            return "不见了"
        if text.is_erased:
            return "" if pk in self.lawful else "被清空了，却没有依法删除的事件"
        found = text_digest(bytes(text.salt or b""), text.kind, text.heading, text.body)
        return "" if hmac.compare_digest(found, digest) else "和当时的哈希对不上：被人改过"


def _made(event: Event) -> list[list[str]]:
    # Of an event that was tampered with, anything may be expected.
    texts = event.data.get("texts", []) if isinstance(event.data, dict) else []
    return [entry for entry in texts if _is_reference(entry)]


def _is_reference(entry: Any) -> bool:
    return isinstance(entry, list) and len(entry) == 3 and _is_uuid(entry[1])


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


def _erased_by(event: Event) -> str:
    pk = event.data.get("text") if event.kind == ERASED and isinstance(event.data, dict) else None
    return str(pk) if _is_uuid(pk) else ""


def _anchored(county: str, tally: Tally) -> Iterator[Finding]:
    chunk: list[anchors.Line] = []
    for line in anchors.lines(county):
        chunk.append(line)
        if len(chunk) == walk.CHUNK:
            yield from _compared(county, chunk)
            tally.anchors += len(chunk)
            chunk = []
    yield from _compared(county, chunk)
    tally.anchors += len(chunk)


def _compared(county: str, chunk: list[anchors.Line]) -> Iterator[Finding]:
    noted = {line.anchor.seq for line in chunk if line.anchor}
    events = Event.objects.in_county(county).filter(seq__in=noted)
    hashes = dict(events.values_list("seq", "hash"))
    for line in chunk:
        where = f"锚点（{line.file}第{line.number}行）"
        if line.anchor is None:
            yield Finding(None, f"{where}残缺，读不出来")
        elif line.anchor.seq not in hashes:
            yield Finding(
                line.anchor.seq, f"{where}记下的第{line.anchor.seq}号事件不见了：日志的末尾被截去"
            )
        elif hashes[line.anchor.seq] != line.anchor.hash or line.anchor.county != county:
            yield Finding(
                line.anchor.seq, f"{where}记下的第{line.anchor.seq}号事件和日志里的不是同一条"
            )
