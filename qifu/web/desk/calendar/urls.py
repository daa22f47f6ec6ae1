"""Addresses of the working-day calendar, below `/desk/calendar/`."""

from django.urls import path

from qifu.web.desk.calendar import edits, years

urlpatterns = [
    path("", years.index, name="calendar"),
    path("<int:year>/", years.detail, name="calendar-year"),
    path("<int:year>/notice/", edits.enter_year, name="calendar-notice"),
    path("<int:year>/days/", edits.edit_day, name="calendar-day"),
]
