"""登录: with a code sent to the phone, and out again."""

from __future__ import annotations

from django.test import Client

from qifu.enterprises.models import Binding
from qifu.kernel.clock import local_date, now
from qifu.notices.models import Notice
from qifu.organisations.models import User
from tests.cast import COUNTY
from tests.firms import TEA_CONTACT, Firms
from tests.story import Story
from tests.web.portal.reading import last_code, read, words

SIGN_IN, CODE = "/sign-in/", "/sign-in/code/"
PHONE = "13955550123"


def asked(client: Client, phone: str = PHONE, onward: str = "") -> str:
    answer = client.post(SIGN_IN, {"phone": phone, "next": onward})
    assert answer.status_code == 303
    return answer.headers["Location"]


def letters(phone: str = PHONE) -> int:
    return Notice.objects.in_county(COUNTY).filter(address=phone).count()


def test_a_new_phone_is_let_in_with_its_code_and_led_where_it_wanted(
    story: Story, client: Client
) -> None:
    there = asked(client, onward="/appeals/")
    assert "139****0123" in read(client, there)

    answer = client.post(there, {"code": last_code(PHONE), "next": "/appeals/"})

    assert answer.headers["Location"] == "/appeals/"
    assert "您还没有说过难处" in read(client, "/appeals/")
    assert User.objects.in_county(COUNTY).enterprise_persons().filter(phone=PHONE).count() == 1


def test_the_registered_contact_speaks_for_his_enterprise_at_once(
    story: Story, firms: Firms, client: Client
) -> None:
    asked(client, TEA_CONTACT)

    client.post(CODE, {"code": last_code(TEA_CONTACT)})

    bindings = Binding.objects.in_county(COUNTY).in_force(local_date(now()))
    assert bindings.filter(enterprise=firms.tea).exists()
    assert "安徽立夏茶业有限公司，您好" in read(client, "/")


def test_a_wrong_code_is_refused_and_can_be_corrected(story: Story, client: Client) -> None:
    there = asked(client)

    answer = client.post(there, {"code": "000000"})

    assert answer.status_code == 422
    assert "验证码不对或已过期" in words(answer)
    assert 'value="000000"' in answer.content.decode()
    assert client.post(there, {"code": last_code(PHONE)}).status_code == 303


def test_after_five_wrong_ones_the_right_one_is_dead_too(story: Story, client: Client) -> None:
    there = asked(client)
    for _ in range(5):
        client.post(there, {"code": "000000"})

    assert client.post(there, {"code": last_code(PHONE)}).status_code == 422


def test_odd_codes_are_answered_with_a_sentence(story: Story, client: Client) -> None:
    there = asked(client)

    for code in ("", "😀", "<b>1</b>", "1" * 100_000, "' OR 1=1 --"):
        answer = client.post(there, {"code": code})
        assert answer.status_code == 422
        assert "验证码" in words(answer)


def test_asked_twice_at_once_one_message_is_sent(story: Story, client: Client) -> None:
    asked(client)
    asked(client)

    assert letters() == 1


def test_once_more_within_the_minute_sends_nothing_and_says_where_to_look(
    story: Story, client: Client
) -> None:
    there = asked(client)

    answer = client.post(there, {"again": "1"}, follow=True)

    assert "请看最新的一条短信" in words(answer)
    assert letters() == 1


def test_the_code_page_leads_back_when_no_code_was_asked_for(
    story: Story, client: Client, boss: Client
) -> None:
    assert client.get(CODE).headers["Location"] == SIGN_IN
    assert boss.get(SIGN_IN).headers["Location"] == "/"
    assert boss.get(f"{CODE}?next=/appeals/").headers["Location"] == "/appeals/"


def test_nobody_is_led_to_somebody_elses_site(story: Story, client: Client) -> None:
    there = asked(client, onward="https://evil.example/")

    answer = client.post(there, {"code": last_code(PHONE), "next": "//evil.example/"})

    assert answer.headers["Location"] == "/"


def test_in_a_demonstration_the_page_says_where_the_code_is(story: Story, client: Client) -> None:
    assert "屏幕上的信箱" in read(client, asked(client))


def test_going_out_takes_a_post(story: Story, boss: Client) -> None:
    boss.get("/sign-out/")
    assert boss.get("/appeals/").status_code == 200

    assert boss.post("/sign-out/").headers["Location"] == "/"
    assert boss.get("/appeals/").headers["Location"].startswith(SIGN_IN)


def test_a_link_with_a_page_in_it_leads_back_after_signing_in(story: Story, client: Client) -> None:
    assert client.get("/appeals/?view=open").headers["Location"] == (
        "/sign-in/?next=%2Fappeals%2F%3Fview%3Dopen"
    )
