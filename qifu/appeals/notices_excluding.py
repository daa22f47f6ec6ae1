"""What is told about a rating that a unit wants left out: to the office, the unit, the firm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qifu.appeals.catalogue import office_unit
from qifu.appeals.models import LEFT_OUT, Appeal, Exclude, Exclusion, PanelRuling
from qifu.appeals.notices import WHY_ENTERPRISE
from qifu.notices.addresses import Address
from qifu.notices.models import Notice
from qifu.notices.outbox import Draft
from qifu.notices.registry import registry
from qifu.organisations.models import User


def register() -> None:
    """Tell the outbox which kinds there are and when each is still true."""
    registry.declare("O-EXCL", still_true=_still_open)
    registry.declare("U-EXCL")
    registry.declare("P-EXCL")
    registry.declare("E-EXCL", still_true=_still_out)
    registry.declare("E-EXCL2")


def asked(appeal: Appeal, row: Exclusion, on: date) -> list[Draft]:
    """The director hears that a panel has to look at a rating."""
    body = f"编号{appeal.number}：{row.unit}申请剔除评价，请组织评议并登记结果。"
    return _to_director(appeal, row, body, on)


def objected(appeal: Appeal, row: Exclusion, on: date) -> list[Draft]:
    """The director hears that the enterprise does not agree."""
    body = f"编号{appeal.number}：企业不同意剔除它的评价，请重新评议并登记结果。"
    return _to_director(appeal, row, body, on)


def ruled(
    appeal: Appeal, row: Exclusion, ruling: PanelRuling, people: Sequence[User]
) -> list[Draft]:
    """The unit hears what came of it, the panel that it was named, the firm if it matters."""
    result = "已剔除，不计入统计" if ruling.excluded else "不予剔除，照常计入统计"
    unit = Draft(
        kind="U-EXCL",
        to=Address.of_duty(row.unit_id, "RESPONSIBLE_LEADER"),
        body=f"编号{appeal.number}：申请剔除的评价经评议{result}。",
        why="本单位申请了剔除评价。",
        dedup=f"U-EXCL:{ruling.pk}",
        about=appeal,
    )
    named = [
        Draft(
            kind="P-EXCL",
            to=Address.of_person(person.pk),
            body=f"编号{appeal.number}：登记您参加了评价剔除评议，结果{result}。不符请告诉县办主任。",
            why="您被登记为评议成员。",
            dedup=f"P-EXCL:{ruling.pk}:{person.pk}",
            about=appeal,
        )
        for person in people
    ]
    return [unit, *named, *_to_enterprise(appeal, row, ruling)]


def _to_enterprise(appeal: Appeal, row: Exclusion, ruling: PanelRuling) -> list[Draft]:
    if ruling.turn > 1:
        body = f"编号{appeal.number}：您对评价的不同意见已重新评议，请登录查看结果。"
        kind = "E-EXCL2"
    elif ruling.excluded:
        body = f"编号{appeal.number}：您的评价经评议不计入统计。不同意的，登录后可以提一次。"
        kind = "E-EXCL"
    else:
        return []
    return [
        Draft(
            kind=kind,
            to=Address.of_phone(appeal.contact.body),
            body=body,
            why=WHY_ENTERPRISE,
            dedup=f"{kind}:{ruling.pk}",
            about=row,
        )
    ]


def _to_director(appeal: Appeal, row: Exclusion, body: str, on: date) -> list[Draft]:
    office = office_unit(appeal.county, on)
    if office is None:
        return []
    return [
        Draft(
            kind="O-EXCL",
            to=Address.of_duty(office.pk, "OFFICE_DIRECTOR"),
            body=body,
            why="评价剔除由县办主任组织评议。",
            dedup=f"O-EXCL:{row.pk}:{row.state}",
            about=row,
        )
    ]


def _still_open(notice: Notice) -> bool:
    rows = Exclusion.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return rows.filter(state__in=(Exclude.ASKED, Exclude.OBJECTED)).exists()


def _still_out(notice: Notice) -> bool:
    rows = Exclusion.objects.in_county(notice.county).filter(pk=notice.subject_id or 0)
    return rows.filter(state__in=LEFT_OUT).exists()
