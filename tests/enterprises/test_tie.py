"""Saying who looks after an enterprise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qifu.enterprises.actions import tie, untie
from qifu.enterprises.models import Tie, TieKind
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from tests.enterprises.people import COUNTY, NOW, Place


def test_only_the_office_ties(place: Place) -> None:
    with pytest.raises(NotAllowed):
        tie(
            place.tea,
            place.people["officer"],
            TieKind.PAIRING,
            by=place.people["township"],
            at=NOW,
        )


def test_nobody_is_tied_twice_at_a_time(place: Place) -> None:
    with pytest.raises(StaleState):
        tie(place.lamps, place.people["officer"], TieKind.PAIRING, by=None, at=NOW)


def test_a_tie_that_ended_may_begin_again(place: Place) -> None:
    untie(Tie.objects.in_county(COUNTY).get(), by=place.people["office"], at=NOW)

    tie(
        place.lamps,
        place.people["officer"],
        TieKind.PAIRING,
        by=place.people["office"],
        at=NOW + timedelta(days=1),
    )

    assert Tie.objects.in_county(COUNTY).count() == 2


def test_a_person_of_an_enterprise_looks_after_none(place: Place) -> None:
    with pytest.raises(InvalidInput):
        tie(place.tea, place.person("13900000210"), TieKind.PAIRING, by=None, at=NOW)


def test_nobody_of_another_county_is_tied(place: Place, other: Place) -> None:
    with pytest.raises(InvalidInput):
        tie(place.tea, other.people["officer"], TieKind.PAIRING, by=None, at=NOW)
