"""The hint that a case may say the same as another (疑似重复), in words that say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qifu.appeals import access
from qifu.appeals.alike import Alike, marked
from qifu.appeals.duplicates import Duplicate, duplicates
from qifu.appeals.lifecycle import TAKES_IN
from qifu.appeals.models import Appeal
from qifu.kernel.clock import local_date, now
from qifu.organisations.models import User
from qifu.web.desk.appeals.rows import case_url
from qifu.web.ui.dates import desk_date


@dataclass(frozen=True)
class Hint:
    """One case that may say the same."""

    url: str
    number: str
    title: str
    state: str
    who: str
    why: Sequence[str] = field(default=())
    # The words in stretches, each with whether this case has it, too.
    words: Sequence[tuple[str, bool]] = field(default=())
    merge_url: str = ""


def hints(case: Appeal, viewer: User) -> list[Hint]:
    """Return what may say the same as this case, the likeliest first."""
    mergeable = access.can_merge(viewer, case)
    return [_hint(case, each, mergeable) for each in duplicates(case, viewer, now())]


def _hint(case: Appeal, found: Duplicate, mergeable: bool) -> Hint:
    other = found.appeal
    into = f"{case_url(case.number, 'mergers')}?into={other.number}"
    return Hint(
        case_url(other.number),
        other.number,
        other.title,
        other.get_state_display(),
        _who(other),
        reasons(found.alike),
        list(marked(other.problem.body, found.alike.shared)),
        into if mergeable and other.state in TAKES_IN and not other.confidential else "",
    )


def reasons(alike: Alike) -> list[str]:
    """Say in what two cases are alike."""
    facts = (
        (alike.same_enterprise, "同一企业"),
        (alike.same_phone, "同一电话"),
        (alike.same_category, "同一类别"),
    )
    apart = f"相隔{alike.days}天" if alike.days else "同一天"
    return [*(words for holds, words in facts if holds), f"用词重合{alike.share:.0%}", apart]


def _who(other: Appeal) -> str:
    unit = f"，{other.lead_unit.short_name}" if other.lead_unit else ""
    return f"{other.enterprise_name}{unit}，{desk_date(local_date(other.submitted_at))}提出"
