"""A county with its rules, ready for a case."""

import pytest

from tests.cast import Cast
from tests.story import Story, lay_rules


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case in 金寨县 that nobody has told yet."""
    lay_rules(cast.county)
    return Story(cast)


@pytest.fixture
def other_story(other_cast: Cast) -> Story:
    """The same in 霍山县."""
    lay_rules(other_cast.county)
    return Story(other_cast)
