"""How a case comes in: said by the enterprise, or typed in for it by staff."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qifu.appeals import access, clocks, notices
from qifu.appeals.actions.from_above import Ordered, check_order, keep_order
from qifu.appeals.actions.texts import line, optional, required
from qifu.appeals.catalogue import (
    Question,
    office_unit,
    propose,
    rules_in_force,
    units_by_code,
)
from qifu.appeals.lifecycle import State, Work
from qifu.appeals.models import Appeal, Assignment, Category, Confidentiality
from qifu.appeals.models.numbers import take_left_out, take_number
from qifu.appeals.rules import Channel, ClockKind, ContactWay, Nature, ReplyChannel, Role
from qifu.attachments.actions import keep_all
from qifu.attachments.models import Attachment
from qifu.enterprises.models import Enterprise
from qifu.journal.deed import Deed, deed
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed
from qifu.notices.outbox import put_all
from qifu.organisations.furniture import county_of
from qifu.organisations.models import Unit, User, UserKind
from qifu.organisations.phones import normalise

PROBLEM_MIN = 5
HEADING_MAX = 30
# What fits a line of a list; clauses shorter than the least say little by themselves.
HEADING_LINE, HEADING_LEAST = 24, 10
ENTERPRISE_MAX = 60
NAME_MAX = 40


@dataclass(frozen=True)
class Said:
    """What somebody says, in his own words, and how to reach him."""

    problem: str
    contact_name: str
    contact_phone: str
    contact_way: str = ContactWay.PHONE
    enterprise: Enterprise | None = None
    enterprise_name: str = ""
    place: Unit | None = None
    category: Category | None = None
    channel: Channel = Channel.PLATFORM
    # When staff heard it, where that was another day; the clock begins with its registration.
    said_on: date | None = None
    # Of a case from above: where its answer goes, its number and its deadline.
    ordered: Ordered | None = None
    files: Sequence[Attachment] = ()
    # 请为我保密; whoever writes it down for the enterprise says why.
    confidential: bool = False
    confidential_words: str = ""


def submit(said: Said, *, by: User, at: datetime, key: str = "") -> Appeal:
    """Take in what an enterprise says (提交): it waits for the office from now on."""
    if by.kind != UserKind.ENTERPRISE:
        raise NotAllowed("请用企业手机号登录后提交，工作人员请在工作台登记。")
    with deed("appeal.submitted", county=by.county, by=by, at=at, key=key) as work:
        return _to_office(work, said, by=by, proxy=False)


def register(said: Said, *, unit: Unit, by: User, at: datetime, key: str = "") -> Appeal:
    """Write down a case for an enterprise (登记).

    At the office it waits to be accepted; at a township, park or unit it is handled there
    at once (属地化解, amendment 1), the office seeing it from the first second.
    """
    if not access.can_register(by) or unit.pk not in by.reach.units():
        raise NotAllowed("只有县办和各单位专职人员可以登记诉求。")
    if unit.kind in access.LOCAL_KINDS:
        if said.confidential:
            raise InvalidInput("confidential", "企业要求保密的由县办登记。请让企业直接找县办。")
        if said.channel == Channel.UPPER:
            raise InvalidInput("channel", "上级转办的由县办登记、交办。请转给县办。")
        with deed("appeal.registered_locally", county=by.county, by=by, at=at, key=key) as work:
            return _locally(work, said, unit, by=by)
    with deed("appeal.registered", county=by.county, by=by, at=at, key=key) as work:
        return _to_office(work, said, by=by, proxy=True)


def heading(problem: str) -> str:
    """Return a title for a problem: its first sentence, or as many clauses as fit a line."""
    first = re.split(r"[。！？；!?;\n]", problem.strip(), maxsplit=1)[0].strip(" ，,、")
    if len(first) <= HEADING_LINE:
        return first
    for most in (HEADING_LINE, HEADING_MAX):
        clauses = first[: most + 1].rpartition("，")[0]
        if len(clauses) >= HEADING_LEAST:
            return clauses
    return first if len(first) <= HEADING_MAX else first[: HEADING_MAX - 1] + "…"


def check_problem(problem: str, *, field: str = "problem") -> str:
    """Return the words as they are kept, or say what is wrong with them.

    Raises:
        InvalidInput: too short to act on, or longer than anybody reads.
    """
    words = optional(field, problem)
    if len(words) < PROBLEM_MIN:
        raise InvalidInput(field, "请再写几句：什么事、从什么时候起、希望怎么解决。")
    return words


def check_enterprise_name(name: str) -> str:
    """Return the name that somebody gives his enterprise, as it is kept.

    Raises:
        InvalidInput: no name, or one that is too long.
    """
    sentence = "请写企业名称；名录里没有也可以照写。"
    return line("enterprise", name, sentence, most=ENTERPRISE_MAX)


def check_contact_name(name: str) -> str:
    """Return what the contact is called, as it is kept.

    Raises:
        InvalidInput: no name, or one that is too long.
    """
    sentence = "请写联系人怎么称呼，如“王经理”。"
    return line("contact_name", name, sentence, most=NAME_MAX)


def _to_office(work: Deed, said: Said, *, by: User, proxy: bool) -> Appeal:
    timing = clocks.timing(work.county, work.at)
    county = county_of(work.county)
    clock_days = timing.limits.days(ClockKind.ACCEPT)
    today = local_date(work.at)
    due_on = timing.calendar.add(today, clock_days)
    appeal = _appeal(work, said, by=by, state=State.SUBMITTED, proxy=proxy, due_on=due_on)
    work.add(timing.new(ClockKind.ACCEPT, appeal, work.at, unit=office_unit(work.county, today)))
    by_when = timing.calendar.add(today, clock_days + timing.limits.days(ClockKind.DISPATCH))
    put_all(work, [notices.received(appeal, county, by_when)], hold=timing.hold)
    return appeal


def _locally(work: Deed, said: Said, unit: Unit, *, by: User) -> Appeal:
    timing = clocks.timing(work.county, work.at)
    county = county_of(work.county)
    nature = _nature(work, said)
    days = timing.limits.days(ClockKind.HANDLE, nature=nature)
    due_on = timing.calendar.add(local_date(work.at), days)
    appeal = _appeal(
        work, said, by=by, state=State.LOCAL, proxy=True, due_on=due_on, unit=unit, nature=nature
    )
    part = work.add(
        Assignment(
            appeal=appeal,
            unit=unit,
            role=Role.LEAD,
            state=Work.HANDLING,
            due_on=due_on,
            handler=by,
            given_at=work.at,
            signed_at=work.at,
        )
    )
    work.add(timing.new(ClockKind.HANDLE, appeal, work.at, unit=unit, days=days, assignment=part))
    notice = notices.received(appeal, county, due_on, local=unit.short_name)
    put_all(work, [notice], hold=timing.hold)
    return appeal


def _appeal(
    work: Deed,
    said: Said,
    *,
    by: User,
    state: State,
    proxy: bool,
    due_on: date,
    unit: Unit | None = None,
    nature: str = "",
) -> Appeal:
    problem = check_problem(said.problem)
    phone = normalise(said.contact_phone, field="contact_phone")
    name = check_contact_name(said.contact_name)
    typed = check_enterprise_name(said.enterprise_name) if said.enterprise is None else ""
    if said.contact_way not in ContactWay.values:
        raise InvalidInput("contact_way", "请选一种联系方式。")
    _check_said_on(said.said_on, local_date(work.at))
    ordered = check_order(said.channel, said.ordered, local_date(work.at))
    appeal = Appeal(
        number=(take_left_out if said.confidential else take_number)(
            work.county, local_date(work.at).year
        ),
        confidential=said.confidential,
        state=state,
        local=unit is not None,
        lodged_at=unit,
        lead_unit=unit,
        place=said.place or (said.enterprise.township if said.enterprise else None),
        channel=said.channel,
        reply_channel=ordered.reply_channel if ordered else ReplyChannel.HERE,
        enterprise=said.enterprise,
        said_enterprise=work.text("enterprise", "", typed) if typed else None,
        problem=work.text("problem", problem, heading(problem)),
        contact=work.text("contact", phone, name),
        contact_way=said.contact_way,
        submitted_by=by,
        proxy=proxy,
        category=said.category,
        nature=nature,
        due_on=due_on,
        submitted_at=work.at,
    )
    words = _confidential_words(said, proxy=proxy)
    work.add(appeal)
    work.about(appeal)
    if said.confidential:
        text = work.text("confidentiality", words) if words else None
        work.add(Confidentiality(appeal=appeal, kept=True, words=text, by=by, at=work.at))
    keep_order(work, appeal, ordered)
    keep_all(work, said.files, appeal)
    work.note(channel=said.channel, unit=unit.pk if unit else None)
    if said.said_on is not None:
        work.note(said_on=f"{said.said_on}")
    return appeal


def _check_said_on(said_on: date | None, today: date) -> None:
    if said_on is not None and said_on > today:
        raise InvalidInput("said_on", "日期在今天之后。请写企业说这件事的那天，不清楚的不填。")


def _confidential_words(said: Said, *, proxy: bool) -> str:
    if not said.confidential or not proxy:
        return ""
    sentence = "没有写原因。请写企业是怎么要求保密的。"
    return required("confidential_words", said.confidential_words, sentence)


def _nature(work: Deed, said: Said) -> str:
    if said.category is None:
        return Nature.GENERAL
    on = local_date(work.at)
    place = said.place or (said.enterprise.township if said.enterprise else None)
    asked = Question(
        said.category.code,
        place.code if place else "",
        place.kind if place else "",
        said.enterprise.size if said.enterprise else "",
    )
    units = units_by_code(work.county, on)
    return propose(rules_in_force(work.county, on), units, asked).nature or Nature.GENERAL
