"""When a page cannot be had, the reader learns it in Chinese and sees a way on."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory

from qifu.kernel.errors import DomainError, NotAllowed, StaleState
from qifu.web.ui.failures import refused
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("doors")]


def test_a_page_that_is_not_there(cast: Cast, client: Client) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()


def test_a_step_that_is_anothers(cast: Cast, client: Client) -> None:
    answer = client.get("/refused/")

    assert answer.status_code == 403
    assert "只有县办可以交办。" in answer.content.decode()


def test_a_page_that_has_grown_too_old(cast: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post("/founding/", {"code": "new"})

    assert answer.status_code == 403
    assert "页面放久了" in answer.content.decode()


def test_a_fault_has_a_number_to_read_out_by_phone(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Client(raise_request_exception=False).get("/broken/")

    assert answer.status_code == 500
    shown = re.search(r"(\d{3}) (\d{3})", answer.content.decode())
    assert shown is not None
    assert any(f"{shown[1]}{shown[2]}" in message for message in caplog.messages)
    assert "RuntimeError" not in answer.content.decode()


def test_a_step_without_a_form_that_came_too_late_shows_what_was_written(cast: Cast) -> None:
    request = RequestFactory().post("/step/", {"words": "塌方路段已清理，可以通车。"})

    answer = refused(request, StaleState("李长河10:02已签收。请核对后再提交。"))

    assert answer.status_code == 409
    assert "李长河10:02已签收。" in answer.content.decode()
    assert "塌方路段已清理" in answer.content.decode()


def test_a_step_that_the_room_refuses_says_its_sentence(cast: Cast) -> None:
    request = RequestFactory().post("/step/")

    assert refused(request, NotAllowed("只有县办可以交办。")).status_code == 403
    assert refused(request, DomainError("不行。请换一个。")).status_code == 422
