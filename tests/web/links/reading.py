"""What a page of a link must not say, and how the unit's part stands."""

from __future__ import annotations

from tests.story import PROBLEM, Story
from tests.web.portal.reading import words


def state(story: Story) -> str:
    return story.part(story.cast.finance).state


def shut(answer: object, *unsaid: str) -> str:
    page = words(answer)
    for said in (PROBLEM, "立夏茶业", *unsaid):
        assert said not in page
    return page
