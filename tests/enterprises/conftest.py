"""Two counties in one database whose names, codes and numbers collide."""

import pytest

from tests.enterprises.people import COUNTY, OTHER_COUNTY, Place, lay


@pytest.fixture
def place(db: None) -> Place:
    return lay(COUNTY)


@pytest.fixture
def other(db: None) -> Place:
    return lay(OTHER_COUNTY)
