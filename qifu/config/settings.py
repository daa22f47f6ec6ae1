"""Every setting of an installation, in one file; each key is described in docs/deploy.md."""

from __future__ import annotations

from pathlib import Path

from qifu.config.environment import (
    database,
    env_bool,
    env_choices,
    env_int,
    env_text,
    folder,
    secret,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
QIFU_HOME = Path(env_text("QIFU_HOME", str(BASE_DIR / "var"))).resolve()

SECRET_KEY = secret(QIFU_HOME, "django.key")
JOURNAL_KEY = secret(QIFU_HOME, "journal.key").encode()

DEBUG = env_bool("QIFU_DEBUG", default=False)
DEMO = env_bool("QIFU_DEMO", default=False)
HTTPS = env_bool("QIFU_HTTPS", default=False)
PORT = env_int("QIFU_PORT", 8000)
# The address that links in messages begin with.
BASE_URL = env_text("QIFU_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = env_text("QIFU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

# The county that a visitor means before anybody has signed in (GB/T 2260).
COUNTY = env_text("QIFU_COUNTY", "341524")

# Which faces this process serves. A face left out has no route here at all.
FACES = env_choices("QIFU_FACES", default="portal,desk", allowed={"portal", "desk"})

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "procrastinate.contrib.django",
    "qifu.rounds",
    "qifu.journal",
    "qifu.workdays",
    "qifu.notices",
    "qifu.organisations",
    "qifu.attachments",
    "qifu.enterprises",
    "qifu.appeals",
    "qifu.conduct",
    "qifu.demo",
    "qifu.web.ui",
    *(f"qifu.web.{face}" for face in FACES),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before whatever may refuse a request: a refusal carries the headers, too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "qifu.web.ui.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qifu.web.ui.middleware.CountyMiddleware",
    "qifu.web.ui.middleware.IdleMiddleware",
]

# Periodic work lies in each room's jobs.py, the queue's own in config's. What was done is
# forgotten at once: a round every 15 seconds would otherwise leave two million rows a year.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["qifu.config.jobs"]
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}
# A machine that was off at night catches up in the morning.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}

ROOT_URLCONF = "qifu.config.urls"
WSGI_APPLICATION = "qifu.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "qifu.web.ui.context.furniture",
                *(["qifu.web.desk.navigation.shell"] if "desk" in FACES else []),
                *(["qifu.web.portal.navigation.shell"] if "portal" in FACES else []),
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
        },
    }
]

DATABASES = {"default": database(QIFU_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["qifu.organisations.backends.CountyBackend"]
LOGIN_URL = "/desk/sign-in/" if "desk" in FACES else "/sign-in/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Logins are unique within a county, not over the installation.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = QIFU_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = QIFU_HOME / "files"
# Where large files lie while they come in; on the disk that they will stay on.
FILE_UPLOAD_TEMP_DIR = folder(QIFU_HOME / "uploads")
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# The first lets go of what is too large, so that the words of the form still arrive.
FILE_UPLOAD_HANDLERS = [
    "qifu.web.ui.upload_limits.LettingGo",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A virus scanner that speaks as ClamAV's clamd does: host:port, or the path of its socket.
CLAMD = env_text("QIFU_CLAMD")

SESSION_ENGINE = "qifu.web.ui.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Signed out after so many minutes without a click.
IDLE_MINUTES = env_int("QIFU_IDLE_MINUTES", 30)
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "qifu.web.ui.failures.csrf"
SECURE_SSL_REDIRECT = HTTPS
# Asked by the machine itself, without a proxy before it.
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# More than a form takes, so that each of those too many can be told about by its name.
DATA_UPLOAD_MAX_NUMBER_FILES = 100

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"reticent": {"()": "qifu.config.reticence.Reticent"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["reticent"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"qifu": {"level": "INFO"}},
}
