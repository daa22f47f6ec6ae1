"""Cases that go with another (合并) or part (拆分), entered into the register."""

from __future__ import annotations

from qifu.appeals.actions import merging, splitting
from qifu.appeals.actions.following import follow_parents
from qifu.appeals.lifecycle import ENDED, TAKES_IN, State
from qifu.appeals.models import Appeal
from qifu.kernel.errors import StaleState
from tests.histories.here import Here
from tests.histories.registry import of_case, of_county

MERGEABLE = (State.SUBMITTED, State.TO_DISPATCH)


@of_case("case.merge", at=MERGEABLE)
def merge(here: Here) -> None:
    parents = _parents(here)
    if not parents:
        raise StaleState
    into = here.pick(parents)
    merging.merge(here.appeal, into, "同一条路", by=here.clerk, at=here.at)


@of_case("case.unmerge", at=[State.MERGED], onward=True)
def unmerge(here: Here) -> None:
    merging.unmerge(here.appeal, "不是同一条路", by=here.clerk, at=here.at)


@of_case(
    "case.answer_merged",
    "case.unmerge",
    at=[State.MERGED],
    when=lambda here: _ready(here),
    onward=True,
)
def follow_the_parent(here: Here) -> None:
    """Its parent is answered, or ended without an answer: the round says so to it."""
    follow_parents(here.cast.county, at=here.at)


@of_case(at=MERGEABLE)
def split(here: Here) -> None:
    said = splitting.Parting(
        "路灯三个月不亮，晚班工人怕出事。",
        "收茶旺季要付茶农现款，流动资金缺300万元左右。",
        "一件是贷款，一件是路灯",
        category=here.category,
    )
    splitting.split(here.appeal, said, by=here.clerk, at=here.at)


@of_county()
def follow_every_parent(here: Here) -> None:
    follow_parents(here.cast.county, at=here.at)


def _parents(here: Here) -> list[Appeal]:
    rows = Appeal.objects.in_county(here.cast.county).filter(state__in=TAKES_IN)
    return list(rows.exclude(pk=here.appeal.pk).select_related("contact").order_by("-pk")[:3])


def _ready(here: Here) -> bool:
    into = here.appeal.merged_into
    return into is not None and (into.published_at is not None or into.state in ENDED)
