"""The desk counts its queues on every page, so the counties need their rules."""

import pytest

from tests.cast import Cast
from tests.story import lay_rules


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """金寨县 with its rules."""
    lay_rules(cast.county)
    return cast


@pytest.fixture
def other_cast(other_cast: Cast) -> Cast:
    """霍山县 with the same."""
    lay_rules(other_cast.county)
    return other_cast
