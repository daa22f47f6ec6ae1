"""`verify_journal`: check every event, text and anchor, and say what is not as it was."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qifu.journal.verify import Tally, counties, verify

# After so many sentences nobody learns anything new.
SHOWN = 100


class Command(BaseCommand):
    help = "核对日志：逐条检查事件、原文和锚点，有问题时退出码为1"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--county", help="只核对这一个县（六位区划代码）")

    def handle(self, *args: Any, county: str | None, **options: Any) -> None:
        """Check one county or all; the last line is for machines."""
        tallies = [self._check(code) for code in ([county] if county else counties())]
        ok = not any(tally.findings for tally in tallies)
        events = sum(tally.events for tally in tallies)
        self.stdout.write(json.dumps({"events": events, "ok": ok}))
        if not ok:
            sys.exit(1)

    def _check(self, county: str) -> Tally:
        tally = Tally()
        for finding in verify(county, tally):
            if tally.findings <= SHOWN:
                self.stdout.write(f"{county}：{finding.sentence}。")
        if tally.findings > SHOWN:
            self.stdout.write(f"{county}：另有{tally.findings - SHOWN}处，未逐条列出。")
        self.stdout.write(f"{county}：{_summary(tally)}{_verdict(tally.findings)}")
        return tally


def _summary(tally: Tally) -> str:
    erased = f"，其中{tally.erased}段已依法删除" if tally.erased else ""
    return f"核对了{tally.events:,}条事件、{tally.texts:,}段原文{erased}，{tally.anchors:,}个锚点，"


def _verdict(found: int) -> str:
    return f"发现{found:,}处问题。" if found else "全部对得上。"
