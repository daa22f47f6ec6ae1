"""How much of what was rated is left out of the figures: raw and adjusted side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from qifu.appeals.models import LEFT_OUT, Rating
from qifu.kernel.clock import start_of_day


@dataclass(frozen=True)
class Share:
    """剔除率: those left out ÷ all that were rated; unknown while nothing was."""

    left_out: int
    rated: int

    @property
    def counted(self) -> int:
        """How many are left for the figures."""
        return self.rated - self.left_out

    @property
    def percent(self) -> str:
        """Write `2.5%`, or nothing while there is nothing to divide by."""
        return f"{self.left_out * 100 / self.rated:.1f}%" if self.rated else ""


def share(county: str, since: date) -> Share:
    """Count the ratings since a day, confidential cases apart (decision 0014)."""
    rows = Rating.objects.in_county(county).filter(at__gte=start_of_day(since))
    rows = rows.filter(appeal__confidential=False)
    found = rows.aggregate(all=Count("pk"), out=Count("pk", filter=Q(exclusion__in=LEFT_OUT)))
    return Share(found["out"], found["all"])
