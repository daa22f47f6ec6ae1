"""`erase_file`: erase one file on a lawful ground, in the name of the security administrator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qifu.attachments.actions import erase
from qifu.attachments.models import Attachment
from qifu.journal.erasure import Basis
from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError
from qifu.organisations.models import User


class Command(BaseCommand):
    help = "依法删除一个文件：内容和文件名都删掉，日志仍然对得上"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="文件的代号，即文件地址里的那一段")
        parser.add_argument(
            "--basis",
            required=True,
            choices=Basis.values,
            help="依据：" + "；".join(f"{basis.value} {basis.label}" for basis in Basis),
        )
        parser.add_argument("--by", required=True, metavar="账号", help="下令删除的安全管理员")

    def handle(self, *args: Any, code: str, basis: str, by: str, **options: Any) -> None:
        """Erase the file, or say why not."""
        rows = Attachment.objects.across_counties("the command is given a code")
        row = rows.filter(code=code).first()
        if row is None:
            raise CommandError(f"没有代号为{code}的文件。请核对代号。")
        account = User.objects.in_county(row.county).filter(login=by).first()
        if account is None:
            raise CommandError(f"{row.county}没有账号{by}。请核对账号。")
        try:
            erase(row, basis=basis, by=account, at=now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{row.county}：文件{code}已依法删除。")
