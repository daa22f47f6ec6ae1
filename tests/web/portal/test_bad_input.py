"""Odd and overlong words: a clear sentence, and what was typed is still there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from qifu.appeals.models import Appeal
from tests.cast import COUNTY
from tests.story import PROBLEM, Story
from tests.web.portal.reading import read, words

ODD = [
    "流波䃥镇的路塌了😀👨‍👩‍👧，货车进不来",
    "<script>alert('难')</script><b>厂房</b>没有验收",
    "'; DROP TABLE appeals_appeal; -- 用电增容排期",
    "两行字\r\n第二行\t有制表符，怎么办才好",
    "\u202e反着写的字和\ufeff看不见的字，请照原样记",
]
LONG = "缺" * 100_000
WRITTEN = {"problem", "name", "contact_name", "contact_phone", "phone"}
FIELDS = [
    ("/raise/problem/", "problem", {}),
    ("/raise/enterprise/", "name", {}),
    ("/raise/contact/", "contact_name", {"contact_way": "PHONE"}),
    (
        "/raise/contact/?phone=another",
        "contact_phone",
        {"contact_name": "吴", "contact_way": "PHONE"},
    ),
]


@pytest.fixture
def begun(boss: Client) -> Client:
    """The boss, on his way through the steps."""
    boss.post("/raise/problem/", {"problem": PROBLEM})
    boss.post("/raise/enterprise/", {"name": "竹木厂"})
    boss.post("/raise/contact/", {"contact_name": "吴经理", "contact_way": "PHONE"})
    return boss


def still_there(answer: Any, typed: str) -> bool:
    return escape(typed.strip().replace("\r\n", "\n")) in answer.content.decode().replace(
        "\r\n", "\n"
    )


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_arrive_as_they_were_written(begun: Client, odd: str) -> None:
    begun.post("/raise/problem/", {"problem": odd})
    begun.post("/raise/enterprise/", {"name": f"竹木厂{odd[:20]}"})
    begun.post("/raise/contact/", {"contact_name": odd[:20], "contact_way": "PHONE"})
    page = begun.get("/raise/check/")
    assert "<script>alert" not in page.content.decode()

    begun.post("/raise/check/", {"once_key": page.context["draft"].key})

    row = Appeal.objects.in_county(COUNTY).select_related("problem", "contact").get()
    assert row.problem.body == odd.strip().replace("\r\n", "\n")
    assert row.contact.heading == " ".join(odd[:20].split())
    assert (
        escape(row.problem.body.splitlines()[0])
        in begun.get(f"/appeals/{row.number}/").content.decode()
    )


@pytest.mark.parametrize(("path", "field", "rest"), FIELDS)
def test_a_hundred_thousand_signs_are_refused_and_still_there(
    begun: Client, path: str, field: str, rest: dict[str, str]
) -> None:
    answer = begun.post(path, {**rest, field: LONG})

    assert answer.status_code == 422
    assert "还差1处没填好" in words(answer)
    assert still_there(answer, LONG)


@pytest.mark.parametrize(("path", "field", "rest"), FIELDS)
def test_signs_that_no_database_takes_are_answered_and_not_a_fault(
    begun: Client, path: str, field: str, rest: dict[str, str]
) -> None:
    answer = begun.post(path, {**rest, field: f"{PROBLEM}\x00"})

    assert answer.status_code == 422
    assert still_there(answer, PROBLEM)


@pytest.mark.parametrize(
    ("path", "given", "sentence"),
    [
        ("/raise/problem/", {"problem": " "}, "还没写难处"),
        ("/raise/problem/", {"problem": "没钱"}, "请再写几句"),
        ("/raise/problem/", {"problem": PROBLEM, "category": "x"}, "没有这一类"),
        ("/raise/enterprise/", {"name": ""}, "企业名称"),
        ("/raise/enterprise/", {"name": "竹木厂", "place": "341525000"}, "列出的里面选一个"),
        ("/raise/enterprise/", {"name": "竹木厂", "own": "ABCDEFGH"}, "列出的里面选一个"),
        ("/raise/contact/", {"contact_name": ""}, "怎么称呼"),
        ("/raise/contact/", {"contact_name": "吴", "contact_way": "PIGEON"}, "选一种"),
        (
            "/raise/contact/?phone=another",
            {"contact_name": "吴", "contact_way": "PHONE", "contact_phone": "1390000001"},
            "号码少1位。请填11位手机号，或带区号的座机。",
        ),
        ("/sign-in/", {"phone": "05647350000"}, "座机收不到短信验证码"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_with_a_way_to_the_field(
    story: Story, begun: Client, client: Client, path: str, given: dict[str, str], sentence: str
) -> None:
    reader = client if path == "/sign-in/" else begun

    answer = reader.post(path, given)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'class="error-summary"' in answer.content.decode()
    assert all(still_there(answer, given[name]) for name in WRITTEN & set(given))


def test_addresses_that_nobody_has_are_not_found(begun: Client) -> None:
    for number in ("2026-9999", "x", "%F0%9F%98%80", "2026-0001%00"):
        for page in ("", "next/", "deadline/", "rating/", "objections/"):
            assert begun.get(f"/appeals/{number}/{page}").status_code == 404


def test_odd_places_in_the_list_show_a_list(begun: Client) -> None:
    for asked in ("after=x", "before=%00", "view=😀", "after=2026-0001&before=2026-0002"):
        assert "我的诉求" in read(begun, f"/appeals/?{asked}")
