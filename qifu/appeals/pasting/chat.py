"""Where one message ends and the next begins, in lines copied out of a chat or a list. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from qifu.appeals.pasting.drafts import Block
from qifu.appeals.pasting.words import (
    DAY_ALONE,
    DAY_FIRST,
    FIRM,
    PHONE,
    TITLES,
    WHEN,
    day_of,
    is_noise,
    plain,
)

Line = tuple[int, str]
HEAD_MOST = 80
# So much may stand beside a telephone that is sent by itself: 电话：, 吴经理.
BESIDE_PHONE = 6
NAME = r"(?P<name>[^\n:：。！？；，!?;]{1,30}?)"
# 2026-11-20 09:12:33 张三; [11-20 09:12] 张三: 厂里漏水
WHEN_WHO = re.compile(rf"[(（\[【]?{WHEN}[)）\]】]?[ ,，:：]*{NAME}(?: *[:：] *(?P<rest>.*))?")
# 张三 11-20 09:12; the same with the words behind it
WHO_WHEN = re.compile(rf"{NAME}[ (（\[【]+{WHEN}[)）\]】]*(?:[:：] *(?P<rest>.*))?")
SPOKEN = re.compile(r"(?P<name>[^\s:：。！？；，!?;]{1,20}) ?[:：] *(?P<rest>.*)")
HAS_TIME = re.compile(r"[0-9][:：][0-5][0-9]")
LABELS = {
    "firm": "企业名称|企业|单位名称|单位|公司名称|公司|厂家",
    "phone": "联系电话|联系方式|电话号码|手机号码|手机号|电话|手机|座机",
    "contact": "联系人|姓名|负责人|法人",
    "problem": (
        "具体问题|存在问题|主要问题|问题描述|问题|诉求内容|诉求|反映内容|反映问题|反映|"
        "困难|事项|内容|情况"
    ),
    "day": "反映日期|反映时间|提出日期|提出时间|日期|时间",
}
KINDS = "|".join(f"(?P<{kind}>{names})" for kind, names in LABELS.items())
LABEL = re.compile(rf" *(?:{KINDS}) *[:：] *(?P<value>.*)")
# Not the name of anybody who says something.
NO_SPEAKER = re.compile(
    r".*[的是了有请吗呢吧把被和在到].*|希望|建议|补充|另外|备注|地址|乡镇|原因|如下|注|说明|附件|通知|目前|现状"
)
SPEAKER = re.compile(rf"[\u3400-\u9fffA-Za-z·]{{2,4}}|.*(?:{TITLES})|.*[-_（(|].*")
NUMBERED = re.compile(
    r" *(?:[(（][0-9]{1,3}[)）]|[0-9]{1,3}(?:[、)）]|[.．](?![0-9]))) *(?P<rest>.*)"
)


def blocks(lines: Sequence[Line], today: date) -> list[Block]:
    """Return the messages or items in what was pasted; none of them is empty, no line is lost."""
    if any(_head(words, today) for _, words in lines):
        return _by_heads(lines, today)
    if any(_spoken(words) for _, words in lines):
        return _by_speakers(lines)
    numbered = [NUMBERED.fullmatch(words) for _, words in lines]
    if sum(each is not None for each in numbered) > 1:
        return _by_numbers(lines, today)
    return _by_lines(lines, today)


def label_of(words: str) -> tuple[str, str]:
    """Return what a line says it holds and that, or two blanks: `电话：…`."""
    found = LABEL.fullmatch(words)
    if found is None:
        return "", ""
    kind = next(kind for kind in LABELS if found[kind] is not None)
    return kind, found["value"].strip()


def _head(words: str, today: date) -> Block | None:
    """Read a line that says who writes and when."""
    line = plain(words).strip()
    timed = bool(HAS_TIME.search(line[:HEAD_MOST]))
    if (len(line) > HEAD_MOST and not timed) or label_of(line)[0] or PHONE.search(line):
        return None
    found = WHEN_WHO.fullmatch(line) if timed else None
    if found is None or not _is_name(found["name"]):
        found = WHO_WHEN.fullmatch(line)
        if found is None or not _signs(found, timed=timed):
            return None
    rest = (found["rest"] or "").strip()
    return Block((), (rest,) if rest else (), found["name"].strip(), day_of(found, today))


def _signs(found: re.Match[str], *, timed: bool) -> bool:
    """Tell whether a line that ends with a day or a time is somebody's name with them."""
    day = found["month"] or found["near"] or found["week"]
    if timed and day:
        return True
    return _is_name(found["name"]) and (timed or found["rest"] is None)


