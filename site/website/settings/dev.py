"""For trying and developing on one's own machine: `make run` uses it."""

import os
import secrets
from base64 import b64encode

from .env import env

_data = env("DATA_DIR")


def _kept(name: str, text: str) -> str:
    """A secret made at the first start and kept, so that a second run can open what the first sealed."""
    path = _data / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(text, encoding="ascii")
    return path.read_text(encoding="ascii")


os.environ.setdefault("SECRET_KEY", _kept("secret_key", secrets.token_urlsafe(60)))
os.environ.setdefault("LINK_KEY", _kept("link_key", secrets.token_urlsafe(60)))
os.environ.setdefault(
    "SEALING_KEYS", _kept("sealing_keys", "demo:" + b64encode(secrets.token_bytes(32)).decode("ascii"))
)

from .base import *  # noqa: E402, F403

DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
# Demo mails (the sign-in codes among them) are shown on the console; they never leave this machine.
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
INTERNAL_IPS = ["127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
