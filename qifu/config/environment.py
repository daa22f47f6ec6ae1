"""Reading settings from the environment: odd values are refused, secrets are made once."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_text(name: str, default: str = "") -> str:
    """Return the value, or what the file named by NAME_FILE holds."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name) or default


def env_bool(name: str, *, default: bool) -> bool:
    """Return True or False; anything but those two words is refused."""
    value = env_text(name, str(default))
    if value not in {"True", "False"}:
        raise ImproperlyConfigured(f"Unexpected value {name}={value}, use 'True' or 'False'")
    return value == "True"


def env_int(name: str, default: int) -> int:
    """Return a whole number."""
    value = env_text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"Unexpected value {name}={value}, use a whole number")
    return int(value)


def env_choices(name: str, *, default: str, allowed: set[str]) -> list[str]:
    """Return the comma-separated words, each of which must be allowed."""
    words = [word.strip() for word in env_text(name, default).split(",") if word.strip()]
    if not words or set(words) - allowed:
        raise ImproperlyConfigured(f"Unexpected value {name}={words}, use some of {allowed}")
    return words


def folder(path: Path) -> Path:
    """Return a folder of this installation, making it at the first start."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret(home: Path, name: str) -> str:
    """Return a secret of this installation, making it at the first start.

    It is created for its owner only, and by one process even when two start at once.
    """
    path = home / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def database(home: Path) -> dict[str, Any]:
    """Return Django's settings for the database that DATABASE_URL names.

    With QIFU_AS_OWNER=True the schema's owner connects (migrations); else the
    application's login, which may not change the journal.
    """
    as_owner = env_bool("QIFU_AS_OWNER", default=False)
    url = env_text("DATABASE_OWNER_URL") if as_owner else ""
    url = url or env_text("DATABASE_URL")
    if not url:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Start with `make run` or ./manage.py, which bring a "
            "database of their own, or name one: postgresql://user:password@host:5432/qifu"
        )
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(query.pop("port", parts.port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }
