"""`anchor_journal`: write the newest hash of each chain down outside the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qifu.journal import anchors, walk
from qifu.kernel.clock import now


class Command(BaseCommand):
    help = "写锚点：把各县日志最新一条的哈希记到数据库之外"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--county", help="只写这一个县（六位区划代码）")

    def handle(self, *args: Any, county: str | None, **options: Any) -> None:
        """Write one anchor for each county and print it."""
        for code in [county] if county else walk.counties():
            made = anchors.anchor(code, now())
            said = f"第{made.seq}号事件 {made.hash}" if made else "还没有事件"
            self.stdout.write(f"{code}：{said}")
