"""How far a case has come, as the bar of the follow page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qifu.appeals.lifecycle import WORK_GIVEN_UP, State
from qifu.appeals.models import Appeal, Assignment
from qifu.appeals.rules import Role


@dataclass(frozen=True)
class Step:
    """One station of the bar: `done`, `now` or `later`."""

    title: str
    state: str
    sentence: str = ""


def working(parts: list[Assignment]) -> list[Assignment]:
    """Return the parts that units have in it now, the LEAD first."""
    mine = [part for part in parts if part.state not in WORK_GIVEN_UP]
    return sorted(mine, key=lambda part: part.role != Role.LEAD)


# What each station is called before, while and after it is reached.
RECEIVED = ("收到", "收到", "已收到")
HANDED_OUT = ("交办", "等交办", "已交办")
SIGNED = ("签收", "等签收", "已签收")
ANSWERED = ("答复", "等答复", "已答复")
RATED = ("评价", "请您评价", "已办结")

# The enterprise's own turn, or the upper organ's, comes before whatever else is waited for.
BESIDE: Mapping[str, str] = {State.SUPPLEMENT: "请您补充", State.ESCALATED: "上级在办"}


# Where a case has come to an end that is no answer.
NOT_ANSWERED = {State.DECLINED: "没有受理", State.WITHDRAWN: "您已撤回"}


def bar(appeal: Appeal, parts: list[Assignment]) -> list[Step]:
    """Return the stations 已收到、已交办、已签收、已答复、请您评价 as far as they apply."""
    if appeal.state in NOT_ANSWERED:
        return [Step("已收到", "done"), Step(NOT_ANSWERED[State(appeal.state)], "now")]
    if appeal.state == State.CALLBACK and appeal.published_at is None:
        return [Step("已收到", "done"), Step("等县办电话", "now")]
    lead = next(iter(working(parts)), None)
    reached = {
        RECEIVED: True,
        HANDED_OUT: lead is not None,
        SIGNED: lead is not None and lead.signed_at is not None,
        ANSWERED: appeal.published_at is not None,
        RATED: appeal.state == State.CLOSED,
    }
    if appeal.local:
        del reached[HANDED_OUT]
    if lead is None and appeal.published_at is not None:
        # Answered on the spot: no unit was troubled.
        del reached[HANDED_OUT], reached[SIGNED]
    stations = _stations(reached)
    if appeal.state == State.TRACKING:
        return [*stations[:-1], Step("等承诺兑现", "now"), Step("评价", "later")]
    if appeal.state == State.CALLBACK:
        return [*stations[:-1], Step("等县办电话", "now")]
    return _beside(stations, BESIDE[appeal.state]) if appeal.state in BESIDE else stations


def _beside(stations: list[Step], now: str) -> list[Step]:
    """Put what is waited for beside the road before whatever comes next on it."""
    done = [step for step in stations if step.state == "done"]
    rest = [Step(step.title.removeprefix("等"), "later") for step in stations[len(done) :]]
    return [*done, Step(now, "now"), *rest]


def _stations(reached: dict[tuple[str, str, str], bool]) -> list[Step]:
    # What is being waited for is the first that is not reached.
    waited_for = next((station for station, done in reached.items() if not done), None)
    return [
        Step(station[2], "done")
        if done
        else Step(station[1], "now")
        if station == waited_for
        else Step(station[0], "later")
        for station, done in reached.items()
    ]
