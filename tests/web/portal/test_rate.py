"""评一评: two facts, a grade that nobody has pre-selected, and only a POST rates."""

from __future__ import annotations

import pytest
from django.test import Client

from qifu.appeals.actions.publishing import publish, recall
from qifu.appeals.actions.rating import close_unrated
from qifu.appeals.models import Grade, Rating, UnitRating
from qifu.kernel.clock import now
from tests.cast import COUNTY, OTHER_COUNTY, Cast
from tests.links import rating_link
from tests.story import Story, lay_rules
from tests.web.portal.reading import queries_at_most, read, words

GIVEN = {"contacted": "yes", "solved": "YES", "grade": "4"}


@pytest.fixture
def answered(story: Story) -> Story:
    return story.walked(story.cast.labour)


def path_of(story: Story) -> str:
    return f"/appeals/{story.appeal.number}/rating/"


def link_of(story: Story) -> str:
    return rating_link(story.reread())


def ratings() -> list[Rating]:
    return list(Rating.objects.in_county(COUNTY).select_related("words", "by"))


def test_looking_rates_nothing_and_nothing_is_chosen_beforehand(
    answered: Story, boss: Client, client: Client
) -> None:
    for reader, path in ((boss, path_of(answered)), (client, link_of(answered))):
        page = reader.get(path).content.decode()
        assert "有没有人联系您？" in page
        assert " checked" not in page
        reader.head(path)

    assert ratings() == []


def test_what_the_enterprise_says_is_kept_as_it_says_it(answered: Story, boss: Client) -> None:
    answer = boss.post(
        path_of(answered),
        {
            "contacted": "no",
            "solved": "PARTLY",
            "grade": "2",
            "tags": ["来回跑", "时间偏长"],
            "words": "跑了三趟😀。",
            "shared": "on",
            "attitude-jinrongban": "1",
        },
    )

    assert answer.status_code == 303
    (row,) = ratings()
    assert (row.contacted, row.solved, row.grade) == (False, "PARTLY", Grade.POOR)
    assert row.tags == ["时间偏长", "来回跑"]
    assert (row.words and row.words.body, row.shared) == ("跑了三趟😀。", True)
    assert row.by == answered.cast.boss
    unit = UnitRating.objects.in_county(COUNTY).get()
    assert (unit.unit, unit.attitude, unit.speed) == (answered.cast.finance, 1, None)
    assert "您评了“不满意”" in read(boss, f"/appeals/{answered.appeal.number}/")


def test_words_are_kept_from_the_unit_unless_ticked(answered: Story, boss: Client) -> None:
    boss.post(path_of(answered), {**GIVEN, "words": "谢谢。"})

    assert not ratings()[0].shared


def test_the_holder_of_the_link_rates_without_an_account(answered: Story, client: Client) -> None:
    link = link_of(answered)

    answer = client.post(link, GIVEN)

    assert answer.headers["Location"] == link
    (row,) = ratings()
    assert row.by is None
    assert "已经评过了，谢谢您" in read(client, link)


def test_a_facts_left_out_is_asked_for_and_nothing_is_lost(answered: Story, client: Client) -> None:
    answer = client.post(link_of(answered), {"grade": "1", "words": "等了很久<b>"})

    assert answer.status_code == 422
    assert "还差2处没填好" in words(answer)
    assert "等了很久&lt;b&gt;" in answer.content.decode()
    assert ratings() == []


def test_a_hundred_thousand_signs_are_still_there(answered: Story, client: Client) -> None:
    answer = client.post(link_of(answered), {**GIVEN, "words": "慢" * 100_000})

    assert answer.status_code == 422
    assert "最多5,000个字" in words(answer)
    assert "慢" * 100_000 in answer.content.decode()


