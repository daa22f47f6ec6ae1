"""The pages of this face."""

from django.urls import URLPattern, URLResolver, include, path

from qifu.web.desk import catalogue, home

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.index, name="home"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("", include("qifu.web.desk.appeals.urls")),
    path("", include("qifu.web.desk.links.urls")),
    path("calendar/", include("qifu.web.desk.calendar.urls")),
    path("conduct/", include("qifu.web.desk.conduct.urls")),
    path("enterprises/", include("qifu.web.desk.enterprises.urls")),
    path("journal/", include("qifu.web.desk.journal.urls")),
    path("", include("qifu.web.desk.organisations.urls")),
    path("", include("qifu.web.desk.keeping.urls")),
]
