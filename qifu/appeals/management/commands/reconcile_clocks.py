"""`reconcile_clocks`: ask on the spot what the nightly round asks, and say what differs."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qifu.appeals.reconciling import drifts
from qifu.organisations.models import County

# After so many sentences nobody learns anything new.
SHOWN = 100


class Command(BaseCommand):
    help = "对账：期限和状态是否都能由办理经过推算出来，有出入时退出码为1"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--county", help="只核对这一个县（六位区划代码）")

    def handle(self, *args: Any, county: str | None, **options: Any) -> None:
        """Check one county or all; the last line of each says how many values differ."""
        codes = (
            [county] if county else County.objects.order_by("code").values_list("code", flat=True)
        )
        if sum(self._check(code) for code in codes):
            sys.exit(1)

    def _check(self, county: str) -> int:
        found = 0
        for found, drift in enumerate(drifts(county), start=1):
            if found <= SHOWN:
                self.stdout.write(f"{county}：{drift}。")
        if found > SHOWN:
            self.stdout.write(f"{county}：另有{found - SHOWN}处，未逐条列出。")
        verdict = f"发现{found:,}处出入。" if found else "全部对得上。"
        self.stdout.write(f"{county}：期限和状态{verdict}")
        return found
