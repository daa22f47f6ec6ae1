"""Addresses of the enterprises, below `/desk/enterprises/`."""

from django.urls import path, register_converter

from qifu.web.desk.enterprises import bindings, entries, index, requests
from qifu.web.ui.converters import NumberConverter

register_converter(NumberConverter, "number")

urlpatterns = [
    path("", index.index, name="enterprises"),
    path("new/", entries.new, name="enterprise-new"),
    path("requests/", requests.index, name="binding-requests"),
    path("requests/<number:number>/approval/", requests.approve, name="binding-approval"),
    path("requests/<number:number>/refusal/", requests.refuse, name="binding-refusal"),
    path("requests/<number:number>/phone/", requests.phone, name="binding-phone"),
    path("<number:number>/", entries.detail, name="enterprise"),
    path("<number:number>/edit/", entries.edit, name="enterprise-edit"),
    path("<number:number>/phone/", entries.phone, name="enterprise-phone"),
    path("<number:number>/invitations/", bindings.invitations, name="invitations"),
    path("<number:number>/bindings/<number:binding>/end/", bindings.end, name="binding-end"),
    path("<number:number>/bindings/<number:binding>/admin/", bindings.admin, name="binding-admin"),
]
