"""What happens to the whole county: its jobs, its calendar, who is away."""

from __future__ import annotations

from datetime import date, timedelta

from qifu.appeals.actions.alarming import alarm
from qifu.appeals.actions.asking_back import ask_if_back
from qifu.appeals.actions.digesting import send_digests
from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.actions.recomputing import recompute_open
from qifu.appeals.actions.reminding import remind_due
from qifu.appeals.actions.supplementing import lapse_due
from qifu.appeals.actions.telling_on import ask_to_rate, tell_as_promised
from qifu.appeals.actions.turning_away import erase_handed_over
from qifu.appeals.lifecycle import State
from qifu.kernel.clock import local_date
from qifu.organisations.actions import absences
from qifu.organisations.models import Absence, AbsenceReason
from qifu.workdays.actions import edit_day
from qifu.workdays.almanac import current
from tests.histories.here import Here
from tests.histories.registry import of_case, of_county


def _due(here: Here) -> date | None:
    return here.appeal.due_on


@of_case("case.close", "case.sample", at=[State.TO_EVALUATE], onward=True, after=_due)
def close_the_unrated(here: Here) -> None:
    close_unrated(here.cast.county, at=here.at)


@of_case("case.lapse", "work.lapse", at=[State.SUPPLEMENT], onward=True, after=_due)
def lapse_supplements(here: Here) -> None:
    lapse_due(here.cast.county, at=here.at)


@of_county()
def remind(here: Here) -> None:
    remind_due(here.cast.county, at=here.at)
    tell_as_promised(here.cast.county, at=here.at)
    ask_to_rate(here.cast.county, at=here.at)
    ask_if_back(here.cast.county, at=here.at)
    alarm(here.cast.county, at=here.at)


@of_county()
def erase_reports(here: Here) -> None:
    erase_handed_over(here.cast.county, at=here.at)


@of_county()
def digest(here: Here) -> None:
    send_digests(here.cast.county, at=here.at)


@of_county()
def change_calendar(here: Here) -> None:
    """A day turns round, and every deadline follows with an event."""
    county, today = here.cast.county, local_date(here.at)
    day = today + timedelta(days=here.pick([1, 2, 4, 7]))
    works = current(county).is_workday(day)
    edit_day(
        county,
        day,
        is_workday=not works,
        name="大雪停工" if works else "补班",
        document="县政府通知",
        by=None,
        at=here.at,
    )
    recompute_open(county, by=None, at=here.at)


@of_county()
def go_away(here: Here) -> None:
    """Somebody is away; no clock stops for it."""
    first = local_date(here.at)
    days = absences.Days(first, first + timedelta(days=here.pick([0, 4])), AbsenceReason.TRIP)
    cast = here.cast
    absences.enter(cast.zhu, cast.finance, days, deputy=None, by=cast.chen, at=here.at)


@of_county()
def come_back_early(here: Here) -> None:
    rows = Absence.objects.in_county(here.cast.county).not_over(local_date(here.at))
    away = rows.with_people().first()
    if away is not None:
        absences.end_early(away, by=here.cast.chen, at=here.at)
