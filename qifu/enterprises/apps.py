from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "qifu.enterprises"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "企业"
