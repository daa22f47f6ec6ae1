"""Saying who looks after an enterprise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qifu.enterprises.actions import tie, untie
from qifu.enterprises.models import Tie, TieKind
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from tests.cast import COUNTY, NOW
from tests.firms import Firms


def test_only_the_office_ties(firms: Firms) -> None:
    with pytest.raises(NotAllowed):
        tie(
            firms.tea,
            firms.cast.he,
            TieKind.PAIRING,
            by=firms.cast.qian,
            at=NOW,
        )


def test_nobody_is_tied_twice_at_a_time(firms: Firms) -> None:
    with pytest.raises(StaleState):
        tie(firms.lamps, firms.cast.he, TieKind.PAIRING, by=None, at=NOW)


def test_a_tie_that_ended_may_begin_again(firms: Firms) -> None:
    untie(Tie.objects.in_county(COUNTY).get(), by=firms.cast.zhou, at=NOW)

    tie(
        firms.lamps,
        firms.cast.he,
        TieKind.PAIRING,
        by=firms.cast.zhou,
        at=NOW + timedelta(days=1),
    )

    assert Tie.objects.in_county(COUNTY).count() == 2


def test_a_person_of_an_enterprise_looks_after_none(firms: Firms) -> None:
    with pytest.raises(InvalidInput):
        tie(firms.tea, firms.person("13900000210"), TieKind.PAIRING, by=None, at=NOW)


def test_nobody_of_another_county_is_tied(firms: Firms, other_firms: Firms) -> None:
    with pytest.raises(InvalidInput):
        tie(firms.tea, other_firms.cast.he, TieKind.PAIRING, by=None, at=NOW)
