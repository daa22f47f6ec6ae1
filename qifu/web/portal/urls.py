"""The pages of this face."""

from django.urls import URLPattern, URLResolver, include, path

from qifu.web.portal import about, home, links, sign_in
from qifu.web.portal.appeals import (
    asks,
    case,
    deadline,
    files,
    index,
    letters,
    objections,
    outlook,
    rating,
)
from qifu.web.portal.raising import check, contact, enterprise, problem

app_name = "portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("raise/problem/", problem.problem, name="raise-problem"),
    path("raise/enterprise/", enterprise.enterprise, name="raise-enterprise"),
    path("raise/contact/", contact.contact, name="raise-contact"),
    path("raise/check/", check.check, name="raise-check"),
    path("appeals/", index.index, name="appeals"),
    path("appeals/<slug:number>/", case.show, name="appeal"),
    path("appeals/<slug:number>/files/<slug:code>/", files.show, name="file"),
    path("appeals/<slug:number>/files/<slug:code>/preview/", files.preview, name="file-preview"),
    path("appeals/<slug:number>/letters/<slug:letter>/", letters.letter, name="letter"),
    path("appeals/<slug:number>/next/", outlook.outlook, name="next"),
    path("appeals/<slug:number>/deadline/", deadline.deadline, name="deadline"),
    path("appeals/<slug:number>/rating/", rating.rating, name="rating"),
    path("appeals/<slug:number>/objections/", objections.objections, name="objections"),
    path("appeals/<slug:number>/supplements/", asks.supplements, name="supplements"),
    path("appeals/<slug:number>/urges/", asks.urges, name="urges"),
    path("appeals/<slug:number>/confidences/", asks.confidences, name="confidences"),
    path("appeals/<slug:number>/withdrawals/", asks.withdrawals, name="withdrawals"),
    path("appeals/<slug:number>/reopenings/", asks.reopenings, name="reopenings"),
    path(
        "appeals/<slug:number>/extension-objections/",
        asks.extension_objections,
        name="extension-objections",
    ),
    path(
        "appeals/<slug:number>/exclusion-objections/",
        asks.exclusion_objections,
        name="exclusion-objections",
    ),
    path(
        "appeals/<slug:number>/promise-objections/",
        asks.promise_objections,
        name="promise-objections",
    ),
    path("me/", include("qifu.web.portal.me.urls")),
    path("links/<str:token>/", links.by_link, name="link"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="sign-in-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
]
