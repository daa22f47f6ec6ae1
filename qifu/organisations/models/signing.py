"""What is remembered of attempts to sign in: wrong passwords and codes sent to phones."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from qifu.kernel.county import CountyModel


class SignInFailure(CountyModel):
    """A wrong password (登录失败), so that guessing from one address can be slowed.

    The address is kept as a keyed digest: enough to count, not enough to look up.
    """

    journal_hidden: ClassVar = ("source",)

    at = models.DateTimeField("时间")
    source = models.CharField("来源", max_length=64)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号", null=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county", "source", "at"], name="failure_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class PhoneCode(CountyModel):
    """A six-digit code sent to a phone (验证码). Neither is stored readably."""

    journal_hidden: ClassVar = ("phone_digest", "code_digest", "source")

    phone_digest = models.CharField("号码摘要", max_length=64)
    code_digest = models.CharField("验证码摘要", max_length=64)
    source = models.CharField("来源", max_length=64)
    requested_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("失效时间")
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["county", "phone_digest", "-requested_at"], name="phone_code_by_phone"
            ),
            models.Index(fields=["county", "source", "requested_at"], name="phone_code_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M}"
