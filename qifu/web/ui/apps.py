"""The shared look, as a Django app: it has templates, tags and static files, no tables."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "qifu.web.ui"
    label = "ui"
