"""派单建议: who is proposed, by which line, and when nobody is."""

import pytest

from qifu.appeals.catalogue import Question, propose, rules_in_force, units_by_code
from qifu.appeals.models import CatalogueRule
from qifu.kernel.clock import local_date
from qifu.organisations.models import Unit
from tests.cast import NOW
from tests.story import Story

TODAY = local_date(NOW)


@pytest.fixture
def rules(story: Story) -> list[CatalogueRule]:
    return rules_in_force(story.cast.county, TODAY)


def test_the_line_that_fired_is_named_with_its_reason(
    story: Story, rules: list[CatalogueRule]
) -> None:
    found = propose(
        rules, units_by_code(story.cast.county, TODAY), Question("finance.loan", "341524202")
    )

    assert found.lead == story.cast.finance
    assert found.assists == (story.cast.labour,)
    assert found.rule is not None
    assert (found.rule.code, found.why) == ("0101", "贷款难由县金融办牵头对接银行")


def test_a_line_for_the_park_beats_the_line_for_anywhere(
    story: Story, rules: list[CatalogueRule]
) -> None:
    units = units_by_code(story.cast.county, TODAY)

    park = propose(rules, units, Question("talent.workers", "341524400", "PARK"))
    village = propose(rules, units, Question("talent.workers", "341524202", "TOWNSHIP"))

    assert park.rule is not None
    assert village.rule is not None
    assert (park.rule.code, village.rule.code) == ("0202", "0201")
    assert park.assists == (story.cast.park,)


def test_the_place_itself_can_be_proposed(story: Story, rules: list[CatalogueRule]) -> None:
    units = units_by_code(story.cast.county, TODAY)

    found = propose(rules, units, Question("other.unsure", "341524202", "TOWNSHIP"))

    assert found.lead == story.cast.township


@pytest.mark.parametrize(
    "question", [Question("unknown"), Question(""), Question("other.unsure", "")]
)
def test_where_the_catalogue_does_not_say_it_abstains(
    story: Story, rules: list[CatalogueRule], question: Question
) -> None:
    found = propose(rules, units_by_code(story.cast.county, TODAY), question)

    assert not found.sure
    assert "请人工选定" in found.why


def test_two_lines_that_fit_equally_are_a_doubt(story: Story, rules: list[CatalogueRule]) -> None:
    again = CatalogueRule(
        catalogue=rules[0].catalogue,
        code="0199",
        category="finance.loan",
        lead="renshe",
        nature="GENERAL",
        why="另一条",
    )

    found = propose(
        [*rules, again], units_by_code(story.cast.county, TODAY), Question("finance.loan")
    )

    assert not found.sure
    assert "另一条" in found.doubts


def test_a_case_without_a_category_is_not_blamed_on_the_catalogue(
    story: Story, rules: list[CatalogueRule]
) -> None:
    found = propose(rules, units_by_code(story.cast.county, TODAY), Question("", "341524202"))

    assert not found.sure
    assert found.why == "登记时没有选类别，请人工选定"


def test_a_line_written_before_a_reform_finds_the_successor(story: Story) -> None:
    cast = story.cast
    Unit._base_manager.filter(pk=cast.finance.pk).update(valid_to=TODAY, successor=cast.labour.pk)
    Unit._base_manager.filter(pk=cast.labour.pk).update(absorbed=[cast.finance.pk])

    units = units_by_code(cast.county, TODAY)

    assert units["jinrongban"] == cast.labour
