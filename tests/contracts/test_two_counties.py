"""Two counties full of the same names: no row of the one points to a row of the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F

from qifu.kernel.county import CountyModel
from tests.cast import Cast
from tests.contracts.world import World


@pytest.fixture
def world(cast: Cast, other_cast: Cast) -> World:
    return World(cast, other_cast)


@pytest.mark.slow
def test_no_row_of_a_county_points_to_one_of_another(world: World) -> None:
    found = {
        f"{model._meta.label}.{key.name}": rows
        for model in county_models()
        for key in keys(model)
        if (rows := across(model, key.name))
    }

    assert found == {}


def across(model: type[models.Model], key: str) -> int:
    """Count the rows whose key leads to another county."""
    pointing = model._base_manager.filter(**{f"{key}__isnull": False})
    return pointing.exclude(**{f"{key}__county": F("county")}).count()


def county_models() -> Iterator[type[models.Model]]:
    """Give every table whose rows belong to a county."""
    for model in apps.get_models():
        if model.__module__.startswith("qifu.") and issubclass(model, CountyModel):
            yield model


def keys(model: type[models.Model]) -> Iterator[models.Field[object, object]]:
    """Give what points to a row that belongs to a county; many of them may be empty."""
    for key in model._meta.concrete_fields:
        to = key.remote_field.model if key.remote_field else None
        if isinstance(to, type) and issubclass(to, CountyModel):
            yield key
