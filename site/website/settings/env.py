"""Everything that may be set from outside: one line each, and nonsense stops the start with a hint."""

import base64
import binascii
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Variable:
    """One environment variable: its sentence for the README, its default, and how its text is read."""

    sentence: str
    default: str
    read: Callable[[str], Any]


def _text(value: str) -> str:
    return value


def _flag(value: str) -> bool:
    match value.strip().lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off" | "":
            return False
    raise ValueError("write 1 or 0")


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"write one of: {', '.join(allowed)}")
        return value

    return read


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _folder(value: str) -> Path:
    path = Path(value).expanduser()
    return path if path.is_absolute() else ROOT / path


def _account(value: str) -> str:
    if value and ":" not in value:
        raise ValueError("write user:password")
    return value


def _secret(value: str) -> str:
    if value and len(value) < 50:
        raise ValueError("write at least 50 random characters")
    return value


def _sealing_keys(value: str) -> dict[str, bytes]:
    """`id:base64,id:base64` → {id: 32 bytes}; the first key seals, all of them open."""
    keys: dict[str, bytes] = {}
    for part in _list(value):
        key_id, _, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise ValueError("write id:base64 with commas between keys") from error
        if not key_id.isalnum() or len(key) != 32:
            raise ValueError("each key is a short id and 32 bytes in base64, as id:base64")
        keys[key_id] = key
    return keys


def _database(value: str) -> dict[str, Any]:
    """`sqlite:PATH` or `postgres://user:password@host:port/name` → Django's DATABASES entry."""
    if value.startswith("sqlite:"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(_folder(value.removeprefix("sqlite:"))),
            # WAL, IMMEDIATE and a long wait: the default options lose writes when several people save at once.
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(value)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError("write sqlite:PATH or postgres://user:password@host:port/name")
    host = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        # Without the check each connection that the server closed costs one visitor an error page.
        "CONN_HEALTH_CHECKS": True,
    }


VARIABLES: dict[str, Variable] = {
    "SITE_ROLE": Variable(
        "Which half this process serves: all, public (no casework installed at all) or staff.",
        "all",
        _one_of("all", "public", "staff"),
    ),
    "SECRET_KEY": Variable("Signs sessions; at least 50 random characters; its own for public and staff.", "", _secret),
    "LINK_KEY": Variable("Signs links that cross between the public and the staff process.", "", _secret),
    "SEALING_KEYS": Variable(
        "Keys of the sealed fields as id:base64 (32 bytes); the first one seals, all of them open.", "", _sealing_keys
    ),
    "DATA_DIR": Variable("Folder for the database, uploads and logs.", "var", _folder),
    "DATABASE_URL": Variable(
        "sqlite:PATH or postgres://user:password@host:port/name.", "sqlite:var/tsunaguba.sqlite3", _database
    ),
    "ALLOWED_HOSTS": Variable("Host names this process answers to, with commas.", "", _list),
    "BASE_URL": Variable("Address of the public site, for mails and paper.", "http://127.0.0.1:8000", _text),
    "STAFF_URL": Variable("Address of the staff site, for mails.", "http://127.0.0.1:8000", _text),
    "EMAIL_HOST": Variable("Mail server; empty shows mails on the console.", "", _text),
    "EMAIL_PORT": Variable("Port of the mail server.", "587", int),
    "EMAIL_USER": Variable("Account at the mail server.", "", _text),
    "EMAIL_PASSWORD": Variable("Password at the mail server.", "", _text),
    "EMAIL_FROM": Variable("Sender of our mails.", "つなぐ場 <noreply@example.jp>", _text),
    "MAP_TILES": Variable("1 shows maps from 地理院タイル in the browser of those who open them.", "0", _flag),
    "ELASTICSEARCH_URL": Variable("Addresses of Elasticsearch 9, with commas; empty: embedded search.", "", _text),
    "ELASTICSEARCH_READER": Variable("user:password with which the web process reads the index.", "", _account),
    "ELASTICSEARCH_WRITER": Variable("user:password with which search_worker writes the index.", "", _account),
    "ELASTICSEARCH_CA": Variable("File with the certificate of the authority that signed the cluster's.", "", _text),
    "SEARCH_ALIAS": Variable("Name of the index that is asked; the indices behind it begin with it.", "places", _text),
    "SECURE_COOKIES": Variable("0 only for trying the production settings without TLS.", "1", _flag),
}


def env(name: str) -> Any:
    """The value of one declared variable; raises ImproperlyConfigured with what to write instead."""
    variable = VARIABLES[name]
    raw = os.environ.get(name, variable.default)
    try:
        return variable.read(raw)
    except ValueError as error:
        # The value itself is not shown: it may be a password or a key.
        raise ImproperlyConfigured(f"{name} cannot be read: {error}. ({variable.sentence})") from None
