"""What Django itself can check: migrations are complete, the deployment is safe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_a_deployment_behind_https_passes_every_check(tmp_path: Path) -> None:
    environment = os.environ | {
        "QIFU_HOME": str(tmp_path),
        "QIFU_HTTPS": "True",
        "DJANGO_SETTINGS_MODULE": "qifu.config.settings",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"]

    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
