"""派单目录体检: faults come first, with their reason."""

from __future__ import annotations

from django.test import Client

from qifu.kernel.clock import local_date, now
from qifu.organisations.models import Post
from tests.cast import Cast
from tests.story import lay_rules
from tests.web.portal.reading import read


def as_(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_a_healthy_catalogue_says_so(cast: Cast) -> None:
    lay_rules(cast.county)

    page = read(as_(cast.zhou), "/desk/catalogue/")

    assert "6格（类别×属地）" in page
    assert "每一格都有且只有一个主办单位" in page


def test_a_unit_without_a_liaison_is_named_first(cast: Cast) -> None:
    lay_rules(cast.county)
    Post.objects.in_county(cast.county).filter(user=cast.zhu).update(valid_to=local_date(now()))

    page = read(as_(cast.zhou), "/desk/catalogue/")

    assert "2格有问题" in page
    assert page.index("县金融办没有在任的专职人员") < page.index("每一类交给谁")


def test_units_do_not_see_it(cast: Cast) -> None:
    lay_rules(cast.county)

    assert as_(cast.zhu).get("/desk/catalogue/").status_code == 404
