"""./manage.py seed_demo"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qifu.demo.seeding import logins, seed
from qifu.kernel.clock import now
from qifu.organisations.models import County


class Command(BaseCommand):
    help = "Fill the county with fictional people, enterprises and cases that end today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--county", default=settings.COUNTY)
        parser.add_argument(
            "--history",
            type=int,
            default=0,
            help="how many cases of the year before come besides; takes about a second for each",
        )

    def handle(self, *args: Any, county: str, history: int, **options: Any) -> None:
        found = County.objects.filter(code=county).first()
        if found is None:
            raise CommandError(f"还没有{county}这个县。请先运行 manage.py load_county。")
        if not found.demo:
            raise CommandError(f"{found.name}没有标明是演示县，不能装演示数据。")
        made = seed(county, now=now(), history=history)
        path = settings.QIFU_HOME / "demo-logins.txt"
        path.write_text(logins() + "\n")
        self.stdout.write(f"{found.name}：演示诉求{made}件。")
        if options["verbosity"]:
            self.stdout.write(logins())
