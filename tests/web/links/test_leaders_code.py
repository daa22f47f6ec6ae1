"""审签 by link asks for more: a code to the leader's own phone, for this one link."""

from __future__ import annotations

from django.test import Client

from qifu.appeals import links
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Approval, LinkStep, StepLink
from tests.cast import COUNTY
from tests.links import make_link
from tests.story import Story
from tests.web.links.reading import state
from tests.web.portal.reading import last_code, words


def test_the_leader_signs_only_with_the_code_of_his_own_phone(
    story: Story, to_approve: StepLink, client: Client
) -> None:
    path = links.path_of(to_approve)

    bare = client.post(path, {"agreed": "yes"})
    guessed = client.post(path, {"agreed": "yes", "code": "000000"})
    sent = client.post(path, {"send-code": "1"})
    code = last_code(story.cast.chen.phone)
    wrong = client.post(path, {"agreed": "yes", "code": f"{(int(code) + 1) % 10**6:06}"})

    assert (bare.status_code, guessed.status_code, wrong.status_code) == (422, 422, 422)
    assert "验证码已发到您的手机" in words(sent)
    assert not Approval.objects.in_county(COUNTY).exists()
    assert client.post(path, {"agreed": "yes", "code": code}).status_code == 303
    row = Approval.objects.in_county(COUNTY).get()
    assert (row.by, row.agreed) == (story.cast.chen, True)


def test_a_code_opens_one_link_only_and_no_door(
    story: Story, to_approve: StepLink, client: Client
) -> None:
    other = Story(story.cast, at=story.at).submitted().accepted().dispatched().signed().replied()
    second = make_link(LinkStep.APPROVE, other.reread(), story.cast.chen)
    client.post(links.path_of(to_approve), {"send-code": "1"})
    code = last_code(story.cast.chen.phone)

    answer = client.post(links.path_of(second), {"agreed": "yes", "code": code})
    client.post("/sign-in/", {"phone": story.cast.chen.phone})
    entered = client.post("/sign-in/code/", {"code": code})

    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session
    assert entered.status_code in (302, 303, 422)
    assert not Approval.objects.in_county(COUNTY).exists()


def test_five_wrong_codes_kill_the_code(story: Story, to_approve: StepLink, client: Client) -> None:
    path = links.path_of(to_approve)
    client.post(path, {"send-code": "1"})
    code = last_code(story.cast.chen.phone)
    for step in range(1, 6):
        client.post(path, {"agreed": "yes", "code": f"{(int(code) + step) % 10**6:06}"})

    assert client.post(path, {"agreed": "yes", "code": code}).status_code == 422
    assert not Approval.objects.in_county(COUNTY).exists()


def test_sending_back_without_a_word_costs_no_code(
    story: Story, to_approve: StepLink, client: Client
) -> None:
    path = links.path_of(to_approve)
    client.post(path, {"send-code": "1"})
    code = last_code(story.cast.chen.phone)

    silent = client.post(path, {"agreed": "no", "code": code})
    said = client.post(path, {"agreed": "no", "code": code, "words": "写明放款日期"})

    assert "请写明要改什么" in words(silent)
    assert (silent.status_code, said.status_code) == (422, 303)
    assert state(story) == Work.HANDLING
