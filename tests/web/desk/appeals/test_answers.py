"""答复: from the unit's words past its leader and the office to the enterprise."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from qifu.appeals.actions.noting import contact, sub_assign
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Answer, Means
from qifu.kernel.clock import local_date
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf, case
from tests.web.portal.reading import read, words

DAY = {"promised_on": "2099-12-31", "promise": "办法出台"}
NO = {
    "ground": "MISSING",
    "basis": "《贴息办法》第六条",
    "tried": "问过市里",
    "alternatives": "创业担保贷款，0564-7350019",
}
BODY = "12月1日前放款，联系人李文静，0564-7350018。"


@pytest.fixture
def handled(story: Story) -> Story:
    """A case that its unit has signed for."""
    return story.submitted().accepted().dispatched(story.cast.labour).signed()


def reply(client: Client, story: Story, **form: object) -> Any:
    return client.post(case(story, "replies"), {"body": BODY, **form})


def test_a_leader_who_drafted_it_may_only_take_it_back(handled: Story, seat: SeatOf) -> None:
    cast = handled.cast
    sub_assign(handled.part(cast.finance), cast.chen, by=cast.chen, at=handled.at)
    handled.fresh()
    handled.replied(by=cast.chen)
    chen = seat(cast.chen)
    form = {"answer": handled.answer.body_id, "agreed": "no", "words": "请朱科长报送"}

    case_page, page = chen.get(case(handled)), chen.get(case(handled, "approvals"))

    assert "收回来改" in words(case_page)
    assert "没有另一位的，请收回来" in words(page)
    assert 'value="yes"' not in page.content.decode()
    assert chen.post(case(handled, "approvals"), {**form, "agreed": "yes"}).status_code == 403
    assert chen.post(case(handled, "approvals"), form).status_code == 303
    assert handled.fresh().state == State.HANDLING


def shown(client: Client, story: Story) -> str:
    found = re.search(r'name="answer" value="([^"]+)"', client.get(case(story)).content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("outcome", "missing", "given"),
    [
        ("SOLVED", "“已解决”要有凭证", {"proof": "PAYMENT", "evidence": "放款凭证"}),
        ("PLANNED", "“列入计划”要写承诺办成的日期", DAY),
        ("NOT_OURS", "请写明已经转给哪个单位", {"moved_to": "市农业农村局，0564-3360001", **NO}),
        ("CONDITIONS", "办不成要告诉企业依据", NO),
        ("EXPLAINED", "", {}),
    ],
)
def test_an_outcome_asks_for_what_it_must_show(
    handled: Story, seat: SeatOf, outcome: str, missing: str, given: dict[str, str]
) -> None:
    zhu = seat(handled.cast.zhu)
    if missing:
        refused = reply(zhu, handled, outcome=outcome)
        assert refused.status_code == 422
        assert missing in words(refused)
        assert BODY in refused.content.decode()

    assert reply(zhu, handled, outcome=outcome, **given).status_code == 303

    assert handled.fresh().state == State.APPROVAL


def test_two_calls_on_one_day_are_one_attempt(handled: Story, seat: SeatOf) -> None:
    zhu = seat(handled.cast.zhu)
    tried(handled, handled.at)
    tried(handled, handled.at + timedelta(minutes=1))

    refused = reply(zhu, handled, outcome="UNREACHABLE")

    assert refused.status_code == 422
    assert "至少要有两天、两次没联系上的记录" in words(refused)
    tried(handled, handled.at + timedelta(days=1))
    assert reply(zhu, handled, outcome="UNREACHABLE").status_code == 303


def tried(story: Story, at: datetime) -> None:
    """Ring the enterprise in vain."""
    part = story.part(story.cast.finance)
    contact(part, at, Means.PHONE, reached=False, by=story.cast.zhu, at=at)


def test_what_the_outcome_does_not_ask_for_is_not_kept(handled: Story, seat: SeatOf) -> None:
    stray = {"proof": "PAYMENT", "evidence": "不是这件的凭证", "moved_to": "别处"}
    reply(seat(handled.cast.zhu), handled, outcome="EXPLAINED", **stray)

    answer = Answer.objects.in_county(handled.cast.county).get()

    assert (answer.proof, answer.evidence, answer.moved_to) == ("", None, None)


def test_nothing_chosen_is_said_for_each_field(handled: Story, seat: SeatOf) -> None:
    refused = seat(handled.cast.zhu).post(case(handled, "replies"), {"body": " "})

    assert refused.status_code == 422
    assert "还差2处没填好" in words(refused)
    assert "还没选办理结果" in words(refused)


def test_every_group_has_its_heading_where_the_browser_cannot_hide_it(
    handled: Story, seat: SeatOf
) -> None:
    page = read(seat(handled.cast.zhu), case(handled, "replies"))

    for heading in (
        "凭证：已解决必填",
        "承诺：列入计划必填",
        "转给谁：不属职权必填",
        "办不成告知：条件不具备、不合理、不属职权必填",
    ):
        assert heading in page


def test_an_assistant_writes_an_opinion_for_the_lead(handled: Story, seat: SeatOf) -> None:
    li = seat(handled.cast.li)
    li.post(case(handled, "signatures"))
    assert "企业看不到" in read(li, case(handled, "replies"))

    assert reply(li, handled, outcome="EXPLAINED").status_code == 303
    zhao = seat(handled.cast.zhao)
    form = {"answer": shown(zhao, handled), "agreed": "yes"}
    assert zhao.post(case(handled, "approvals"), form).status_code == 303

    assert handled.fresh().state == State.HANDLING
    assert "协办意见已交主办单位" in read(zhao, case(handled))


def test_a_local_solution_says_what_was_done(story: Story, seat: SeatOf) -> None:
    story.lodged_locally()
    qian = seat(story.cast.qian)

    refused = reply(qian, story, outcome="EXPLAINED")

    assert refused.status_code == 422
    assert "自行办结要写明采取了什么措施" in words(refused)


def test_the_leader_signs_one_after_the_other(handled: Story, seat: SeatOf) -> None:
    handled.replied()
    first = handled.appeal.number
    handled.submitted().accepted().dispatched().signed().replied()
    chen = seat(handled.cast.chen)
    page = chen.get("/desk/approvals/").content.decode()
    assert first in page
    assert "第1件，共2件" in page
    answer = re.search(r'name="answer" value="([^"]+)"', page)
    assert answer

    done = chen.post(
        f"/desk/appeals/{first}/approvals/", {"answer": answer[1], "agreed": "yes", "back": "queue"}
    )

    assert done["Location"] == "/desk/approvals/"
    page = chen.get("/desk/approvals/").content.decode()
    assert handled.appeal.number in page
    assert "第1件，共1件" in page


def test_sending_back_needs_a_word(handled: Story, seat: SeatOf) -> None:
    handled.replied()
    chen = seat(handled.cast.chen)
    form = {"answer": shown(chen, handled), "agreed": "no"}

    refused = chen.post(case(handled, "approvals"), form)

    assert refused.status_code == 422
    assert "请写明要改什么" in words(refused)
    assert chen.post(case(handled, "approvals"), {**form, "words": "写利率"}).status_code == 303


def test_an_answer_that_was_not_read_is_not_signed(handled: Story, seat: SeatOf) -> None:
    handled.replied()
    chen = seat(handled.cast.chen)
    old = shown(chen, handled)
    chen.post(case(handled, "approvals"), {"answer": old, "agreed": "no", "words": "写利率"})
    handled.fresh()
    handled.replied()

    stale = chen.post(case(handled, "approvals"), {"answer": old, "agreed": "yes"})
    unknown = chen.post(case(handled, "approvals"), {"answer": "x", "agreed": "yes"})

    assert (stale.status_code, unknown.status_code) == (409, 409)
    assert handled.fresh().state == State.APPROVAL


def test_publishing_can_be_recalled_from_its_toast(handled: Story, seat: SeatOf) -> None:
    handled.replied().approved()
    wu = seat(handled.cast.wu)
    wu.post(case(handled, "reviews"), {"answer": shown(wu, handled), "passed": "yes"})
    assert handled.fresh().state == State.TO_EVALUATE
    assert case(handled, "recalls") in wu.get(case(handled)).content.decode()

    assert wu.post(case(handled, "recalls")).status_code == 303

    assert handled.fresh().state == State.REVIEW


def test_after_a_minute_the_enterprise_has_it(handled: Story, seat: SeatOf) -> None:
    handled.wait(minutes=-5).replied().approved().published()
    wu = seat(handled.cast.wu)

    assert case(handled, "recalls") not in wu.get(case(handled)).content.decode()
    assert wu.post(case(handled, "recalls")).status_code == 409


def test_rework_asks_what_is_wrong(handled: Story, seat: SeatOf) -> None:
    handled.replied().approved()
    wu = seat(handled.cast.wu)
    form = {"answer": shown(wu, handled)}
    assert BODY[:5] in wu.get(case(handled, "reviews")).content.decode()
    refused = wu.post(case(handled, "reviews"), form)
    assert refused.status_code == 422
    assert "请写明哪里不行" in words(refused)

    assert wu.post(case(handled, "reviews"), {**form, "words": "漏答消防"}).status_code == 303

    assert handled.fresh().state == State.HANDLING
    assert handled.appeal.due_on is not None
    assert handled.appeal.due_on > local_date(handled.at)
