"""Addresses of the board of tasks and of the list of failed notices."""

from django.urls import path

from qifu.web.desk.keeping import deliveries, jobs

urlpatterns = [
    path("jobs/", jobs.index, name="jobs"),
    path("jobs/<slug:code>/runs/", jobs.runs, name="job-runs"),
    path("notices/", deliveries.index, name="notices"),
    path("notices/retries/", deliveries.retries, name="notice-retries"),
]
