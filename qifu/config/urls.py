"""The faces that this process serves, and nothing of the others."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("qifu.web.ui.urls"))]

if "desk" in settings.FACES:
    urlpatterns.append(path("desk/", include("qifu.web.desk.urls")))
if "portal" in settings.FACES:
    urlpatterns.append(path("", include("qifu.web.portal.urls")))

handler400 = "qifu.web.ui.failures.unreadable"
handler403 = "qifu.web.ui.failures.forbidden"
handler404 = "qifu.web.ui.failures.not_found"
handler500 = "qifu.web.ui.failures.broken"
