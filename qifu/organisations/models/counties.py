"""What the pages of a county carry on their heads and feet."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from qifu.kernel.county import CountyModel


class County(CountyModel):
    """A county (县) that this installation serves; its key is GB/T 2260.

    The titles are settings, because the programme has changed its name before and will
    again.
    """

    reference = True

    code = models.CharField("区划代码", max_length=6, primary_key=True)
    name = models.CharField("名称", max_length=40)
    short_name = models.CharField("简称", max_length=20)
    programme = models.CharField("专项名称", max_length=80)
    platform = models.CharField("平台名称", max_length=40)
    office_name = models.CharField("办公室名称", max_length=80)
    office_phone = models.CharField("办公室电话", max_length=30)
    office_hours = models.CharField("办公时间", max_length=80, blank=True)
    banner = models.CharField("页首提示", max_length=120)
    footer = models.CharField("主办单位", max_length=200)
    icp = models.CharField("ICP备案号", max_length=60, blank=True)
    site_code = models.CharField("网站标识码", max_length=60, blank=True)
    police_record = models.CharField("公安备案号", max_length=60, blank=True)
    hosts = ArrayField(models.CharField(max_length=120), verbose_name="域名", default=list)
    # How addresses here begin, old names of places, names other counties have too.
    addresses = models.JSONField("地名", default=dict)
    demo = models.BooleanField("演示数据", default=False)

    # Its key is the county, so nothing is guarded that it does not say already.
    objects: ClassVar[models.Manager[County]] = models.Manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name
