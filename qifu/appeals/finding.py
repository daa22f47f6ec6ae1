"""Where a case says a word: in its own words, in the enterprise's name, in its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from qifu.appeals.sight import is_masked_from
from qifu.enterprises.models import Enterprise
from qifu.journal.finding import among, saying
from qifu.journal.models import Text
from qifu.organisations.models import User

if TYPE_CHECKING:
    from qifu.appeals.models.case import AppealQuerySet

NUMBERED = re.compile(r"[0-9-]+")


def places_of(word: str, cases: AppealQuerySet, viewer: User) -> list[QuerySet[Any, Any]]:
    """Return the keys of the county's cases that contain a word, one query for each place.

    A case that the viewer's lists mask is found by its number only.
    """
    said = cases.filter(confidential=False) if is_masked_from(viewer) else cases
    texts = Text.objects.in_county(viewer.county).filter(saying(word, "heading", "body"))
    firms = Enterprise.objects.in_county(viewer.county).filter(saying(word, "name", "short_name"))
    found = [
        said.filter(among("problem_id", texts.filter(kind="problem").values("pk"))),
        said.filter(among("said_enterprise_id", texts.filter(kind="enterprise").values("pk"))),
        said.filter(among("enterprise_id", firms.order_by().values("pk"))),
    ]
    if NUMBERED.fullmatch(word):
        found.append(cases.filter(number__startswith=word))
    return [rows.order_by().values("pk") for rows in found]
