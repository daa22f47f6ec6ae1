"""What happened to a case, in sentences; which of them the enterprise may read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qifu.appeals import confidence_lines, reminder_lines, turned_away_lines
from qifu.appeals.bend_lines import BEND_LINES, BEND_TOLD
from qifu.appeals.case_lines import CASE_LINES, Line
from qifu.appeals.catalogue import all_units
from qifu.appeals.exclusion_lines import EXCLUSION_LINES, EXCLUSION_TOLD
from qifu.appeals.joined_lines import JOINED_LINES, JOINED_TOLD, of_origin, of_parent
from qifu.appeals.lineage import units_on
from qifu.appeals.models import Appeal
from qifu.appeals.telling import TOLD, Facts
from qifu.appeals.tracking_lines import TRACKING_LINES, TRACKING_TOLD
from qifu.appeals.upward_lines import UPWARD_LINES, UPWARD_TOLD
from qifu.journal.models import Text
from qifu.journal.timeline import Entry as Happening
from qifu.journal.timeline import texts_of, timeline
from qifu.kernel.clock import local_date
from qifu.organisations.models import Unit, User

# Events by which an answer goes out.
PUBLISHING = ("appeal.published", "appeal.answered", "appeal.approved", "appeal.replied")
UNDOES = {"appeal.recalled": PUBLISHING, "appeal.taken_back": ("appeal.dispatched",)}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; `public` ones the enterprise reads too."""

    at: datetime
    kind: str
    title: str
    sentence: str
    public: bool
    actor: str
    number: int


def entries(appeal: Appeal, *, internal: bool) -> list[Entry]:
    """Return what happened, newest first; only the public part unless `internal`."""
    parent = None if internal else appeal.merged_into_id
    # The enterprise of a merged case hears of its parent, too.
    own, origin = appeal.pk, appeal.split_from_id
    happened = of_origin(timeline(appeal, parent, origin), own, origin, parent)
    happened = of_parent(happened, own)
    texts = texts_of(appeal.county, happened)
    people = _people(appeal.county, happened) if internal else {}
    units = {unit.pk: unit for unit in all_units(appeal.county)}
    if not internal:
        happened = _without_undone(happened)
    made = [_entry(one, texts, people, units, internal=internal) for one in reversed(happened)]
    return [entry for entry in made if entry is not None and (internal or entry.public)]


def _without_undone(happened: list[Happening]) -> list[Happening]:
    # What was undone before anybody acted on it never happened outside.
    kept: list[Happening] = []
    for one in happened:
        if undone := UNDOES.get(one.kind):
            last = max(place for place, each in enumerate(kept) if each.kind in undone)
            del kept[last]
        else:
            kept.append(one)
    return kept


def _entry(
    one: Happening,
    texts: Mapping[Any, Text],
    people: Mapping[int, str],
    units: Mapping[int, Unit],
    *,
    internal: bool,
) -> Entry | None:
    write = LINES.get(one.kind)
    if write is None:
        return None
    words = {
        kind: "（内容已依法删除）" if texts[pk].erased_at else texts[pk].body
        for kind, pk in one.texts.items()
        if pk in texts
    }
    facts = Facts(one.data, units_on(units, local_date(one.at)), words)
    title, sentence, public = write(facts)
    if not internal and (told := TELLINGS.get(one.kind)):
        title, sentence = told(facts)
    by_link = "link" in one.data
    if internal and by_link:
        sentence = f"{sentence}（经链接）"
    nobody = "企业" if by_link else "系统"
    actor = people.get(one.actor or 0, "") if one.actor else nobody
    return Entry(one.at, one.kind, title, sentence, public, actor, one.seq)


def _people(county: str, happened: list[Happening]) -> dict[int, str]:
    wanted = {one.actor for one in happened if one.actor}
    rows = User.objects.in_county(county).filter(pk__in=wanted)
    return {user.pk: str(user) for user in rows}


LINES: Mapping[str, Callable[[Facts], Line]] = {
    **CASE_LINES,
    **BEND_LINES,
    **UPWARD_LINES,
    **TRACKING_LINES,
    **JOINED_LINES,
    **EXCLUSION_LINES,
    **confidence_lines.LINES,
    **turned_away_lines.LINES,
    "appeal.reminded": reminder_lines.reminded,
}
TELLINGS = {
    **TOLD,
    **BEND_TOLD,
    **UPWARD_TOLD,
    **TRACKING_TOLD,
    **JOINED_TOLD,
    **EXCLUSION_TOLD,
    **confidence_lines.TOLD,
    **turned_away_lines.TOLD,
    "appeal.reminded": reminder_lines.told,
}
