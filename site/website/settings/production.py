"""For a real town: nothing has a default that would be unsafe."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, LINK_KEY, SEALING_KEYS, SECRET_KEY, SERVES_STAFF
from .env import env

DEBUG = False
for _name, _value in (("SECRET_KEY", SECRET_KEY), ("LINK_KEY", LINK_KEY), ("ALLOWED_HOSTS", ALLOWED_HOSTS)):
    if not _value:
        raise ImproperlyConfigured(f"{_name} is not set. Production starts only with a value of its own.")
if SERVES_STAFF and not SEALING_KEYS:
    raise ImproperlyConfigured("SEALING_KEYS is not set. Casework cannot be kept without a key; see deploy/README.md.")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = env("SECURE_COOKIES")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Limits on sign-in tries must hold across processes, so the cache is shared: the database will do.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
