"""A text is erased for good, on a lawful ground, and the journal still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from qifu.journal.deed import deed
from qifu.journal.erasure import Basis, erase
from qifu.journal.models import Event, Text
from qifu.journal.timeline import timeline
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.organisations.models import PostKind, Unit, User
from tests.journal.conftest import COUNTY, NOW, OTHER_COUNTY, an_officer, texts
from tests.journal.test_verify import verified

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[None]:
    with override_settings(QIFU_HOME=tmp_path):
        yield


def test_nothing_of_the_words_is_left_and_the_journal_passes(
    six_events: list[Unit], officer: User
) -> None:
    text = texts()[2]

    erase(text, basis=Basis.CONSENT_WITHDRAWN, by=officer, at=LATER, about=six_events[2])

    text.refresh_from_db()
    assert (text.heading, text.body, text.salt, text.erased_at) == ("", "", None, LATER)
    assert str(text) == "已依法删除"
    code, said, last = verified()
    assert (code, last["ok"]) == (0, True)
    assert f"{COUNTY}：核对了8条事件、6段原文，其中1段已依法删除，" in said


def test_the_event_says_who_which_and_on_what_ground(six_events: list[Unit], officer: User) -> None:
    text = texts()[2]

    erase(text, basis=Basis.CONSENT_WITHDRAWN, by=officer, at=LATER, about=six_events[2])

    entry = timeline(six_events[2])[-1]
    assert (entry.kind, entry.actor, entry.at) == ("text.erased", officer.pk, LATER)
    assert entry.data == {"text": str(text.pk), "basis": "PIPL47-3"}
    event = Event.objects.in_county(COUNTY).get(kind="text.erased")
    assert "DROP TABLE" not in str([event.data, event.rows])


def test_what_was_erased_is_found_if_it_comes_back(six_events: list[Unit], officer: User) -> None:
    text = texts()[2]
    kept = (text.heading, text.body, text.salt)
    erase(text, basis=Basis.TERM_ENDED, by=officer, at=LATER)

    Text.objects.in_county(COUNTY).filter(pk=text.pk).update(
        heading=kept[0], body=kept[1], salt=kept[2], erased_at=None
    )

    code, said, _ = verified()
    assert code == 1
    assert f"{COUNTY}：第8号事件依法删除的原文又出现了。" in said


@pytest.mark.parametrize("kind", [kind for kind in PostKind if kind != PostKind.SEC_ADMIN])
def test_nobody_but_the_security_administrator_may(six_events: object, kind: PostKind) -> None:
    text = texts()[0]

    with pytest.raises(NotAllowed):
        erase(text, basis=Basis.TERM_ENDED, by=an_officer(COUNTY, kind), at=LATER)

    text.refresh_from_db()
    assert text.body


def test_the_administrator_of_another_county_may_not(six_events: object) -> None:
    stranger = an_officer(OTHER_COUNTY, PostKind.SEC_ADMIN)

    with pytest.raises(NotAllowed):
        erase(texts()[0], basis=Basis.TERM_ENDED, by=stranger, at=LATER)


def test_a_text_is_erased_once(six_events: object, officer: User) -> None:
    text = texts()[0]
    seen_by_another = texts()[0]
    erase(text, basis=Basis.TERM_ENDED, by=officer, at=LATER)

    with pytest.raises(StaleState):
        erase(text, basis=Basis.TERM_ENDED, by=officer, at=LATER)
    with pytest.raises(StaleState):
        erase(seen_by_another, basis=Basis.TERM_ENDED, by=officer, at=LATER)

    assert Event.objects.in_county(COUNTY).filter(kind="text.erased").count() == 1


def test_a_ground_that_the_law_does_not_know_is_refused(six_events: object, officer: User) -> None:
    with pytest.raises(ValueError, match="没道理"):
        erase(texts()[0], basis="没道理", by=officer, at=LATER)


def test_the_command_erases_in_the_administrators_name(six_events: object, officer: User) -> None:
    text = texts()[0]
    out = StringIO()

    call_command("erase_text", str(text.pk), basis="PIPL47-1", by=str(officer.login), stdout=out)

    text.refresh_from_db()
    assert text.is_erased
    assert "已依法删除" in out.getvalue()


def test_the_command_says_what_is_wrong(six_events: object, officer: User) -> None:
    text = texts()[0]
    clerk = an_officer(COUNTY, PostKind.OFFICE_OPERATOR, PostKind.OFFICE_REVIEWER)

    with pytest.raises(CommandError, match="安全管理员"):
        call_command("erase_text", str(text.pk), basis="PIPL47-1", by=str(clerk.login))
    with pytest.raises(CommandError, match="没有账号"):
        call_command("erase_text", str(text.pk), basis="PIPL47-1", by="nobody")
    with pytest.raises(CommandError, match="没有编号"):
        call_command(
            "erase_text",
            "00000000-0000-0000-0000-000000000000",
            basis="PIPL47-1",
            by=str(officer.login),
        )


def test_an_erased_text_is_not_brought_back_by_a_deed(six_events: object, officer: User) -> None:
    text = texts()[0]
    erase(text, basis=Basis.TERM_ENDED, by=officer, at=LATER)

    with deed("text.restored", county=COUNTY, by=officer, at=LATER) as work:
        work.change(text, body="又写上", erased_at=None)

    assert verified()[0] == 1
