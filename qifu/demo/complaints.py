"""What fictional enterprises say of officers' conduct: one in each state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from qifu.appeals.catalogue import units_by_code
from qifu.conduct.actions import answer, complain, take_up
from qifu.conduct.models import Complaint
from qifu.kernel.clock import local_date
from qifu.organisations.models import User

# No officer is named: the units are those of a real notice.
SAID = (
    ("renshe", "窗口中午不到十一点半就没人了，去了两回都白跑。"),
    ("zhujianju", "来看现场的同志让我们“表示一下”，才肯在验收单上签字。"),
    ("jinrongban", "打了四次电话都说在开会，一次也没有回过。"),
)
ANSWER = "已核实，电话确实没有回。已对当事人批评教育，单位改为两人轮流接电话。"


def make_complaints(
    county: str, persons: Mapping[str, User], supervisor: User, *, now: datetime
) -> None:
    """Make them once, by the firms whose phones come first."""
    if Complaint.objects.in_county(county).exists():
        return
    units, people = units_by_code(county, local_date(now)), list(persons.values())
    rows = [
        complain(units[code], words, by=by, at=now)
        for (code, words), by in zip(SAID, people, strict=False)
        if code in units
    ]
    for row in rows[1:]:
        take_up(row, by=supervisor, at=now)
    for row in rows[2:]:
        answer(row, ANSWER, by=supervisor, at=now)
