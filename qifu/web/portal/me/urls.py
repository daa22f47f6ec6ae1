"""Addresses below `/me/`."""

from django.urls import path

from qifu.web.portal.me import enterprises, home

urlpatterns = [
    path("", home.index, name="me"),
    path("requests/new/", home.ask, name="ask-binding"),
    path("requests/<slug:number>/end/", home.withdraw, name="withdraw-request"),
    path("enterprises/<slug:number>/", enterprises.detail, name="my-enterprise"),
    path(
        "enterprises/<slug:number>/people/<slug:binding>/end/",
        enterprises.end,
        name="end-binding",
    ),
    path(
        "enterprises/<slug:number>/people/<slug:binding>/admin/",
        enterprises.admin,
        name="hand-over",
    ),
]
