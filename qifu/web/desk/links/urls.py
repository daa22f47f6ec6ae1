"""Addresses of links: what each opens, and the list of a case's links."""

from django.urls import path

from qifu.web.desk.links import listed, opened

CASE = "appeals/<slug:number>/links/"

urlpatterns = [
    path("links/<str:token>/", opened.by_link, name="link"),
    path("links/<str:token>/files/<slug:code>/", opened.file, name="link-file"),
    path(CASE, listed.index, name="appeal-links"),
    path(f"{CASE}<slug:link>/revocations/", listed.revocations, name="appeal-link-revocations"),
]
