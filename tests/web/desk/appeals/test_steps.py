"""Every verb at its address: who may, what a second press does, what a stale page gets."""

from __future__ import annotations

import pytest

from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Acceptance, Dispatch, Signature
from qifu.organisations.models import User
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf, case
from tests.web.portal.reading import read, words

POSTS = (
    "acceptances", "declines", "answers", "dispatches", "take-backs", "signatures", "replies",
    "approvals", "reviews", "recalls", "hand-ups", "take-overs", "closures", "viewers",
    "contact-views",
)  # fmt: skip
ONLY_POSTS = ("take-backs", "signatures", "recalls", "closures", "contact-views")


def proposed(story: Story) -> dict[str, object]:
    return {"lead": "jinrongban", "assists": ["renshe"], "nature": "GENERAL"}


def test_accepting_leads_on_to_dispatching(story: Story, seat: SeatOf) -> None:
    story.submitted()

    answer = seat(story.cast.zhou).post(
        case(story, "acceptances"), {"category": "finance.loan", "then": "dispatch"}
    )

    assert answer.status_code == 303
    assert answer["Location"] == case(story, "dispatches")
    assert story.fresh().state == State.TO_DISPATCH


def test_without_a_category_the_form_comes_back(story: Story, seat: SeatOf) -> None:
    story.submitted()

    answer = seat(story.cast.zhou).post(case(story, "acceptances"), {"category": ""})

    assert answer.status_code == 422
    assert "还没选类别" in words(answer)
    assert story.fresh().state == State.SUBMITTED


