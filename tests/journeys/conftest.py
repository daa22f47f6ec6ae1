"""Two counties with their rules and firms, in which journeys begin."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.firms import Firms, make_firms
from tests.story import lay_rules


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """金寨县 with its rules."""
    lay_rules(cast.county)
    return cast


@pytest.fixture
def neighbours(other_cast: Cast) -> Firms:
    """霍山县 with the same names, numbers and firms; nothing of the journey is seen there."""
    lay_rules(other_cast.county)
    return make_firms(other_cast)
