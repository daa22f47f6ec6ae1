"""Telephone numbers as people in China write them, brought to one form."""

from __future__ import annotations

import unicodedata

import phonenumbers

from qifu.kernel.errors import InvalidInput

MOBILE_LENGTH = 11


def normalise(text: str, *, field: str = "phone") -> str:
    """Return a mobile (13900001234) or landline (0564-7350000) number in its one form.

    Raises:
        InvalidInput: it is no Chinese number; the sentence says what is wrong.
    """
    digits = _digits(text)
    if _is_mobile_start(digits) and len(digits) != MOBILE_LENGTH:
        raise InvalidInput(field, _miscounted(len(digits) - MOBILE_LENGTH))
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException as error:
        raise InvalidInput(field, _unreadable(digits)) from error
    if number.country_code != 86 or not phonenumbers.is_valid_number(number):
        raise InvalidInput(field, _unreadable(digits))
    if _is_mobile_start(digits):
        return digits
    area = phonenumbers.length_of_geographical_area_code(number)
    national = str(number.national_number)
    return f"0{national[:area]}-{national[area:]}" if area else national


def normalise_mobile(text: str, *, field: str = "phone") -> str:
    """Return a number that can receive a code.

    Raises:
        InvalidInput: it is no mobile number.
    """
    number = normalise(text, field=field)
    if not _is_mobile_start(number):
        raise InvalidInput(field, "座机收不到短信验证码。请填11位手机号。")
    return number


def _digits(text: str) -> str:
    # Full-width digits, spaces and hyphens come with every keyboard in use here.
    plain = unicodedata.normalize("NFKC", text)
    digits = "".join(letter for letter in plain if letter.isdecimal() and letter.isascii())
    for prefix in ("0086", "86"):
        rest = digits.removeprefix(prefix)
        if rest != digits and _is_mobile_start(rest) and len(rest) == MOBILE_LENGTH:
            return rest
    return digits


def _is_mobile_start(digits: str) -> bool:
    return len(digits) >= 2 and digits[0] == "1" and digits[1] in "3456789"


def _miscounted(surplus: int) -> str:
    word = f"多{surplus}位" if surplus > 0 else f"少{-surplus}位"
    return f"号码{word}。请填11位手机号，或带区号的座机。"


def _unreadable(digits: str) -> str:
    if not digits:
        return "没有填电话。请填11位手机号，或带区号的座机。"
    return "号码不对。请填11位手机号，或带区号的座机。"
