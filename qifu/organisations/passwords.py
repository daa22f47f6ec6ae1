"""What a password must be (等保: length, not common, not like the account)."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from qifu.kernel.errors import InvalidInput
from qifu.organisations.models import User

SHORTEST = 10
# Hashing is slow by design, so a password of a megabyte would be an attack.
LONGEST = 128

RULES = f"至少{SHORTEST}位，不能全是数字，不能是常见密码，不能和账号、姓名、电话相近"

_VALIDATORS = (
    MinimumLengthValidator(SHORTEST),
    NumericPasswordValidator(),
    CommonPasswordValidator(),
    UserAttributeSimilarityValidator(user_attributes=("login", "name", "phone")),
)
_SENTENCES = {
    "password_too_short": f"密码太短。请设至少{SHORTEST}位的密码。",
    "password_entirely_numeric": "密码全是数字，容易被猜到。请加上字母。",
    "password_too_common": "这是常见密码，容易被猜到。请换一个。",
    "password_too_similar": "密码和账号、姓名或电话相近。请换一个。",
}
# Without 0 O 1 l I, because it is read out or written down once.
_ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def check(password: str, user: User, *, field: str = "password") -> None:
    """Refuse a password that is too easy to guess, saying why.

    Raises:
        InvalidInput: with the first rule that it breaks.
    """
    if len(password) > LONGEST:
        raise InvalidInput(field, f"密码太长。请不要超过{LONGEST}位。")
    for validator in _VALIDATORS:
        try:
            validator.validate(password, user)
        except ValidationError as error:
            raise InvalidInput(field, _SENTENCES[str(error.code)]) from error


def suggest() -> str:
    """Return a first password to hand over (初始密码), in groups that can be read out."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
