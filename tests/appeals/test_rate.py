"""评价、办结: the enterprise has the last word; silence is not satisfaction."""

from dataclasses import replace

import pytest

from qifu.appeals.actions.rating import Manner, close, close_unrated, rate
from qifu.appeals.lifecycle import State
from qifu.appeals.models import Closure, Grade, Rating, UnitRating
from qifu.kernel.errors import InvalidInput, NotAllowed, StaleState
from tests.story import GOOD, Story


@pytest.fixture
def published(story: Story) -> Story:
    return story.walked(story.cast.labour)


def test_a_case_ends_with_its_rating(published: Story) -> None:
    published.wait(hours=1).rated()

    appeal = published.fresh()
    assert (appeal.state, appeal.closed_at, appeal.due_on) == (State.CLOSED, published.at, None)
    row = Rating.objects.in_county(published.cast.county).get()
    assert (row.grade, row.unit) == (Grade.GOOD, published.cast.finance)


def test_it_is_rated_once(published: Story) -> None:
    stale = published.reread()
    published.rated()

    with pytest.raises(StaleState):
        rate(stale, GOOD, by=None, at=published.at)

    assert Rating.objects.in_county(published.cast.county).count() == 1


def test_a_staff_phone_cannot_rate(published: Story) -> None:
    boss = published.cast.boss
    boss.phone = published.cast.zhu.phone
    boss.save()

    with pytest.raises(NotAllowed, match="工作人员的号码"):
        rate(published.reread(), GOOD, by=boss, at=published.at)


def test_staff_do_not_rate_for_an_enterprise(published: Story) -> None:
    with pytest.raises(NotAllowed, match="不能替企业评价"):
        rate(published.reread(), GOOD, by=published.cast.wang, at=published.at)


def test_a_stranger_does_not_rate(published: Story) -> None:
    stranger = published.cast.outsider

    with pytest.raises(NotAllowed, match="反映问题的企业"):
        rate(published.reread(), GOOD, by=stranger, at=published.at)


def test_each_unit_met_is_rated_for_its_manner(published: Story) -> None:
    parts = [published.part(published.cast.finance), published.part(published.cast.labour)]
    manners = [Manner(parts[0], Grade.GOOD, Grade.FAIR), Manner(parts[1])]

    rate(published.reread(), replace(GOOD, manners=manners), by=None, at=published.at)

    row = UnitRating.objects.in_county(published.cast.county).get()
    assert (row.unit, row.attitude, row.speed) == (
        published.cast.finance,
        Grade.GOOD,
        Grade.FAIR,
    )


def test_a_made_up_reason_is_refused(published: Story) -> None:
    with pytest.raises(InvalidInput, match="没有"):
        rate(published.reread(), replace(GOOD, tags=["收红包"]), by=None, at=published.at)


def test_the_unit_reads_the_words_only_where_the_enterprise_said_so(published: Story) -> None:
    verdict = replace(GOOD, words="小李很耐心", shared=False)

    rate(published.reread(), verdict, by=None, at=published.at)

    row = Rating.objects.in_county(published.cast.county).get()
    assert row.words is not None
    assert row.shared is False


def test_silence_closes_without_a_rating_when_the_window_has_passed(published: Story) -> None:
    assert close_unrated(published.cast.county, at=published.at) == 0

    published.wait(days=8)
    assert close_unrated(published.cast.county, at=published.at) == 1
    assert close_unrated(published.cast.county, at=published.at) == 0

    assert published.fresh().state == State.CLOSED
    assert Closure.objects.in_county(published.cast.county).get().by is None
    assert not Rating.objects.in_county(published.cast.county).exists()


def test_the_office_does_not_close_while_the_enterprise_may_still_rate(
    published: Story,
) -> None:
    with pytest.raises(StaleState, match="12月1日"):
        close(published.fresh(), by=published.cast.zhou, at=published.at)
