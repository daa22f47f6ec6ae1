from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "qifu.web.portal"
