from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "qifu.enterprises"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "企业"

    def ready(self) -> None:
        from qifu.enterprises import notices
        from qifu.notices.registry import registry

        for kind in notices.STATE_OF:
            registry.declare(kind, still_true=notices.still_true)
