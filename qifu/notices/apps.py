from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qifu.notices"
    default_auto_field = "django.db.models.BigAutoField"
