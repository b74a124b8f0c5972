"""What every answer carries, which town is asked, and how long a sign-in lasts."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from directory.choices import UserKind

Answer = Callable[[HttpRequest], HttpResponse]
SIGNED_IN_AREAS = ("/host/", "/desk/", "/cms/", "/accounts/")


class AnswerHeaders:
    """Nothing of the signed-in areas is stored anywhere; only `/cms/` may use inline code."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(SIGNED_IN_AREAS):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
            response["X-Robots-Tag"] = "noindex"
        if request.path.startswith("/cms/"):
            # Five of Wagtail's own templates hold inline scripts; its preview frames its own pages.
            response._csp_replace = {  # type: ignore[attr-defined]
                "script-src": ["'self'", "'unsafe-inline'"],
                "style-src": ["'self'", "'unsafe-inline'"],
                "img-src": ["'self'", "data:", "blob:"],
                "frame-src": ["'self'"],
                "frame-ancestors": ["'self'"],
            }
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


class SignInLimits:
    """Ends a sign-in after 15 idle minutes and after 8 hours (ASVS 5.0, level 3)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault("signed_in_at", now)
            seen = request.session.get("seen_at", now)
            idle = getattr(settings, "SESSION_IDLE_MINUTES", 15) * 60
            if now - seen > idle or now - began > settings.SESSION_HOURS * 3600:
                logout(request)
            # Written at most once a minute: with SQLite a reader must not become a writer on every click.
            elif now - seen >= 60 or "seen_at" not in request.session:
                request.session["seen_at"] = now
        return self.get_response(request)


class Town:
    """`request.town`: the municipality whose site was asked, or None where the site shows several towns.

    On the staff's desk it is the town they work for, whatever the address; their duties are read here, once.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from directory.models import User
        from directory.permissions import remember_duties
        from directory.town import town_of

        user, duties = request.user, []
        if request.path.startswith("/desk/") and isinstance(user, User) and user.kind == UserKind.STAFF:
            duties = remember_duties(user)
        request.town = duties[0].municipality if duties else town_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)
