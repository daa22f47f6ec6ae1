"""Entering enterprises, correcting them, opening a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qifu.enterprises.actions import (
    Particulars,
    correct_enterprise,
    register_enterprise,
    reveal_phone,
)
from qifu.enterprises.models import Enterprise
from qifu.journal.models import Event
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from tests.cast import COUNTY, NOW
from tests.firms import TEA_CODE, TEA_CONTACT, Firms


def paper(firms: Firms, **changes: object) -> Particulars:
    """Return the particulars of one more firm in 油坊店乡."""
    return replace(
        Particulars(name="油坊店竹木家居厂", township=firms.cast.township),
        **changes,  # type: ignore[arg-type]
    )


def register(firms: Firms, by: str, key: str = "", **changes: object) -> Enterprise:
    return register_enterprise(
        paper(firms, **changes),
        county=firms.cast.county,
        by=getattr(firms.cast, by),
        at=NOW,
        key=key,
    )


def test_the_office_enters_an_enterprise_with_name_and_place_alone(firms: Firms) -> None:
    enterprise = register(firms, "zhou")

    assert enterprise.county == COUNTY
    assert enterprise.uscc == ""
    assert enterprise.initials == "yfdzmjjc"
    assert enterprise.size_name == "未登记"


def test_two_enterprises_without_a_code_are_two(firms: Firms) -> None:
    register(firms, "zhou")
    register(firms, "zhou", name="油坊店板栗加工厂")

    assert Enterprise.objects.in_county(COUNTY).filter(uscc="").count() == 2


def test_one_code_is_one_enterprise_in_a_county(firms: Firms, other_firms: Firms) -> None:
    with pytest.raises(InvalidInput, match="已登记为“安徽立夏茶业有限公司”"):
        register(firms, "zhou", uscc=TEA_CODE)

    assert other_firms.tea.uscc == firms.tea.uscc


def test_a_liaison_enters_only_what_lies_in_his_place(firms: Firms) -> None:
    assert register(firms, "qian").pk

    with pytest.raises(NotAllowed):
        register(firms, "qian", township=firms.cast.park)
    with pytest.raises(NotAllowed):
        register(firms, "zhu")


def test_the_same_form_twice_makes_one_enterprise(firms: Firms) -> None:
    first = register(firms, "zhou", key="k1")

    with pytest.raises(AlreadyDone) as done:
        register(firms, "zhou", key="k1")

    assert done.value.subject_id == first.pk
    assert Enterprise.objects.in_county(COUNTY).filter(name="油坊店竹木家居厂").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "厂" * 121),
        ("uscc", "91341524"),
        ("industry", "X1"),
        ("contact_phone", "1390000"),
        ("address", "街" * 201),
    ],
)
def test_a_bad_field_is_named_with_a_sentence(firms: Firms, field: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        register(firms, "zhou", **{field: value})

    assert refused.value.field == field
    assert str(refused.value).endswith("。") or str(refused.value).endswith("）")


def test_a_department_is_no_place(firms: Firms) -> None:
    with pytest.raises(InvalidInput, match="所在地"):
        register(firms, "zhou", township=firms.cast.finance)


def test_the_journal_keeps_codes_and_neither_names_nor_numbers(firms: Firms) -> None:
    event = Event.objects.in_county(COUNTY).filter(kind="enterprise.registered").first()

    assert event is not None
    assert TEA_CODE in str(event.rows)
    assert TEA_CONTACT not in str(event.rows)
    assert "立夏" not in str(event.rows)


def test_a_correction_made_on_an_old_page_overwrites_nobody(firms: Firms) -> None:
    seen = firms.tea.revision
    kept = paper(firms, name=firms.tea.name, uscc=TEA_CODE, contact_phone=TEA_CONTACT)
    correct_enterprise(
        firms.tea,
        replace(kept, contact_phone="13900000299"),
        revision=seen,
        by=firms.cast.zhou,
        at=NOW,
    )

    with pytest.raises(StaleState):
        correct_enterprise(
            firms.tea,
            replace(kept, address="街道1号"),
            revision=seen,
            by=firms.cast.qian,
            at=NOW,
        )

    stored = Enterprise.objects.in_county(COUNTY).get(pk=firms.tea.pk)
    assert stored.contact_phone == "13900000299"
    assert stored.address == ""


def test_only_the_office_moves_an_enterprise_to_another_place(firms: Firms) -> None:
    moved = paper(firms, name=firms.tea.name, township=firms.cast.park)

    with pytest.raises(NotAllowed):
        correct_enterprise(firms.tea, moved, revision=1, by=firms.cast.qian, at=NOW)


def test_opening_a_number_is_recorded_with_who_and_when(firms: Firms) -> None:
    number = reveal_phone(firms.tea, by=firms.cast.qian, at=NOW)

    event = Event.objects.in_county(COUNTY).get(kind="enterprise.phone_seen")
    assert number == TEA_CONTACT
    assert event.actor == firms.cast.qian.pk
    assert event.subject_id == firms.tea.pk


@pytest.mark.parametrize("who", ["zheng", "feng", "zhu", "sys"])
def test_whoever_does_not_ring_the_enterprise_opens_no_number(firms: Firms, who: str) -> None:
    with pytest.raises(NotAllowed):
        reveal_phone(firms.tea, by=getattr(firms.cast, who), at=NOW)

    assert not Event.objects.in_county(COUNTY).filter(kind="enterprise.phone_seen").exists()
