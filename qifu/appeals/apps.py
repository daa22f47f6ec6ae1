from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "qifu.appeals"

    def ready(self) -> None:
        from qifu.appeals import notices

        notices.register()
