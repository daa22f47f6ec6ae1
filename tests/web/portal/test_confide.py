"""请为我保密, on the portal."""

from __future__ import annotations

from django.test import Client

from qifu.appeals.actions.confiding import keep_confidential
from tests.links import rating_link
from tests.story import Story


def test_the_enterprise_keeps_its_case_from_others_and_lifts_it(story: Story, boss: Client) -> None:
    story.submitted()
    old = f"/appeals/{story.appeal.number}/"
    assert "请为我保密" in boss.get(old).content.decode()

    answer = boss.post(f"{old}confidences/", {"words": ""})

    story.fresh()
    new = f"/appeals/{story.appeal.number}/"
    assert (answer.status_code, answer["Location"]) == (303, new)
    assert new != old
    page = boss.get(new).content.decode()
    assert "已为您保密" in page
    # The number of the message that came first still leads there.
    assert boss.get(old).status_code == 200

    assert boss.post(f"{new}confidences/", {"words": ""}).status_code == 303
    assert "已为您保密" not in boss.get(new).content.decode()


def test_a_link_does_not_show_a_confidential_case_without_signing_in(story: Story) -> None:
    story.walked()
    link = rating_link(story.reread())
    keep_confidential(story.fresh(), by=story.cast.boss, at=story.at)

    for answer in (Client().get(link), Client().post(link, {"solved": "YES"})):
        page = answer.content.decode()
        assert "请登录查看" in page
        assert story.appeal.title not in page
        assert story.appeal.number not in page
