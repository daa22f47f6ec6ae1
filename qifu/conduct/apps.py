from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "qifu.conduct"

    def ready(self) -> None:
        from qifu.conduct import notices

        notices.register()
