"""What the desk shows on the bends of the road, to whom, and what it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from qifu.appeals.actions import extending, returning, supplementing, withdrawing
from qifu.appeals.actions.dispatching import dispatch
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Assignment, Grade, ReturnReason, Solved, WithdrawalReason
from qifu.appeals.rules import Nature
from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.cast import COUNTY, Cast
from tests.story import GOOD, Story, lay_rules
from tests.web.portal.reading import queries_at_most

BAD = replace(GOOD, grade=Grade.POOR, solved=Solved.NO)


@pytest.fixture
def story(cast: Cast) -> Story:
    lay_rules(cast.county)
    return Story(cast, at=now())


def desk(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen(person: User, path: str) -> str:
    client = desk(person)
    client.get(path)
    with queries_at_most(12):
        answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def case_page(story: Story) -> str:
    return f"/desk/appeals/{story.appeal.number}/"


def returned(story: Story) -> Story:
    cast = story.submitted().accepted().dispatched().cast
    part = story.part(cast.finance)
    returning.send_back_to_office(
        part, ReturnReason.OTHER_LEAD, "三定方案第四条", by=cast.zhu, at=story.at
    )
    story.fresh()
    return story


def test_a_return_is_the_clerks_to_rule_and_everybody_elses_to_wait_for(story: Story) -> None:
    cast = returned(story).cast

    clerk, unit = seen(cast.zhou, case_page(story)), seen(cast.zhu, case_page(story))

    assert "裁定县金融办的退单" in clerk
    assert "三定方案第四条" in clerk
    assert f"{case_page(story)}return-rulings/" in clerk
    assert "等县办裁定退单" in unit
    assert "裁定" in seen(cast.zhou, "/desk/")
    assert story.appeal.number in seen(cast.zhou, "/desk/queues/returns/")
    assert story.appeal.number in seen(cast.zhu, "/desk/queues/on-hold/")


def test_a_call_shows_its_attempts_and_takes_one_more(story: Story) -> None:
    cast = story.walked().rated(BAD).cast

    page = seen(cast.xu, case_page(story))
    answer = desk(cast.xu).post(f"{case_page(story)}call-attempts/")

    assert "回访企业" in page
    assert "还没有打过" in page
    assert "13900000001" not in page
    assert answer.status_code == 303
    assert "未接通1次" in seen(cast.xu, case_page(story))
    assert "等县办回访" in seen(cast.zhu, case_page(story))
    assert story.appeal.number in seen(cast.xu, "/desk/")
    assert story.appeal.number in seen(cast.xu, "/desk/queues/to-call/")


def test_an_extension_and_a_supplement_are_ruled_from_the_case(story: Story) -> None:
    cast = story.submitted().accepted().dispatched().signed().cast
    part = story.part(cast.finance)
    assert "记一次联系" in seen(cast.zhu, case_page(story))
    assert "申请延期" in seen(cast.zhu, case_page(story))
    extending.ask_extension(part, 3, "银行要评审", by=cast.zhu, at=story.at)
    supplementing.request_supplement(part, "缺营业执照", by=cast.zhu, at=story.at)

    assert "裁定县金融办的延期" in seen(cast.wu, case_page(story))
    assert story.appeal.number in seen(cast.wu, "/desk/")
    assert "申请请企业补充，同意不同意" in seen(cast.zhou, case_page(story))
    assert "申请延期…" not in seen(cast.zhu, case_page(story))

    rulings = f"{case_page(story)}supplement-rulings/"
    assert desk(cast.zhu).post(rulings, {"agreed": "yes"}).status_code == 403
    assert desk(cast.zhou).post(rulings, {"agreed": "yes"}).status_code == 303
    assert story.fresh().state == State.SUPPLEMENT
    assert "等企业补充" in seen(cast.zhu, case_page(story))
    assert story.appeal.number in seen(cast.zhou, "/desk/queues/supplement/")


def test_a_refused_ruling_keeps_what_was_typed(story: Story) -> None:
    cast = returned(story).cast
    path = f"{case_page(story)}return-rulings/"

    answer = desk(cast.zhou).post(path, {"words": "不属于金融办"})

    assert answer.status_code == 422
    assert "不属于金融办" in answer.content.decode()
    assert desk(cast.zhou).post(path, {"upheld": "yes", "words": "成立"}).status_code == 303
    assert story.fresh().state == State.TO_DISPATCH


def test_withdrawn_it_is_said_to_be_over(story: Story) -> None:
    cast = story.submitted().accepted().cast
    withdrawing.withdraw(story.fresh(), WithdrawalReason.SETTLED, by=cast.boss, at=story.at)

    page = seen(cast.zhou, case_page(story))

    over = story.fresh().state == State.WITHDRAWN
    assert ("企业已撤回" if over else "等县办回访") in page


def test_a_unit_that_helps_already_goes_on_with_its_part(story: Story) -> None:
    cast = story.submitted().accepted().dispatched(story.cast.labour).cast
    part = story.part(cast.finance)
    row = returning.send_back_to_office(
        part, ReturnReason.OTHER_LEAD, "该乡里办", by=cast.zhu, at=story.at
    )
    returning.rule_return(row, upheld=True, words="成立", by=cast.zhou, at=story.at)

    dispatch(
        story.fresh(),
        cast.township,
        [cast.labour],
        nature=Nature.GENERAL,
        by=cast.zhou,
        at=story.at,
    )

    helping = Assignment.objects.in_county(COUNTY).filter(appeal=story.appeal, unit=cast.labour)
    assert helping.count() == 1
