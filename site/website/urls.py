"""Every address. Other parts are named as strings only; casework exists only where staff are served."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from . import health, views

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("accounts/", include("website.account_urls")),
]

if settings.SERVES_PUBLIC:
    urlpatterns += [
        path("", include("directory.public.urls")),
        path("", include("search.urls")),
        path("host/", include("directory.hosts.urls")),
    ]

if settings.SERVES_STAFF:
    urlpatterns += [
        path("desk/", include("matching.urls")),
        path("desk/", include("directory.desk.urls")),
        path("desk/", include("search.desk.urls")),
        # One door: Wagtail's own sign-in page leads to ours.
        path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
        path("cms/", include(wagtailadmin_urls)),
    ]

urlpatterns += [
    # Photos that were approved; in front of a larger town's site the web server does this itself.
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}, name="media"),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include(wagtail_urls)),
]

handler404 = "website.views.not_found"
handler500 = "website.views.failed"
