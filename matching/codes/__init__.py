"""Versioned code lists, one JSON file each. An answer stores (code, list version), since the state's wording changes.

A file: `{"list", "title", "versions": [{"version", "valid_from", "needs_check", "source", "codes": [{"code", "label",
"order", "report", "maps_to", …}]}]}`. `needs_check` marks what is from general knowledge (要確認). A version is never
edited after use: a new wording is a new version whose codes say in `maps_to` which older code they continue.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).parent


class UnknownCode(LookupError):
    """No such list, version or code."""


@dataclass(frozen=True)
class Code:
    """One entry. `more` holds what only this list has (the side of a decline, its consequence)."""

    code: str
    label: str
    report: str = ""
    maps_to: str = ""
    more: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class CodeList:
    """One version of one list, in display order."""

    name: str
    title: str
    version: str
    valid_from: date
    needs_check: bool
    codes: dict[str, Code] = field(hash=False)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(code.code, code.label) for code in self.codes.values()]

    def __getitem__(self, code: str) -> Code:
        try:
            return self.codes[code]
        except KeyError as error:
            raise UnknownCode(f"{self.name} {self.version} has no code {code!r}") from error


def _code(row: dict[str, Any]) -> Code:
    own = {"code", "label", "report", "maps_to", "order"}
    more = {key: value for key, value in row.items() if key not in own}
    return Code(row["code"], row["label"], row.get("report", ""), row.get("maps_to", ""), more)


@lru_cache
def versions(name: str) -> tuple[CodeList, ...]:
    """All versions of a list, oldest first."""
    path = FOLDER / f"{name}.json"
    if not name.isidentifier() or not path.is_file():
        raise UnknownCode(f"there is no code list {name!r}")
    content = json.loads(path.read_text(encoding="utf-8"))
    lists = [
        CodeList(
            name=content["list"],
            title=content["title"],
            version=version["version"],
            valid_from=date.fromisoformat(version["valid_from"]),
            needs_check=version["needs_check"],
            codes={row["code"]: _code(row) for row in sorted(version["codes"], key=lambda row: row["order"])},
        )
        for version in content["versions"]
    ]
    return tuple(sorted(lists, key=lambda one: one.valid_from))


def names() -> list[str]:
    """Every list there is."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def current(name: str, *, on: date | None = None) -> CodeList:
    """The version in force on a day (today by default); before the first one, the first."""
    day = on or timezone.localdate()
    valid = [one for one in versions(name) if one.valid_from <= day]
    return valid[-1] if valid else versions(name)[0]


def label(name: str, code: str, version: str) -> str:
    """The words of a stored answer, as they were when it was given."""
    for one in versions(name):
        if one.version == version:
            return one[code].label
    raise UnknownCode(f"{name} has no version {version!r}")
