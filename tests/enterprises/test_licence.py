"""营业执照照片: shown to whoever rules on the request, and gone when that is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from qifu.attachments.actions import stage
from qifu.attachments.models import Attachment, State
from qifu.enterprises.actions import (
    approve_binding,
    ask_binding,
    bind_by_phone,
    invite,
    refuse_binding,
    remove_binding,
    withdraw_request,
)
from qifu.enterprises.licences import licence_of
from qifu.enterprises.models import Binding, Ending
from qifu.kernel.errors import InvalidInput, StaleState
from qifu.organisations.models import User
from tests.attachments.samples import DOCX, picture, upload
from tests.cast import COUNTY, NOW
from tests.firms import Firms

WORDS = "夏青，立夏茶业的会计"


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def person(firms: Firms) -> User:
    return firms.person("13900000221")


def photo(person: User, content: bytes | None = None, name: str = "执照.jpg") -> list[Attachment]:
    sent = upload(content or picture(), name)
    return stage([sent], county=COUNTY, by=person, at=NOW).rows


def asked(firms: Firms, person: User) -> Binding:
    return ask_binding(firms.tea, WORDS, files=photo(person), by=person, at=NOW)


def file_now() -> Attachment:
    return Attachment.objects.in_county(COUNTY).get()


def test_nobody_has_to_send_one(firms: Firms, person: User) -> None:
    ask_binding(firms.tea, WORDS, by=person, at=NOW)

    assert not Attachment.objects.in_county(COUNTY).exists()


def test_the_office_and_whoever_asked_see_it_and_nobody_else(firms: Firms, person: User) -> None:
    binding, cast = asked(firms, person), firms.cast
    code = file_now().code

    for reader in (cast.zhou, cast.wang, person):
        assert licence_of(binding, code, reader) is not None
    for reader in (cast.zhu, cast.qian, cast.feng, cast.sys, cast.boss, cast.outsider):
        assert licence_of(binding, code, reader) is None
    assert licence_of(binding, "x", cast.zhou) is None


@pytest.mark.parametrize("how", ["approved", "refused", "withdrawn", "removed", "invited"])
def test_it_is_gone_when_the_request_is_done(firms: Firms, person: User, how: str) -> None:
    binding, zhou = asked(firms, person), firms.cast.zhou
    code = file_now().code
    match how:
        case "approved":
            approve_binding(binding, by=zhou, at=NOW)
        case "refused":
            refuse_binding(binding, Ending.WRONG_FIRM, by=zhou, at=NOW)
        case "withdrawn":
            withdraw_request(binding, by=person, at=NOW)
        case "removed":
            remove_binding(binding, by=zhou, at=NOW)
        case "invited":
            invite(firms.tea, person.phone, by=zhou, at=NOW)
            bind_by_phone(person, at=NOW)

    assert (file_now().state, file_now().name) == (State.REMOVED, "")
    binding.refresh_from_db()
    for reader in (zhou, person):
        assert licence_of(binding, code, reader) is None


def test_what_the_office_cannot_look_at_is_not_taken(firms: Firms, person: User) -> None:
    files = photo(person, DOCX, "执照.docx")

    with pytest.raises(InvalidInput, match="照片或PDF") as refused:
        ask_binding(firms.tea, WORDS, files=files, by=person, at=NOW)

    assert refused.value.field == "upload"
    assert file_now().state == State.STAGED


def test_a_photo_of_another_request_is_not_given_twice(firms: Firms, person: User) -> None:
    asked(firms, person)

    with pytest.raises(StaleState):
        ask_binding(firms.lamps, WORDS, files=[file_now()], by=person, at=NOW)
