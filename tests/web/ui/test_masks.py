"""A mask leaves enough to recognise a person and too little to reach him (脱敏)."""

from __future__ import annotations

import pytest

from qifu.web.ui.masks import mask_name, mask_phone


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("138-1234-5678", "138****5678"),
        ("0564-7351820", "0564-735**20"),
        ("05647351820", "0564-735**20"),
        ("010-62345678", "010-623***78"),
        ("12345", "12*45"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_number_loses_its_middle(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张伟", "张*"), ("张三丰", "张*"), ("欧阳修", "欧阳*"), (" 李 ", "李*"), ("", "")],
)
def test_a_name_keeps_its_surname_and_hides_its_length(name: str, shown: str) -> None:
    assert mask_name(name) == shown
