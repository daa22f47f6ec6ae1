"""What qifu does by itself: shallow tasks that find what is due and call actions.

Each is safe to run twice and catches up after downtime: it asks what is due, never
what fell due since the last round.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from procrastinate.contrib.django import app

from qifu.appeals.actions.alarming import alarm
from qifu.appeals.actions.asking_again import ask_again
from qifu.appeals.actions.asking_back import ask_if_back
from qifu.appeals.actions.digesting import send_digests
from qifu.appeals.actions.following import follow_parents
from qifu.appeals.actions.promising import break_due
from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.actions.recomputing import recompute_open
from qifu.appeals.actions.reminding import remind_due
from qifu.appeals.actions.supplementing import lapse_due
from qifu.appeals.actions.telling_on import ask_to_rate, tell_as_promised
from qifu.appeals.actions.turning_away import erase_handed_over
from qifu.appeals.reconciling import drifts
from qifu.kernel.clock import now
from qifu.organisations.models import County
from qifu.rounds.record import recorded

logger = logging.getLogger(__name__)
HERE = "qifu.appeals.jobs"


def _in_each_county(what: str, act: Callable[[str], int]) -> int:
    done = 0
    for county in County.objects.values_list("code", flat=True):
        here = act(county)
        if here:
            logger.info("%s: %s %d", county, what, here)
        done += here
    return done


# 00:20 in the county; the queue counts in UTC.
@app.periodic(cron="20 16 * * *")
@app.task(queueing_lock="close_unrated", pass_context=False)
@recorded(f"{HERE}.close_unrated_cases", "评价期满办结", grace=timedelta(hours=2))
def close_unrated_cases(timestamp: int) -> int:
    """End the cases whose time for rating has passed (办结，未评价)."""
    return _in_each_county("unrated, ended", lambda county: close_unrated(county, at=now()))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="recompute_open", pass_context=False)
@recorded(f"{HERE}.recompute_open_deadlines", "期限重算", hourly=True)
def recompute_open_deadlines(timestamp: int) -> int:
    """Let running deadlines follow a new calendar, each with its event (期限重算)."""
    return _in_each_county(
        "deadlines moved", lambda county: recompute_open(county, by=None, at=now())
    )


# Every ten minutes; outside working hours it finds nothing due, whoever asks.
@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="remind", pass_context=False)
@recorded(f"{HERE}.remind", "预警、催办和再请评价", hourly=True)
def remind(timestamp: int) -> int:
    """Give every reminder that is due, tell enterprises what was promised (预警、催办)."""
    return (
        _in_each_county("reminded", lambda county: remind_due(county, at=now()))
        + _in_each_county("told", lambda county: tell_as_promised(county, at=now()))
        + _in_each_county("promises asked after", lambda county: ask_again(county, at=now()))
        + _in_each_county("asked to rate", lambda county: ask_to_rate(county, at=now()))
        + _in_each_county("asked if it is back", lambda county: ask_if_back(county, at=now()))
    )


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="alarm", pass_context=False)
@recorded(f"{HERE}.alarm_office", "即时提醒县办", hourly=True)
def alarm_office(timestamp: int) -> int:
    """Tell the office at once what cannot wait for the next round (O2)."""
    return _in_each_county("alarms", lambda county: alarm(county, at=now()))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="digest", pass_context=False)
@recorded(f"{HERE}.digest", "每日两次提醒", hourly=True)
def digest(timestamp: int) -> int:
    """Send the round of the day that has come and was not sent yet (每日提醒)."""
    return _in_each_county("desks told", lambda county: send_digests(county, at=now()))


@app.periodic(cron="* * * * * */15")
@app.task(queueing_lock="follow_parents", pass_context=False)
@recorded(f"{HERE}.follow", "合并件随主件", grace=timedelta(minutes=5), hourly=True)
def follow(timestamp: int) -> int:
    """Let merged cases follow what became of their parents (随主件答复)."""
    return _in_each_county("followed", lambda county: follow_parents(county, at=now()))


@app.periodic(cron="* * * * * */30")
@app.task(queueing_lock="erase_handed_over", pass_context=False)
@recorded(f"{HERE}.erase_reports", "举报移交后删除", grace=timedelta(minutes=5), hourly=True)
def erase_reports(timestamp: int) -> int:
    """Erase what reports said that were handed over (移交后删除)."""
    return _in_each_county("reports erased", lambda county: erase_handed_over(county, at=now()))


# 00:30 in the county.
@app.periodic(cron="30 16 * * *")
@app.task(queueing_lock="lapse_supplements", pass_context=False)
@recorded(f"{HERE}.lapse_supplements", "补充期满", grace=timedelta(hours=2))
def lapse_supplements(timestamp: int) -> int:
    """End the waiting for what was not supplied in time (期满未补充)."""
    return _in_each_county("supplements lapsed", lambda county: lapse_due(county, at=now()))


# 00:25 in the county: a promise of yesterday on which nobody has reported.
@app.periodic(cron="25 16 * * *")
@app.task(queueing_lock="break_promises", pass_context=False)
@recorded(f"{HERE}.break_promises", "承诺到期未报告", grace=timedelta(hours=2))
def break_promises(timestamp: int) -> int:
    """Count promises as broken on which nobody reported by their day (未兑现)."""
    return _in_each_county("promises broken", lambda county: break_due(county, at=now()))


# 01:40 in the county.
@app.periodic(cron="40 17 * * *")
@app.task(queueing_lock="reconcile", pass_context=False)
@recorded(f"{HERE}.reconcile", "对账", grace=timedelta(hours=2))
def reconcile(timestamp: int) -> int:
    """Compare every stored clock and state with what it follows from (对账)."""
    wrong = 0
    for county in County.objects.values_list("code", flat=True):
        found = list(drifts(county))
        for drift in found:
            logger.error("%s: %s", county, drift)
        logger.info("%s: %d stored values do not follow", county, len(found))
        wrong += len(found)
    return wrong
