"""The pages of the three administrators."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from qifu.organisations.models import Post, User, UserKind
from tests.cast import COUNTY, NOW, OTHER_COUNTY, PASSWORD, Cast
from tests.story import lay_rules

FRESH = "chun-jiang-shui-nuan-6"


@pytest.fixture(autouse=True)
def rules(cast: Cast) -> None:
    """Give both counties of a test what the column counts by."""
    for county in (COUNTY, OTHER_COUNTY):
        lay_rules(county)


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _fresh(user: User) -> User:
    return User.objects.in_county(COUNTY).get(pk=user.pk)


@pytest.mark.parametrize("who", ["wang", "zhou", "chen", "zhu", "zheng", "feng", "he", "boss"])
def test_nobody_but_an_administrator_finds_the_accounts(cast: Cast, who: str) -> None:
    client = _as(getattr(cast, who))

    for path in ("/desk/accounts/", "/desk/accounts/zhou/", "/desk/accounts/new/"):
        assert client.get(path).status_code == 404


def test_accounts_are_listed_and_found(cast: Cast, other_cast: Cast) -> None:
    User.objects.in_county(other_cast.county).filter(pk=other_cast.zhou.pk).update(name="周霍山")
    client = _as(cast.auditor)

    page = client.get("/desk/accounts/").content.decode()
    found = client.get("/desk/accounts/?q=人社").content.decode().partition("<main")[2]

    assert "周敏" in page
    assert "周霍山" not in page
    assert "138****0001" in page
    assert "赵局" in found
    assert "周敏" not in found


def test_a_long_list_is_turned_by_login(cast: Cast) -> None:
    User.objects.bulk_create(
        User(
            county=COUNTY,
            kind="STAFF",
            login=f"aa{number:02}",
            name=f"甲{number}",
            created_at=cast.zhou.created_at,
        )
        for number in range(30)
    )
    client = _as(cast.sys)

    first = client.get("/desk/accounts/").content.decode()
    second = client.get("/desk/accounts/?after=aa24").content.decode()

    assert "?after=aa24" in first
    assert "aa25" not in first
    assert "aa25" in second
    assert "zhu" in second


def test_the_system_administrator_makes_an_account_that_the_security_one_appoints(
    cast: Cast,
) -> None:
    made = _as(cast.sys).post(
        "/desk/accounts/new/",
        {"name": "高干事", "login": "gao", "phone": "139 0000 5555", "password": FRESH},
    )
    assert made.status_code == 303
    assert _as(cast.sys).get("/desk/accounts/gao/posts/").status_code == 404

    appointed = _as(cast.sec).post(
        "/desk/accounts/gao/posts/",
        {"unit": cast.labour.pk, "kind": "REPORTER", "on": "2026-11-01"},
    )

    assert appointed.status_code == 303
    user = User.objects.in_county(COUNTY).get(login="gao")
    assert user.phone == "13900005555"
    assert user.reach.units("REPORTER") == {cast.labour.pk}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("login", "zhou", "账号“zhou”已有人使用"),
        ("phone", "1390000123", "号码少1位"),
        ("password", "short", "密码太短"),
        ("name", "", "没有填姓名"),
    ],
)
def test_a_refused_account_keeps_what_was_typed(
    cast: Cast, field: str, value: str, sentence: str
) -> None:
    form = {"name": "高䃥😀", "login": "gao", "phone": "", "password": FRESH, field: value}

    answer = _as(cast.sys).post("/desk/accounts/new/", form)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    if field != "name":
        assert "高䃥😀" in page


def test_a_post_is_ended_from_the_account_page(cast: Cast) -> None:
    client = _as(cast.sec)
    path = "/desk/accounts/li/posts/LIAISON/renshe/reliefs/"
    assert path in client.get("/desk/accounts/li/").content.decode()
    assert client.get(path).status_code == 200

    answer = client.post(path, {"on": "2026-11-01"})

    assert answer.status_code == 303
    assert not _fresh(cast.li).reach.roles
    assert client.get(path).status_code == 404


def test_three_in_one_is_refused_on_the_page(cast: Cast) -> None:
    form = {"unit": cast.office.pk, "kind": "AUDITOR", "on": "2026-11-01"}

    answer = _as(cast.sec).post("/desk/accounts/sys/posts/", form)

    assert answer.status_code == 422
    assert "三员分离" in answer.content.decode()
    assert Post.objects.in_county(COUNTY).filter(user=cast.sys).count() == 1


@pytest.fixture
def postless(cast: Cast) -> User:
    """Somebody who holds no post and has nothing to hand over."""
    return User.objects.create(
        county=COUNTY, kind=UserKind.STAFF, login="xinlai", name="新来的", created_at=NOW
    )


def test_locking_unlocking_closing_and_opening(cast: Cast, postless: User) -> None:
    sec, sys = _as(cast.sec), _as(cast.sys)

    for client, path in (
        (sec, "locks"),
        (sec, "unlocks"),
        (sys, "closures"),
        (sys, "reopenings"),
    ):
        other = sys if client is sec else sec
        assert other.post(f"/desk/accounts/xinlai/{path}/").status_code == 404
        assert client.get(f"/desk/accounts/xinlai/{path}/").status_code == 405
        assert client.post(f"/desk/accounts/xinlai/{path}/").status_code == 303

    user = _fresh(postless)
    assert user.is_active
    assert user.locked_until is None


def test_closing_twice_says_that_somebody_was_faster(cast: Cast, postless: User) -> None:
    client = _as(cast.sys)
    client.post("/desk/accounts/xinlai/closures/")

    assert client.post("/desk/accounts/xinlai/closures/").status_code == 409
    assert client.post("/desk/accounts/sys/closures/").status_code == 403


def test_who_still_holds_a_post_is_handed_over_before_his_account_is_closed(cast: Cast) -> None:
    answer = _as(cast.sys).post("/desk/accounts/zhou/closures/")

    assert answer.status_code == 422
    assert "交接" in answer.content.decode()
    assert _fresh(cast.zhou).is_active


def test_a_reset_password_is_shown_once_to_be_handed_over(cast: Cast) -> None:
    client = _as(cast.sys)
    assert client.get("/desk/accounts/zhou/resets/").status_code == 200

    answer = client.post("/desk/accounts/zhou/resets/", {"password": FRESH})

    assert answer.status_code == 303
    assert _fresh(cast.zhou).must_change_password
    assert client.post("/desk/accounts/sec/resets/", {"password": FRESH}).status_code == 403


def test_the_history_of_an_account_is_for_security_and_audit(cast: Cast) -> None:
    Client().post("/desk/sign-in/", {"login": "zhou", "password": "wrong"})
    Client().post("/desk/sign-in/", {"login": "zhou", "password": PASSWORD})

    for who in (cast.sec, cast.auditor):
        page = _as(who).get("/desk/accounts/zhou/").content.decode()
        assert "输错密码" in page
    assert "输错密码" not in _as(cast.sys).get("/desk/accounts/zhou/").content.decode()


def test_accounts_of_the_other_county_are_not_found(cast: Cast, other_cast: Cast) -> None:
    User.objects.in_county(COUNTY).filter(pk=cast.zhou.pk).update(login="here")
    client = _as(other_cast.sys)

    assert client.get("/desk/accounts/here/").status_code == 404
    assert client.post("/desk/accounts/here/closures/").status_code == 404


@pytest.mark.parametrize("path", ["/desk/accounts/", "/desk/accounts/zhou/"])
def test_pages_of_accounts_take_few_queries(
    cast: Cast, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = _as(cast.sec)
    client.get(path)

    with django_assert_max_num_queries(8):
        assert client.get(path).status_code == 200
