"""Who is reached by a duty or as a person, asked at the moment of sending (leavers!)."""

from __future__ import annotations

from datetime import datetime

from qifu.kernel.clock import local_date
from qifu.notices.addresses import Recipient
from qifu.organisations.absences import deputy_on
from qifu.organisations.models import User
from qifu.organisations.queries import holders


class CountyAddressBook:
    """The county's people, as the outbox asks for them."""

    def on_duty(self, *, county: str, unit: int, role: str, at: datetime) -> Recipient | None:
        """Return the holder of the post, in the unit or in what became of it.

        While he is away it is who stands in for him (代班), if anybody does.
        """
        on = local_date(at)
        found = holders(county, unit, role, on=on)
        if not found:
            return None
        reached = deputy_on(county, unit, found[0].pk, on) or found[0]
        return Recipient(reached.pk, reached.phone)

    def person(self, *, county: str, person: int, at: datetime) -> Recipient | None:
        """Return the person, or None when the account is closed."""
        user = User.objects.in_county(county).filter(pk=person, is_active=True).first()
        return Recipient(user.pk, user.phone) if user else None
