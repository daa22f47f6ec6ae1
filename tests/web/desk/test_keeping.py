"""任务看板、发送失败、催办: the pages by which somebody keeps it going."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django import app

from qifu.appeals.models import Reminder
from qifu.kernel.clock import now
from qifu.notices.models import Fault, Notice, State
from qifu.organisations.models import User
from qifu.rounds.models import JobRun
from tests.cast import Cast
from tests.story import Story, lay_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(cast: Cast) -> Story:
    """A case whose LEAD and ASSIST are both late."""
    lay_rules(cast.county)
    story = Story(cast, at=now() - timedelta(days=30)).submitted().accepted()
    return story.dispatched(cast.labour).signed().signed(cast.labour, cast.li)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def failed(cast: Cast, dedup: str = "gone-1", **more: object) -> Notice:
    at = now()
    columns: dict[str, object] = {
        "county": cast.county,
        "kind": "E4",
        "dedup": dedup,
        "address_kind": "PHONE",
        "address": "13900000001",
        "body": "编号2026-0001：已交县金融办办理。",
        "why": "",
        "state": State.FAILED,
        "failure": "号码是空号",
        "fault": Fault.NUMBER,
        "made_at": at,
        "hold_until": at,
        "due_at": at,
    }
    return Notice._base_manager.create(**{**columns, **more})


def run_row(code: str, minutes: int) -> None:
    at = now() - timedelta(minutes=minutes)
    JobRun.objects.create(code=code, period="x", first_at=at, last_at=at, succeeded_at=at, runs=1)


def test_the_board_shows_each_task_and_warns_when_nothing_runs(
    cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    lay_rules(cast.county)
    run_row("notices-sweep", 30)
    client = as_(cast.sys)
    client.get("/desk/jobs/")

    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        page = client.get("/desk/jobs/").content.decode()

    assert "发送通知" in page
    assert "接手中断的任务" in page
    assert "没有任务运行过" in page
    assert "晚了" in page


def test_the_director_is_warned_on_his_first_page_and_a_liaison_is_not(cast: Cast) -> None:
    lay_rules(cast.county)
    run_row("notices-sweep", 30)

    assert "没有任务运行过" in as_(cast.wang).get("/desk/").content.decode()
    assert "没有任务运行过" not in as_(cast.zhu).get("/desk/").content.decode()


def test_a_task_is_run_now_and_not_put_twice(cast: Cast) -> None:
    client = as_(cast.wang)

    first = client.post("/desk/jobs/appeals-remind/runs/")
    second = client.post("/desk/jobs/appeals-remind/runs/")

    assert (first.status_code, second.status_code) == (303, 409)
    waiting = app.job_manager.list_jobs(task="qifu.appeals.jobs.remind")
    assert len(list(waiting)) == 1


def test_what_reached_nobody_says_why_and_what_to_do(cast: Cast) -> None:
    lay_rules(cast.county)
    failed(cast)
    failed(cast, "gone-2")

    page = as_(cast.zhou).get("/desk/notices/").content.decode()

    assert "号码是空号" in page
    assert "号码失效" in page
    assert "139****0001" in page
    assert "13900000001" not in page


def test_it_is_sent_again_once(cast: Cast) -> None:
    notice = failed(cast)
    client = as_(cast.zhou)

    first = client.post("/desk/notices/retries/", {"notice": notice.dedup})
    second = client.post("/desk/notices/retries/", {"notice": notice.dedup})

    assert (first.status_code, second.status_code) == (303, 409)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.failure) == (State.QUEUED, 0, "")


def test_another_countys_failures_are_not_there(cast: Cast, other_cast: Cast) -> None:
    lay_rules(cast.county)
    failed(other_cast)

    assert "号码是空号" not in as_(cast.zhou).get("/desk/notices/").content.decode()
    answer = as_(cast.zhou).post("/desk/notices/retries/", {"notice": "gone-1"})
    assert answer.status_code == 404


def test_a_dead_number_is_marked_where_somebody_would_ring_it(late: Story, cast: Cast) -> None:
    failed(cast)
    failed(cast, "gone-2")

    page = as_(cast.zhou).get(f"/desk/appeals/{late.appeal.number}/").content.decode()

    assert "号码失效" in page


def test_the_late_assist_is_named_on_the_case_and_in_the_list(late: Story, cast: Cast) -> None:
    case = as_(cast.zhou).get(f"/desk/appeals/{late.appeal.number}/").content.decode()
    overdue = as_(cast.zhou).get("/desk/queues/overdue/").content.decode()

    assert "主办逾期，在等县人社局（协办，逾期" in case
    assert "等县人社局（协办，逾期" in overdue


def test_an_assist_that_is_done_holds_nobody_up(late: Story, cast: Cast) -> None:
    late.replied(unit=cast.labour, by=cast.li).approved(cast.zhao)

    case = as_(cast.zhou).get(f"/desk/appeals/{late.appeal.number}/").content.decode()

    assert "在等县人社局" not in case


def test_the_office_urges_from_the_case_and_the_lists_show_it(late: Story, cast: Cast) -> None:
    client, number = as_(cast.zhou), late.appeal.number
    page = client.get(f"/desk/appeals/{number}/").content.decode()
    url = f"/desk/appeals/{number}/reminders/"

    asked = client.get(f"{url}?unit=renshe").content.decode()
    done = client.post(url, {"unit": "renshe", "words": "今天要结果"})
    again = client.post(url, {"unit": "renshe"})

    assert "催办县人社局…" in page
    assert "催办县人社局" in asked
    assert (done.status_code, again.status_code) == (303, 409)
    assert Reminder.objects.in_county(cast.county).get().unit == cast.labour
    assert "今天要结果" in client.get(f"/desk/appeals/{number}/").content.decode()
    assert "已催办" in as_(cast.li).get("/desk/queues/handling/").content.decode()
    assert "已催办" in client.get("/desk/queues/overdue/").content.decode()
    assert "已催办" not in as_(cast.zhu).get("/desk/queues/handling/").content.decode()


def test_the_list_of_the_late_keeps_to_its_budget(
    late: Story, cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = as_(cast.zhou)
    client.get("/desk/")

    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        client.get("/desk/queues/overdue/")
