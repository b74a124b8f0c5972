"""From one row of a file to one listing that could be stored, with everything a person should look at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.calendar import Reading, parse, read_columns
from directory.choices import Booking, ContactKind, PlaceKind
from directory.readings import hiragana, is_kana, proposed_reading

from . import cells
from .columns import Shape
from .findings import Finding, FindingKind
from .kinds import proposed_kind
from .reading import Row, Table

YES_NO_FIELDS = [
    "wheelchair", "accessible_toilet", "elevator", "parking", "assistance_dog", "hearing_support", "nursing_room",
    "eating_ok",
]  # fmt: skip
COSTS_OF_CHILDREN = [
    ("cost_infant", "幼児"), ("cost_primary", "小学生"), ("cost_middle", "中学生"), ("cost_high", "高校生"),
]  # fmt: skip
_CLOSED = re.compile(r"休止中|休館中|閉館(?:しました|中)|活動休止|廃止|終了しました")
_HIDDEN = re.compile(r"非公開|公開しない")


@dataclass
class Draft:
    """A listing as a row states it. `kept` are cells that could not be read: staff see them as they stand."""

    line: int
    source_row: str
    fields: dict[str, Any]
    activity: dict[str, Any] = field(default_factory=dict)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    organization: str = ""
    corporate_number: str = ""
    kept: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.fields.get("name", ""))

    @property
    def is_refused(self) -> bool:
        return any(finding.kind.refuses_row for finding in self.findings)

    def staff_note(self) -> str:
        return "\n".join(self.kept)


@dataclass
class Writer:
    """Fills one draft from one row."""

    table: Table
    row: Row
    town_code: str
    kind: PlaceKind | None = None

    def draft(self) -> Draft:
        self.made = Draft(line=self.row.line, source_row="", fields={"needs_check": []})
        name = cells.plain(self["name"]).replace("\n", " ")
        self.made.fields["name"] = name
        if not name:
            self.say(FindingKind.NO_NAME, "name")
            return self.made
        self._town()
        self._shape_of_row()
        self._yomi(name)
        self._kind(name)
        self._where()
        self._contacts()
        self._words()
        self._attributes()
        self._cost_and_booking()
        self._opening()
        self._lengths()
        self.made.source_row = self["row_id"][:120] or cells.row_key(name, self.made.fields["address"])
        return self.made

    def __getitem__(self, name: str) -> str:
        return self.row.cells.get(name, "")

    def say(self, kind: FindingKind, name: str = "", *, note: str = "", check: str = "", keep: bool = False) -> None:
        """One finding; `check` names the field that becomes 要確認, `keep` shows the cell to staff as it stands."""
        heading, value = self.row.headings.get(name, ""), self[name]
        self.made.findings.append(Finding(kind, self.table.name, self.row.line, heading, value, note))
        if check and check not in self.made.fields["needs_check"]:
            self.made.fields["needs_check"].append(check)
        if keep:
            self.made.kept.append(f"「{heading}」{value}（{kind.label}）")

    # ── whose row, and whether it is whole ──────────────────────────────────

    def _town(self) -> None:
        code = re.sub(r"\D", "", cells.plain(self["town_code"]))
        # Five digits without the check digit, or six with it; anything else is a number that a spreadsheet ruined.
        if code and len(code) in (5, 6) and code[:5] != self.town_code[:5]:
            self.say(FindingKind.OTHER_TOWN, "town_code")

    def _shape_of_row(self) -> None:
        if self.row.is_broken:
            self.say(FindingKind.BROKEN_TEXT, note=str(self["name"]), check="name")
        if self.row.is_ragged:
            self.say(FindingKind.RAGGED, check="name")
        for name in ("name", "remarks", "description", "opening_note"):
            if _CLOSED.search(self[name]):
                self.say(FindingKind.CLOSED_WORD, name, check="state")

    def _yomi(self, name: str) -> None:
        kana = cells.plain(self["kana"])
        if kana and is_kana(kana):
            self.made.fields |= {"yomi": hiragana(kana), "yomi_confirmed": True}
            return
        self.made.fields |= {"yomi": proposed_reading(name)[:240], "yomi_confirmed": False}
        if kana:
            self.say(FindingKind.BAD_YOMI, "kana", check="yomi")
        self.say(FindingKind.YOMI_PROPOSED, note=self.made.fields["yomi"], check="yomi")

    def _kind(self, name: str) -> None:
        known = self.kind or self.table.shape.kind
        self.made.fields["kind"] = known or proposed_kind(name)
        if known is None:
            self.made.fields["needs_check"].append("kind")
            if self.made.fields["kind"] == PlaceKind.OTHER:
                self.say(FindingKind.KIND_UNSURE, "name")

    # ── where ───────────────────────────────────────────────────────────────

    def _where(self) -> None:
        parts = ("address_pref", "address_town", "address_area", "address_number")
        address = cells.plain(self["address"] or "".join(self[part] for part in parts))
        hidden = bool(_HIDDEN.search(address))
        if hidden:
            self.say(FindingKind.NOT_PUBLIC, "address", check="address")
        elif not address:
            self.say(FindingKind.NO_ADDRESS, "address", check="address")
        postal = re.sub(r"\D", "", cells.plain(self["postal_code"]))
        self.made.fields |= {
            "address": "" if hidden else address,
            "building": "" if hidden else cells.plain(self["building"]),
            "postal_code": f"{postal[:3]}-{postal[3:]}" if len(postal) == 7 else "",
            "latitude": None,
            "longitude": None,
        }
        self._coordinates()

    def _coordinates(self) -> None:
        latitude, longitude, heading = self["latitude"], self["longitude"], "latitude"
        if not latitude and not longitude and self["location"]:
            latitude, _, longitude = self["location"].partition(",")
            heading = "location"
        if not latitude and not longitude:
            self.say(FindingKind.NO_COORDINATES, heading, check="latitude")
            return
        try:
            found = cells.coordinate(latitude, latitude=True), cells.coordinate(longitude, latitude=False)
        except ValueError:
            self.say(FindingKind.BAD_COORDINATES, heading, note=f"{latitude} {longitude}", check="latitude", keep=True)
        else:
            self.made.fields |= {"latitude": found[0], "longitude": found[1]}

    # ── whom to ask ─────────────────────────────────────────────────────────

    def _contacts(self) -> None:
        for name in ("phone", "phone2"):
            self._phone(name, ContactKind.PHONE)
        self._phone("fax", ContactKind.FAX)
        for name in ("mail", "mail2"):
            if self[name]:
                try:
                    self._contact(ContactKind.MAIL, cells.mail(self[name]), label=self[f"{name}_label"])
                except ValueError:
                    self._unread(FindingKind.BAD_MAIL, name)
        for name, label in (("url", ""), ("form_url", "問い合わせフォーム")):
            if self[name]:
                try:
                    for url in dict.fromkeys(cells.urls(self[name])):
                        self._contact(ContactKind.WEB, url, label=label)
                except ValueError:
                    self._unread(FindingKind.BAD_URL, name)
        self.made.organization = cells.plain(self["organization"])[:120]
        number = re.sub(r"\D", "", self["corporate_number"])
        self.made.corporate_number = number if len(number) == 13 else ""

    def _phone(self, name: str, kind: ContactKind) -> None:
        text = self[name]
        if cells.is_nothing(text):
            return
        if _HIDDEN.search(text):
            self.say(FindingKind.NOT_PUBLIC, name)
            return
        try:
            found = cells.phones(text)
        except ValueError:
            self._unread(FindingKind.BAD_PHONE, name)
            return
        for phone in found:
            label = phone.label or self[f"{name}_label"]
            if name == "phone" and self["extension"] and len(found) == 1:
                label = f"{label} 内線{self['extension']}".strip()
            if phone.is_mobile:
                self.say(FindingKind.MOBILE, name)
            self._contact(kind, phone.number, label=label, is_public=not phone.is_mobile)

    def _contact(self, kind: ContactKind, value: str, *, label: str = "", is_public: bool = True) -> None:
        self.made.contacts.append(
            {"kind": kind.value, "value": value, "label": cells.plain(label)[:80], "is_public": is_public}
        )

    def _unread(self, kind: FindingKind, name: str) -> None:
        self.say(kind, name, check="contacts", keep=True)

    # ── what it is like ─────────────────────────────────────────────────────

    def _words(self) -> None:
        lines = [self[name] for name in ("description", "service", "purpose", "remarks")]
        lines += [
            f"{label}：{self[name]}"
            for name, label in (("alias", "通称"), ("capacity", "定員"), ("barrier_free", "バリアフリー"))
            if self[name]
        ]
        self.made.fields["description"] = "\n".join(line for line in lines if line)
        self.made.activity["for_whom"] = cells.plain(self["who"])[:120]

    def _attributes(self) -> None:
        for name in YES_NO_FIELDS:
            self.made.fields[name] = self._read(name, cells.yes_no, FindingKind.BAD_ANSWER)

    def _cost_and_booking(self) -> None:
        cost = self._read("cost_adult", cells.yen, FindingKind.BAD_NUMBER)
        listed = [
            ("cost_infant", "幼児"),
            ("cost_primary", "小学生"),
            ("cost_middle", "中学生"),
            ("cost_high", "高校生"),
        ]
        notes = [f"{label} {self[name]}" for name, label in listed if self[name]]
        notes += [self["cost_note"]] if self["cost_note"] else []
        way = cells.plain(self["booking_way"])
        self.made.fields |= {
            "cost_yen": cost,
            "cost_note": "、".join(notes)[:200],
            "booking": Booking.NONE if way in {"不要", "予約不要", "なし"} else "",
            "booking_note": "　".join(part for part in (way, cells.plain(self["booking_note"])) if part)[:200],
        }

    def _read(self, name: str, reader: Callable[[str], Any], kind: FindingKind) -> Any:
        if cells.plain(self[name]) in {"", "-"}:
            return None
        try:
            return reader(self[name])
        except ValueError:
            self.say(kind, name, check=name.replace("cost_adult", "cost_yen"), keep=True)
            return None

    # ── when ────────────────────────────────────────────────────────────────

    def _opening(self) -> None:
        text, reading = self._opening_reading()
        understood = reading is not None and reading.schedule is not None
        self.made.activity |= {
            "opening_text": text,
            "schedule": reading.schedule.to_dict() if reading is not None and reading.schedule else None,
            "needs_check": [] if understood else ["schedule"],
        }
        if not text:
            self.say(FindingKind.NO_OPENING)
        elif reading is not None and not understood:
            name = "opening_note" if self["opening_note"] else "days" if self["days"] else "dates"
            self.say(FindingKind.OPENING_UNCLEAR, name, note="、".join(reading.unresolved))

    def _opening_reading(self) -> tuple[str, Reading | None]:
        note = self["opening_note"]
        if self["dates"] or self["frequency"]:
            # 子ども食堂一覧 and 通いの場: how often, which weekday, which dates, from when to when, and words.
            days = " ".join(self[name] for name in ("frequency", "dates", "days") if self[name])
            text = "\n".join(part for part in (f"{days} {self._clock()}".strip(), note) if part)
            return text, parse(text)
        text = "\n".join(part for part in (f"{self['days']} {self._clock()}".strip(), note) if part)
        if not text:
            return "", None
        return text, read_columns(days=self["days"], begins=self["begins"], ends=self["ends"], note=note)

    def _clock(self) -> str:
        begins, ends = self["begins"], self["ends"]
        return f"{begins}～{ends}" if begins or ends else ""

    def _lengths(self) -> None:
        """What does not fit is not cut: a name ends the row, other cells stand with staff as they are."""
        for name, longest in (("name", 120), ("address", 200), ("building", 120)):
            if len(self.made.fields[name]) <= longest:
                continue
            if name == "name":
                self.say(FindingKind.TOO_LONG, name)
            else:
                self.made.kept.append(f"「{self.row.headings.get(name, name)}」{self.made.fields[name]}")
                self.made.fields[name] = ""
                self.made.fields["needs_check"].append(name)


def drafts(table: Table, *, town_code: str, kind: PlaceKind | None = None) -> Iterator[Draft]:
    """Every row of a list of places as a draft; rows that say the same place once more are refused."""
    seen_ids: set[str] = set()
    seen_rows: set[tuple[str, str]] = set()
    for row in table.rows:
        draft = Writer(table, row, town_code, kind).draft()
        same = (cells.row_key(draft.name, str(draft.fields.get("address", ""))), draft.activity.get("opening_text", ""))
        if draft.name and same in seen_rows:
            draft.findings.append(Finding(FindingKind.REPEATED, table.name, row.line, value=draft.name))
        elif draft.source_row in seen_ids:
            # Two rows of one number: the second is known by its name, address and times.
            draft.findings.append(Finding(FindingKind.SAME_ID, table.name, row.line, value=draft.source_row))
            draft.source_row = cells.row_key(draft.name, "".join(same))
        seen_rows.add(same)
        seen_ids.add(draft.source_row)
        yield draft


def has_places(table: Table) -> bool:
    return table.shape not in {Shape.EVENTS, Shape.UNKNOWN}
