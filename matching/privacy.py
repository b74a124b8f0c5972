"""The class of every field of casework. A field without a class fails the tests, so nobody adds one unthinkingly."""

from enum import StrEnum

from django.db import models


class Level(StrEnum):
    """Who may meet a field, and how it stands in the database."""

    # Keys, versions, moments of the program's own work. Says nothing about anybody.
    TECHNICAL = "technical"
    # Who of the staff did what by when. For those who may open the person's record.
    WORK = "work"
    # Coded answers about a person, clear so that they can be counted. For those who may open the record.
    CODED = "coded"
    # Names, readings, addresses and all free text. Sealed in the database, for those who may open the record.
    SEALED = "sealed"
    # What must be avoided. For those who may open the record, on its own page only; shown nowhere else.
    AVOIDED = "avoided"
    # What leaves for the letterbox of a host, released by consent: no person, no word.
    LETTER = "letter"


T, W, C, S, A, L = Level.TECHNICAL, Level.WORK, Level.CODED, Level.SEALED, Level.AVOIDED, Level.LETTER

FIELDS: dict[str, dict[Level, str]] = {
    "Client": {
        T: "id uuid municipality edit_version yomi_index called_index",
        W: "office main_worker opened_on closed_on next_on",
        C: "fiscal_year serial state district birth_year sex is_protected outreach",
        S: "called called_yomi name yomi birthday address home_point phone how_to_reach caution about",
    },
    "TeamMember": {T: "id uuid municipality", W: "client user kind from_on until_on"},
    "Household": {T: "id uuid municipality edit_version", S: "note"},
    "HouseholdMember": {
        T: "id uuid municipality household",
        C: "client relation age_band lives_apart left_on",
        S: "words",
    },
    "Condition": {
        T: "id uuid municipality superseded_at",
        W: "recorded_by",
        C: "client source on key answer value is_important",
        S: "note",
    },
    "FreeTime": {
        T: "id uuid municipality superseded_at",
        W: "recorded_by",
        C: "client source on weekday answer begins ends",
    },
    "Wish": {
        T: "id uuid municipality superseded_at",
        W: "recorded_by",
        C: "client source on kind want is_important",
        S: "words",
    },
    "Avoidance": {
        T: "id uuid municipality",
        W: "recorded_by lifted_by lifted_at",
        A: "client kind place from_on names_person",
        S: "words other",
    },
    "Consent": {
        T: "id uuid municipality superseded_at scope_version",
        W: "asked_by asked_on withdrawn_by withdrawn_at rules_version",
        C: "client state scope for_hosts name_to_hosts from_on until_on",
        S: "conditions",
        L: "released_needs",
    },
    "Disclosure": {
        T: "id uuid municipality",
        W: "told_by",
        C: "client proposal consent basis items told_on",
        S: "purpose",
    },
    "Consultation": {
        T: "id uuid municipality form_key route_version matters_version received_at",
        W: "received_on received_by office window_field",
        C: "client kind route who_came matters most_serious is_urgent",
        S: "who_came_words words wish urgent_words",
    },
    "Trouble": {T: "id uuid municipality version", C: "client code is_main found_on resolved_on"},
    "Event": {T: "id uuid at municipality_code previous digest", W: "actor action subject_type subject details"},
    "Board": {
        T: "id uuid municipality rules_version form_key",
        W: "held_on made_by made_at closed_at closed_by",
        C: "outcome",
    },
    "BoardPerson": {T: "id uuid municipality board", C: "client"},
    "BoardPlace": {T: "id uuid municipality board", W: "place seats"},
    "BoardRule": {T: "id uuid municipality board at lifted_at", W: "by", C: "client place kind"},
    "Prospect": {
        T: "id uuid municipality form_key edit_version",
        W: "state district want remedies meets looked_for place worker next_on made_by made_at",
        S: "name contact idea",
    },
    "ProspectStep": {T: "id uuid municipality at", W: "prospect before after on by", S: "words"},
    "Sketch": {T: "place version made_on facts"},
    "Sighting": {T: "id event at", W: "client_uuid"},
    "Placement": {
        T: "id uuid municipality holds_seat end_version",
        W: "begun_by ended_by",
        C: (
            "client proposal place slot role_text role_uuid begins_on ends_on end_reason stage rests_from_on "
            "ask_again_on"
        ),
        S: "agreed end_words",
    },
    "PlacementChange": {T: "id uuid municipality at", W: "by", C: "placement kind before after on", S: "words"},
    "SignSeen": {T: "id uuid municipality at", W: "by", C: "placement sign"},
    "Honorarium": {
        T: "id uuid municipality form_key entered_at",
        W: (
            "place from_on until_on per times unit_yen due_on note entered_by paid_on paid_by struck_at struck_by "
            "struck_why"
        ),
    },
    "SeatWait": {T: "id uuid municipality ended_at", W: "made_by", C: "client place slot from_on until_on"},
    "Census": {T: "id uuid municipality", W: "on counts"},
    "Standing": {T: "id uuid municipality", C: "client where from_on until_on"},
    "Draft": {T: "id uuid municipality form saved_at", W: "client user", S: "typed"},
    "HandOver": {
        T: "id uuid municipality at",
        W: "client before after by read_at",
        S: "cares underway cautions",
    },
    "Measurement": {
        T: "id uuid municipality scale_version form_key",
        W: "asked_by struck_at",
        C: "client scale on way answers score refused",
        S: "words",
    },
    "ScaleWording": {T: "id uuid municipality loaded_at", W: "scale items labels licence loaded_by"},
    "TownRules": {T: "id uuid municipality serial at", W: "days weights numbers cadence learned why by"},
    "PlanSupport": {
        T: "id uuid municipality kind_version form_key",
        W: "made_by",
        C: "client plan kind from_on until_on ended_on",
        S: "who what end_words",
    },
    "FollowUp": {
        T: "id uuid municipality cancelled_at",
        W: "step due_on done_on done_by",
        C: "placement regularity self_rating worker_rating",
        S: "words",
    },
    "HostSupport": {
        T: "id uuid municipality cancelled_at",
        W: "step due_on on by way",
        C: "placement place burden",
        S: "words",
    },
    "NextStep": {
        T: "id uuid municipality kind_version",
        W: "due_on at kind made_by made_at done_on",
        C: "client",
        S: "words",
    },
    "Plan": {
        T: "id uuid municipality edit_version",
        W: "made_by made_at gap_asked_on",
        C: "client serial kind state gap from_on until_on agreed_on closed_on",
        S: "goal steps gap_words",
    },
    "Proposal": {
        T: "id uuid municipality rules_version decline_version",
        W: "proposed_by proposed_on reply_by_on",
        C: (
            "client plan place activity_uuid activity_text role_uuid role_text slot state state_on band "
            "person_answer answered_on held_until_on decline_side decline_reason declined_on consequence"
        ),
        S: "inputs explanation against_order person_words decline_words",
    },
    "RequestLink": {
        T: "id uuid municipality collected_at",
        W: "asked_by asked_at reply_by_on handled_at withdrawn_at",
        C: "proposal request_uuid consent answer reason call_me answered_at told_needs closed_at",
    },
    "CollectedReport": {
        T: "id uuid municipality reported_at collected_at report_uuid",
        W: "handled_at",
        C: "request on attendance burden call_me",
    },
    "Visit": {
        T: "id uuid municipality recorded_at edit_version",
        W: "escort planned_by",
        C: "proposal kind at minutes result reflected_on",
        S: "company arrangements travel met_by signal bring notes reflection",
    },
    "Record": {
        T: "id uuid municipality form_key",
        W: "way visibility by recorded_at corrects",
        C: "client on",
        S: "words",
    },
}


def level_of(model: type[models.Model], field: str) -> Level:
    """The class of one field; raises KeyError when nobody has thought about it."""
    for level, names in FIELDS[model.__name__].items():
        if field in names.split():
            return level
    raise KeyError(f"{model.__name__}.{field} has no class in matching/privacy.py")
