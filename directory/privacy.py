"""The class of every field of the directory: public, staff, account, letter or technical.

Visibility is fixed per field; only contacts choose per row (`Contact.is_public`). A field without a class fails the
tests. What is public may stand in pages, exports, the search index and feeds; nothing else may.
"""

from enum import StrEnum

from django.db import models


class Level(StrEnum):
    PUBLIC = "public"  # everybody, once the place is published
    STAFF = "staff"  # staff of the town; of a submission also the host who sent it
    ACCOUNT = "account"  # the person whose account it is, and administrators
    LETTER = "letter"  # the host who is asked, and casework: no person, no free text
    ROW = "row"  # public or staff-only as the row's own switch says
    TECHNICAL = "technical"  # keys, versions, moments; says nothing about anybody


P, S, A, L, R, T = Level.PUBLIC, Level.STAFF, Level.ACCOUNT, Level.LETTER, Level.ROW, Level.TECHNICAL

LOCATED = "postal_code address building latitude longitude coarse_pin"
PROVENANCE = "source source_row source_licence source_as_of needs_check is_sample"

FIELDS: dict[str, dict[Level, str]] = {
    "User": {
        T: "id uuid",
        A: "password last_login is_superuser email kind is_active date_joined groups user_permissions",
        S: "name",
    },
    "StaffRole": {T: "id", S: "user municipality office duty from_on until_on"},
    "Activity": {
        T: "id uuid place position",
        P: (
            "name yomi kind way description wants for_whom cost_yen cost_note booking booking_note schedule "
            "opening_text needs_check"
        ),
    },
    "DayChange": {T: "id uuid activity announced_at withdrawn_at", P: "on kind begins ends reason", S: "announced_by"},
    "Role": {
        T: "id uuid activity position",
        R: "name kind description minutes physical_load contact_level",
        S: "is_public",
    },
    "Slot": {T: "id uuid activity role", S: "seats free_seats from_on until_on is_open"},
    "Confirmation": {T: "id place", P: "on", S: "by way"},
    "Event": {T: "id uuid at municipality_code previous digest", S: "actor action subject_type subject details"},
    "ImportRun": {T: "id uuid municipality", S: "source shape sha256 applied_by applied_at counts"},
    "DuplicateCandidate": {T: "id", S: "first second reasons found_at is_same decided_by"},
    "HostRequest": {
        T: "id uuid municipality",
        L: (
            "place activity slot offer from_on until_on needs escort asked_at reply_by_on answer reason call_me "
            "answered_by answered_at withdrawn_at closed_at sign visit_at"
        ),
    },
    "HostReport": {T: "id uuid", L: "request on attendance burden call_me reported_by reported_at"},
    "Municipality": {
        T: "id uuid site",
        P: (
            "code name yomi prefecture latitude longitude fallback_office fallback_phone fallback_hours about source "
            "is_sample"
        ),
        S: "shares_places_with",
    },
    "District": {T: "id uuid municipality position", P: "name yomi latitude longitude"},
    "Office": {T: "id uuid municipality", S: "name phone is_entrusted"},
    "Organization": {T: "id uuid municipality", P: "name yomi description url is_sample", S: "corporate_number"},
    "OrganizationMember": {T: "id", S: "organization user from_on until_on"},
    "Photo": {
        T: (
            "id collection width height created_at focal_point_x focal_point_y focal_point_width focal_point_height "
            "file_size file_hash municipality"
        ),
        P: "title file description tags is_sample",
        S: "uploaded_by_user people_agreed",
    },
    "PhotoRendition": {T: "id filter_spec width height focal_point_key image", P: "file"},
    "PlacePhoto": {T: "id place position", P: "photo alt"},
    "Place": {
        T: "id uuid municipality edit_version search_version created_at updated_at withdrawn_at merged_into import_run",
        P: (
            f"{LOCATED} {PROVENANCE} code district organization state state_note state_since_on kind name yomi "
            "yomi_confirmed lead description easy_description what_to_do who_comes first_timers_note atmosphere "
            "cost_yen cost_note booking booking_note directions minutes_from_station_walk step_free wheelchair "
            "accessible_toilet elevator parking pickup hearing_support assistance_dog quiet_corner may_leave_early "
            "can_be_silent welcome_alone may_watch may_help with_children has_animals plain_japanese escort_ok "
            "visit_first_ok women_only eating_ok nursing_room pays_honorarium has_insurance languages age_min age_max "
            "usual_people min_people offers confirmed_on tags"
        ),
        S: "confirmed_by confirmed_way",
    },
    "PlaceStaffFacts": {
        T: "id place",
        S: (
            "accepting_person capacity_note max_days_a_week shortest_period longest_period insurance_note "
            "honorarium_note note"
        ),
    },
    "Contact": {T: "id uuid place position", R: "kind value label hours", S: "is_public"},
    "Report": {
        T: "id uuid municipality",
        S: "kind place district words contact state reported_at handled_by handled_at outcome",
    },
    "Submission": {
        T: "id uuid municipality",
        S: ("place kind state changes decisions note reply submitted_by submitted_at decided_by decided_at undoes"),
    },
    "ConsultationWindow": {
        T: "id uuid municipality edit_version search_version position",
        P: (
            f"{LOCATED} {PROVENANCE} code field name yomi office about topics who_answers phone phone_note mail url "
            "hours_text schedule confirmed_on districts"
        ),
        S: "is_published",
    },
}


def level_of(model: type[models.Model], field: str) -> Level:
    """The class of one field; raises KeyError when nobody has thought about it."""
    for level, names in FIELDS[model.__name__].items():
        if field in names.split():
            return level
    raise KeyError(f"{model.__name__}.{field} has no class in directory/privacy.py")
