"""A confidential case leaves no trace on any page of anybody who may not see it."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from qifu.appeals.actions import confiding, viewing
from qifu.appeals.models import Appeal
from qifu.appeals.queue_names import OFFICE_QUEUES, TIME_QUEUES, UNIT_QUEUES
from qifu.kernel.clock import local_date, now
from qifu.notices.models import Notice, State
from qifu.organisations.models import User
from tests.cast import COUNTY, PEOPLE, PERSONS, Cast
from tests.contracts.test_matrix import SIGNS, every_row
from tests.contracts.world import World
from tests.story import Story, lay_rules

FIRM = "隐名电子厂"
WORDS = "夜里有人堵门要钱"
SEARCHES = ("2026", WORDS[:4], FIRM[:3])
ENDINGS = [
    *(f"desk/queues/{queue.code}/" for queue in (*OFFICE_QUEUES, *TIME_QUEUES)),
    *(f"desk/queues/{prefix}{q.code}/" for q in UNIT_QUEUES for prefix in ("", "unit-")),
    *(f"desk/appeals/?q={words}" for words in SEARCHES),
    "desk/appeals/?state=HANDLING",
    "appeals/?view=open",
    "mailbox/",
]


@pytest.fixture
def world(cast: Cast, other_cast: Cast) -> World:
    return World(cast, other_cast)


def told(cast: Cast) -> tuple[Story, str]:
    """Tell a case that became confidential on its way, in everybody's lists until then."""
    story = Story(cast, at=now())
    story.submitted(problem=f"{WORDS}。请县里管一管，不要让别人知道。", enterprise_name=FIRM)
    story.accepted().dispatched(cast.labour).signed()
    viewing.name_viewer(story.appeal, cast.tang, "会商", by=cast.wang, at=story.at)
    old = story.appeal.number
    confiding.keep_confidential(story.fresh(), "老板来电", by=cast.zhou, at=story.at)
    # What could not be sent is on a page of the office.
    Notice.objects.in_county(COUNTY).filter(body__contains="诉求").update(state=State.FAILED)
    Notice.objects.in_county(COUNTY).filter(body__contains=old).update(state=State.FAILED)
    return story, old


def pages(world: World) -> set[str]:
    """Return every address of the table that shows a page to somebody."""
    found = set(ENDINGS)
    for row in every_row():
        if row.method != "GET" or "." not in row.cells.values():
            continue
        if row.target.endswith((" foreign", " there")):
            continue
        args = world.targets[row.target.removeprefix("any").strip()]
        found.add(re.sub(r"<\w+:(\w+)>", lambda name, args=args: args[name[1]], row.route))  # type: ignore[misc]
    return found


def sees(user: User, number: str) -> bool:
    rows = Appeal.objects.visible_to(user, local_date(now()))
    return rows.filter(number=number).exists()


@pytest.mark.slow
def test_no_page_of_anybody_else_shows_a_trace_of_it(world: World) -> None:
    cast = world.cast
    story, old = told(cast)
    number = story.fresh().number
    traces, wrong = (number, old, FIRM, WORDS), []
    every = sorted(pages(world))
    for name in (*PEOPLE, *PERSONS):
        user = User.objects.in_county(COUNTY).get(pk=getattr(cast, name).pk)
        if sees(user, number):
            continue
        client = Client()
        client.force_login(user)
        for path in every:
            # The demonstration's mailbox is everybody's phone: not even there.
            page = b"".join(client.get(f"/{path}")).decode(errors="replace")
            wrong += [f"{name} {path} {trace}" for trace in traces if trace in page]
        for lost in (number, old):
            place = "desk/appeals" if user.is_staff_person else "appeals"
            assert client.get(f"/{place}/{lost}/").status_code == 404
        wrong += [f"{name} export {trace}" for trace in exported(client) & set(traces)]

    assert wrong == []


def exported(client: Client) -> set[str]:
    answer = client.post("/desk/appeals/export/")
    if answer.status_code != SIGNS["."]:
        return set()
    sheet = load_workbook(BytesIO(b"".join(answer)), read_only=True).worksheets[0]
    return {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}


@pytest.mark.slow
def test_what_the_director_exports_is_without_it(world: World) -> None:
    story, _ = told(world.cast)
    client = Client()
    client.force_login(world.cast.wang)

    assert not exported(client) & {story.fresh().number, FIRM}


def test_oversight_opens_it_and_that_is_written_down(cast: Cast) -> None:
    lay_rules(COUNTY)
    story, _ = told(cast)
    number = story.fresh().number
    feng, wang = Client(), Client()
    feng.force_login(cast.feng)
    wang.force_login(cast.wang)

    listed = feng.get("/desk/appeals/").content.decode()
    assert number in listed
    assert FIRM not in listed
    assert WORDS not in listed
    assert WORDS in feng.get(f"/desk/appeals/{number}/").content.decode()

    assert "监督单位查看" in wang.get(f"/desk/appeals/{number}/").content.decode()
    assert number in feng.get(f"/desk/appeals/?q={number}").content.decode()
    for asked in (f"q={FIRM}", f"q={WORDS[:4]}", "category=finance", "unit=jinrongban"):
        assert number not in feng.get(f"/desk/appeals/?{asked}").content.decode(), asked
    assert number in wang.get("/desk/appeals/?unit=jinrongban").content.decode()
    journal = feng.get("/desk/journal/").content.decode()
    assert "监督单位查看保密诉求" in journal
    assert number not in journal
