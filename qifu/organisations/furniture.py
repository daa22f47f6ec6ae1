"""The county's own row, which every page and every notice needs, kept at hand."""

from __future__ import annotations

from qifu.journal import reference
from qifu.organisations.models import County


def county_of(code: str) -> County:
    """Return the county; read again only after reference data changed."""
    return reference.read(code, "county", lambda: County.objects.get(pk=code))
