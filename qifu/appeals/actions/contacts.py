"""Opening the enterprise's whole number: allowed to whoever works on the case, and logged."""

from __future__ import annotations

from datetime import datetime

from qifu.appeals import access
from qifu.appeals.models import Appeal
from qifu.journal.deed import deed
from qifu.journal.models import Text
from qifu.kernel.errors import NotAllowed
from qifu.organisations.models import User


def show_contact(appeal: Appeal, *, by: User, at: datetime, key: str = "") -> Text:
    """Return the contact's name and whole number (查看完整号码), leaving a trace."""
    with deed("appeal.contact_shown", county=appeal.county, by=by, at=at, key=key) as work:
        work.about(appeal)
        if not access.can_see_contact(by, appeal):
            raise NotAllowed("完整号码只给县办和承办单位看。需要联系企业请找县办。")
        return appeal.contact
