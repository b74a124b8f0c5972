"""The one door: only those of allauth's pages that we use can be reached."""

from allauth.account import views as account
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from . import views

_to_the_door = RedirectView.as_view(pattern_name="account_login")

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", views.afresh(account.login), name="account_login"),
    path("login/code/", views.afresh(account.request_login_code), name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", views.inactive, name="account_inactive"),
    path("after/", views.after_sign_in, name="after_sign_in"),
    # allauth names these pages when it builds others; there is nothing behind them.
    path("signup/", _to_the_door, name="account_signup"),
    path("password/reset/", _to_the_door, name="account_reset_password"),
    path("password/change/", _to_the_door, name="account_change_password"),
    path("password/set/", _to_the_door, name="account_set_password"),
    path("email/", _to_the_door, name="account_email"),
]

if settings.SERVES_STAFF:
    from allauth.mfa.base import views as mfa

    urlpatterns += [
        path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
        path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
        path("2fa/", mfa.index, name="mfa_index"),
        path("2fa/totp/", include("allauth.mfa.totp.urls")),
        path("2fa/webauthn/", include("allauth.mfa.webauthn.urls")),
        path("2fa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    ]
