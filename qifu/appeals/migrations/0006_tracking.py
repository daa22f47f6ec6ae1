import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import qifu.kernel.county


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0005_upward"),
        ("journal", "0003_texts_stay"),
        ("organisations", "0002_absence_hand_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Milestone",
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
                ("turn", models.PositiveSmallIntegerField(verbose_name="第几个节点")),
                ("planned_on", models.DateField(verbose_name="计划日期")),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("done_at", models.DateTimeField(null=True, verbose_name="完成登记时间")),
            ],
        ),
        migrations.CreateModel(
            name="Promise",
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
                ("turn", models.PositiveSmallIntegerField(verbose_name="第几次承诺")),
                ("due_on", models.DateField(verbose_name="承诺日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "待兑现"),
                            ("KEPT", "已兑现"),
                            ("BROKEN", "未兑现"),
                            ("CALLED_OFF", "已撤销"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("kept_on", models.DateField(null=True, verbose_name="兑现日期")),
                ("broken_on", models.DateField(null=True, verbose_name="未兑现日期")),
                ("reported_at", models.DateTimeField(null=True, verbose_name="报告时间")),
                ("objected_at", models.DateTimeField(null=True, verbose_name="企业异议时间")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="appeals_reminder_once",
        ),
        migrations.AddField(
            model_name="answer",
            name="promise",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="journal.text",
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="state",
            field=models.CharField(
                choices=[
                    ("SUBMITTED", "待受理"),
                    ("LOCAL", "属地办理"),
                    ("DECLINED", "不予受理"),
                    ("TO_DISPATCH", "待交办"),
                    ("DISPATCHED", "待签收"),
                    ("HANDLING", "办理中"),
                    ("APPROVAL", "待审签"),
                    ("REVIEW", "待审核"),
                    ("TO_EVALUATE", "待评价"),
                    ("SUPPLEMENT", "待补充"),
                    ("RETURN_REVIEW", "退单审核"),
                    ("ESCALATED", "已转上级"),
                    ("TRACKING", "跟踪办理"),
                    ("CALLBACK", "待回访"),
                    ("CLOSED", "办结"),
                    ("WITHDRAWN", "已撤回"),
                ],
                max_length=16,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="state",
            field=models.CharField(
                choices=[
                    ("DISPATCHED", "待签收"),
                    ("HANDLING", "办理中"),
                    ("APPROVAL", "待审签"),
                    ("ANSWERED", "已答复"),
                    ("DONE", "已完成"),
                    ("TAKEN_BACK", "交办已撤回"),
                    ("HANDED_UP", "已上交"),
                    ("TAKEN_OVER", "县办已接办"),
                    ("CALLED_OFF", "企业已撤回"),
                    ("SUPPLEMENT", "待补充"),
                    ("RETURNING", "退单审核"),
                    ("RETURNED", "退单成立"),
                    ("ESCALATED", "已转上级"),
                    ("TRACKING", "跟踪办理"),
                ],
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ACCEPT", "受理"),
                    ("DISPATCH", "交办"),
                    ("SIGN", "签收"),
                    ("HANDLE", "办理"),
                    ("REVIEW", "审核"),
                    ("CALLBACK", "回访"),
                    ("RETURN", "退单审核"),
                    ("CONTACT", "首次联系"),
                    ("UPPER", "上级办理"),
                    ("TRACKING", "阶段答复"),
                ],
                max_length=10,
                verbose_name="时限种类",
            ),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="kind",
            field=models.CharField(
                choices=[
                    ("WARNING", "到期预警"),
                    ("UNSIGNED", "签收预警"),
                    ("IDLE", "过半提醒"),
                    ("URGE", "催办"),
                    ("SIGN_URGE", "签收催办"),
                    ("CONTACT", "联系催办"),
                    ("BY_HAND", "县办催办"),
                    ("OFFICE", "县办超时提醒"),
                    ("TOLD", "告知企业进展"),
                    ("RATE", "请企业评价"),
                    ("PROMISE", "承诺将到期"),
                    ("UNREPORTED", "承诺到期催办"),
                    ("STAGE", "阶段答复提醒"),
                    ("STAGE_LATE", "阶段答复催办"),
                    ("MONTHLY", "跟踪件按月提醒"),
                ],
                max_length=10,
                verbose_name="种类",
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="appeal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="milestones",
                to="appeals.appeal",
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="milestones",
                to="appeals.assignment",
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="what",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.text"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="answer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promises",
                to="appeals.answer",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="appeal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promises",
                to="appeals.appeal",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promises",
                to="appeals.assignment",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="objection",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="journal.text",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="reported_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="what",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.text"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="words",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="journal.text",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="promise",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to="appeals.promise",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("clock__isnull", False), ("promise", None)),
                fields=("county", "clock", "kind", "turn"),
                name="appeals_reminder_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("promise__isnull", False)),
                fields=("county", "promise", "kind", "turn"),
                name="appeals_reminder_of_promise_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                fields=("county", "appeal", "turn"), name="appeals_milestone_turn"
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                fields=["county", "state", "due_on", "id"], name="appeals_promise_state"
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["county", "due_on", "id"], name="appeals_promise_due"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["county", "assignment"], name="appeals_promise_part"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                fields=("county", "appeal", "turn"), name="appeals_promise_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "OPEN")),
                fields=("county", "assignment"),
                name="appeals_promise_one_open",
            ),
        ),
    ]
