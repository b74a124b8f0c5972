"""Pages that belong to no part: after signing in, an expired form, errors."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from directory.choices import UserKind


@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Hosts go to their listings, staff to their day."""
    user = request.user
    if getattr(user, "kind", "") == UserKind.STAFF and settings.SERVES_STAFF:
        return redirect("/desk/")
    return redirect("/host/")


def afresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A sign-in page that begins anew. allauth would send whoever mistyped the address back to the code of the first
    try until that has run out."""

    @wraps(view)
    def begin(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.session.pop("account_login", None)
        return view(request, *args, **kwargs)

    return begin


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or cookies are off: say what to do, in words."""
    return render(request, "403_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same body for what does not exist and for what is not one's own."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Something of ours broke: what to do, and the telephone where the town is known.

    Nothing here may ask the database, which may be what broke: the town was found before the page was asked.
    """
    town = getattr(request, "town", None)
    contact = {
        "phone": getattr(town, "fallback_phone", ""),
        "office": getattr(town, "fallback_office", ""),
        "hours": getattr(town, "fallback_hours", ""),
    }
    return HttpResponse(render_to_string("500.html", {**contact, "sheets": _sheets()}), status=500)


def _sheets() -> list[str]:
    """Addresses of the style sheets; none where static files were never collected."""
    try:
        return [static(f"website/{name}.css") for name in ("tokens", "base", "components")]
    except ValueError:
        return []


def inactive(request: HttpRequest) -> HttpResponse:
    """An account that was switched off."""
    return render(request, "account/inactive.html", status=403)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /host/", "Disallow: /desk/", "Disallow: /cms/", "Disallow: /accounts/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
