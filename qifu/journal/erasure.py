"""Erasing a text (依法删除): its words go for good, and the chain still holds.

个人信息保护法 第四十七条 says when personal data must be erased; words that should
never have been entered here (涉密) go the same way.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db.models import TextChoices

from qifu.journal.deed import Actor, Deed, deed
from qifu.journal.models import Text
from qifu.kernel.county import CountyModel
from qifu.kernel.errors import NotAllowed, StaleState

ERASED = "text.erased"
# 三员分离: erasing is the security administrator's, never the office's whose work it was.
ERASER = "SEC_ADMIN"


class Basis(TextChoices):
    """On what ground a text is erased."""

    PURPOSE_SERVED = "PIPL47-1", "处理目的已实现或者不再必要（个人信息保护法第四十七条第一项）"
    TERM_ENDED = "PIPL47-2", "停止提供服务，或者保存期限已届满（同条第二项）"
    CONSENT_WITHDRAWN = "PIPL47-3", "个人撤回同意（同条第三项）"
    UNLAWFUL = "PIPL47-4", "违法或者违反约定处理个人信息（同条第四项）"
    OTHER_LAW = "PIPL47-5", "法律、行政法规规定的其他情形（同条第五项）"
    CLASSIFIED = "SECRET", "误录涉密信息（保守国家秘密法）"


class Reaches(Protocol):
    """What is asked of a person's posts."""

    @property
    def county(self) -> str: ...

    def has(self, *kinds: str) -> bool: ...


class Eraser(Actor, Protocol):
    """An account whose posts can be asked."""

    @property
    def reach(self) -> Reaches: ...


def can_erase(by: Eraser, text: Text) -> bool:
    """Tell whether the person may order this text to be erased."""
    return by.reach.county == text.county and by.reach.has(ERASER)


def erase(
    text: Text,
    *,
    basis: str,
    by: Eraser,
    at: datetime,
    about: CountyModel | None = None,
    key: str = "",
) -> None:
    """Blank the words and their salt; the event says who did it and on what ground."""
    with deed(ERASED, county=text.county, by=by, at=at, key=key) as work:
        if not can_erase(by, text):
            raise NotAllowed("只有本县的安全管理员可以依法删除原文。请联系安全管理员。")
        if text.erased_at is not None:
            raise StaleState("这段原文已经依法删除过了，不用再删。")
        if about is not None:
            work.about(about)
        _blank(work, text, basis)


def erase_by_rule(text: Text, *, basis: str, at: datetime, about: CountyModel) -> None:
    """Blank words that may not stay once a deed is done, such as a report handed over.

    Nobody orders it: it follows from that deed, whose row says who did it.
    """
    with deed(ERASED, county=text.county, by=None, at=at) as work:
        work.about(about)
        _blank(work, text, basis)


def _blank(work: Deed, text: Text, basis: str) -> None:
    work.note(text=str(text.pk), basis=Basis(basis).value)
    work.change(text, expect={"erased_at": None}, heading="", body="", salt=None, erased_at=work.at)
