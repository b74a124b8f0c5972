"""Settings that hold everywhere."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from .env import ROOT, env

SITE_ROLE: str = env("SITE_ROLE")
SERVES_PUBLIC = SITE_ROLE in {"all", "public"}
SERVES_STAFF = SITE_ROLE in {"all", "staff"}

SECRET_KEY = env("SECRET_KEY")
LINK_KEY = env("LINK_KEY")
# The public process must not even hold the keys of sealed fields.
SEALING_KEYS: dict[str, bytes] = env("SEALING_KEYS") if SERVES_STAFF else {}
DATA_DIR: Path = env("DATA_DIR")
BASE_URL: str = env("BASE_URL")
STAFF_URL: str = env("STAFF_URL")

ALLOWED_HOSTS = env("ALLOWED_HOSTS")
ROOT_URLCONF = "website.urls"
WSGI_APPLICATION = "website.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "website",
    "directory",
    "search",
    *(["matching"] if SERVES_STAFF else []),
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    # Hosts have no second factor, and the public side may not even read that table.
    *(["allauth.mfa"] if SERVES_STAFF else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "website.middleware.AnswerHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Browsers that know the policy go by frame-ancestors; this is for the others.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "website.middleware.SignInLimits",
    "website.middleware.Town",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "website.context.page",
            ],
            "builtins": ["website.templatetags.words"],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {"default": env("DATABASE_URL")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語")]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# What hosts send waits here, outside every served folder, until a reviewer approves it.
PRIVATE_ROOT = DATA_DIR / "private"

# One door: allauth. Hosts have no password (mailed code); staff have a password and a second step.
AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_sign_in"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "website.accounts.Door"
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up; allauth reads here that staff sign in with a password.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = {"password"}
# Digits: typed on the large keys of a telephone. Three tries within three minutes against a hundred million.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
ACCOUNT_FORMS = {
    "request_login_code": "website.accounts.CodeForm",
    "confirm_login_code": "website.accounts.DigitsForm",
    "login": "website.accounts.PasswordForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "［つなぐ場］"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False

SESSION_COOKIE_NAME = f"tsunaguba_{SITE_ROLE}"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_IDLE_MINUTES = 15
SESSION_HOURS = 8
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
CSRF_COOKIE_NAME = f"tsunaguba_{SITE_ROLE}_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "website.views.form_expired"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

MAP_TILES: bool = env("MAP_TILES")
TILE_HOST = "https://cyberjapandata.gsi.go.jp"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", *([TILE_HOST] if MAP_TILES else [])],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DEFAULT_FROM_EMAIL = env("EMAIL_FROM")
EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = env("EMAIL_PORT")
EMAIL_HOST_USER = env("EMAIL_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_PASSWORD")
EMAIL_USE_TLS = bool(EMAIL_HOST)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# Uploads: bounded before anything is decoded; a 10 KB picture may unfold to half a gigabyte.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_MODEL = "directory.Photo"
WAGTAILIMAGES_EXTENSIONS = ["jpeg", "jpg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "docx"]

WAGTAIL_SITE_NAME = "つなぐ場"
WAGTAILADMIN_BASE_URL = STAFF_URL
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Nothing calls outside: no version check, no news banner, no Gravatar, no embeds of other sites.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"

# ── search ──────────────────────────────────────────────────────────────────

ELASTICSEARCH_URL: str = env("ELASTICSEARCH_URL")
ELASTICSEARCH_READER: str = env("ELASTICSEARCH_READER")
ELASTICSEARCH_WRITER: str = env("ELASTICSEARCH_WRITER")
ELASTICSEARCH_CA: str = env("ELASTICSEARCH_CA")
SEARCH_ALIAS: str = env("SEARCH_ALIAS")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# Logs name paths, never query strings: what people look for may be about themselves.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_question": {"()": "website.logs.WithoutQuestion"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["no_question"], "formatter": "line"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # A line for every request would be most of the log.
        "elastic_transport": {"level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Tasks run at once and in this process: that each one ran is no news.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
