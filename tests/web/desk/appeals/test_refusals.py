"""办不成登记簿: who said no to what, of how many; every figure opens its rows."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from qifu.appeals.actions.confiding import keep_confidential
from qifu.appeals.actions.publishing import recall
from qifu.appeals.actions.working import send_back
from qifu.appeals.models import Refusal
from tests.copies import like
from tests.story import REFUSED, Story
from tests.web.desk.appeals.conftest import SeatOf, case, partly
from tests.web.portal.reading import queries_at_most, read, words

REGISTER = "/desk/refusals/"


@pytest.fixture
def refused(story: Story) -> Story:
    story.submitted().accepted().dispatched().signed()
    return story.replied(REFUSED).approved().published()


def number_of(story: Story) -> str:
    return Refusal.objects.in_county(story.cast.county).get(appeal=story.appeal).number


def book_of(answer: Any) -> Any:
    assert answer.status_code == 200
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def tight(client: Client, path: str) -> str:
    """Return the words of a page without the spaces between its elements."""
    return read(client, path).replace(" ", "")


def test_an_empty_register_says_what_comes_here(story: Story, seat: SeatOf) -> None:
    story.walked()

    page = tight(seat(story.cast.wang), REGISTER)

    assert "还没有办不成的答复" in page
    assert "办不成0条÷答复1条" in page


def test_every_figure_opens_its_rows(refused: Story, seat: SeatOf) -> None:
    number = refused.appeal.number
    Story(refused.cast, at=refused.at).walked()
    wang = seat(refused.cast.wang)

    page = tight(wang, REGISTER)
    assert "50%" in page
    assert "办不成1条÷答复2条" in page

    for query, count in (
        ("?ground=MISSING", 1),
        ("?ground=GAP", 0),
        ("?unit=jinrongban", 1),
        ("?unit=jinrongban&show=answers", 2),
        ("?unit=renshe&show=answers", 0),
        ("?later=yes", 0),
        ("?later=no&outcome=CONDITIONS", 1),
        (f"?year={refused.at.year}", 1),
        ("?year=1949", 1),
    ):
        page = tight(wang, f"{REGISTER}{query}")
        assert f"办不成登记簿{count}条" in page, query
        assert (number in page) == (count > 0), query


def test_a_place_in_the_list_is_found_again_and_nonsense_is_the_first_page(
    refused: Story, seat: SeatOf
) -> None:
    row = Refusal.objects.in_county(refused.cast.county).get()
    copies = [
        like(row, at=row.at - timedelta(minutes=turn), number=f"N{turn}") for turn in range(30)
    ]
    for copy in copies:
        copy.answer = like(row.answer, body_id=row.answer.body_id)
        copy.answer.save()
    Refusal.objects.bulk_create(copies)
    zhou = seat(refused.cast.zhou)

    first = zhou.get(REGISTER).content.decode()
    assert "共31条" in first
    after = first.split("?after=")[1].split('"')[0]
    assert "前25条" in tight(zhou, f"{REGISTER}?after={after}")
    for wrong in (
        "x",
        "2026-11-24T10:00:00",
        f"2026-13-99T99:00:00.{refused.appeal.number}",
        "%00.",
    ):
        assert zhou.get(f"{REGISTER}?after={wrong}").status_code == 200
        assert zhou.get(f"{REGISTER}?show=answers&before={wrong}").status_code == 200


def test_the_register_asks_eight_times_at_most(refused: Story, seat: SeatOf) -> None:
    wang = seat(refused.cast.wang)
    wang.get(REGISTER)
    for path in (REGISTER, f"{REGISTER}?show=answers", f"{REGISTER}?ground=MISSING"):
        with queries_at_most(8):
            wang.get(path)


def test_htmx_gets_the_rows_alone(refused: Story, seat: SeatOf) -> None:
    page = partly(seat(refused.cast.zhou), REGISTER).content.decode()

    assert refused.appeal.number in page
    assert "<html" not in page


def test_a_sheet_has_the_basis_and_no_confidential_case(refused: Story, seat: SeatOf) -> None:
    wang = seat(refused.cast.wang)
    rows = list(book_of(wang.post(f"{REGISTER}export/"))["办不成登记簿"].values)
    assert rows[1][1] == refused.appeal.number
    assert REFUSED.basis in rows[1]

    keep_confidential(refused.fresh(), "怕", by=refused.cast.boss, at=refused.at)

    assert "还没有办不成的答复" in read(wang, REGISTER)
    book = book_of(wang.post(f"{REGISTER}export/"))
    assert len(list(book["办不成登记簿"].values)) == 1


def test_the_letter_is_read_by_unit_and_office_and_gone_when_recalled(
    refused: Story, seat: SeatOf
) -> None:
    path = case(refused, f"letters/{number_of(refused)}")
    for user in (refused.cast.zhou, refused.cast.zhu):
        page = read(seat(user), path)
        assert REFUSED.basis in page
        assert REFUSED.measures not in page
    assert "办不成告知书" in read(seat(refused.cast.zhu), case(refused))
    assert seat(refused.cast.li).get(path).status_code == 404

    recall(refused.reread(), by=refused.cast.wu, at=refused.wait(seconds=5).at)

    assert seat(refused.cast.zhou).get(path).status_code == 404


def test_the_leader_reads_the_basis_before_he_signs(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted().dispatched().signed().replied(REFUSED)

    page = read(seat(story.cast.chen), "/desk/approvals/")

    for said in (REFUSED.basis, REFUSED.tried, REFUSED.alternatives):
        assert said in page


def test_what_came_back_is_there_again(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted().dispatched().signed().replied(REFUSED)
    send_back(story.reread(), "写明第几条", by=story.cast.chen, at=story.at)

    page = seat(story.cast.zhu).get(case(story, "replies")).content.decode()

    assert REFUSED.alternatives in page
    assert 'value="MISSING" selected' in page


def test_the_enterprise_reads_basis_and_way_out_and_prints_the_letter(
    refused: Story, seat: SeatOf
) -> None:
    boss = seat(refused.cast.boss)

    page = read(boss, f"/appeals/{refused.appeal.number}/")
    assert REFUSED.basis in page
    assert REFUSED.alternatives in page
    letter = boss.get(f"/appeals/{refused.appeal.number}/letters/{number_of(refused)}/")

    assert "审签：" in words(letter)
    assert "行政复议" in words(letter)
    assert REFUSED.measures not in words(letter)
