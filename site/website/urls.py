"""Every address. Other parts are named as strings only; casework exists only where staff are served."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from . import views

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("accounts/after/", views.after_sign_in, name="after_sign_in"),
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
        # One door: Wagtail's own sign-in pages lead to ours.
        path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
        path("cms/", include(wagtailadmin_urls)),
    ]

urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += [
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include(wagtail_urls)),
]
