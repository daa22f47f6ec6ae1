"""Entering enterprises into the register and correcting them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from qifu.enterprises import access, industries, uscc
from qifu.enterprises.models import Enterprise, EnterpriseStatus, Size
from qifu.enterprises.models.enterprises import names
from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed
from qifu.organisations import phones
from qifu.organisations.models import Unit, User

LIMITS = {
    "name": ("名称", 120),
    "short_name": ("简称", 40),
    "contact_name": ("联系人", 40),
    "address": ("地址", 200),
}


@dataclass(frozen=True)
class Particulars:
    """What is entered about an enterprise; only the name and the place are needed."""

    name: str
    township: Unit
    uscc: str = ""
    short_name: str = ""
    industry: str = ""
    size: str = Size.UNKNOWN
    contact_name: str = ""
    contact_phone: str = ""
    address: str = ""

    def columns(self) -> dict[str, object]:
        """Return the columns they fill, checked and in their one form.

        Raises:
            InvalidInput: a field is not acceptable.
        """
        name = self.name.strip()
        if len(name) < 2:
            raise InvalidInput("name", "没有填企业名称。请填营业执照上的全称。")
        for field, (label, limit) in LIMITS.items():
            if len(getattr(self, field).strip()) > limit:
                raise InvalidInput(field, f"{label}太长，最多{limit}字。请删减后再存。")
        if not self.township.is_place:
            raise InvalidInput("township", "所在地应是乡镇、园区或实验区。请重新选择。")
        phone = self.contact_phone.strip()
        return {
            **names(name, self.short_name.strip()),
            "township": self.township,
            "uscc": uscc.clean(self.uscc),
            "industry": industries.clean(self.industry),
            "size": Size(self.size),
            "contact_name": self.contact_name.strip(),
            "contact_phone": phones.normalise(phone, field="contact_phone") if phone else "",
            "address": self.address.strip(),
        }


def register_enterprise(
    particulars: Particulars, *, county: str, by: User | None, at: datetime, key: str = ""
) -> Enterprise:
    """Enter an enterprise into the register (登记企业)."""
    with deed("enterprise.registered", county=county, by=by, at=at, key=key) as work:
        if not access.can_register(by, particulars.township):
            raise NotAllowed("只有县办和所在乡镇（园区）的专职人员可以登记企业。")
        columns = particulars.columns()
        _refuse_known_code(county, str(columns["uscc"]), but=None)
        enterprise = work.add(Enterprise(registered_at=at, **columns))
        work.about(enterprise)
    return enterprise


def correct_enterprise(
    enterprise: Enterprise,
    particulars: Particulars,
    *,
    revision: int,
    status: EnterpriseStatus | None = None,
    by: User | None,
    at: datetime,
    key: str = "",
) -> None:
    """Correct the entry of an enterprise, or that it is gone (更正登记).

    `revision` is the one that the writer had before him.
    """
    county = enterprise.county
    with deed("enterprise.corrected", county=county, by=by, at=at, key=key) as work:
        work.about(enterprise)
        moves = particulars.township.pk != enterprise.township_id
        allowed = access.can_correct(by, enterprise) and (
            not moves or access.can_tie(by, enterprise.county)
        )
        if not allowed:
            raise NotAllowed(
                "只有县办和所在乡镇（园区）的专职人员可以更正企业登记，改所在地由县办办理。"
            )
        columns = {**particulars.columns(), "status": status or enterprise.status}
        _refuse_known_code(enterprise.county, str(columns["uscc"]), but=enterprise)
        changed = _changed(enterprise, columns)
        if changed:
            work.change(enterprise, expect={"revision": revision}, revision=revision + 1, **changed)


def reveal_phone(enterprise: Enterprise, *, by: User, at: datetime) -> str:
    """Return the contact's whole number; that it was opened is recorded (查看完整号码)."""
    with deed("enterprise.phone_seen", county=enterprise.county, by=by, at=at) as work:
        work.about(enterprise)
        if not access.can_see_phone(by, enterprise, local_date(at)):
            raise NotAllowed("您不直接联系这家企业，不能查看完整号码。需要联系时请找县办。")
    return enterprise.contact_phone


def _refuse_known_code(county: str, code: str, *, but: Enterprise | None) -> None:
    if not code:
        return
    same = Enterprise.objects.in_county(county).filter(uscc=code)
    known = same.exclude(pk=but.pk).first() if but else same.first()
    if known:
        raise InvalidInput("uscc", f"这个代码已登记为“{known.name}”。请核对，不要重复登记。")


def _changed(enterprise: Enterprise, columns: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in columns.items() if getattr(enterprise, name) != value}
