"""Where a case stands in the reader's queue: the way back, the one before, the one after."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from qifu.appeals.dossiers import Dossier
from qifu.appeals.lifecycle import State
from qifu.appeals.queue_names import Queue
from qifu.appeals.queues import office_cases, unit_cases
from qifu.organisations.models import User
from qifu.web.desk import navigation
from qifu.web.desk.shelves import Shelf, shelves_of

# Turning over further than this, nobody counts any more.
COUNTED = 500


@dataclass(frozen=True)
class Place:
    """A case's place among those that wait with it."""

    name: str
    url: str
    says: str = ""
    before: str = ""
    after: str = ""


def place_of(request: HttpRequest, user: User, file: Dossier) -> Place:
    """Return the case's place in the reader's queue, or the list that shows it."""
    named = _queue(user, file)
    if named is None:
        if file.appeal.state == State.ESCALATED:
            return Place("转上级", navigation.ESCALATIONS)
        return Place("全部诉求", navigation.APPEALS)
    shelf, queue = named
    if queue.is_ended:
        return Place(queue.name, shelf.url(queue))
    numbers = _numbers(request, user, shelf, queue)
    if file.appeal.number not in numbers:
        return Place(queue.name, shelf.url(queue))
    here = numbers.index(file.appeal.number)
    return Place(
        queue.name,
        shelf.url(queue),
        f"第{here + 1}件，共{len(numbers)}件" if len(numbers) < COUNTED else "",
        numbers[here - 1] if here else "",
        numbers[here + 1] if here + 1 < len(numbers) else "",
    )


def _queue(user: User, file: Dossier) -> tuple[Shelf, Queue] | None:
    for shelf in reversed(shelves_of(user)):
        state = _own_state(user, file) if shelf.of_unit else file.appeal.state
        for queue in shelf.queues:
            if state in queue.states:
                return shelf, queue
    return None


def _own_state(user: User, file: Dossier) -> str:
    """Return where the reader's own unit stands with the case."""
    units = user.reach.units()
    own = [part for part in file.standing if part.unit_id in units]
    return own[-1].state if own else ""


def _numbers(request: HttpRequest, user: User, shelf: Shelf, queue: Queue) -> list[str]:
    within, _ = navigation.counts(request, user)
    if shelf.of_unit:
        parts = unit_cases(user, queue, within).order_by("due_on", "pk")
        numbers = list(parts.values_list("appeal__number", flat=True)[:COUNTED])
    else:
        cases = office_cases(user, queue, within).order_by("due_on", "pk")
        numbers = list(cases.values_list("number", flat=True)[:COUNTED])
    return list(dict.fromkeys(numbers))


def queue_url(user: User, state: str, *, of_unit: bool) -> str:
    """Return the address of the reader's queue for a state, under which the column shows it."""
    for shelf in shelves_of(user):
        for queue in shelf.queues:
            if shelf.of_unit == of_unit and state in queue.states:
                return shelf.url(queue)
    return ""
