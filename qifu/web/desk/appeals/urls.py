"""Addresses of the cases and of each verb as a noun."""

from django.urls import path

from qifu.web.desk.appeals import (
    accepting,
    approvals,
    cases,
    deadlines,
    dispatches,
    exports,
    files,
    index,
    queues,
    registrations,
    replies,
    reviews,
    viewers,
    working,
)

CASE = "appeals/<slug:number>/"

urlpatterns = [
    path("queues/<slug:code>/", queues.queue, name="queue"),
    path("approvals/", approvals.index, name="approvals"),
    path("appeals/", index.index, name="appeals"),
    path("appeals/new/", registrations.new, name="appeal-new"),
    path("appeals/export/", exports.export, name="appeal-export"),
    path(CASE, cases.show, name="appeal"),
    path(f"{CASE}files/<slug:code>/preview/", files.preview, name="appeal-file-preview"),
    path(f"{CASE}files/<slug:code>/<str:name>/", files.show, name="appeal-file"),
    path(f"{CASE}deadline/", deadlines.deadline, name="appeal-deadline"),
    path(f"{CASE}acceptances/", accepting.acceptances, name="appeal-acceptances"),
    path(f"{CASE}declines/", accepting.declines, name="appeal-declines"),
    path(f"{CASE}answers/", accepting.answers, name="appeal-answers"),
    path(f"{CASE}dispatches/", dispatches.dispatches, name="appeal-dispatches"),
    path(f"{CASE}take-backs/", dispatches.take_backs, name="appeal-take-backs"),
    path(f"{CASE}signatures/", working.signatures, name="appeal-signatures"),
    path(f"{CASE}replies/", replies.replies, name="appeal-replies"),
    path(f"{CASE}approvals/", approvals.approvals, name="appeal-approvals"),
    path(f"{CASE}reviews/", reviews.reviews, name="appeal-reviews"),
    path(f"{CASE}recalls/", reviews.recalls, name="appeal-recalls"),
    path(f"{CASE}hand-ups/", working.hand_ups, name="appeal-hand-ups"),
    path(f"{CASE}take-overs/", working.take_overs, name="appeal-take-overs"),
    path(f"{CASE}closures/", reviews.closures, name="appeal-closures"),
    path(f"{CASE}viewers/", viewers.viewers, name="appeal-viewers"),
    path(f"{CASE}contact-views/", viewers.contact, name="appeal-contact"),
]
