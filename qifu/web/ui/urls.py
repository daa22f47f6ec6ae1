"""Addresses that every face has: the two modes, the health check, the page of components."""

from django.urls import path

from qifu.web.ui import health, mailbox, modes, showcase
from qifu.web.ui.gates import demo_only

app_name = "ui"
urlpatterns = [
    path("healthz/", health.healthz, name="healthz"),
    path("mailbox/", mailbox.index, name="mailbox"),
    path("ui/", demo_only(showcase.index), name="showcase"),
    path("ui/large/", modes.large, name="large"),
    path("ui/density/", modes.density, name="density"),
]
