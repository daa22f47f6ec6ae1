"""The accounts that a demonstration's sign-in page shows."""

from datetime import date

from django.test import Client, override_settings

from qifu.organisations.demonstration import PASSWORD, shown_accounts
from qifu.organisations.models import County
from tests.cast import COUNTY, Cast

TODAY = date(2026, 11, 24)


def test_there_is_one_account_of_each_role_in_the_order_of_roles(cast: Cast) -> None:
    shown = [(account.login, account.title) for account in shown_accounts(COUNTY, on=TODAY)]

    assert shown[0] == ("chen", "县金融办，分管负责同志")
    assert shown[-1] == ("auditor", "县“四送一服”办公室，审计管理员")
    assert len(shown) == 12


def test_no_account_is_shown_on_a_real_installation(cast: Cast) -> None:
    door = "/desk/sign-in/"
    assert PASSWORD in Client().get(door).content.decode()

    with override_settings(DEMO=False):
        assert PASSWORD not in Client().get(door).content.decode()


def test_no_account_is_shown_of_a_county_that_is_not_made_up(cast: Cast) -> None:
    County.objects.filter(pk=COUNTY).update(demo=False)

    page = Client().get("/desk/sign-in/").content.decode()

    assert "演示账号" not in page
    assert "演示数据" not in page
