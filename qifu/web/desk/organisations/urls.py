"""The addresses of people and units on the desk."""

from django.urls import path, register_converter

from qifu.web.desk.organisations import (
    absences,
    account_steps,
    accounts,
    filings,
    hand_overs,
    roster,
    signing,
    units,
)


class LoginConverter:
    """A staff login, as accounts are made with."""

    regex = r"[a-z][a-z0-9._-]{1,39}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LoginConverter, "login")

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("password/", signing.password, name="password"),
    path("roster/", roster.index, name="roster"),
    path("units/", units.index, name="units"),
    path("units/new/", units.new, name="unit-new"),
    path("units/<slug:code>/", units.show, name="unit"),
    path("units/<slug:code>/filings/", filings.index, name="unit-filings"),
    path("units/<slug:code>/renamings/", units.rename, name="unit-renamings"),
    path("units/<slug:code>/mergers/", units.merge, name="unit-mergers"),
    path("unfiled-units/", units.unfiled, name="unfiled-units"),
    path("absences/", absences.index, name="absences"),
    path("absences/new/", absences.new, name="absence-new"),
    path("absences/<slug:number>/deputies/", absences.deputies, name="absence-deputies"),
    path("absences/<slug:number>/endings/", absences.endings, name="absence-endings"),
    path("hand-overs/", hand_overs.index, name="hand-overs"),
    path("hand-overs/new/", hand_overs.new, name="hand-over-new"),
    path("hand-overs/<slug:number>/", hand_overs.show, name="hand-over"),
    *(
        path(f"hand-overs/<slug:number>/{noun}/", view, name=f"hand-over-{noun}")
        for noun, view in (
            ("receivers", hand_overs.receivers),
            ("signatures", hand_overs.signatures),
            ("acceptances", hand_overs.acceptances),
            ("refusals", hand_overs.refusals),
            ("withdrawals", hand_overs.withdrawals),
            ("cancellations", hand_overs.cancellations),
        )
    ),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/new/", accounts.new, name="account-new"),
    path("accounts/<login:login>/", accounts.show, name="account"),
    path("accounts/<login:login>/resets/", account_steps.reset, name="account-resets"),
    path("accounts/<login:login>/posts/", account_steps.appointment, name="account-posts"),
    path(
        "accounts/<login:login>/posts/<slug:kind>/<slug:code>/reliefs/",
        account_steps.relief,
        name="account-reliefs",
    ),
    path("accounts/<login:login>/locks/", account_steps.lock, name="account-locks"),
    path("accounts/<login:login>/unlocks/", account_steps.unlock, name="account-unlocks"),
    path("accounts/<login:login>/closures/", account_steps.deactivate, name="account-closures"),
    path("accounts/<login:login>/reopenings/", account_steps.reactivate, name="account-reopenings"),
]
