"""`verify_files`: read every file that a row names, and say which is not what it was."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from qifu.attachments.models import NAMING, Attachment
from qifu.attachments.sweeping import missing

SHOWN = 100


class Command(BaseCommand):
    help = "核对附件：逐个读出并比对哈希，有问题时退出码为1"

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every file; the last line is for machines."""
        rows = Attachment.objects.across_counties("the files lie in one place for all counties")
        checked = rows.filter(state__in=NAMING).count()
        lost = list(missing())
        for row in lost[:SHOWN]:
            self.stdout.write(f"{row.county}：附件{row.code}的内容不见了，或和它的哈希对不上。")
        verdict = f"发现{len(lost):,}个有问题。" if lost else "全部对得上。"
        self.stdout.write(f"核对了{checked:,}个附件，{verdict}")
        self.stdout.write(json.dumps({"files": checked, "ok": not lost}))
        if lost:
            sys.exit(1)
