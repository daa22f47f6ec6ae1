"""Addresses of the enterprises, below `/desk/enterprises/`."""

from django.urls import path

from qifu.web.desk.enterprises import bindings, entries, index, requests

urlpatterns = [
    path("", index.index, name="enterprises"),
    path("new/", entries.new, name="enterprise-new"),
    path("requests/", requests.index, name="binding-requests"),
    path("requests/<slug:number>/approval/", requests.approve, name="binding-approval"),
    path("requests/<slug:number>/refusal/", requests.refuse, name="binding-refusal"),
    path("requests/<slug:number>/phone/", requests.phone, name="binding-phone"),
    path("requests/<slug:number>/files/<slug:code>/", requests.licence, name="binding-licence"),
    path(
        "requests/<slug:number>/files/<slug:code>/preview/",
        requests.licence_preview,
        name="binding-licence-preview",
    ),
    path("<slug:number>/", entries.detail, name="enterprise"),
    path("<slug:number>/edit/", entries.edit, name="enterprise-edit"),
    path("<slug:number>/phone/", entries.phone, name="enterprise-phone"),
    path("<slug:number>/invitations/", bindings.invitations, name="invitations"),
    path("<slug:number>/bindings/<slug:binding>/end/", bindings.end, name="binding-end"),
    path("<slug:number>/bindings/<slug:binding>/admin/", bindings.admin, name="binding-admin"),
]
