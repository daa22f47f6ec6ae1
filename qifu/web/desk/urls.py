"""The pages of this face."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/", include("qifu.web.desk.calendar.urls")),
    path("enterprises/", include("qifu.web.desk.enterprises.urls")),
    path("", include("qifu.web.desk.organisations.urls")),
]
