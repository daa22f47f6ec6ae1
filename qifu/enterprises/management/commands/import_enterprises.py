"""./manage.py import_enterprises 企业名单.xlsx --rejected 未导入.xlsx"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qifu.enterprises.actions.importing import Imported, import_enterprises
from qifu.enterprises.columns import Table, find_table
from qifu.enterprises.rejections import write_rejected
from qifu.enterprises.sheets import LARGEST, Unreadable, read_table
from qifu.kernel.clock import now
from qifu.organisations.models import County

# More of them are in the file of the rejected.
SHOWN = 50


class Command(BaseCommand):
    help = "Bring a list of enterprises (CSV or XLSX) into the register; the last line is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--county", default=settings.COUNTY, help="the county's code")
        parser.add_argument(
            "--rejected", type=Path, help="where to write the lines that were not taken (XLSX)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        county = options["county"]
        if not County.objects.filter(pk=county).exists():
            raise CommandError(f"没有代码为{county}的县。请先装载县文件（load_county）。")
        table = _read(options["file"])
        if table.unread:
            self.stdout.write(f"没有读的列：{'、'.join(table.unread)}")
        done = import_enterprises(
            table,
            county=county,
            by=None,
            at=now(),
            progress=lambda lines: self.stdout.write(f"已处理{lines}行"),
        )
        self._report(done)
        if options["rejected"]:
            _save(options["rejected"], table, done)
            self.stdout.write(f"未导入的行连同原因在{options['rejected']}")
        self.stdout.write(json.dumps(done.counts()))

    def _report(self, done: Imported) -> None:
        for _, faults in done.rejected[:SHOWN]:
            for fault in faults:
                self.stdout.write(str(fault))
        if len(done.rejected) > SHOWN:
            self.stdout.write(f"另有{len(done.rejected) - SHOWN}行未导入，用--rejected写成文件查看")
        if done.unassigned:
            self.stdout.write(f"新登记的企业里有{done.unassigned}家看不出属地，列为待认领")


def _read(path: Path) -> Table:
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{path.name}：文件超过20MB。请分成几个文件，逐个导入。")
        return find_table(read_table(path.read_bytes()))
    except OSError as error:
        raise CommandError(f"读不到文件{path}：{error.strerror}。请核对路径。") from error
    except Unreadable as error:
        raise CommandError(f"{path.name}：{error}") from error


def _save(path: Path, table: Table, done: Imported) -> None:
    try:
        with path.open("wb") as stream:
            write_rejected(stream, table, done.rejected)
    except OSError as error:
        raise CommandError(f"写不了文件{path}：{error.strerror}。企业已经导入。") from error
