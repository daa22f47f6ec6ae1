"""The shared look, as a Django app: it has templates, tags and static files, no tables."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "qifu.web.ui"
    label = "ui"

    def ready(self) -> None:
        """Let forms speak to clerks."""
        from qifu.web.ui.sentences import speak_plainly

        speak_plainly()
