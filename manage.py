#!/usr/bin/env python
"""Django's commands. Without DATABASE_URL they bring the embedded database along."""

import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Run one command on the installation's database, and leave that as it was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qifu.config.settings")
    try:
        from django.core.management import execute_from_command_line

        from qifu.config.binaries import PostgresMissing
        from qifu.config.lending import OWNER_COMMANDS, database_named, lent
        from qifu.config.postgres import PostgresFailed
    except ModuleNotFoundError as error:
        sys.exit(f"{error}. Run `make setup`, then .venv/bin/python manage.py …")
    if OWNER_COMMANDS.intersection(sys.argv[1:2]):
        os.environ.setdefault("QIFU_AS_OWNER", "True")
    if database_named():
        execute_from_command_line(sys.argv)
        return
    # A command that is told to end must still give the database back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with lent(Path(os.environ.get("QIFU_HOME") or ROOT / "var").resolve()):
            execute_from_command_line(sys.argv)
    except (PostgresMissing, PostgresFailed) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
