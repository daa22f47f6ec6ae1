"""核对提示: what a reader of an answer looks for. Pure."""

from qifu.appeals.checks import checks, questions

GOOD = "护坡由乡里11月28日前用石笼加固，期间单边放行。联系人：李文静，0564-7213636。"


def test_what_the_enterprise_asked_is_put_to_the_reader() -> None:
    said = "进茶园那条路下雨塌了一截，货车进不来。能不能先把路通了？会不会再塌？"

    assert questions(said) == ["能不能先把路通了", "会不会再塌"]


def test_a_statement_asks_nothing() -> None:
    assert questions("流动资金缺300万元左右，没有抵押物。") == []


def test_a_good_answer_names_day_and_person() -> None:
    assert [check.passed for check in checks("路塌了。", GOOD)] == [True, True]


def test_an_answer_without_day_or_person_is_pointed_out() -> None:
    found = checks("路塌了。能不能先通？", "已知悉，将尽快研究办理，请您耐心等待结果。")

    assert [check.passed for check in found] == [False, False, False]
    assert found[-1].sentence == "企业问了“能不能先通”，请核对答了没有"


def test_no_more_than_three_questions_are_shown() -> None:
    assert len(questions("能不能通路？能不能通水？能不能通电？能不能通气？")) == 3
