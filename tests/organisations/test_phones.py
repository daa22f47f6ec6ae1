"""Numbers as people write them."""

import pytest

from qifu.kernel.errors import InvalidInput
from qifu.organisations.phones import normalise


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13900001234", "13900001234"),
        (" 139-0000 1234 ", "13900001234"),
        ("+86 139 0000 1234", "13900001234"),
        ("8613900001234", "13900001234"),
        ("008613900001234", "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("0564-7350000", "0564-7350000"),
        ("（0564）7350000", "0564-7350000"),
        ("05647350000", "0564-7350000"),
        ("021 8888 6666", "021-88886666"),
        ("400-800-1234", "4008001234"),
    ],
)
def test_one_number_has_one_form_however_it_is_typed(typed: str, number: str) -> None:
    assert normalise(typed) == number


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1390000123", "号码少1位。请填11位手机号，或带区号的座机。"),
        ("139000012", "号码少2位。请填11位手机号，或带区号的座机。"),
        ("139000012345", "号码多1位。请填11位手机号，或带区号的座机。"),
        ("7350000", "号码不对。请填11位手机号，或带区号的座机。"),
        ("", "没有填电话。请填11位手机号，或带区号的座机。"),
        ("张三", "没有填电话。请填11位手机号，或带区号的座机。"),
        ("9" * 100_000, "号码不对。请填11位手机号，或带区号的座机。"),
        ("😀' OR 1=1 --", "号码不对。请填11位手机号，或带区号的座机。"),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_do(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        normalise(typed)

    assert str(refusal.value) == sentence
    assert refusal.value.field == "phone"
