"""A case on every bend of the road, for the table of answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qifu.appeals.actions import extending, rating, returning, supplementing
from qifu.appeals.models import Extension, Grade, ReturnReason, Solved
from qifu.organisations.models import User
from tests.story import GOOD, Story

BAD = replace(GOOD, grade=Grade.POOR, solved=Solved.NO)


def returned(story: Story, liaison: User) -> None:
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    returning.send_back_to_office(
        part, ReturnReason.OTHER_LEAD, "三定方案", by=liaison, at=story.at
    )


def extending_(story: Story, liaison: User) -> Extension:
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    return extending.ask_extension(part, 3, "银行要评审", by=liaison, at=story.at)


def extended(story: Story, liaison: User) -> None:
    row = extending_(story, liaison)
    extending.rule_extension(row, granted=2, words="同意", by=story.cast.wu, at=story.at)


def asking(story: Story, liaison: User) -> None:
    part = story.appeal.assignments.select_related("appeal", "unit").get()
    supplementing.request_supplement(part, "缺执照", by=liaison, at=story.at)


def supplement(story: Story, _liaison: User) -> None:
    supplementing.ask_supplement(story.fresh(), "缺执照", by=story.cast.zhou, at=story.at)


def called(story: Story, _liaison: User) -> None:
    rating.rate(story.reread(), BAD, by=None, at=story.at)


def closed(story: Story, _liaison: User) -> None:
    rating.rate(story.reread(), GOOD, by=None, at=story.at)


# From which state each begins.
BENDS: dict[str, tuple[str, Callable[[Story, User], object]]] = {
    "returned": ("dispatched", returned),
    "extending": ("handling", extending_),
    "extended": ("handling", extended),
    "asking": ("handling", asking),
    "supplement": ("submitted", supplement),
    "called": ("published", called),
    "closed": ("published", closed),
}
