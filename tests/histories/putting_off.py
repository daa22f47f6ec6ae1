"""What was put off (列入计划): promised, asked after, kept, broken; entered into the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from qifu.appeals.actions import milestones, promising, working
from qifu.appeals.actions.asking_again import ask_again
from qifu.appeals.actions.promising import break_due
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Assignment, Milestone, Promise, PromiseState
from qifu.appeals.rules import Outcome
from qifu.kernel.clock import local_date
from qifu.kernel.errors import StaleState
from tests.histories.here import Here
from tests.histories.registry import of_case, of_county, of_part
from tests.story import SOLVED


@of_part("work.reply", at=[Work.HANDLING])
def reply_with_a_day(here: Here, part: Assignment) -> None:
    """The answer puts the matter off; publishing it, or signing it locally, tracks it."""
    said = replace(SOLVED, outcome=Outcome.PLANNED, promise="道路拓宽到6米", promised_on=_day(here))
    working.reply(part, said, by=here.liaison(part), at=here.at)


@of_part("work.take_up", at=[Work.TRACKING], when=Here.is_worked, onward=True)
def keep(here: Here, part: Assignment) -> None:
    promising.keep(_owed(part), "路已拓宽", by=here.liaison(part), at=here.at)


@of_part("work.take_up", at=[Work.TRACKING])
def break_promise(here: Here, part: Assignment) -> None:
    """For another day, or for none: then the unit answers anew."""
    day = here.pick([None, _day(here)])
    promising.break_promise(_owed(part), "资金未到", day, by=here.liaison(part), at=here.at)


@of_part(at=[Work.TRACKING])
def add_milestone(here: Here, part: Assignment) -> None:
    milestones.add_milestone(part, "完成招标", _day(here), by=here.liaison(part), at=here.at)


@of_part(at=[Work.TRACKING], when=lambda here, _: "appeals.milestone" in here.has)
def finish_milestone(here: Here, part: Assignment) -> None:
    rows = Milestone.objects.in_county(part.county).filter(assignment=part, done_on=None)
    row = rows.order_by("pk").first()
    if row is None:
        raise StaleState
    row.assignment, row.appeal = part, part.appeal
    milestones.finish_milestone(row, by=here.liaison(part), at=here.at)


@of_case(at=[State.TRACKING], when=lambda here: here.speaker is not None)
def object_to_promise(here: Here) -> None:
    rows = Promise.objects.in_county(here.cast.county).filter(appeal=here.appeal)
    row = rows.filter(state=PromiseState.OPEN, objected_at=None).order_by("pk").last()
    if row is None:
        raise StaleState
    row.appeal = here.appeal
    promising.object_to_promise(row, "等不了", by=here.cast.boss, at=here.at)


@of_county()
def ask_after_promises(here: Here) -> None:
    ask_again(here.cast.county, at=here.at)
    break_due(here.cast.county, at=here.at)


def _day(here: Here) -> date:
    return local_date(here.at) + timedelta(days=here.pick([1, 4, 12, 40]))


def _owed(part: Assignment) -> Promise:
    rows = Promise.objects.in_county(part.county).owed().filter(assignment=part)
    row = rows.select_related("answer", "what").order_by("pk").last()
    if row is None:
        raise StaleState
    row.assignment, row.appeal = part, part.appeal
    return row
