"""Addresses of the journal, below `/desk/journal/`."""

from django.urls import path

from qifu.web.desk.journal import index

urlpatterns = [path("", index.index, name="journal")]
