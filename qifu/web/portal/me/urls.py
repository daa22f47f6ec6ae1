"""Addresses below `/me/`."""

from django.urls import path

from qifu.web.portal.me import complaints, enterprises, home

urlpatterns = [
    path("", home.index, name="me"),
    path("requests/new/", home.ask, name="ask-binding"),
    path("requests/<slug:number>/end/", home.withdraw, name="withdraw-request"),
    path("complaints/", complaints.index, name="complaints"),
    path("complaints/new/", complaints.new, name="complain"),
    path("complaints/<slug:number>/", complaints.show, name="complaint"),
    path("requests/<slug:number>/files/<slug:code>/", home.licence, name="licence"),
    path(
        "requests/<slug:number>/files/<slug:code>/preview/",
        home.licence_preview,
        name="licence-preview",
    ),
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
