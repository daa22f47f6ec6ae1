"""A link dies of time, of wear, with the post, with the account, and with the step done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from qifu.appeals import links
from qifu.appeals.actions import working
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import StepLink
from qifu.kernel.clock import local_date, now
from qifu.notices.models import Notice
from qifu.organisations.models import Post
from tests.cast import COUNTY
from tests.links import newest_path
from tests.story import Story
from tests.web.links.reading import shut, state
from tests.web.portal.reading import words

FIVE_MINUTES = timedelta(minutes=5)


def test_expired_it_opens_nothing_and_a_new_one_goes_to_the_same_phone(
    story: Story, to_sign: StepLink, client: Client
) -> None:
    StepLink.objects.in_county(COUNTY).update(expires_at=now())
    path = links.path_of(to_sign)

    look, act = client.get(path), client.post(path)
    asked = client.post(path, {"again": "1"})

    assert "链接过期了" in shut(look)
    assert (act.status_code, state(story)) == (409, Work.DISPATCHED)
    assert "新的" in shut(asked) or "已发到" in shut(asked)
    fresh = newest_path(COUNTY, "LINK", now() + FIVE_MINUTES)
    assert Notice.objects.in_county(COUNTY).get(kind="LINK").address == story.cast.zhu.phone
    assert client.post(fresh).status_code == 303
    assert state(story) == Work.HANDLING


def test_new_ones_are_sent_only_so_often(story: Story, to_sign: StepLink, client: Client) -> None:
    StepLink.objects.in_county(COUNTY).update(expires_at=now())

    answers = [client.post(links.path_of(to_sign), {"again": "1"}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "今天已发过3次" in words(answers[-1])


def test_opened_too_often_it_is_worn_out(to_sign: StepLink, client: Client) -> None:
    StepLink.objects.in_county(COUNTY).update(openings=30)

    assert "打开的次数太多" in shut(client.get(links.path_of(to_sign)))
    assert client.post(links.path_of(to_sign)).status_code == 409


def test_whoever_lost_the_post_lost_the_link(
    story: Story, to_sign: StepLink, client: Client
) -> None:
    posts = Post.objects.in_county(COUNTY).filter(user=story.cast.zhu)
    posts.update(valid_to=local_date(now()))

    look, act = client.get(links.path_of(to_sign)), client.post(links.path_of(to_sign))

    assert "不由您来办" in shut(look)
    assert (act.status_code, state(story)) == (409, Work.DISPATCHED)
    # Nor is a new one sent to him.
    assert client.post(links.path_of(to_sign), {"again": "1"}).status_code == 409
    assert not Notice.objects.in_county(COUNTY).filter(kind="LINK").exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"locked_until": "far"}])
def test_a_closed_or_locked_account_has_no_links(
    story: Story, to_sign: StepLink, client: Client, change: dict[str, object]
) -> None:
    if "locked_until" in change:
        change = {"locked_until": now() + timedelta(days=9)}
    for name, value in change.items():
        setattr(story.cast.zhu, name, value)
    story.cast.zhu.save()

    assert "不由您来办" in shut(client.get(links.path_of(to_sign)))
    assert client.post(links.path_of(to_sign)).status_code == 409


def test_done_by_somebody_else_it_is_dead(story: Story, to_sign: StepLink, client: Client) -> None:
    working.sign(story.part(story.cast.finance), by=story.cast.zhu, at=now())

    assert "已经办过了" in shut(client.get(links.path_of(to_sign)))
    assert client.post(links.path_of(to_sign)).status_code == 409
