"""Addresses below `/desk/conduct/`."""

from django.urls import path

from qifu.web.desk.conduct import complaints, steps

urlpatterns = [
    path("", complaints.index, name="complaints"),
    path("<slug:number>/", complaints.show, name="complaint"),
    path("<slug:number>/acceptances/", steps.acceptances, name="complaint-accept"),
    path("<slug:number>/answers/", steps.answers, name="complaint-answer"),
]
