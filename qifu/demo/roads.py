"""How far each fictional case comes: a road is a list of steps, each with its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from qifu.demo.verbs import Verbs

Step = tuple[datetime, Callable[[datetime], None]]

# How many steps of the office's way each road takes.
OFFICE_WAY = (
    "submitted",
    "accepted",
    "dispatched",
    "handling",
    "approval",
    "review",
    "to_evaluate",
    "rated",
)
TRACKED = {"tracked": ((4, "plan"), (5, "finish_step")), "promised_again": ((5, "promise_again"),)}


@dataclass
class Tale(Verbs):
    """One fictional case while it is told."""

    def steps(self) -> Iterator[Step]:
        """Yield the steps of this case's road that lie in the past."""
        road = self.row["road"]
        way = {
            "declined": self._declined,
            "turned_away": self._turned_away,
            "spot_open": self._spot,
            "local": self._local,
            "local_rated": self._local,
            "handed_up": self._local,
            "supplement": self._asked,
            "withdrawn": self._withdrawn,
            "returned": self._returned,
            "extending": self._extending,
            "consenting": self._consenting,
            "help_returned": self._help_returned,
            **dict.fromkeys(TRACKED, self._tracked),
            "merged": self._merged,
            "split": self._split,
            "escalated": self._upward,
            "came_back": self._upward,
            "posted": self._posted,
        }.get(road, self._office)
        for at, do in way(road):
            if at < self.now:
                yield at, do

    def _office(self, road: str) -> Iterator[Step]:
        if road == "unrated":
            road = "to_evaluate"
        reach = OFFICE_WAY.index(road)
        last_signed = 1 if reach <= OFFICE_WAY.index("handling") else 2
        given = 0 if self.place % 3 else 1
        days = (0, 0, given, 1, last_signed, last_signed + 1, last_signed + 1, 4)
        hours = (9, 10, 11, 14, 15, 9, 16, 10)
        for way, day, hour, do in zip(OFFICE_WAY, days, hours, self._verbs(), strict=True):
            if OFFICE_WAY.index(way) <= reach:
                yield self.at(day, hour), do
        if self.row.get("called"):
            yield self.at(6, 10), self.bend("call")

    def _verbs(self) -> tuple[Callable[[datetime], None], ...]:
        return (
            self.submit,
            self.accept,
            self.dispatch,
            self.sign,
            self.reply,
            self.approve,
            self.publish,
            self.rate,
        )

    def _declined(self, _road: str) -> Iterator[Step]:
        yield self.at(0, 9), self.submit
        yield self.at(0, 15), self.decline

    def _turned_away(self, _road: str) -> Iterator[Step]:
        yield from self._office("accepted")
        yield self.at(0, 16), self.bend("turn_away")

    def _spot(self, _road: str) -> Iterator[Step]:
        yield self.at(0, 9), self.submit
        yield self.at(0, 10), self.answer

    def _local(self, road: str) -> Iterator[Step]:
        yield self.at(0, 10), self.register
        if road == "handed_up":
            yield self.at(2, 9), self.hand_up
        if road == "local_rated":
            yield self.at(1, 14), self.reply
            yield self.at(2, 9), self.approve
            yield self.at(4, 11), self.rate

    def _asked(self, _road: str) -> Iterator[Step]:
        yield self.at(0, 9), self.submit
        yield self.at(0, 15), self.bend("ask_supplement")

    def _withdrawn(self, _road: str) -> Iterator[Step]:
        yield from self._office("accepted")
        yield self.at(1, 16), self.bend("withdraw")

    def _merged(self, _road: str) -> Iterator[Step]:
        yield from self._office("accepted")
        yield self.at(0, 16), self.bend("merge")

    def _split(self, _road: str) -> Iterator[Step]:
        yield from self._office("submitted")
        yield self.at(0, 11), self.bend("split")

    def _returned(self, _road: str) -> Iterator[Step]:
        yield from self._office("dispatched")
        yield self.at(1, 14), self.bend("send_back")

    def _consenting(self, _road: str) -> Iterator[Step]:
        yield from self._office("handling")
        yield self.at(2, 15), self.bend("request_supplement")

    def _help_returned(self, _road: str) -> Iterator[Step]:
        yield from self._office("dispatched")
        yield self.at(1, 15), self.bend("send_back_help")

    def _extending(self, _road: str) -> Iterator[Step]:
        yield from self._office("handling")
        yield self.at(2, 10), self.bend("contact")
        yield self.at(2, 15), self.bend("ask_extension")

    def _upward(self, road: str) -> Iterator[Step]:
        yield from self._office("handling")
        yield self.at(2, 10), self.bend("ask_up")
        yield self.at(2, 15), self.bend("escalate")
        if road == "came_back":
            yield self.at(5, 10), self.bend("come_back")

    def _posted(self, _road: str) -> Iterator[Step]:
        yield from self._office("to_evaluate")
        yield self.at(4, 9), self.bend("post_back")

    def _tracked(self, road: str) -> Iterator[Step]:
        yield from self._office("to_evaluate")
        yield from ((self.at(day, 10), self.bend(verb)) for day, verb in TRACKED[road])
