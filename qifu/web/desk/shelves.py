"""Which queues a person has: the office's over the county, or those of his unit."""

from __future__ import annotations

from dataclasses import dataclass

from qifu.appeals.access import LEADERS, LIAISONS
from qifu.appeals.queue_names import OFFICE_QUEUES, TIME_QUEUES, UNIT_QUEUES, Queue
from qifu.appeals.queues import Horizon, Tally, office_tally, unit_tally
from qifu.enterprises.sight import SEES_ALL
from qifu.organisations.models import User


@dataclass(frozen=True)
class Shelf:
    """One set of queues: cases for the office, parts for a unit."""

    title: str
    queues: tuple[Queue, ...]
    of_unit: bool
    # Somebody with a post here and there has both sets, under different addresses.
    prefix: str = ""

    def url(self, queue: Queue) -> str:
        """Return where the queue is."""
        return f"/desk/queues/{self.prefix}{queue.code}/"

    def tally(self, user: User, within: Horizon) -> Tally:
        """Count all its queues in one query."""
        return unit_tally(user, within) if self.of_unit else office_tally(user, within)

    def find(self, code: str) -> Queue | None:
        """Return the queue of that address."""
        bare = code.removeprefix(self.prefix)
        if not code.startswith(self.prefix):
            return None
        return next((queue for queue in (*self.queues, *TIME_QUEUES) if queue.code == bare), None)


OFFICE = Shelf("办件队列", OFFICE_QUEUES, of_unit=False)
UNIT = Shelf("本单位办件", UNIT_QUEUES, of_unit=True)
UNIT_BESIDE = Shelf("本单位办件", UNIT_QUEUES, of_unit=True, prefix="unit-")


def shelves_of(user: User) -> list[Shelf]:
    """Return the person's sets of queues; somebody may have none."""
    sees_all = user.reach.has(*SEES_ALL)
    in_unit = user.reach.has(*LIAISONS, *LEADERS)
    if sees_all:
        return [OFFICE, UNIT_BESIDE] if in_unit else [OFFICE]
    return [UNIT] if in_unit else []


def find_queue(user: User, code: str) -> tuple[Shelf, Queue] | None:
    """Return the person's queue of that address, or None."""
    for shelf in reversed(shelves_of(user)):
        if queue := shelf.find(code):
            return shelf, queue
    return None
