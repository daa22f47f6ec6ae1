"""A county with a case, and somebody of an enterprise who has something to say of an officer."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.story import Story, lay_rules


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case in 金寨县 that nobody has told yet."""
    lay_rules(cast.county)
    return Story(cast)
