"""密级标志、身份证号: what should not be written here is noticed, and nothing else."""

import pytest

from qifu.kernel.cautions import Caution, cautions, is_identity_number

# Made up; the check digits are right.
NUMBER = "34152419900307002X"


@pytest.mark.parametrize("words", [
    "秘密★1年", "机密 ★10年", "机密★", "绝密", "县政府文件（秘密★）.pdf", "附件：绝密材料",
])  # fmt: skip
def test_a_mark_of_a_classified_paper_is_noticed(words: str) -> None:
    assert cautions([words]) == [Caution.CLASSIFIED]


@pytest.mark.parametrize("words", [
    "商业秘密要保护", "秘密武器", "机密", "★★★", "五星★好评", "",
])  # fmt: skip
def test_ordinary_words_are_not(words: str) -> None:
    assert cautions([words]) == []


@pytest.mark.parametrize("words", [
    NUMBER,
    f"法人身份证{NUMBER}，请查。",
    NUMBER.lower(),
    "341524 19900307 002X",
    "３４１５２４１９９００３０７００２Ｘ",
    f"{NUMBER}.jpg",
])  # fmt: skip
def test_the_number_of_an_identity_card_is_noticed(words: str) -> None:
    assert cautions([words]) == [Caution.IDENTITY]


@pytest.mark.parametrize("words", [
    "341524199003070021",  # check digit
    "34152419901307002X",  # no such month
    f"9{NUMBER}",
    f"{NUMBER}8",
    "91341524MA2EW64345",
    "13900000001",
    "6222021234567890123",
    "编号202611240001",
])  # fmt: skip
def test_other_numbers_are_not(words: str) -> None:
    assert cautions([words]) == []


def test_both_are_named_once_each() -> None:
    assert cautions([f"绝密{NUMBER}", "绝密", NUMBER]) == [Caution.CLASSIFIED, Caution.IDENTITY]


def test_the_standards_own_example_is_a_number() -> None:
    # GB 11643-1999, 附录 A.
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310020")
