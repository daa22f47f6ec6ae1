"""./manage.py create_administrator SYS_ADMIN xitong 张三"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError
from qifu.organisations import passwords
from qifu.organisations.actions.accounts import create_user
from qifu.organisations.actions.posts import appoint
from qifu.organisations.models import Unit, UnitKind
from qifu.organisations.models.people import ADMINISTRATORS


class Command(BaseCommand):
    help = "Make one of a county's three administrators, with a first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[str(kind) for kind in ADMINISTRATORS])
        parser.add_argument("login", help="small letters: the name in pinyin")
        parser.add_argument("name", help="as people read it, in Chinese")
        parser.add_argument("--county", default=settings.COUNTY)

    def handle(self, *args: Any, **options: Any) -> None:
        county, password, at = options["county"], passwords.suggest(), now()
        office = Unit.objects.in_county(county).filter(kind=UnitKind.OFFICE, valid_to=None).first()
        if office is None:
            raise CommandError(f"{county} 还没有县办。请先运行 ./manage.py load_county 县文件。")
        try:
            user = create_user(
                county,
                login=options["login"],
                name=options["name"],
                password=password,
                by=None,
                at=at,
            )
            appoint(user, unit=office, kind=options["kind"], by=None, at=at)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"账号 {user.login}，初始密码 {password}，首次登录须改。")
