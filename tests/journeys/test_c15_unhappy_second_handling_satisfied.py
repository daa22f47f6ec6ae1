"""C15: unhappy, rung back, handled again by the same unit, and then satisfied."""

from __future__ import annotations

from dataclasses import replace

from django.test import Client

from qifu.appeals.lifecycle import State
from qifu.appeals.models import Callback, Grade, Rating, Solved
from qifu.appeals.reconciling import drifts
from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.cast import COUNTY, Cast
from tests.story import GOOD, SOLVED, Story, lay_rules

BAD = replace(GOOD, grade=Grade.POOR, solved=Solved.NO)


def _at_a_screen(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_nobody_is_called_satisfied_before_he_is(cast: Cast) -> None:
    lay_rules(COUNTY)
    story = Story(cast, at=now()).walked().rated(BAD)
    number = story.appeal.number
    boss, caller, unit = (_at_a_screen(each) for each in (cast.boss, cast.xu, cast.zhu))
    assert story.appeal.state == State.CALLBACK
    assert "县办打电话问您" in boss.get(f"/appeals/{number}/").content.decode()

    # Nobody answers, and then somebody does.
    assert caller.post(f"/desk/appeals/{number}/call-attempts/").status_code == 303
    said = {"outcome": "AGAIN", "contacted": "yes", "solved": "NO"}
    short = caller.post(f"/desk/appeals/{number}/callbacks/", said)
    assert short.status_code == 422
    given = {**said, "words": "放款只到了一半"}
    assert caller.post(f"/desk/appeals/{number}/callbacks/", given).status_code == 303

    appeal = story.fresh()
    assert (appeal.state, appeal.cycle, appeal.lead_unit_id) == (
        State.HANDLING,
        2,
        cast.finance.pk,
    )
    page = unit.get(f"/desk/appeals/{number}/").content.decode()
    assert "二次办理" in page
    assert "放款只到了一半" in page
    assert "县金融办" in boss.get(f"/appeals/{number}/").content.decode()

    story.at = now()
    story.replied(replace(SOLVED, body="另一半今天已经到账。")).approved().published().rated(GOOD)

    assert story.fresh().state == State.CLOSED
    grades = Rating.objects.in_county(COUNTY).order_by("pk").values_list("grade", flat=True)
    assert list(grades) == [Grade.POOR, Grade.GOOD]
    assert Callback.objects.in_county(COUNTY).count() == 1
    assert list(drifts(COUNTY)) == []
