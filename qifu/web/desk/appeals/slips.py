"""The slips of a paste: each draft with the enterprise that is meant and what it repeats."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict

from qifu.appeals.alike import Told
from qifu.appeals.duplicates import Duplicate, heard_before
from qifu.appeals.pasting.drafts import MOST, Draft
from qifu.enterprises.mentions import Meant, Mention, matched
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput
from qifu.organisations.models import User
from qifu.organisations.phones import normalise
from qifu.web.desk.appeals.hints import reasons
from qifu.web.desk.appeals.paste_forms import RAW_MAX, SlipForm, written
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.masks import mask_name, mask_phone

ROW = re.compile(r"d[0-9]{1,2}")
FIELDS = (
    "firm", "listed", "contact_name", "contact_phone", "said_on", "problem", "drop", "slip_key",
    "source",
)  # fmt: skip
Values = Mapping[str, str]


@dataclass(frozen=True)
class Repeat:
    """One case that may say the same already, and why."""

    url: str
    number: str
    title: str
    why: str
    same: bool


@dataclass
class Slip:
    """One draft on the page."""

    row: str
    form: SlipForm
    values: Values
    meant: Meant
    repeats: Sequence[Repeat] = field(default=())
    # The number of an earlier slip that says the very same.
    twin: int = 0

    @property
    def place(self) -> int:
        """Give its number on the page, from one."""
        return int(self.row[1:]) + 1

    @property
    def on_register(self) -> str:
        """Say whom the register names for its enterprise, masked: rung if nobody else is."""
        firm = self.meant.sure
        if firm is None or not firm.contact_phone or self.values.get("contact_phone"):
            return ""
        who = f"{mask_name(firm.contact_name)}，" if firm.contact_name else ""
        return f"{who}{mask_phone(firm.contact_phone)}"

    @property
    def lacks(self) -> str:
        """Name the field that has to be filled in before it can be registered."""
        if not self.values.get("firm"):
            return "firm"
        if self.meant.offered:
            return "listed"
        if self.values.get("contact_phone"):
            return "" if self.values.get("contact_name") else "contact_name"
        return "" if self.on_register else "contact_phone"


def read_slips(user: User, drafts: Sequence[Draft], at: datetime) -> list[Slip]:
    """Make a slip of each draft; the enterprise that is meant for sure is written in full."""
    said = [
        Mention(each.firm, "\n".join((each.source, *each.hints)), number_of(each.phone))
        for each in drafts
    ]
    found = matched(user, said)
    values = [
        {
            "firm": meant.sure.name if meant.sure else each.firm,
            "contact_name": _bare(each.contact, meant),
            "contact_phone": each.phone,
            "said_on": written(each.said_on),
            "problem": each.problem,
            "source": each.source[:RAW_MAX],
            "slip_key": uuid.uuid4().hex,
        }
        for each, meant in zip(drafts, found, strict=True)
    ]
    rows = [f"d{place}" for place in range(len(drafts))]
    return _slips(user, rows, values, found, at)


def posted_slips(
    user: User, posted: QueryDict, at: datetime, *, bound: Sequence[str] = ()
) -> list[Slip]:
    """Return the slips as they were sent; those named `bound` are to be registered."""
    rows = [row for row in dict.fromkeys(posted.getlist("row")) if ROW.fullmatch(row)][:MOST]
    values = [{name: posted.get(f"{row}-{name}", "") for name in FIELDS} for row in rows]
    said = [Mention(each["firm"]) for each in values]
    return _slips(user, rows, values, matched(user, said), at, posted, bound)


def _slips(
    user: User,
    rows: Sequence[str],
    values: Sequence[dict[str, str]],
    found: Sequence[Meant],
    at: datetime,
    posted: QueryDict | None = None,
    bound: Sequence[str] = (),
) -> list[Slip]:
    told = [_told(each, meant, at) for each, meant in zip(values, found, strict=True)]
    repeats = heard_before(told, user, at)
    made = []
    seen: dict[tuple[str, str], int] = {}
    for row, each, meant, alike in zip(rows, values, found, repeats, strict=True):
        before = repeats_of(alike, each["problem"])
        twin = seen.setdefault(_same(each), int(row[1:]) + 1)
        twin = 0 if twin == int(row[1:]) + 1 else twin
        if posted is None and (twin or any(one.same for one in before)):
            each["drop"] = "on"
        made.append(Slip(row, _form(row, each, meant, posted, bound), each, meant, before, twin))
    return made


def _form(
    row: str, values: Values, meant: Meant, posted: QueryDict | None, bound: Sequence[str]
) -> SlipForm:
    offered = [meant.sure] if meant.sure else meant.offered
    if posted is not None and row in bound:
        return SlipForm(posted, prefix=row, offered=offered)
    return SlipForm(prefix=row, offered=offered, initial=dict(values))


def _told(values: Values, meant: Meant, at: datetime) -> Told:
    firm = meant.sure
    phone = number_of(values["contact_phone"]) or (firm.contact_phone if firm else "")
    return Told(values["problem"], local_date(at), firm.pk if firm else None, phone)


def repeats_of(found: Sequence[Duplicate], problem: str) -> list[Repeat]:
    """Return the cases that may say the same, as pages name them."""
    return [_repeat(each, problem) for each in found]


def _repeat(found: Duplicate, problem: str) -> Repeat:
    other = found.appeal
    why = "，".join(reasons(found.alike))
    same = other.problem.body.split() == problem.split()
    return Repeat(case_url(other.number), other.number, other.title, why, same)


def _bare(contact: str, meant: Meant) -> str:
    """Return a name without the enterprise that somebody put before it: 梅山湖渔业陆总."""
    short = meant.sure.short_name if meant.sure else ""
    return contact.removeprefix(short) or contact


def _same(values: Values) -> tuple[str, str]:
    return "".join(values["firm"].split()), "".join(values["problem"].split())


def number_of(phone: str) -> str:
    """Return a telephone number in its one form, or none if it is none yet."""
    try:
        return normalise(phone) if phone else ""
    except InvalidInput:
        return ""
