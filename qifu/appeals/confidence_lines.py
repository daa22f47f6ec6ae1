"""The timeline's sentences about a case that is kept from others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qifu.appeals.telling import Facts, Told

Line = tuple[str, str, bool]


def _kept(facts: Facts) -> Line:
    words = facts.words.get("confidentiality", "")
    return "企业要求保密", f"只给指定的人看，编号已换。{words}", True


def _lifted(facts: Facts) -> Line:
    return "解除保密", facts.words.get("confidentiality", ""), True


def _read(_facts: Facts) -> Line:
    return "监督单位查看", "打开了这件保密的诉求。", False


LINES: Mapping[str, Callable[[Facts], Line]] = {
    "appeal.kept_confidential": _kept,
    "appeal.confidence_lifted": _lifted,
    "appeal.confidential_read": _read,
}
TOLD: Mapping[str, Callable[[Facts], Told]] = {
    "appeal.kept_confidential": lambda _: (
        "为您保密",
        "从现在起只给指定的人看，编号也换了。",
    ),
    "appeal.confidence_lifted": lambda _: ("不再保密", "和别的诉求一样办。"),
}
