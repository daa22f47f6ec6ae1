"""企业要求保密, at the desk: a clerk writes it down and does not see the case any more."""

from __future__ import annotations

from qifu.appeals.models import Appeal
from tests.story import PROBLEM, Story
from tests.web.desk.appeals.conftest import SeatOf, case

FORM = {
    "firm": "隐名电子厂",
    "problem": PROBLEM,
    "contact_name": "吴经理",
    "contact_phone": "13900000077",
    "channel": "PHONE",
    "confidential": "on",
}


def test_a_clerk_registers_it_and_is_led_to_his_list(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    without = zhou.post("/desk/appeals/new/", FORM)
    assert without.status_code == 422
    assert "请写企业是怎么要求保密的" in without.content.decode()

    answer = zhou.post(
        "/desk/appeals/new/", {**FORM, "confidential_words": "怕老板知道"}, follow=True
    )

    page = answer.content.decode()
    assert answer.redirect_chain == [("/desk/appeals/", 303)]
    assert "由县办主任来办" in page
    number = Appeal.objects.in_county(story.cast.county).get().number
    assert number not in page
    assert seat(story.cast.wang).get(f"/desk/appeals/{number}/").status_code == 200


def test_a_unit_is_not_asked(story: Story, seat: SeatOf) -> None:
    assert "confidential" not in seat(story.cast.qian).get("/desk/appeals/new/").content.decode()
    assert "企业要求保密" in seat(story.cast.zhou).get("/desk/appeals/new/").content.decode()


def test_a_clerk_keeps_a_case_from_others_and_the_director_lifts_it(
    story: Story, seat: SeatOf
) -> None:
    story.submitted()
    zhou, wang, old = seat(story.cast.zhou), seat(story.cast.wang), case(story)
    assert "企业要求保密…" in zhou.get(old).content.decode()

    assert zhou.post(case(story, "confidences"), {"words": ""}).status_code == 422
    answer = zhou.post(case(story, "confidences"), {"words": "老板来电"})

    assert (answer.status_code, answer["Location"]) == (303, "/desk/appeals/")
    assert zhou.get(old).status_code == 404
    story.fresh()
    assert wang.get(old)["Location"] == case(story)
    assert "企业要求保密" in wang.get(case(story)).content.decode()
    lifted = wang.post(case(story, "confidences"), {"words": "企业说不用了"})
    assert lifted.status_code == 303
    assert zhou.get(case(story)).status_code == 200


def test_a_colleague_of_the_enterprise_is_named_by_his_number(story: Story, seat: SeatOf) -> None:
    story.submitted(confidential=True)

    stranger = {"login": story.cast.outsider.phone, "why": "看看"}
    answer = seat(story.cast.wang).post(case(story, "viewers"), stranger)

    assert answer.status_code == 422
    assert "这家企业的人员" in answer.content.decode()
