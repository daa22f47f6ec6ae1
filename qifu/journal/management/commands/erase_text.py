"""`erase_text`: erase one text on a lawful ground, in the name of the security administrator."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from qifu.journal.erasure import Basis, erase
from qifu.journal.models import Text
from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError


class Command(BaseCommand):
    help = "依法删除一段原文：正文、标题和盐都清空，日志仍然对得上"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", type=UUID, help="原文的编号（UUID）")
        parser.add_argument(
            "--basis",
            required=True,
            choices=Basis.values,
            help="依据：" + "；".join(f"{basis.value} {basis.label}" for basis in Basis),
        )
        parser.add_argument("--by", required=True, metavar="账号", help="下令删除的安全管理员")

    def handle(self, *args: Any, text: UUID, basis: str, by: str, **options: Any) -> None:
        """Erase the text, or say why not."""
        row = Text.objects.across_counties("the command is given a key").filter(pk=text).first()
        if row is None:
            raise CommandError(f"没有编号为{text}的原文。请核对编号。")
        account = get_user_model()._base_manager.filter(county=row.county, login=by).first()
        if account is None:
            raise CommandError(f"{row.county}没有账号{by}。请核对账号。")
        try:
            erase(row, basis=basis, by=account, at=now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{row.county}：原文{text}已依法删除。")
