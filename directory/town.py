"""Which town a public request is about."""

from django.http import HttpRequest
from wagtail.models import Site

from directory.models import Municipality

COOKIE = "town"


def town_of(request: HttpRequest) -> Municipality | None:
    """The town of the host name; on a site of several towns the one chosen (cookie `town`), else None = all."""
    site = Site.find_for_request(request)
    own = Municipality.objects.filter(site=site).first() if site else None
    if own is not None:
        return own
    chosen = request.COOKIES.get(COOKIE, "")
    return Municipality.objects.filter(code=chosen).first() if chosen.isascii() and chosen.isdigit() else None
