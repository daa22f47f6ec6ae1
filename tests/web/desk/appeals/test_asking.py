"""退单审核、延期审核、补充申请: whatever a unit asks of the office is in one of its lists."""

from __future__ import annotations

import pytest

from qifu.appeals.actions.extending import ask_extension, rule_extension
from qifu.appeals.actions.returning import rule_return, send_back_to_office
from qifu.appeals.actions.supplementing import request_supplement, rule_supplement
from qifu.appeals.models import ReturnReason
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf, case
from tests.web.desk.appeals.test_queues import rows
from tests.web.portal.reading import queries_at_most, read

RETURNS, EXTENSIONS, CONSENTS = (
    f"/desk/queues/{code}/" for code in ("returns", "extensions", "consents")
)


@pytest.fixture
def handled(story: Story) -> Story:
    return story.submitted().accepted().dispatched(story.cast.labour).signed()


def tight(page: str) -> str:
    return page.replace(" ", "")


def test_an_assists_return_is_in_the_list_and_marked(handled: Story, seat: SeatOf) -> None:
    cast, number = handled.cast, handled.appeal.number
    zhou, wang = seat(cast.zhou), seat(cast.wang)
    assert rows(zhou, RETURNS) == []
    part = handled.part(cast.labour)
    row = send_back_to_office(part, ReturnReason.OTHER_LEAD, "三定", by=cast.li, at=handled.at)

    assert rows(zhou, RETURNS) == [number]
    page = read(zhou, RETURNS)
    assert "县人社局协办退单" in page
    assert f"{case(handled)}return-rulings/" in zhou.get(RETURNS).content.decode()
    assert "退单审核1" in tight(page)
    assert "裁定县人社局的退单" in read(zhou, case(handled))
    # Whoever does not rule sees it, too, without the button.
    assert rows(wang, RETURNS) == [number]
    assert number in rows(zhou, "/desk/")
    # It is where it was as well: the LEAD goes on with it.
    assert rows(zhou, "/desk/queues/handling/") == [number]

    row.assignment.appeal = row.appeal
    rule_return(row, upheld=True, words="成立", by=cast.zhou, at=handled.at)
    assert rows(zhou, RETURNS) == []
    assert "退单审核0" in tight(read(zhou, RETURNS))


def test_a_leads_and_an_assists_return_of_one_case_are_one_row(story: Story, seat: SeatOf) -> None:
    cast = story.cast
    story.submitted().accepted().dispatched(cast.labour)
    for unit, by in ((cast.finance, cast.zhu), (cast.labour, cast.li)):
        part = story.part(unit)
        send_back_to_office(part, ReturnReason.OTHER_LEAD, "三定", by=by, at=story.at)
    zhou = seat(cast.zhou)

    assert rows(zhou, RETURNS) == [story.appeal.number]
    assert "退单审核1" in tight(read(zhou, RETURNS))


def test_what_a_unit_wants_supplied_waits_in_a_list(handled: Story, seat: SeatOf) -> None:
    cast, number = handled.cast, handled.appeal.number
    zhou = seat(cast.zhou)
    assert "没有" in read(zhou, CONSENTS) or rows(zhou, CONSENTS) == []
    part = handled.part(cast.finance)
    row = request_supplement(part, "缺执照", by=cast.zhu, at=handled.at)

    assert rows(zhou, CONSENTS) == [number]
    assert "县金融办申请请企业补充" in read(zhou, CONSENTS)
    assert "补充申请1" in tight(read(zhou, "/desk/"))
    assert number in rows(zhou, "/desk/")

    rule_supplement(row, agreed=False, by=cast.zhou, at=handled.at)
    assert rows(zhou, CONSENTS) == []


def test_what_takes_longer_waits_in_a_list(handled: Story, seat: SeatOf) -> None:
    cast, number = handled.cast, handled.appeal.number
    wu = seat(cast.wu)
    part = handled.part(cast.finance)
    row = ask_extension(part, 2, "银行要评审", by=cast.zhu, at=handled.at)

    assert rows(wu, EXTENSIONS) == [number]
    assert "县金融办申请延期" in read(wu, EXTENSIONS)
    assert "延期审核1" in tight(read(wu, "/desk/"))

    rule_extension(row, granted=1, words="同意", by=cast.wu, at=handled.at)
    assert rows(wu, EXTENSIONS) == []


def test_what_an_answered_case_asked_for_is_asked_no_more(handled: Story, seat: SeatOf) -> None:
    cast = handled.cast
    ask_extension(handled.part(cast.finance), 2, "银行要评审", by=cast.zhu, at=handled.at)

    handled.replied().approved().published()

    assert rows(seat(cast.wu), EXTENSIONS) == []
    assert "裁定县金融办的延期" not in read(seat(cast.wu), case(handled))


def test_narrowed_the_figures_are_those_of_the_rows(handled: Story, seat: SeatOf) -> None:
    cast = handled.cast
    request_supplement(handled.part(cast.finance), "缺执照", by=cast.zhu, at=handled.at)
    zhou = seat(cast.zhou)

    assert rows(zhou, f"{CONSENTS}?category=finance") == [handled.appeal.number]
    assert "符合的1件" in tight(read(zhou, f"{CONSENTS}?category=finance"))
    assert rows(zhou, f"{CONSENTS}?category=talent") == []


def test_these_lists_ask_eight_times_at_most(handled: Story, seat: SeatOf) -> None:
    cast = handled.cast
    request_supplement(handled.part(cast.finance), "缺执照", by=cast.zhu, at=handled.at)
    zhou = seat(cast.zhou)
    zhou.get("/desk/")
    for path in (RETURNS, EXTENSIONS, CONSENTS, "/desk/"):
        with queries_at_most(8):
            assert zhou.get(path).status_code == 200
