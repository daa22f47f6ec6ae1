"""`rebuild_check`: rebuild the tables from the journal and compare them row by row."""

from __future__ import annotations

import sys
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from qifu.journal import walk
from qifu.journal.rebuild import Rows, differences, journalled, rebuild
from qifu.kernel.county import CountyModel

SHOWN = 20


class Command(BaseCommand):
    help = "由日志重建各表，与现有各行逐列比较（不公开的列除外），有差异时退出码为1"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("models", nargs="*", help="只比较这些表，如 appeals.Appeal")
        parser.add_argument("--county", help="只比较这一个县（六位区划代码）")

    def handle(self, *args: Any, models: list[str], county: str | None, **options: Any) -> None:
        """Compare the tables of one county or all."""
        wanted = [_model(label) for label in models] or journalled()
        found = 0
        for code in [county] if county else walk.counties():
            for model, rows in rebuild(code, wanted).items():
                found += self._compare(code, model, rows)
        if found:
            sys.exit(1)

    def _compare(self, county: str, model: type[CountyModel], rows: Rows) -> int:
        found = 0
        for found, difference in enumerate(differences(county, model, rows), start=1):
            if found <= SHOWN:
                column = f".{difference.column}" if difference.column else ""
                self.stdout.write(
                    f"{county}：{model._meta.label} {difference.pk}{column} {difference.sentence}。"
                )
        verdict = f"{found:,}处不同" if found else "逐行逐列相同"
        self.stdout.write(f"{county}：{model._meta.label} {len(rows):,}行，{verdict}。")
        return found


def _model(label: str) -> type[CountyModel]:
    model = apps.get_model(label)
    if not issubclass(model, CountyModel):
        raise TypeError(f"{label} has no county, so the journal knows nothing of it")
    return model
