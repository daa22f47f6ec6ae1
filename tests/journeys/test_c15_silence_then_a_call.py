"""C15: nobody rates, the lot falls on the case, two days of ringing, and it ends as 未评价."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qifu.appeals.actions.calling import attempt_call
from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Callback, CallbackOutcome, CallbackReason, LimitRules, Rating
from qifu.appeals.reconciling import drifts
from qifu.kernel.clock import now
from tests.cast import COUNTY, Cast
from tests.journeys import road
from tests.journeys.screen import Screen
from tests.story import Story


@pytest.fixture
def silent(cast: Cast) -> Story:
    """A case answered three weeks ago, whose enterprise has not said a word since."""
    limits = LimitRules.objects.in_county(COUNTY).get()
    limits.table["SILENT_SAMPLE"]["percent"] = 100
    limits.save()
    return Story(cast, at=now() - timedelta(days=21)).walked()


def test_silence_is_asked_and_is_never_called_satisfied(silent: Story, cast: Cast) -> None:
    number = silent.appeal.number
    in_time = now() - timedelta(days=17)
    assert close_unrated(COUNTY, at=in_time) == 0
    assert silent.fresh().state == State.TO_EVALUATE

    assert close_unrated(COUNTY, at=now() - timedelta(days=2)) == 1
    row = Callback.objects.in_county(COUNTY).select_related("appeal").get()
    assert (silent.fresh().state, row.reason) == (State.CALLBACK, CallbackReason.SILENT)
    Screen(cast.boss).opens(f"/appeals/{number}/").sees("县办打电话问您")

    # The first day nobody answers; that alone is not 联系不上.
    attempt_call(row, by=cast.xu, at=now() - timedelta(days=1))
    xu = Screen(cast.xu).opens("/desk/").presses("待回访").presses(silent.appeal.title)
    xu.sees("回访企业：未评价，抽查", "未接通1次")
    # Who handed it out does not ring about it.
    assert not road.case(cast.zhou, silent.appeal).offers("记回访结果")

    xu.presses("记回访结果").picks("两天两次联系不上").presses("记下回访结果")

    xu.sees("已办结，县办回访过", "两天两次联系不上")
    row.refresh_from_db()
    assert (silent.fresh().state, row.outcome) == (State.CLOSED, CallbackOutcome.UNREACHABLE)
    assert not Rating.objects.in_county(COUNTY).exists()
    assert list(drifts(COUNTY)) == []


def test_ringing_twice_on_one_day_is_not_two_days(silent: Story, cast: Cast) -> None:
    close_unrated(COUNTY, at=now() - timedelta(days=2))
    xu = road.case(cast.xu, silent.appeal).presses("未接通")
    xu.sees("未接通1次").presses("记回访结果").picks("两天两次联系不上")

    xu.presses("记下回访结果", status=422)

    xu.sees("两天各打过一次仍未接通")
    assert silent.fresh().state == State.CALLBACK
