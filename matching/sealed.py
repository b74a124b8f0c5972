"""Sealed fields: AES-256-GCM on single columns, bound to their row, and blind indexes for exact search.

A value stands in the database as `key id:base64(nonce + ciphertext)`. What is bound to it (AAD) is a fixed string given
in the field's declaration and the row's uuid, so that a value copied into another row or column does not open. The
fixed string is not the table's name: tables may be renamed.
"""

import base64
import hashlib
import hmac
import json
import os
import unicodedata
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

NONCE_BYTES = 12


class CannotOpen(Exception):
    """A sealed value does not belong to this row, was changed, or its key is missing."""


class SealedValue:
    """What the database holds. It never turns into text by accident, not even in a traceback."""

    __slots__ = ("stored",)

    def __init__(self, stored: str) -> None:
        self.stored = stored

    def __str__(self) -> str:
        raise TypeError("a sealed value is read through its row's attribute only")

    def __repr__(self) -> str:
        return "<sealed>"


def seal(text: str, *, bound_to: str) -> str:
    """Text → `key id:base64`, with the first of the configured keys."""
    key_id, key = next(iter(settings.SEALING_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), bound_to.encode())
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode('ascii')}"


def unseal(stored: str, *, bound_to: str) -> str:
    """The text of a sealed value; raises CannotOpen (never returns the ciphertext) when it was moved or changed."""
    key_id, _, encoded = stored.partition(":")
    key = settings.SEALING_KEYS.get(key_id)
    if key is None:
        raise CannotOpen(f"the sealing key {key_id!r} is not configured")
    try:
        content = base64.b64decode(encoded, validate=True)
        return AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], bound_to.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(f"a value of {bound_to.partition('|')[0]} does not belong to its row") from error


class SealedAttribute(DeferredAttribute):
    """Opens a value at its first reading. `from_db_value` could not: it never sees the row."""

    field: "SealedText"

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, SealedValue):
            value = self.field.opened(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedText(models.TextField):
    """Text that only its own row can open. Cannot be searched, updated in bulk or listed by column (TypeError)."""

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, bound: str = "", **kwargs: Any) -> None:
        if not bound:
            raise TypeError("a sealed field names the fixed string it is bound to: bound='client.name'")
        self.bound = bound
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "bound": self.bound}

    # To be overridden by fields of another type.
    def to_words(self, value: Any) -> str:
        return str(value)

    def from_words(self, words: str) -> Any:
        return words

    def is_nothing(self, value: Any) -> bool:
        return value is None or value == ""

    def bound_to(self, instance: models.Model) -> str:
        return f"{self.bound}|{instance.uuid}"  # type: ignore[attr-defined]

    def opened(self, value: SealedValue, instance: models.Model) -> Any:
        return self.from_words(unseal(value.stored, bound_to=self.bound_to(instance)))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return self.get_default() if not value else SealedValue(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> SealedValue:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, SealedValue):  # Never opened, so it needs no new seal.
            return value
        if self.is_nothing(value):
            return SealedValue("")
        return SealedValue(seal(self.to_words(value), bound_to=self.bound_to(model_instance)))

    def get_db_prep_save(self, value: Any, connection: Any) -> str:
        if self.is_nothing(value):
            # What a migration gives to the rows that are there when it adds a sealed column.
            return ""
        if not isinstance(value, SealedValue):
            raise TypeError(f"{self.name} is sealed: save the row itself, bulk updates cannot know which row it is")
        return value.stored

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> str:
        return self.get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        raise TypeError(f"{self.name} is sealed and cannot be searched; use a blind index")

    def get_transform(self, lookup_name: str) -> Any:
        raise TypeError(f"{self.name} is sealed and cannot be searched; use a blind index")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed and leaves only through a page or an export of its own")


class SealedDate(SealedText):
    """A day that only its own row can open; None when not known."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["default"] = None
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return date.fromisoformat(value) if isinstance(value, str) and value else value or None

    def to_words(self, value: Any) -> str:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else value.isoformat()

    def from_words(self, words: str) -> date:
        return date.fromisoformat(words)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        from django import forms

        return forms.DateField(required=False, label=self.verbose_name)


class SealedJSON(SealedText):
    """A structure that only its own row can open; an empty one is stored as nothing."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["default"] = dict
        super().__init__(*args, **kwargs)

    def is_nothing(self, value: Any) -> bool:
        return not value

    def to_python(self, value: Any) -> Any:
        return value

    def to_words(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def from_words(self, words: str) -> Any:
        return json.loads(words)


def sealed_fields(model: type[models.Model]) -> list[SealedText]:
    """The sealed fields of a model."""
    return [field for field in model._meta.get_fields() if isinstance(field, SealedText)]


def plain_kana(text: str) -> str:
    """One spelling per reading: NFKC, katakana to hiragana, without spaces and marks between words."""
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    hiragana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded)
    return "".join(c for c in hiragana if c.isalnum() or c == "ー")


def _blind(text: str, purpose: str, key_id: str, key: bytes) -> str:
    own_key = hmac.new(key, f"blind index|{purpose}".encode(), hashlib.sha256).digest()
    return f"{key_id}:{hmac.new(own_key, text.encode(), hashlib.sha256).hexdigest()[:40]}"


def blind_index(text: str, *, purpose: str) -> str:
    """What equal readings share and nobody without the key can compute; empty for an empty reading."""
    kana = plain_kana(text)
    key_id, key = next(iter(settings.SEALING_KEYS.items()))
    return _blind(kana, purpose, key_id, key) if kana else ""


def blind_candidates(text: str, *, purpose: str) -> list[str]:
    """The index of a reading under every configured key, for searching while keys are being rotated."""
    kana = plain_kana(text)
    return [_blind(kana, purpose, key_id, key) for key_id, key in settings.SEALING_KEYS.items()] if kana else []
