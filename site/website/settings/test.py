"""For tests: fixed keys that protect nothing, fast password hashing, mails kept in memory."""

import os
import tempfile
from base64 import b64encode
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests only, protects nothing " * 3)
os.environ.setdefault("LINK_KEY", "tests only, signs nothing that counts " * 3)
os.environ.setdefault("SEALING_KEYS", "test:" + b64encode(b"0" * 32).decode("ascii"))
os.environ.setdefault("DATA_DIR", str(Path(tempfile.gettempdir()) / f"tsunaguba-tests-{os.getpid()}"))
# Test processes side by side have a folder each: the embedded index of a PostgreSQL site is a file in it.
if _worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["DATA_DIR"] = str(Path(os.environ["DATA_DIR"]) / _worker)
os.environ.setdefault("DATABASE_URL", "sqlite:var/test.sqlite3")

from .base import *  # noqa: F403
from .base import DATABASES, MIDDLEWARE

DEBUG = False
# Tests of the other engine say which cluster they ask; everything else asks none, whatever the surroundings offer.
ELASTICSEARCH_URL = ""
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: live-server threads and the browser journeys need real connections and real locks.
    _database_file = Path(os.environ["DATA_DIR"]) / "test.sqlite3"
    _database_file.parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(_database_file)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The test client asks from one address at great speed; the limits have their own tests.
ACCOUNT_RATE_LIMITS = False
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
