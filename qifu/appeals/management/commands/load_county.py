"""./manage.py load_county counties/341524.toml"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qifu.appeals.actions.loading import load_appeals
from qifu.kernel.clock import now
from qifu.organisations.actions.loading import load_county
from qifu.organisations.county_file import CountyFileWrong, read
from qifu.workdays.actions import seed


class Command(BaseCommand):
    help = "Bring a county's units, roster, calendar, catalogue and limits to its data file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = read(options["file"])
        except (OSError, CountyFileWrong) as error:
            raise CommandError(str(error)) from error
        at = now()
        loaded = load_county(file, at=at)
        seed(file.code, by=None, at=at)
        added = load_appeals(file.sections, file.code, at=at)
        self.stdout.write(
            f"{file.county['name']}（{file.code}）：{loaded}；新增类别{added['categories']}个，"
            f"派单规则{added['rules']}条，时限规则{added['limits']}版。"
        )
