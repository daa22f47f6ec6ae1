"""营业执照照片: sent from the phone, looked at by the office, and shown to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from qifu.attachments.models import Attachment, State
from qifu.enterprises.models import Binding
from qifu.organisations.models import User
from tests.attachments.samples import picture
from tests.cast import COUNTY, Cast
from tests.firms import Firms
from tests.story import lay_rules

ASK, ME, REQUESTS = "/me/requests/new/", "/me/", "/desk/enterprises/requests/"


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path, cast: Cast) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    lay_rules(cast.county)


def seat(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("执照.jpg", picture())


def told(firms: Firms, **more: object) -> dict[str, object]:
    return {"uscc": firms.lamps.uscc, "words": "灯饰厂会计", "once_key": "k", **more}


def test_the_photo_goes_along_and_the_office_sees_it(firms: Firms) -> None:
    outsider, zhou = seat(firms.cast.outsider), seat(firms.cast.zhou)

    assert outsider.post(ASK, told(firms, upload=photo())).status_code == 303

    binding = Binding.objects.in_county(COUNTY).asked().get()
    row = Attachment.objects.in_county(COUNTY).get()
    desk = f"{REQUESTS}{binding.number}/files/{row.code}/"
    mine = f"/me/requests/{binding.number}/files/{row.code}/"
    assert desk in zhou.get(REQUESTS).content.decode()
    assert mine in outsider.get(ME).content.decode()
    for client, path in ((zhou, desk), (outsider, mine)):
        for part in ("", "preview/"):
            answer = client.get(f"{path}{part}")
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "private, no-store"

    assert zhou.post(f"{REQUESTS}{binding.number}/approval/", {"once_key": "a"}).status_code == 303
    assert [zhou.get(desk).status_code, outsider.get(mine).status_code] == [404, 404]


def test_a_refused_form_keeps_the_photo(firms: Firms) -> None:
    outsider = seat(firms.cast.outsider)

    page = outsider.post(ASK, told(firms, words=" ", upload=photo()))
    assert page.status_code == 422
    row = Attachment.objects.in_county(COUNTY).get()
    assert f'name="there" value="{row.code}"' in page.content.decode()

    assert outsider.post(ASK, told(firms, there=row.code)).status_code == 303
    row.refresh_from_db()
    assert row.state == State.KEPT


def test_sending_it_first_asks_nothing_yet_and_it_can_be_taken_out(firms: Firms) -> None:
    outsider = seat(firms.cast.outsider)

    page = outsider.post(ASK, told(firms, upload=photo(), attach="1"))
    assert page.status_code == 200
    assert "灯饰厂会计" in page.content.decode()
    row = Attachment.objects.in_county(COUNTY).get()
    outsider.post(ASK, told(firms, there=row.code, remove=row.code))

    row.refresh_from_db()
    assert row.state == State.REMOVED
    assert not Binding.objects.in_county(COUNTY).asked().exists()
