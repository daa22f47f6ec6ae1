"""搜索: a word finds exactly the cases that say it, by an index and not by reading them all."""

from __future__ import annotations

import random
import unicodedata

import psycopg
import pytest

from qifu.appeals.models import Appeal
from qifu.journal.erasure import Basis, erase_by_rule
from qifu.organisations.models import User
from tests.story import Story

LETTERS = "用电用地贷款ＡＢab１23，。 \n%_\\'"
SAID = "".join


@pytest.fixture
def told(story: Story) -> Story:
    """Thirty cases of random letters, a few of which recur."""
    draw = random.Random(23)
    for _ in range(30):
        story.submitted(problem="因" + SAID(draw.choices(LETTERS, k=40)) + "果。" * 5)
    return story


def found(words: str, viewer: User) -> set[str]:
    rows = Appeal.objects.in_county(viewer.county).search(words, viewer)
    return set(rows.values_list("number", flat=True))


def plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).lower()


def by_hand(words: str, county: str) -> set[str]:
    """Read every case, as the index must not have to."""
    rows = Appeal.objects.in_county(county).select_related("problem", "enterprise")
    return {
        row.number
        for row in rows
        if all(
            any(word in plain(said) for said in said_in(row)) or row.number.startswith(word)
            for word in plain(words).split()
        )
    }


def said_in(row: Appeal) -> list[str]:
    firm = row.enterprise
    names = [firm.name, firm.short_name] if firm else [row.enterprise_name]
    return [row.problem.heading, row.problem.body, *names]


def test_it_finds_exactly_what_reading_every_case_finds(told: Story) -> None:
    draw, user = random.Random(7), told.cast.wang
    bodies = [each.problem.body for each in Appeal.objects.in_county(told.cast.county)]
    asked = [SAID(draw.choices(LETTERS, k=draw.randint(1, 3))) for _ in range(60)]
    for body in bodies:
        start = draw.randrange(len(body) - 5)
        asked.append(body[start : start + draw.randint(1, 5)])
    asked += ["2026", "2026-0001", "２０２６-0001"]

    differing = [words for words in asked if found(words, user) != by_hand(words, user.county)]

    assert differing == []
    assert sum(bool(found(words, user)) for words in asked) > 40


def test_two_words_have_both_to_be_there(story: Story) -> None:
    story.submitted(problem="厂房旁边的变压器容量不够，旺季每天都要停电两个小时。")

    user = story.cast.wang
    assert found("变压器　停电", user) == {story.appeal.number}
    assert found("变压器 贷款", user) == set()


def test_erased_words_are_found_no_more(story: Story) -> None:
    story.submitted(problem="厂房旁边的变压器容量不够，旺季每天都要停电两个小时。")
    assert found("变压器", story.cast.wang)

    words = story.appeal.problem
    erase_by_rule(words, basis=Basis.TERM_ENDED, at=story.at, about=story.appeal)

    assert found("变压器", story.cast.wang) == set()


def test_oversight_finds_a_confidential_case_by_its_number_only(story: Story) -> None:
    story.submitted(confidential=True, problem="厂房旁边的变压器容量不够，每天停电两个小时。")

    assert found("变压器", story.cast.feng) == set()
    assert found(story.appeal.number, story.cast.feng) == {story.appeal.number}
    assert found("变压器", story.cast.wang) == {story.appeal.number}


MANY = """
INSERT INTO journal_text (id, county, kind, heading, body, digest, made_at)
SELECT gen_random_uuid(), %s, 'problem', '', '第' || md5(n::text) || '件', '', %s
FROM generate_series(1, 3000) AS n
"""


@pytest.mark.django_db(transaction=True)
def test_the_index_serves_the_query_of_the_list(story: Story, as_owner: psycopg.Connection) -> None:
    story.submitted()
    as_owner.execute(MANY, [story.cast.county, story.at])
    as_owner.execute("VACUUM (ANALYZE) journal_text")
    seen = Appeal.objects.visible_to(story.cast.wang, story.at.date())

    rows = seen.search("变压器", story.cast.wang).order_by("-submitted_at", "-id")
    plan = rows[:26].explain()

    assert "journal_text_found" in plan
    assert "Seq Scan on journal_text" not in plan
