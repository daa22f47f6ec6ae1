"""疑似重复: how alike two problems are, whoever is asked first, and when nobody can say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qifu.appeals.alike import Told, compare, marked, pairs
from qifu.appeals.duplicates import duplicates
from tests.kernel.cases import steady
from tests.story import PROBLEM, Story

WORDS = st.text(alphabet="停电线路十千伏跳闸工厂街道昨晚多次，。 a1", max_size=60)
TOLD = st.builds(
    Told,
    words=WORDS,
    on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    enterprise=st.sampled_from([None, 1, 2]),
    phone=st.sampled_from(["", "1", "2"]),
    category=st.sampled_from(["", "utility", "finance"]),
)
SHARES = st.floats(0, 1)


@steady
@given(TOLD, TOLD)
def test_it_does_not_matter_which_comes_first(one: Told, other: Told) -> None:
    assert compare(one, other) == compare(other, one)


@steady
@given(TOLD, TOLD)
def test_shares_and_points_stay_within_their_bounds(one: Told, other: Told) -> None:
    found = compare(one, other)

    assert 0 <= found.share <= 1
    assert 0 <= found.points <= 100
    assert found.shared == pairs(one.words) & pairs(other.words)


@steady
@given(TOLD, TOLD, SHARES)
def test_what_has_nothing_in_common_is_never_hinted_at(
    one: Told, other: Told, least: float
) -> None:
    found = compare(one, other)

    if not found.shared:
        assert not found.is_likely(least)


@steady
@given(TOLD, SHARES, SHARES)
def test_asking_for_more_never_finds_more(one: Told, low: float, high: float) -> None:
    found = compare(one, one)
    low, high = sorted((low, high))

    assert found.is_likely(low) or not found.is_likely(high)


@steady
@given(WORDS, st.frozensets(st.sampled_from(["停电", "线路", "跳闸", "a1"])))
def test_marking_loses_no_sign(words: str, shared: frozenset[str]) -> None:
    assert "".join(stretch for stretch, _ in marked(words, shared)) == words


def test_one_enterprise_is_hinted_at_sooner_than_a_stranger() -> None:
    one = Told("厂区昨晚停电三次，设备跳闸", date(2026, 11, 24), 1, "1", "utility")
    other = Told(
        "昨晚停电三次，烘房里的茶叶全坏了，损失不小", date(2026, 11, 23), 1, "1", "utility"
    )
    stranger = Told(other.words, other.on, 2, "2", "utility")

    assert compare(one, other).is_likely(0.4)
    assert not compare(one, stranger).is_likely(0.4)


@pytest.mark.django_db
def test_the_hint_names_another_enterprise_that_says_the_same_and_not_every_case(
    story: Story,
) -> None:
    story.submitted().accepted()
    same = Story(story.cast, at=story.at).submitted(
        story.cast.clerk, enterprise_name="灯饰厂", contact_phone="13900000002"
    )
    same.accepted()
    other = Story(story.cast, at=story.at, category_code="finance.loan")
    other.submitted(
        story.cast.clerk, problem="门口的路灯坏了半个月，晚上工人下班看不见。"
    ).accepted()

    found = duplicates(story.fresh(), story.cast.zhou, story.at)

    assert [each.appeal.number for each in found] == [same.appeal.number]
    assert found[0].alike.same_category
    assert not found[0].alike.same_voice
    assert PROBLEM[:2] in found[0].alike.shared


@pytest.mark.django_db
def test_long_ago_and_ended_or_in_another_county_it_is_no_hint(
    story: Story, other_story: Story
) -> None:
    story.wait(days=-100).walked().rated()
    other_story.submitted().accepted()
    now = Story(story.cast).submitted().accepted()

    assert duplicates(now.fresh(), story.cast.zhou, now.at) == []


@pytest.mark.django_db
def test_nobody_learns_by_a_hint_of_a_case_he_does_not_see(story: Story) -> None:
    story.submitted().accepted()
    Story(story.cast, at=story.at).submitted().accepted()

    assert duplicates(story.fresh(), story.cast.li, story.at) == []
