"""剔除评价: asked once with proof, ruled by a panel, and the enterprise has a word."""

from __future__ import annotations

from datetime import date

import pytest

from qifu.appeals.actions.confiding import keep_confidential
from qifu.appeals.actions.excluding import (
    Panel,
    ask_exclusion,
    object_to_exclusion,
    rule_exclusion,
)
from qifu.appeals.exclusions import Share, share
from qifu.appeals.models import (
    Exclude,
    ExcludeReason,
    Exclusion,
    PanelMember,
    PanelRuling,
    Rating,
)
from qifu.appeals.timeline import entries
from qifu.appeals.veil import TO_STAFF
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.organisations.models import User
from tests.cast import Cast
from tests.story import Story

PROOF = "通话录音：企业说点错了"


@pytest.fixture
def rated(story: Story) -> Story:
    """A case that was rated long enough ago for the unit to see how."""
    return story.walked(story.cast.labour).rated().wait(days=31)


def rating(story: Story) -> Rating:
    rows = Rating.objects.in_county(story.cast.county).filter(appeal=story.appeal)
    return rows.select_related("unit", "appeal__contact").get()


def asked(story: Story, by: User | None = None, key: str = "") -> Exclusion:
    leader = by or story.cast.chen
    reason = ExcludeReason.MISTAKE
    return ask_exclusion(rating(story), reason, PROOF, by=leader, at=story.at, key=key)


def request(story: Story) -> Exclusion:
    rows = Exclusion.objects.in_county(story.cast.county).filter(appeal=story.appeal)
    return rows.select_related("rating", "unit", "appeal__contact").get()


def panel(cast: Cast, votes_for: int) -> Panel:
    return Panel([cast.wu, cast.feng], votes_for, ["江代表"])


def ruled(story: Story, votes_for: int = 2) -> PanelRuling:
    found = panel(story.cast, votes_for)
    return rule_exclusion(request(story), found, "点错了", by=story.cast.wang, at=story.at)


def objected(story: Story) -> None:
    object_to_exclusion(request(story), "没有点错", by=story.cast.boss, at=story.at)


def told(story: Story, kind: str) -> list[Notice]:
    return list(Notice.objects.in_county(story.cast.county).filter(kind=kind).order_by("pk"))


def test_until_a_panel_rules_the_rating_counts(rated: Story) -> None:
    asked(rated)

    assert rating(rated).is_counted
    assert Rating.objects.in_county(rated.cast.county).counted().count() == 1
    (notice,) = told(rated, "O-EXCL")
    assert notice.role == "OFFICE_DIRECTOR"


def test_excluded_it_stays_and_no_figure_counts_it(rated: Story) -> None:
    asked(rated)

    ruling = ruled(rated)

    county = rated.cast.county
    assert ruling.excluded
    assert not rating(rated).is_counted
    assert not Rating.objects.in_county(county).counted().exists()
    assert Rating.objects.in_county(county).left_out().get() == rating(rated)
    assert share(county, date(2026, 1, 1)) == Share(left_out=1, rated=1)
    assert Share(1, 40).percent == "2.5%"
    assert Share(0, 0).percent == ""


def test_half_of_a_panel_is_not_enough(rated: Story) -> None:
    asked(rated)
    four = Panel([rated.cast.wu, rated.cast.feng, rated.cast.zheng], 2, ["江代表"])

    rule_exclusion(request(rated), four, "证据不足", by=rated.cast.wang, at=rated.at)

    assert request(rated).state == Exclude.KEPT
    assert rating(rated).is_counted
    # What was asked in vain is no matter of the enterprise's.
    assert told(rated, "E-EXCL") == []
    public = entries(rated.fresh(), internal=False)
    assert not [entry for entry in public if "剔除" in entry.title]


def test_the_panel_is_named_and_hears_that_it_was(rated: Story) -> None:
    asked(rated)

    ruled(rated)

    rows = PanelMember.objects.in_county(rated.cast.county).order_by("pk")
    assert [row.user for row in rows] == [rated.cast.wu, rated.cast.feng, None]
    assert [row.name.body for row in rows if row.name] == ["江代表"]
    assert {notice.person for notice in told(rated, "P-EXCL")} == {
        rated.cast.wu.pk,
        rated.cast.feng.pk,
    }