@pytest.mark.parametrize(
    "change",
    [{"grade": "6"}, {"grade": "x"}, {"solved": "MAYBE"}, {"tags": "没有这个"}, {"contacted": "1"}],
)
def test_what_is_not_on_offer_is_not_taken(
    answered: Story, client: Client, change: dict[str, str]
) -> None:
    assert client.post(link_of(answered), {**GIVEN, **change}).status_code == 422
    assert ratings() == []


def test_sent_twice_it_is_rated_once(answered: Story, client: Client) -> None:
    link, given = link_of(answered), {**GIVEN, "once_key": "k"}

    first, again = client.post(link, given), client.post(link, given)

    assert (first.status_code, again.status_code) == (303, 303)
    assert len(ratings()) == 1


def test_somebody_was_faster_and_the_words_are_still_there(
    answered: Story, boss: Client, client: Client
) -> None:
    boss.post(path_of(answered), GIVEN)

    answer = client.post(link_of(answered), {**GIVEN, "words": "我另外想说几句。"})

    assert answer.status_code == 409
    assert "已经评过了" in words(answer)
    assert "我另外想说几句。" in words(answer)
    assert boss.post(path_of(answered), GIVEN).status_code == 409
    assert len(ratings()) == 1


def test_a_recalled_link_says_so_and_the_new_one_works(answered: Story, client: Client) -> None:
    old = link_of(answered)
    recall(answered.reread(), by=answered.cast.wu, at=answered.at)
    page = read(client, old)
    assert "这个链接不能用了" in page
    assert "0564-7350000" in page
    assert client.post(old, GIVEN).status_code == 409

    publish(answered.reread(), by=answered.cast.wu, at=answered.wait(minutes=5).at)
    assert "这个链接不能用了" in read(client, old)
    assert client.post(link_of(answered), GIVEN).status_code == 303


def test_after_the_time_for_it_the_page_says_so_kindly(story: Story, client: Client) -> None:
    story.wait(days=-30).walked()
    close_unrated(COUNTY, at=now())

    page = read(client, link_of(story))

    assert "评价的期限已经过了" in page
    assert "0564-7350000" in page
    assert client.post(link_of(story), GIVEN).status_code == 409


def test_a_link_that_we_never_signed_is_not_there(answered: Story, client: Client) -> None:
    forged = link_of(answered)[:-3] + "xx/"

    assert client.get(forged).status_code == 404
    assert client.post(forged, GIVEN).status_code == 404
    assert ratings() == []


def test_a_link_leads_to_its_own_county_whoever_opens_it(
    answered: Story, other_cast: Cast, client: Client
) -> None:
    lay_rules(OTHER_COUNTY)
    client.force_login(other_cast.boss)

    assert client.post(link_of(answered), GIVEN).status_code == 303

    assert len(ratings()) == 1
    assert "金寨县" in read(client, link_of(answered))


def test_a_clerk_cannot_rate_with_the_enterprises_link(answered: Story, client: Client) -> None:
    client.force_login(answered.cast.zhou)

    answer = client.post(link_of(answered), GIVEN)

    assert answer.status_code == 403
    assert "工作人员不能替企业评价" in words(answer)
    assert ratings() == []


def test_before_there_is_an_answer_there_is_nothing_to_rate(story: Story, boss: Client) -> None:
    story.submitted()

    assert "还不到评价的时候" in read(boss, path_of(story))
    assert boss.post(path_of(story), GIVEN).status_code == 409
    assert ratings() == []


def test_rating_by_link_asks_the_database_twelve_times_at_most(
    story: Story, client: Client
) -> None:
    link = link_of(story.walked())
    client.get(link)

    with queries_at_most(12):
        client.post(link, {**GIVEN, "words": "谢谢。"})

    assert len(ratings()) == 1


def test_where_an_assist_never_answered_its_end_costs_three_more(
    answered: Story, client: Client
) -> None:
    link = link_of(answered)
    client.get(link)

    with queries_at_most(15):
        client.post(link, {**GIVEN, "words": "谢谢。", "speed-renshe": "5"})

    assert len(ratings()) == 1
