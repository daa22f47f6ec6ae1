"""The unified social credit code (统一社会信用代码), GB 32100-2015."""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import uscc as standard

from qifu.kernel.errors import InvalidInput

LENGTH = 18
# 注册号, used until the reform of 2015; nothing leads from it to the code.
LEGACY = re.compile(r"[0-9]{15}")
# GB 32100: ten digits and the capitals without I, O, S, V, Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Registrar and class of body may be letters (村集体 N3 …), the region is six digits.
SHAPE = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


def clean(text: str) -> str:
    """Return the code as it is stored; a blank one stays blank (未登记).

    Raises:
        InvalidInput: it cannot be a code; the sentence says what is wrong with it.
    """
    code = standard.compact(unicodedata.normalize("NFKC", text)).upper()
    if not code:
        return ""
    if LEGACY.fullmatch(code):
        raise InvalidInput(
            "uscc",
            "这是15位的旧注册号，2015年改革后不再使用，也推不出新代码。请填新营业执照上的18位代码。",
        )
    if len(code) != LENGTH:
        missing = LENGTH - len(code)
        what = f"少{missing}位" if missing > 0 else f"多{-missing}位"
        raise InvalidInput("uscc", f"代码{what}。请填营业执照上的18位统一社会信用代码。")
    if odd := sorted(set(code) - set(ALPHABET)):
        raise InvalidInput(
            "uscc",
            f"代码里不会有“{'、'.join(odd[:3])}”（易与数字混淆的I、O、S、V、Z不用）。请对照营业执照核对。",
        )
    if not SHAPE.fullmatch(code):
        raise InvalidInput("uscc", "代码第3至8位应是数字（登记地区划）。请对照营业执照核对。")
    if code[-1] != standard.calc_check_digit(code[:-1]):
        raise InvalidInput("uscc", "代码的末位校验不符，多半有一位填错。请对照营业执照核对。")
    return code


def complete(first_seventeen: str) -> str:
    """Return the code with its check character, for demonstration data."""
    return first_seventeen + str(standard.calc_check_digit(first_seventeen))
