import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import qifu.kernel.county


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0012_turned_away"),
        ("journal", "0003_texts_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UpperOrder",
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
                ("at", models.DateTimeField(verbose_name="时间")),
                ("number", models.CharField(max_length=40, verbose_name="上级编号")),
                ("due_on", models.DateField(verbose_name="上级期限")),
                ("posted_at", models.DateTimeField(null=True, verbose_name="最近回填")),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upper_orders",
                        related_query_name="upper_order",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["county", "due_on", "id"], name="appeals_order_due"),
                    models.Index(fields=["county", "posted_at", "id"], name="appeals_order_posted"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("county", "appeal"), name="appeals_order_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PostBack",
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
                ("at", models.DateTimeField(verbose_name="时间")),
                ("number", models.CharField(max_length=40, verbose_name="上级编号")),
                ("posted_on", models.DateField(verbose_name="回填日期")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_backs",
                        to="appeals.upperorder",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="journal.text",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["county", "order"], name="appeals_post_back_order")
                ],
            },
        ),
    ]
