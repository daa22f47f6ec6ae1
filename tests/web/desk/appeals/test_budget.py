"""What each page and each step asks the database, with few cases and with many."""

from __future__ import annotations

import re

import pytest

from qifu.appeals.models import NumberSeries
from qifu.kernel.clock import local_date, now
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf, case
from tests.web.portal.many import many_cases
from tests.web.portal.reading import queries_at_most

MANY = pytest.mark.parametrize("count", [10, 1_000])
WHO = ("wang", "zhou", "wu", "zhu", "chen", "qian", "sun")
ANSWER = {
    "outcome": "SOLVED", "body": "12月1日前放款，联系人李文静，0564-7350018。",
    "measures": "召集银行", "proof": "PAYMENT", "evidence": "放款凭证300万元",
}  # fmt: skip


@MANY
def test_lists_ask_eight_times_at_most(story: Story, seat: SeatOf, count: int) -> None:
    many_cases(story, count)
    number = story.appeal.number
    lists = {
        story.cast.zhou: [
            "/desk/",
            "/desk/queues/handling/",
            "/desk/queues/handling/?category=finance&q=难处",
            f"/desk/queues/handling/?after={story.appeal.due_on}.{number}",
            "/desk/queues/overdue/",
            "/desk/queues/ended/",
            "/desk/appeals/",
            f"/desk/appeals/?q=第&after={number}",
        ],
        story.cast.zhu: [
            "/desk/",
            "/desk/queues/handling/",
            "/desk/queues/handling/?lamp=soon&category=finance",
            f"/desk/queues/handling/?after={story.appeal.due_on}.{number}.jinrongban",
            "/desk/appeals/",
        ],
        story.cast.chen: ["/desk/", "/desk/approvals/", "/desk/queues/to-approve/"],
    }
    for user, paths in lists.items():
        client = seat(user)
        client.get("/desk/")
        for path in paths:
            with queries_at_most(8):
                assert client.get(path).status_code == 200, path


@MANY
def test_a_case_asks_twelve_times_at_most_wherever_it_stands(
    story: Story, seat: SeatOf, count: int
) -> None:
    many_cases(story, count)
    cast = story.cast
    seats = [seat(user) for user in (cast.wang, cast.zhou, cast.wu, cast.zhu, cast.chen)]
    for client in seats:
        client.get("/desk/")

    def look() -> None:
        for client in seats:
            for part in ("", "deadline"):
                with queries_at_most(12):
                    assert client.get(case(story, part)).status_code == 200

    for client in seats:  # what every page reads is at hand from here on
        client.get(case(story))
    look()
    for step in (Story.replied, Story.approved, Story.published, Story.rated):
        step(story)
        look()


def test_an_early_case_asks_twelve_times_at_most(story: Story, seat: SeatOf) -> None:
    wang = seat(story.cast.wang)
    wang.get("/desk/")
    for step in (Story.submitted, Story.accepted, Story.dispatched):
        step(story)
        for part in ("", "dispatches", "declines"):
            with queries_at_most(12):
                wang.get(case(story, part))


class Steps:
    """Whoever takes steps on the story's case, each within its budget."""

    def __init__(self, story: Story, seat: SeatOf) -> None:
        self.story = story
        self.seats = {name: seat(getattr(story.cast, name)) for name in WHO}
        for client in self.seats.values():
            client.get("/desk/")
        # What every page reads is at hand from here on.
        self.seats["zhou"].get("/desk/catalogue/")
        self.seats["zhou"].get("/desk/appeals/new/")

    def take(self, who: str, verb: str, **form: object) -> None:
        self.seats[who].get(case(self.story, verb))
        with queries_at_most(12):
            answer = self.seats[who].post(case(self.story, verb), form)
        assert answer.status_code == 303, (who, verb)

    def shown(self, who: str) -> str:
        page = self.seats[who].get(case(self.story)).content.decode()
        found = re.search(r'name="answer" value="([^"]+)"', page)
        assert found
        return found[1]


@MANY
def test_every_step_asks_twelve_times_at_most(story: Story, seat: SeatOf, count: int) -> None:
    many_cases(story, count)
    NumberSeries.objects.in_county(story.cast.county).update(last=count)
    steps = Steps(story, seat)
    proposed = {"lead": "jinrongban", "assists": ["renshe"], "nature": "GENERAL"}

    story.submitted()
    steps.take("zhou", "acceptances", category="finance.loan")
    steps.take("zhou", "dispatches", **proposed)
    steps.take("zhou", "take-backs")
    steps.take("zhou", "dispatches", **proposed)
    steps.take("zhu", "signatures")
    steps.take("zhu", "replies", **ANSWER)
    steps.take("chen", "approvals", answer=steps.shown("chen"), agreed="no", words="请写利率")
    steps.take("zhu", "replies", **ANSWER)
    steps.take("chen", "approvals", answer=steps.shown("chen"), agreed="yes")
    steps.take("wu", "reviews", answer=steps.shown("wu"), passed="yes")
    steps.take("wu", "recalls")
    steps.take("wu", "reviews", answer=steps.shown("wu"), passed="no", words="漏答")


def test_other_roads_ask_no_more(story: Story, seat: SeatOf) -> None:
    steps = Steps(story, seat)

    story.submitted()
    steps.take("zhou", "declines", reason="OUTSIDE")
    story.submitted()
    steps.take(
        "zhou",
        "turn-aways",
        exit="PETITION",
        went_to="县信访局",
        whom="接待科",
        went_on=f"{local_date(now())}",
    )
    story.submitted()
    steps.take("zhou", "answers", category="other.unsure", body="到窗口办，当天办结。")
    steps.take("zhou", "recalls")
    story.lodged_locally()
    steps.take("qian", "hand-ups", reason="FUND", tried="清了两次")
    story.lodged_locally()
    steps.take("zhou", "take-overs", words="涉及三个乡镇")
    story.lodged_locally()
    steps.take("qian", "replies", **ANSWER)
    steps.take("sun", "approvals", answer=steps.shown("sun"), agreed="yes")
    steps.take("sun", "recalls")
    steps.take("wang", "viewers", login="li", why="列席专题会")
    story.wait(days=-30).walked()
    steps.take("zhou", "closures")
    with queries_at_most(12):
        assert steps.seats["zhou"].post(case(story, "contact-views")).status_code == 200


def test_registering_asks_twelve_times_at_most(story: Story, seat: SeatOf) -> None:
    form = {
        "firm": "立夏茶业", "problem": "流动资金缺300万元，没有抵押物。", "contact_name": "吴经理",
        "contact_phone": "13900000001", "channel": "PHONE",
    }  # fmt: skip
    for user in (story.cast.zhou, story.cast.qian):
        client = seat(user)
        client.get("/desk/appeals/new/")
        with queries_at_most(12):
            assert client.post("/desk/appeals/new/", form).status_code == 303


def test_the_health_page_asks_few_times(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    zhou.get("/desk/catalogue/")

    with queries_at_most(6):
        zhou.get("/desk/catalogue/")
