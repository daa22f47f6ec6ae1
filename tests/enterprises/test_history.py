"""What happened to an enterprise's entry."""

from __future__ import annotations

import ast
from pathlib import Path

from qifu import enterprises
from qifu.enterprises.actions import invite, reveal_phone
from qifu.enterprises.history import TITLES, happenings
from tests.cast import NOW
from tests.firms import Firms


def test_it_says_who_did_what_newest_first(firms: Firms) -> None:
    invite(firms.tea, "13900000211", by=firms.cast.zhou, at=NOW)
    reveal_phone(firms.tea, by=firms.cast.qian, at=NOW)

    lines = happenings(firms.tea, newest=2)

    assert [line.title for line in lines] == ["查看完整号码", "邀请企业人员"]
    assert [line.who for line in lines] == [firms.cast.qian, firms.cast.zhou]


def test_every_deed_of_the_room_has_its_words() -> None:
    kinds = set()
    for path in (Path(enterprises.__path__[0]) / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "deed":
                (kind,) = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
                kinds.add(kind)

    assert kinds == set(TITLES)
