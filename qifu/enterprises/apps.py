from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "qifu.enterprises"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "企业"

    def ready(self) -> None:
        from qifu.enterprises import notices, open_ties
        from qifu.notices.registry import registry
        from qifu.organisations import open_things

        for kind in notices.STATE_OF:
            registry.declare(kind, still_true=notices.still_true)
        open_things.declare(open_ties.Ties())
        open_things.declare(open_ties.Invitations())
