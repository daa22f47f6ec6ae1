from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "qifu.rounds"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "定时任务"
