"""The credit code and the class of business: pure rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qifu.enterprises import industries, uscc
from qifu.kernel.errors import InvalidInput

SYNTHETIC = ("91341524MA2EW64345", "91341524MA2CJDR37M", "91341524MA2QRYN439")


@pytest.mark.parametrize("code", SYNTHETIC)
def test_a_valid_code_is_kept_in_one_form_however_it_was_typed(code: str) -> None:
    assert uscc.clean(f" {code[:8].lower()} {code[8:].lower()} ") == code


def test_a_blank_code_stays_blank() -> None:
    assert uscc.clean("  ") == ""


def test_a_village_collective_has_a_letter_in_front() -> None:
    code = uscc.complete("N3341524MF1234567")

    assert uscc.clean(code) == code


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (SYNTHETIC[0][:-1], "少1位"),
        (SYNTHETIC[0] + "1", "多1位"),
        ("91341524MA2EW6434O", "“O”"),
        ("9134152AMA2EW64345", "第3至8位"),
        ("91341524MA2EW64346", "末位校验不符"),
        ("统一社会信用代码统一社会信用代码统一", "不会有"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong_with_it(typed: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        uscc.clean(typed)

    assert refused.value.field == "uscc"


@given(st.sampled_from(SYNTHETIC), st.integers(8, 17), st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_is_always_found(code: str, place: int, letter: str) -> None:
    typed = code[:place] + letter + code[place + 1 :]

    if typed == code:
        assert uscc.clean(typed) == code
    else:
        with pytest.raises(InvalidInput):
            uscc.clean(typed)


@pytest.mark.parametrize(
    ("code", "section"),
    [("1530", "制造业"), ("01", "农、林、牧、渔业"), ("7020", "房地产业"), ("9700", "国际组织")],
)
def test_a_class_of_business_lies_in_its_section(code: str, section: str) -> None:
    found = industries.section(code)

    assert found is not None
    assert found[1] == section


@pytest.mark.parametrize("code", ["0", "00", "9800", "C15", "15300"])
def test_an_unknown_class_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput):
        industries.clean(code)
