"""A matter put off (列入计划) in tests: with its day, its promise and its clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qifu.appeals import timeline
from qifu.appeals.actions.working import Reply
from qifu.appeals.models import (
    Clock,
    Promise,
)
from qifu.appeals.rules import Outcome
from tests.story import Story

# Said on Tuesday, 24 November 2026; promised for a Friday, 18 working days later.
DAY = date(2026, 12, 18)
PLANNED = Reply(
    Outcome.PLANNED,
    body="今年资金已用完，道路拓宽列入12月计划。",
    measures="到现场量过",
    promise="进园道路拓宽到6米",
    promised_on=DAY,
)


def put_off(story: Story, day: date = DAY) -> Story:
    story.submitted().accepted().dispatched().signed()
    return story.replied(replace(PLANNED, promised_on=day)).approved().published()


def owed(story: Story) -> Promise:
    rows = Promise.objects.in_county(story.cast.county).owed().filter(appeal=story.appeal)
    words = ("appeal__contact", "assignment__unit", "answer", "what")
    row = rows.select_related(*words).get()
    row.assignment.appeal = row.appeal
    return row


def running(story: Story) -> Clock:
    return Clock.objects.in_county(story.cast.county).get(stopped_at=None, appeal=story.appeal)


def told(story: Story) -> list[str]:
    return [entry.title for entry in timeline.entries(story.appeal, internal=False)]
