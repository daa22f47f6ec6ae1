"""A session that cannot be saved: gone is one thing, a database that is away another."""

from __future__ import annotations

import psycopg
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, connection
from django.test import Client

from qifu.web.ui.sessions import SessionStore
from tests.cast import Cast


@pytest.mark.django_db
def test_a_session_that_was_deleted_meanwhile_is_gone() -> None:
    session = SessionStore()
    session["draft"] = "一"
    session.save()
    SessionStore(session.session_key).delete()

    with pytest.raises(UpdateError):
        session.save()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_our_failure(as_superuser: psycopg.Connection) -> None:
    session = SessionStore()
    session["draft"] = "一"
    session.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    as_superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    with pytest.raises(OperationalError):
        session.save()
    connection.close()


@pytest.mark.django_db
def test_a_request_that_cannot_be_taken_is_answered_in_chinese(cast: Cast) -> None:
    answer = Client(headers={"host": "elsewhere.example"}).get("/healthz/")

    assert answer.status_code == 400
    assert "这一步没有办成" in answer.content.decode()
