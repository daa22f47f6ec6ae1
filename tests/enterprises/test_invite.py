"""Inviting a phone to speak for an enterprise."""

from __future__ import annotations

import pytest

from qifu.enterprises.actions import (
    bind_by_phone,
    invite,
    remove_binding,
)
from qifu.enterprises.models import SpeaksAs
from qifu.journal.models import Event
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.notices.outbox import sweep
from tests.cast import COUNTY, NOW
from tests.firms import Firms


def test_it_takes_force_when_the_phone_signs_in(firms: Firms) -> None:
    invite(firms.tea, "139 0000 0211", by=firms.cast.zhou, at=NOW)
    assert firms.speaking_for_tea() == {}

    bind_by_phone(firms.person("13900000211"), at=NOW)

    assert firms.speaking_for_tea() == {"13900000211": SpeaksAs.ADMIN}


def test_the_phone_is_told_after_the_hold(firms: Firms) -> None:
    invite(firms.tea, "13900000211", by=firms.cast.zhou, at=NOW)

    notice = Notice.objects.in_county(COUNTY).get()
    assert notice.address == "13900000211"
    assert "立夏茶业" in notice.body
    assert len(notice.body) <= 70


def test_whoever_withdraws_it_in_time_has_told_nobody(firms: Firms) -> None:
    binding = invite(firms.tea, "13900000211", by=firms.cast.zhou, at=NOW)
    remove_binding(binding, by=firms.cast.zhou, at=NOW)

    sweep(at=Notice.objects.in_county(COUNTY).get().hold_until)

    assert Notice.objects.in_county(COUNTY).get().state == "CANCELLED"
    assert bind_by_phone(firms.person("13900000211"), at=NOW) == []


def test_the_paired_officer_invites_for_his_enterprise_only(firms: Firms) -> None:
    officer = firms.cast.he

    assert invite(firms.lamps, "13900000211", by=officer, at=NOW).made_by == officer
    with pytest.raises(NotAllowed):
        invite(firms.tea, "13900000211", by=officer, at=NOW)


def test_a_township_does_not_invite(firms: Firms) -> None:
    with pytest.raises(NotAllowed):
        invite(firms.tea, "13900000211", by=firms.cast.qian, at=NOW)


def test_a_staff_phone_is_never_invited(firms: Firms) -> None:
    staff = firms.cast.zhu.phone

    with pytest.raises(InvalidInput, match="工作人员"):
        invite(firms.tea, staff, by=firms.cast.zhou, at=NOW)


def test_a_phone_is_invited_once(firms: Firms) -> None:
    invite(firms.tea, "13900000211", by=firms.cast.zhou, at=NOW)

    with pytest.raises(StaleState, match="已经邀请过"):
        invite(firms.tea, "13900000211", by=firms.cast.zhou, at=NOW)


def test_it_is_valid_in_its_own_county_only(firms: Firms, other_firms: Firms) -> None:
    invite(firms.tea, "13900000211", by=firms.cast.zhou, at=NOW)

    assert bind_by_phone(other_firms.person("13900000211"), at=NOW) == []


def test_the_journal_does_not_know_the_number(firms: Firms) -> None:
    invite(firms.tea, "13900000211", by=firms.cast.zhou, at=NOW)

    event = Event.objects.in_county(COUNTY).get(kind="binding.invited")
    assert "13900000211" not in str(event.rows)
