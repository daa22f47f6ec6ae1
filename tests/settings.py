"""The product's settings, with what only tests want."""

import os
import shutil
import tempfile
from pathlib import Path

# Each process has a home of its own. Not every process gets to tidy up (pytest's workers
# do not), so each removes what the dead have left.
_homes = Path(tempfile.gettempdir())
for _left in _homes.glob("qifu-home-*"):
    if not Path(f"/proc/{_left.name.rpartition('-')[2]}").exists():
        shutil.rmtree(_left, ignore_errors=True)
os.environ["QIFU_HOME"] = str(_homes / f"qifu-home-{os.getpid()}")
# tests/conftest.py fills in the throw-away server's address when a test wants a database.
os.environ["DATABASE_URL"] = "postgresql://qifu_app@/qifu"
for _name in ("DATABASE_OWNER_URL", "QIFU_AS_OWNER", "QIFU_FACES", "QIFU_COUNTY", "QIFU_HTTPS"):
    os.environ.pop(_name, None)

from qifu.config.settings import *  # noqa: E402, F403

DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files as they lie, without collecting them first.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
