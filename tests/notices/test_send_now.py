"""Sending at once what somebody waits for."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from qifu.journal.deed import deed
from qifu.notices import outbox
from qifu.notices.models import Notice, State
from tests.notices.conftest import COUNTY, NOW, draft

pytestmark = pytest.mark.django_db


def test_a_code_leaves_when_its_deed_commits(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with (
        django_capture_on_commit_callbacks(execute=True),
        deed("test.asked", county=COUNTY, by=None, at=NOW) as work,
    ):
        outbox.send_now(work, draft(kind="CODE"))
        assert Notice.objects.in_county(COUNTY).get().state == State.QUEUED

    assert Notice.objects.in_county(COUNTY).get().state == State.SENT


def test_if_the_process_dies_in_between_the_worker_sends_it() -> None:
    with deed("test.asked", county=COUNTY, by=None, at=NOW) as work:
        outbox.send_now(work, draft(kind="CODE"))

    outbox.sweep(at=NOW)

    assert Notice.objects.in_county(COUNTY).get().state == State.SENT
