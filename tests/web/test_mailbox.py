"""The on-screen 信箱."""

from __future__ import annotations

from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from qifu.journal.deed import deed
from qifu.kernel.clock import now
from qifu.notices.addresses import Address
from qifu.notices.outbox import HOLD, Draft, put_all, sweep
from qifu.organisations.models import County, PostKind
from tests.cast import COUNTY, Cast

CODE = "验证码246810，5分钟内有效。"


def tell(cast: Cast, to: Address, dedup: str = "1", body: str = CODE) -> None:
    draft = Draft(kind="E1", to=to, body=body, why="您在登录", dedup=dedup)
    with deed("test.told", county=cast.county, by=None, at=now()) as work:
        put_all(work, [draft])


def test_it_shows_what_would_have_gone_to_the_phone(client: Client, cast: Cast) -> None:
    tell(cast, Address.of_phone("13900000001"))

    page = client.get("/mailbox/").content.decode()

    assert CODE in page
    assert "13900000001" in page
    assert "待发" in page
    assert "秒后发出" in page


def test_a_duty_is_named_and_once_sent_its_holder_s_number(client: Client, cast: Cast) -> None:
    tell(cast, Address.of_duty(cast.finance.pk, PostKind.LIAISON))
    assert "县金融办专职人员，手机号发出时查" in client.get("/mailbox/").content.decode()

    sweep(at=now() + HOLD)

    assert f"{cast.zhu.phone}（县金融办专职人员）" in client.get("/mailbox/").content.decode()


def test_what_a_person_wrote_is_no_markup(client: Client, cast: Cast) -> None:
    tell(cast, Address.of_phone("13900000001"), body="<script>alert(1)</script>𠮷䃥😀")

    page = client.get("/mailbox/").content.decode()

    assert "<script>alert" not in page
    assert "𠮷䃥😀" in page


def test_nothing_of_the_next_county_is_in_it(client: Client, cast: Cast, other_cast: Cast) -> None:
    tell(other_cast, Address.of_phone("13900000001"))

    assert CODE not in client.get("/mailbox/").content.decode()


def test_it_costs_the_same_with_one_letter_and_with_fifty(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        tell(cast, Address.of_duty(cast.finance.pk, PostKind.LIAISON), dedup=str(number))
    client.get("/mailbox/")

    with django_assert_max_num_queries(8):
        page = client.get("/mailbox/").content.decode()

    assert page.count("<li>") == 50


def test_outside_a_demonstration_there_is_none(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.DEMO = False

    assert client.get("/mailbox/").status_code == 404


def test_a_county_that_is_no_demonstration_has_none(client: Client, cast: Cast) -> None:
    with deed("test.opened", county=COUNTY, by=None, at=now()) as work:
        work.change(County.objects.get(pk=COUNTY), demo=False)

    assert client.get("/mailbox/").status_code == 404
