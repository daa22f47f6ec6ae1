"""Tests that meet the small views of `doors` instead of the real faces."""

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture
def doors(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.ui.doors"
