"""C13: sent back, denied, and given more time, while the county is on holiday."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from qifu.appeals.actions.extending import ask_extension, rule_extension
from qifu.appeals.actions.returning import rule_return, send_back_to_office
from qifu.appeals.lifecycle import State
from qifu.appeals.models import ReturnReason
from qifu.appeals.reconciling import drifts
from qifu.kernel.clock import SHANGHAI
from qifu.kernel.errors import StaleState
from tests.cast import COUNTY, Cast
from tests.story import Story, lay_rules

# The last working day but one before the National Day holiday of 2026 (10月1日至7日).
BEFORE = datetime(2026, 9, 29, 10, 0, tzinfo=SHANGHAI)


def test_the_holiday_is_nobodys_time_and_the_second_word_is_final(cast: Cast) -> None:
    lay_rules(COUNTY)
    story = Story(cast, at=BEFORE).submitted().accepted().dispatched()
    handling = story.part(cast.finance).clocks.get(kind="HANDLE")

    row = send_back_to_office(
        story.part(cast.finance), ReturnReason.OTHER_LEAD, "该人行办", by=cast.zhu, at=story.at
    )
    story.wait(hours=5)
    rule_return(row, upheld=False, words="三定方案写明由金融办牵头", by=cast.zhou, at=story.at)

    # Denied is as good as signed, and the limit ran on from the beginning.
    part = story.part(cast.finance)
    assert story.fresh().state == State.HANDLING
    handling.refresh_from_db()
    assert handling.stopped_at is None
    due = part.due_on
    assert due is not None
    assert due > date(2026, 10, 7)
    with pytest.raises(StaleState):
        send_back_to_office(part, ReturnReason.OTHER_LEAD, "还是不归我们", by=cast.zhu, at=story.at)

    story.at = datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI)
    asked = ask_extension(
        story.part(cast.finance), 3, "银行评审会节后才开", by=cast.zhu, at=story.at
    )
    # Asked is not given.
    assert story.part(cast.finance).due_on == due
    rule_extension(asked, granted=2, words="评审会已定在10月12日", by=cast.wu, at=story.at)

    longer = story.part(cast.finance).due_on
    assert longer is not None
    assert (longer - due).days >= 2
    assert story.fresh().due_on == longer
    with pytest.raises(StaleState):
        ask_extension(story.part(cast.finance), 1, "再要一天", by=cast.zhu, at=story.at)
    assert list(drifts(COUNTY)) == []

    story.at = datetime(longer.year, longer.month, longer.day, 15, 0, tzinfo=SHANGHAI)
    story.replied().approved()
    clock = story.part(cast.finance).clocks.get(kind="HANDLE")
    assert (story.fresh().state, clock.late_days) == (State.REVIEW, 0)