def test_the_same_form_twice_is_one_step(story: Story, seat: SeatOf) -> None:
    story.submitted()
    zhou = seat(story.cast.zhou)
    form = {"category": "finance.loan", "once_key": "k1"}

    first = zhou.post(case(story, "acceptances"), form)
    second = zhou.post(case(story, "acceptances"), form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert Acceptance.objects.in_county(story.cast.county).count() == 1


def test_who_is_late_is_told_and_keeps_what_he_chose(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted().dispatched()

    answer = seat(story.cast.zhou).post(
        case(story, "dispatches"), {**proposed(story), "words": "请当天联系企业。"}
    )

    assert answer.status_code == 409
    assert "不能交办" in words(answer)
    assert "请当天联系企业。" in answer.content.decode()
    assert Dispatch.objects.in_county(story.cast.county).count() == 1


def test_two_clicks_hand_a_case_out_as_proposed(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted()
    zhou = seat(story.cast.zhou)
    page = zhou.get(case(story, "dispatches")).content.decode()
    assert '<option value="jinrongban" selected>' in page
    assert 'value="renshe" id="id_assists_0" class="chips" checked' in page.replace("  ", " ") or (
        'value="renshe"' in page and "checked" in page
    )

    answer = zhou.post(case(story, "dispatches"), proposed(story))

    assert answer.status_code == 303
    order = Dispatch.objects.in_county(story.cast.county).get()
    assert order.followed
    assert order.rule is not None
    assert order.rule.code == "0101"
    assert "已交县金融办主办，县人社局协办" in read(zhou, case(story))


def test_from_the_queue_one_goes_on_with_the_queue(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted()
    zhou = seat(story.cast.zhou)
    row = zhou.get("/desk/queues/to-dispatch/").content.decode()
    assert f'href="{case(story, "dispatches")}?back=queue"' in row

    answer = zhou.post(case(story, "dispatches"), {**proposed(story), "back": "queue"})

    assert answer["Location"] == "/desk/queues/to-dispatch/"
    page = zhou.get("/desk/queues/to-dispatch/").content.decode()
    assert case(story, "take-backs") in page


def test_another_choice_is_free_and_said_to_be_one(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted()

    seat(story.cast.zhou).post(
        case(story, "dispatches"), {"lead": "renshe", "nature": "COMPLEX", "words": "急"}
    )

    order = Dispatch.objects.in_county(story.cast.county).get()
    assert not order.followed
    assert story.part(story.cast.labour).state == Work.DISPATCHED


def test_the_lead_cannot_assist_itself(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted()

    answer = seat(story.cast.zhou).post(
        case(story, "dispatches"),
        {"lead": "jinrongban", "assists": ["jinrongban"], "nature": "GENERAL"},
    )

    assert answer.status_code == 422
    assert "同一个单位只能选一次" in words(answer)


def test_a_dispatch_is_undone_from_its_toast(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted()
    zhou = seat(story.cast.zhou)
    zhou.post(case(story, "dispatches"), proposed(story))
    page = zhou.get(case(story)).content.decode()
    assert page.count(case(story, "take-backs")) == 2  # the toast, and the case itself

    answer = zhou.post(case(story, "take-backs"))

    assert answer.status_code == 303
    assert story.fresh().state == State.TO_DISPATCH


def test_what_is_signed_for_is_not_taken_back(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted().dispatched(story.cast.labour)
    story.signed(story.cast.labour, by=story.cast.li)
    zhou = seat(story.cast.zhou)

    assert case(story, "take-backs") not in zhou.get(case(story)).content.decode()
    assert zhou.post(case(story, "take-backs")).status_code == 409


def test_a_unit_signs_once(story: Story, seat: SeatOf) -> None:
    story.submitted().accepted().dispatched()
    zhu = seat(story.cast.zhu)

    assert zhu.post(case(story, "signatures"), {"once_key": "a"}).status_code == 303
    assert zhu.post(case(story, "signatures"), {"once_key": "a"}).status_code == 303
    assert zhu.post(case(story, "signatures"), {"once_key": "b"}).status_code == 409
    assert Signature.objects.in_county(story.cast.county).count() == 1


def test_declining_asks_first_and_tells_the_way_that_is_open(story: Story, seat: SeatOf) -> None:
    story.submitted()
    zhou = seat(story.cast.zhou)
    page = read(zhou, case(story, "declines"))
    assert "不予受理这一件？" in page
    assert "事项所在地的12345热线" in page
    assert zhou.post(case(story, "declines"), {}).status_code == 422

    answer = zhou.post(case(story, "declines"), {"reason": "OUTSIDE", "words": "在外县"})

    assert answer.status_code == 303
    assert story.fresh().state == State.DECLINED
    assert "理由：不在本县管辖范围。企业可以提出一次异议。" in read(zhou, case(story))


def test_an_answer_on_the_spot_can_be_recalled(story: Story, seat: SeatOf) -> None:
    story.submitted()
    zhou = seat(story.cast.zhou)
    zhou.post(case(story, "answers"), {"category": "other.unsure", "body": "到窗口办，当天办结。"})
    assert story.fresh().state == State.TO_EVALUATE

    assert zhou.post(case(story, "recalls")).status_code == 303
    assert story.fresh().state == State.SUBMITTED


def test_a_township_hands_up_and_the_office_takes_over(story: Story, seat: SeatOf) -> None:
    qian, zhou = seat(story.cast.qian), seat(story.cast.zhou)
    story.lodged_locally()
    assert qian.post(case(story, "hand-ups"), {"reason": "FUND"}).status_code == 422
    assert (
        qian.post(
            case(story, "hand-ups"), {"reason": "FUND", "tried": "已请村里清了两次。"}
        ).status_code
        == 303
    )
    assert story.fresh().state == State.TO_DISPATCH

    story.lodged_locally()
    assert qian.post(case(story, "take-overs"), {"words": "我来"}).status_code == 403
    assert zhou.post(case(story, "take-overs"), {"words": "涉及三个乡镇"}).status_code == 303
    assert story.fresh().state == State.TO_DISPATCH


def test_a_case_is_closed_only_after_the_time_for_rating(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    story.walked()
    assert zhou.post(case(story, "closures")).status_code == 409

    story.wait(days=-30).walked()
    assert "评价期已满" in read(zhou, case(story))
    assert zhou.post(case(story, "closures")).status_code == 303
    assert story.fresh().state == State.CLOSED


def test_a_director_names_a_viewer(story: Story, seat: SeatOf) -> None:
    story.submitted()
    wang, li = seat(story.cast.wang), seat(story.cast.li)
    assert li.get(case(story)).status_code == 404
    assert wang.post(case(story, "viewers"), {"login": "nobody", "why": "x"}).status_code == 422

    answer = wang.post(case(story, "viewers"), {"login": "li", "why": "列席专题会"})

    assert answer.status_code == 303
    assert li.get(case(story)).status_code == 200
    assert seat(story.cast.zhou).get(case(story, "viewers")).status_code == 403


@pytest.mark.parametrize("verb", POSTS)
def test_who_only_looks_is_refused_and_nothing_moves(story: Story, seat: SeatOf, verb: str) -> None:
    story.submitted().accepted().dispatched()
    zheng = seat(story.cast.zheng)
    filled = {
        "category": "finance.loan", "reason": "OUTSIDE", "body": "答复", "words": "意见",
        "lead": "renshe", "nature": "GENERAL", "outcome": "EXPLAINED", "tried": "做过",
        "login": "li", "why": "看看", "answer": "x", "agreed": "yes", "passed": "yes",
    }  # fmt: skip

    answer = zheng.post(case(story, verb), filled)

    assert answer.status_code in {403, 409}, verb
    assert story.fresh().state == State.DISPATCHED
    if verb not in ONLY_POSTS:
        assert zheng.get(case(story, verb)).status_code == 403


@pytest.mark.parametrize("verb", POSTS)
def test_a_foreign_case_has_no_verbs(story: Story, seat: SeatOf, verb: str) -> None:
    story.submitted()
    stranger: User = story.cast.li

    assert seat(stranger).post(case(story, verb), {}).status_code == 404


@pytest.mark.parametrize("verb", ONLY_POSTS)
def test_looking_takes_no_step(story: Story, seat: SeatOf, verb: str) -> None:
    story.submitted()

    assert seat(story.cast.zhou).get(case(story, verb)).status_code == 405


def test_a_hundred_thousand_signs_are_refused_and_kept(story: Story, seat: SeatOf) -> None:
    story.submitted()
    long = "厂" * 100_000

    answer = seat(story.cast.zhou).post(
        case(story, "answers"), {"category": "other.unsure", "body": long}
    )

    assert answer.status_code == 422
    assert "最多5,000个字" in words(answer)
    assert long in answer.content.decode()


def test_what_was_handed_up_without_a_category_gets_one_when_it_is_handed_out(
    story: Story, seat: SeatOf
) -> None:
    story.lodged_locally()
    seat(story.cast.qian).post(case(story, "hand-ups"), {"reason": "FUND", "tried": "清了两次。"})
    zhou, given = seat(story.cast.zhou), {"lead": "jinrongban", "nature": "GENERAL"}

    refused = zhou.post(case(story, "dispatches"), given)

    assert refused.status_code == 422
    assert "还没选类别" in words(refused)
    said = {**given, "category": "finance.loan"}
    assert zhou.post(case(story, "dispatches"), said).status_code == 303
    category = story.fresh().category
    assert category is not None
    assert category.code == "finance.loan"
