"""Words for one enterprise, as another may read them: without the first one's name. Pure."""

from __future__ import annotations

import re

from qifu.appeals.models import Appeal

SOMEBODY = "有关企业"
# Shorter than this a name is a word of the language, too.
LEAST = 2


def neutral(words: str, parent: Appeal) -> str:
    """Return the words without the names and numbers of the parent's enterprise."""
    people = [name for name in (parent.contact.heading, parent.contact.body) if name]
    for name in _longest_first(_names(parent)):
        words = words.replace(name, SOMEBODY)
    for name in _longest_first(people):
        words = words.replace(name, "联系人")
    return re.sub(f"(?:{SOMEBODY}){{2,}}", SOMEBODY, words)


def same_voice(appeal: Appeal, parent: Appeal) -> bool:
    """Tell whether both are one enterprise's, or one person's."""
    if appeal.submitted_by_id == parent.submitted_by_id and not (appeal.proxy or parent.proxy):
        return True
    return appeal.enterprise_id is not None and appeal.enterprise_id == parent.enterprise_id


def _names(parent: Appeal) -> list[str]:
    firm, said = parent.enterprise, parent.said_enterprise
    return [
        *((firm.name, firm.short_name) if firm is not None else ()),
        *((said.heading,) if said is not None else ()),
    ]


def _longest_first(names: list[str]) -> list[str]:
    return sorted((name for name in names if len(name) >= LEAST), key=len, reverse=True)
