"""./manage.py reset_password anquan"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError
from qifu.organisations import passwords
from qifu.organisations.actions.accounts import reset_password
from qifu.organisations.models import User


class Command(BaseCommand):
    help = "Give an account a new first password; the only way for a security administrator's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("--county", default=settings.COUNTY)

    def handle(self, *args: Any, **options: Any) -> None:
        people = User.objects.in_county(options["county"]).staff()
        user = people.filter(login=options["login"]).first()
        if user is None:
            raise CommandError("没有这个账号。")
        password = passwords.suggest()
        try:
            reset_password(user, password=password, by=None, at=now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"账号 {user.login}，新的初始密码 {password}，下次登录须改。")