@pytest.mark.parametrize(
    ("people", "others", "votes", "sentence"),
    [
        (("wu",), ("江代表",), 1, "至少3人"),
        (("wu", "feng", "zheng"), (), 4, "0到3"),
        (("wu", "feng", "chen"), (), 2, "承办单位的人不参加"),
        (("wu", "feng", "zhao"), (), 2, "由县办、监督单位"),
    ],
)
def test_a_panel_is_of_three_at_least_and_none_of_the_unit(
    rated: Story, people: tuple[str, ...], others: tuple[str, ...], votes: int, sentence: str
) -> None:
    asked(rated)
    found = Panel([getattr(rated.cast, name) for name in people], votes, others)

    with pytest.raises(InvalidInput, match=sentence):
        rule_exclusion(request(rated), found, "理由", by=rated.cast.wang, at=rated.at)


def test_the_enterprise_is_told_and_objects_once(rated: Story) -> None:
    asked(rated)
    ruled(rated)
    assert len(told(rated, "E-EXCL")) == 1

    objected(rated)

    # Until it has been looked at again, it stays out.
    assert (request(rated).state, rating(rated).is_counted) == (Exclude.OBJECTED, False)
    ruled(rated, votes_for=3)
    assert request(rated).state == Exclude.UPHELD
    assert len(told(rated, "E-EXCL2")) == 1
    with pytest.raises(StaleState):
        objected(rated)
    with pytest.raises(StaleState):
        ruled(rated)


def test_its_objection_can_bring_the_rating_back(rated: Story) -> None:
    asked(rated)
    ruled(rated)
    objected(rated)

    ruled(rated, votes_for=1)

    assert (request(rated).state, rating(rated).is_counted) == (Exclude.KEPT, True)
    titles = [entry.title for entry in entries(rated.fresh(), internal=False)]
    assert titles[:3] == ["您的评价照常计入", "您不同意剔除评价", "您的评价不计入统计"]


def test_only_the_units_leader_asks_and_once(rated: Story) -> None:
    for name in ("zhu", "zhao", "zhou", "wang", "boss"):
        with pytest.raises(NotAllowed):
            asked(rated, getattr(rated.cast, name))

    asked(rated, key="1")

    with pytest.raises(AlreadyDone):
        asked(rated, key="1")
    with pytest.raises(StaleState, match="只能申请一次"):
        asked(rated)


def test_what_the_unit_does_not_see_yet_it_does_not_have_excluded(story: Story) -> None:
    story.walked().rated()

    with pytest.raises(NotAllowed, match="还看不到"):
        asked(story)


def test_only_the_director_writes_the_ruling_down_and_only_the_enterprise_objects(
    rated: Story,
) -> None:
    asked(rated)
    found = panel(rated.cast, 2)
    for name in ("zhou", "chen", "feng"):
        with pytest.raises(NotAllowed):
            rule_exclusion(request(rated), found, "好", by=getattr(rated.cast, name), at=rated.at)
    ruled(rated)

    with pytest.raises(NotAllowed):
        object_to_exclusion(request(rated), "不", by=rated.cast.outsider, at=rated.at)


def test_whoever_rules_second_learns_that_it_is_done(rated: Story) -> None:
    asked(rated)
    slow = request(rated)
    ruled(rated)

    with pytest.raises(StaleState):
        rule_exclusion(slow, panel(rated.cast, 0), "不", by=rated.cast.wang, at=rated.at)
    assert PanelRuling.objects.in_county(rated.cast.county).count() == 1


def test_of_a_confidential_case_messages_say_nothing(rated: Story) -> None:
    keep_confidential(rated.fresh(), by=rated.cast.boss, at=rated.at)
    asked(rated)
    ruled(rated)

    kinds = ("O-EXCL", "U-EXCL", "P-EXCL")
    bodies = {notice.body for kind in kinds for notice in told(rated, kind)}
    assert bodies == {TO_STAFF}
    assert share(rated.cast.county, date(2026, 1, 1)) == Share(0, 0)


def test_another_county_knows_nothing_of_it(rated: Story, other_cast: Cast) -> None:
    asked(rated)

    on = local_date(rated.at)
    assert Exclusion.objects.visible_to(rated.cast.zhou, on).count() == 1
    assert not Exclusion.objects.visible_to(other_cast.zhou, on).exists()
    assert not Exclusion.objects.visible_to(rated.cast.li, on).exists()
    with pytest.raises(NotAllowed):
        rule_exclusion(request(rated), panel(rated.cast, 2), "好", by=other_cast.wang, at=rated.at)
