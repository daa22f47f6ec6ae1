"""Addresses that every face has: the two modes, and the page of all components."""

from django.urls import path

from qifu.web.ui import modes, showcase

app_name = "ui"
urlpatterns = [
    path("ui/", showcase.index, name="showcase"),
    path("ui/large/", modes.large, name="large"),
    path("ui/density/", modes.density, name="density"),
]
