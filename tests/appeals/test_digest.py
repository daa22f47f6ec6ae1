"""The rounds of the day, and asking once more to be rated."""

from __future__ import annotations

import pytest

from qifu.appeals.actions import publishing, rating
from qifu.appeals.actions.digesting import send_digests
from qifu.appeals.actions.telling_on import ask_to_rate
from qifu.appeals.models import Digest
from qifu.notices import outbox
from qifu.notices.links import PLACE
from qifu.notices.models import Notice, State
from tests.appeals.rounds import PORT, begun, bodies, on
from tests.cast import COUNTY, Cast
from tests.story import GOOD, Story, lay_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    """A case said on Tuesday the 24th, 10:00."""
    lay_rules(cast.county)
    return Story(cast).submitted()


def test_who_has_not_rated_after_two_working_days_is_asked_once(story: Story) -> None:
    begun(story).replied().approved()
    publishing.publish(story.reread(), by=story.cast.wu, at=on(24, 16))

    early = ask_to_rate(COUNTY, at=on(25, 18))
    asked = ask_to_rate(COUNTY, at=on(26, 8))
    again = ask_to_rate(COUNTY, at=on(27, 8))

    assert (early, asked, again) == (0, 1, 0)
    (body,) = bodies("E10")
    assert body.endswith(PLACE)


def test_whoever_has_rated_is_left_alone(story: Story) -> None:
    begun(story).replied().approved()
    publishing.publish(story.reread(), by=story.cast.wu, at=on(24, 16))
    ask_to_rate(COUNTY, at=on(26, 8))
    rating.rate(story.reread(), GOOD, by=story.cast.boss, at=on(26, 8))

    outbox.sweep(at=on(26, 9), port=PORT)

    assert Notice.objects.in_county(COUNTY).get(kind="E10").state == State.CANCELLED


def test_the_digest_comes_twice_a_day_with_the_overdue_first_and_a_name(
    story: Story, cast: Cast
) -> None:
    story.accepted().dispatched()
    Story(cast, at=on(19, 9)).submitted().accepted().dispatched().signed()

    early = send_digests(COUNTY, at=on(27, 8, 20))
    morning = send_digests(COUNTY, at=on(27, 8, 30))
    again = send_digests(COUNTY, at=on(27, 9))
    afternoon = send_digests(COUNTY, at=on(27, 14, 30))
    night = send_digests(COUNTY, at=on(27, 22))

    assert (early, again, night) == (0, 0, 0)
    assert morning > 0
    assert afternoon > 0
    body = bodies("U2")[0]
    first, second = body.splitlines()[1:3]
    assert body.startswith("逾期2件。最急的：")
    assert "逾期2个工作日" in first
    assert "待签收，逾期2个工作日" in second or "待签收" in first
    assert body.splitlines()[-1] == "——县“四送一服”办公室周敏 0564-7350000"


def test_a_digest_has_seven_lines_and_counts_the_rest(story: Story, cast: Cast) -> None:
    for _ in range(9):
        Story(cast, at=on(24, 9)).submitted().accepted().dispatched()

    send_digests(COUNTY, at=on(25, 8, 30))

    lines = bodies("U2")[0].splitlines()
    assert lines[0] == "今日到期9、待签收9件。最急的："
    assert len(lines) == 1 + 7 + 2
    assert lines[8] == "其余2件请登录看"


def test_who_has_nothing_urgent_gets_no_digest_and_the_round_is_remembered(cast: Cast) -> None:
    lay_rules(cast.county)

    assert send_digests(COUNTY, at=on(25, 8, 30)) == 0
    assert Digest.objects.in_county(COUNTY).get().addressees == 0
    assert not Notice.objects.in_county(COUNTY).exists()


def test_a_leader_hears_what_waits_for_his_signature(story: Story, cast: Cast) -> None:
    begun(story).replied()

    send_digests(COUNTY, at=on(25, 8, 30))

    (body,) = bodies("U8")
    assert body.startswith("1件答复待您审签（最早12月1日到期）。")


def test_a_round_missed_in_the_morning_is_made_up_for_but_not_twice(
    story: Story, cast: Cast
) -> None:
    story.accepted().dispatched()

    late = send_digests(COUNTY, at=on(25, 11))
    afternoon = send_digests(COUNTY, at=on(25, 16))

    assert late > 0
    assert afternoon > 0
    assert Digest.objects.in_county(COUNTY).count() == 2
