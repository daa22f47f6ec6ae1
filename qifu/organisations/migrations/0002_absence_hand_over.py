import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import qifu.kernel.county
import qifu.kernel.numbers


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "county",
                    qifu.kernel.county.CountyField(
                        editable=False, max_length=6, verbose_name="县（市、区）"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        default=qifu.kernel.numbers.new_number,
                        editable=False,
                        max_length=8,
                        verbose_name="交接编号",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("TRANSFER", "调离"),
                            ("RETIREMENT", "退休"),
                            ("REORGANISATION", "机构合并"),
                        ],
                        max_length=16,
                        verbose_name="原因",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="交接日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "待移交人签字"),
                            ("OFFERED", "待接收人签字"),
                            ("ACCEPTED", "已移交"),
                            ("DROPPED", "已取消"),
                        ],
                        default="DRAFT",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="发起时间")),
                ("completed_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                (
                    "leaver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="移交人",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发起人",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandOverBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "county",
                    qifu.kernel.county.CountyField(
                        editable=False, max_length=6, verbose_name="县（市、区）"
                    ),
                ),
                ("family", models.CharField(max_length=16, verbose_name="事项")),
                ("given_at", models.DateTimeField(null=True, verbose_name="移交签字时间")),
                ("taken_at", models.DateTimeField(null=True, verbose_name="接收签字时间")),
                ("moved", models.PositiveIntegerField(null=True, verbose_name="移交数量")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="移交签字",
                    ),
                ),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="organisations.handover",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接收人",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "county",
                    qifu.kernel.county.CountyField(
                        editable=False, max_length=6, verbose_name="县（市、区）"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        default=qifu.kernel.numbers.new_number,
                        editable=False,
                        max_length=8,
                        verbose_name="外出编号",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("TRIP", "出差"),
                            ("TRAINING", "学习培训"),
                            ("LEAVE", "请假"),
                            ("SECONDMENT", "抽调"),
                        ],
                        max_length=12,
                        verbose_name="原因",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="起始日期")),
                ("valid_to", models.DateField(verbose_name="自何日起不再")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代班人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="外出人",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["county", "valid_to"], name="absence_by_end"),
                    models.Index(fields=["county", "deputy", "valid_to"], name="absence_of_deputy"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="absence_not_backwards",
                    ),
                    models.UniqueConstraint(
                        fields=("county", "number"), name="absence_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy__isnull", True),
                            models.Q(("deputy", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="absence_deputy_is_somebody_else",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("user", "="),
                            ("unit", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="absence_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["county", "state", "effective_on"], name="hand_over_list"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                fields=("county", "number"), name="hand_over_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["DRAFT", "OFFERED"])),
                fields=("county", "leaver"),
                name="hand_over_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="handoverblock",
            index=models.Index(fields=["county", "receiver"], name="hand_over_block_receiver"),
        ),
        migrations.AddConstraint(
            model_name="handoverblock",
            constraint=models.UniqueConstraint(
                fields=("county", "hand_over", "family"), name="hand_over_block_once"
            ),
        ),
    ]
