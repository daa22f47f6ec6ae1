"""Whoever owns the tables can change them, and is found out."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import override_settings

from qifu.journal import anchors, walk
from qifu.journal.deed import chained
from qifu.journal.models import Event
from tests.journal.conftest import COUNTY, NOW, OTHER_COUNTY, found

pytestmark = pytest.mark.django_db(transaction=True)

Journal = psycopg.Connection


@pytest.fixture(autouse=True)
def home(tmp_path: Any) -> Iterator[None]:
    """Anchors of this test alone."""
    with override_settings(QIFU_HOME=tmp_path):
        yield


@pytest.fixture
def journal(as_superuser: Journal, six_events: object) -> Iterator[Journal]:
    """A connection with every right, and the triggers out of its way."""
    as_superuser.execute("ALTER TABLE journal_event DISABLE TRIGGER ALL")
    yield as_superuser
    as_superuser.execute("ALTER TABLE journal_event ENABLE TRIGGER ALL")


def verified(*args: str) -> tuple[int, str, dict[str, Any]]:
    """Run the command; return its exit code, what it said, and its last line."""
    out = StringIO()
    code = 0
    try:
        call_command("verify_journal", *args, stdout=out)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    *said, last = out.getvalue().splitlines()
    return code, "\n".join(said), json.loads(last)


def assert_found(*sentences: str) -> None:
    code, said, last = verified()
    assert code == 1
    assert last["ok"] is False
    for sentence in sentences:
        assert f"{COUNTY}：{sentence}" in said


def test_an_untouched_journal_passes(six_events: object) -> None:
    anchors.anchor(COUNTY, NOW)

    code, said, last = verified()

    assert (code, last) == (0, {"events": 8, "ok": True})
    assert f"{COUNTY}：核对了6条事件、6段原文，1个锚点，全部对得上。" in said
    assert verified("--county", OTHER_COUNTY)[2] == {"events": 2, "ok": True}


def test_an_empty_journal_passes() -> None:
    assert verified() == (0, "", {"events": 0, "ok": True})


def test_reading_in_many_chunks_finds_the_same(
    six_events: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "CHUNK", 2)

    assert verified()[2] == {"events": 8, "ok": True}


@pytest.mark.parametrize(
    "change",
    [
        "data = jsonb_set(data, '{days}', '4')",
        "rows = '[]'",
        "actor = 7",
        "at = at + interval '1 second'",
        "kind = 'unit.closed'",
        "subject_id = subject_id + 1",
        "key = 'x'",
        "reference = NOT reference",
        "data = '[]'",
        'data = jsonb_set(data, \'{texts}\', \'[1, [2], ["a", "b", "c"]]\')',
    ],
)
def test_an_altered_event_is_found(journal: Journal, change: str) -> None:
    journal.execute(f"UPDATE journal_event SET {change} WHERE county = '{COUNTY}' AND seq = 3")

    assert_found("第3号事件的内容和它的哈希对不上")


def test_a_deleted_event_is_found(journal: Journal) -> None:
    journal.execute("DELETE FROM journal_event WHERE county = '341524' AND seq = 3")

    assert_found("第3号事件缺失", "有1段原文不属于任何事件")


def test_a_deleted_event_is_found_though_the_others_close_ranks(journal: Journal) -> None:
    journal.execute("DELETE FROM journal_event WHERE county = '341524' AND seq = 3")
    journal.execute("UPDATE journal_event SET seq = seq - 1 WHERE county = '341524' AND seq > 3")

    assert_found("第3号事件没有接在前一条之后", "第3号事件的内容和它的哈希对不上")


def test_an_inserted_event_is_found(journal: Journal) -> None:
    journal.execute(
        """INSERT INTO journal_event (county, seq, at, kind, actor, subject_type, subject_id,
            data, rows, key, reference, prev, hash)
        SELECT county, 7, at, 'unit.closed', actor, subject_type, subject_id,
            '{}', rows, '', reference, hash, md5('x') || md5('y')
        FROM journal_event WHERE county = '341524' AND seq = 6"""
    )

    assert_found("第7号事件的内容和它的哈希对不上")


def test_an_event_squeezed_in_between_is_found(journal: Journal) -> None:
    journal.execute("ALTER TABLE journal_event DROP CONSTRAINT journal_event_seq")
    journal.execute(
        """INSERT INTO journal_event (county, seq, at, kind, actor, subject_type, subject_id,
            data, rows, key, reference, prev, hash)
        SELECT county, seq, at, kind, actor, subject_type, subject_id,
            data, rows, key, reference, prev, hash
        FROM journal_event WHERE county = '341524' AND seq = 3"""
    )
    try:
        assert_found("第3号事件的编号不该再出现")
    finally:
        journal.execute("DELETE FROM journal_event")
        journal.execute(
            "ALTER TABLE journal_event ADD CONSTRAINT journal_event_seq UNIQUE (county, seq)"
        )


def test_reordered_events_are_found(journal: Journal) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        journal.execute(
            "UPDATE journal_event SET seq = %s WHERE county = '341524' AND seq = %s", [new, old]
        )

    assert_found("第3号事件的内容和它的哈希对不上", "第4号事件的内容和它的哈希对不上")


def test_an_event_moved_to_another_county_is_found(journal: Journal) -> None:
    journal.execute(
        "UPDATE journal_event SET county = '341525', seq = 3 WHERE county = '341524' AND seq = 6"
    )

    code, said, _ = verified()

    assert code == 1
    assert "341525：第3号事件的内容和它的哈希对不上" in said


def test_a_truncated_journal_is_found(journal: Journal) -> None:
    anchors.anchor(COUNTY, NOW)
    journal.execute("TRUNCATE journal_event")

    assert_found("锚点（2026-11-24.jsonl第1行）记下的第6号事件不见了：日志的末尾被截去")


def test_a_cut_off_end_is_found(journal: Journal) -> None:
    anchors.anchor(COUNTY, NOW)
    journal.execute("DELETE FROM journal_event WHERE county = '341524' AND seq > 4")

    assert_found("锚点（2026-11-24.jsonl第1行）记下的第6号事件不见了")


def test_a_cut_off_end_is_found_by_its_texts_before_any_anchor(journal: Journal) -> None:
    journal.execute("DELETE FROM journal_event WHERE county = '341524' AND seq > 4")

    assert_found("有2段原文不属于任何事件")


def test_a_cut_off_and_regrown_end_is_found(journal: Journal) -> None:
    anchors.anchor(COUNTY, NOW)
    journal.execute("DELETE FROM journal_event WHERE county = '341524' AND seq > 5")
    journal.execute("DELETE FROM journal_text WHERE body LIKE 't6%'")
    found("t7")

    assert_found("锚点（2026-11-24.jsonl第1行）记下的第6号事件和日志里的不是同一条")


def rechain(journal: Journal, make_hash: Callable[[bytes], str]) -> None:
    """Change the second event and compute every hash anew, as its owner could."""
    journal.execute("UPDATE journal_event SET actor = 7 WHERE county = '341524' AND seq = 2")
    prev = "0" * 64
    for event in Event.objects.in_county(COUNTY).order_by("seq"):
        body = json.dumps(
            [*chained(event), prev], ensure_ascii=False, separators=(",", ":"), sort_keys=True
        )
        fresh = make_hash(body.encode())
        journal.execute(
            "UPDATE journal_event SET prev = %s, hash = %s WHERE id = %s", [prev, fresh, event.pk]
        )
        prev = fresh


@pytest.mark.parametrize(
    "make_hash",
    [
        lambda body: hashlib.sha256(body).hexdigest(),
        lambda body: hmac.new(b"guessed", body, hashlib.sha256).hexdigest(),
    ],
    ids=["without a key", "with a wrong key"],
)
def test_a_rechained_journal_is_found(journal: Journal, make_hash: Callable[[bytes], str]) -> None:
    rechain(journal, make_hash)

    assert_found("第1号事件的内容和它的哈希对不上", "第2号事件的内容和它的哈希对不上")


def test_a_journal_rechained_with_the_key_is_found_by_its_anchor(journal: Journal) -> None:
    anchors.anchor(COUNTY, NOW)

    rechain(journal, lambda body: hmac.new(settings.JOURNAL_KEY, body, hashlib.sha256).hexdigest())

    assert_found("锚点（2026-11-24.jsonl第1行）记下的第6号事件和日志里的不是同一条")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE journal_text SET body = 'x'", "第3号事件的原文（founding）和当时的哈希对不上"),
        ("UPDATE journal_text SET heading = 'x'", "第3号事件的原文（founding）和当时的哈希对不上"),
        ("UPDATE journal_text SET salt = NULL", "第3号事件的原文（founding）和当时的哈希对不上"),
        ("DELETE FROM journal_text", "第3号事件的原文（founding）不见了"),
        (
            "UPDATE journal_text SET body = '', heading = '', salt = NULL, erased_at = now()",
            "第3号事件的原文（founding）被清空了，却没有依法删除的事件",
        ),
    ],
)
def test_a_text_that_is_not_as_it_was_written_is_found(
    journal: Journal, change: str, sentence: str
) -> None:
    journal.execute(f"{change} WHERE county = '341524' AND body LIKE 't3%'")

    assert_found(sentence)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET actor = 7",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event",
        "DELETE FROM journal_text",
        "TRUNCATE journal_text",
        "ALTER TABLE journal_event DISABLE TRIGGER ALL",
    ],
)
def test_the_applications_login_may_not(six_events: object, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET actor = 7",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event",
    ],
)
def test_even_the_owner_is_refused_while_the_triggers_stand(
    six_events: object, as_owner: Journal, statement: str
) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        as_owner.execute(statement)


def test_two_events_of_one_number_are_refused(six_events: object) -> None:
    event = Event.objects.in_county(COUNTY).get(seq=3)
    event.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)
