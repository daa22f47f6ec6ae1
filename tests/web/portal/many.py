"""Many cases at once, laid straight into the tables: for counting queries and pages."""

from __future__ import annotations

from datetime import timedelta

from qifu.appeals.models import Appeal, Clock, NumberSeries
from qifu.journal.models import Text
from tests.copies import like
from tests.story import Story


def many_cases(story: Story, count: int) -> None:
    """Multiply the story's case, told up to the hand of its unit."""
    story.submitted().accepted().dispatched().signed()
    told = story.fresh()
    texts = Text.objects.bulk_create(
        Text(county=told.county, kind="problem", heading=f"第{n}件", body="难处", made_at=story.at)
        for n in range(count - 1)
    )
    cases = Appeal.objects.bulk_create(_copy(told, text, n) for n, text in enumerate(texts, 1))
    series = NumberSeries.objects.in_county(told.county).filter(year=int(told.number[:4]))
    series.update(last=int(told.number[5:]) + count - 1)
    part = story.part(story.cast.finance)
    clock = Clock.objects.in_county(told.county).filter(assignment=part).latest("pk")
    Clock.objects.bulk_create(like(clock, appeal_id=case.pk) for case in cases)


def _copy(told: Appeal, problem: Text, n: int) -> Appeal:
    number = f"{told.number[:4]}-{int(told.number[5:]) + n:04d}"
    moment = told.submitted_at + timedelta(seconds=n)
    return like(told, number=number, problem_id=problem.pk, submitted_at=moment)