def _is_name(words: str) -> bool:
    name = words.strip()
    if not name or NO_SPEAKER.fullmatch(FIRM.sub("", name)):
        return False
    return bool(SPEAKER.fullmatch(name) or FIRM.search(name))


def _by_heads(lines: Sequence[Line], today: date) -> list[Block]:
    made: list[Block] = []
    day: date | None = None
    before: list[Line] = []
    for at, words in lines:
        alone = DAY_ALONE.fullmatch(plain(words).strip())
        if alone:
            day = day_of(alone, today) or day
            made.append(Block((at,), ()))
        elif head := _head(words, today):
            made.append(replace(head, lines=(at,), said_on=head.said_on or day))
        elif not made:
            before.append((at, words))
        elif made[-1].sender:
            made[-1] = _with(made[-1], at, words)
        else:
            made.append(Block((at,), (words.strip(),), said_on=day))
    return [*(_by_lines(before, today) if before else ()), *made]


def _spoken(words: str) -> re.Match[str] | None:
    found = SPOKEN.fullmatch(plain(words).strip())
    if found is None or label_of(words.strip())[0]:
        return None
    name = found["name"]
    if PHONE.search(name) or NUMBERED.fullmatch(words):
        return None
    return found if _is_name(name) else None


def _by_speakers(lines: Sequence[Line]) -> list[Block]:
    made: list[Block] = []
    for at, words in lines:
        if found := _spoken(words):
            rest = words.strip()[found.start("rest") :].strip()
            made.append(Block((at,), (rest,) if rest else (), found["name"]))
        elif made:
            made[-1] = _with(made[-1], at, words)
        else:
            made.append(Block((at,), (words.strip(),)))
    return made


def _by_numbers(lines: Sequence[Line], today: date) -> list[Block]:
    made: list[Block] = []
    for at, words in lines:
        found = NUMBERED.fullmatch(words)
        if found or not made or is_noise(words):
            made.append(_item(at, found["rest"] if found else words, today))
        else:
            made[-1] = _with(made[-1], at, words)
    return made


def _by_lines(lines: Sequence[Line], today: date) -> list[Block]:
    """Take each line for an item; labels and a telephone alone go with the one before."""
    made: list[Block] = []
    seen: set[str] = set()
    last = -2
    for at, words in lines:
        kind, _ = label_of(words.strip())
        joined = bool(made) and at == last + 1
        goes_on = bool(seen) and kind not in seen if kind else _only_phone(words)
        if joined and goes_on:
            made[-1] = _with(made[-1], at, words)
        else:
            made.append(_item(at, words, today))
            seen = set()
        seen |= {kind} - {""}
        last = at
    return made


def _item(at: int, words: str, today: date) -> Block:
    """Return a line as an item of a list, the day at its beginning apart."""
    words = words.strip()
    found = DAY_FIRST.match(plain(words))
    day = day_of(found, today) if found else None
    if found and day:
        words = words[found.end() :].lstrip(" ,，、:：")
    return Block((at,), (words,) if words else (), said_on=day)


def _only_phone(words: str) -> bool:
    line = plain(words)
    return bool(PHONE.search(line)) and len(PHONE.sub("", line).strip()) <= BESIDE_PHONE


def _with(block: Block, at: int, words: str) -> Block:
    more = (words.strip(),) if words.strip() else ()
    return replace(block, lines=(*block.lines, at), words=(*block.words, *more))


def messages(found: Sequence[Block]) -> Iterator[Block]:
    """Join what the same person sends after his message: a telephone, a picture."""
    kept: Block | None = None
    for block in found:
        follows = kept is not None and bool(block.sender) and block.sender == kept.sender
        if kept is not None and follows and _adds(block):
            kept = replace(
                kept, lines=(*kept.lines, *block.lines), words=(*kept.words, *block.words)
            )
            continue
        if kept is not None:
            yield kept
        kept = block
    if kept is not None:
        yield kept


def _adds(block: Block) -> bool:
    words = "".join(block.words)
    return (is_noise(words) and "[" in words) or _only_phone(words)
