# ruff: noqa: SIM905 (long lists of words are read as text)
"""Every address × role × method: what must happen. An address that is not listed here fails the test.

Outcomes: "ok" the page or the act is theirs (also when the form then finds mistakes), "door" sent to the sign-in,
"no" refused as forbidden or as if it did not exist, "-" the method does not exist there.
"""

from dataclasses import dataclass

ROLES = (
    "anonymous",
    "host_a",
    "host_b",
    "editor",
    "reviewer",
    "caseworker_1",
    "caseworker_2",
    "coordinator",
    "conference",
    "supervisor",
    "auditor",
    "administrator",
)
KEEPERS = {"reviewer", "supervisor", "administrator"}
READERS = KEEPERS | {"caseworker_1", "caseworker_2", "coordinator"}
CASE = {"caseworker_1", "caseworker_2", "coordinator", "supervisor"}
SHARERS = {"coordinator", "supervisor"}
CASE_1 = {"caseworker_1", "coordinator", "supervisor"}
EVERYBODY = set(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}


@dataclass(frozen=True)
class Row:
    """Who may read (GET), who may act (POST); None = the method does not exist."""

    get: frozenset[str] | None
    post: frozenset[str] | None
    # Visitors without a sign-in are sent to the door where there is one.
    door: bool = True


def row(get: set[str] | None, post: set[str] | None = None, *, door: bool = True) -> Row:
    return Row(frozenset(get) if get is not None else None, frozenset(post) if post is not None else None, door)


READ_BY_ALL = row(EVERYBODY, door=False)
FORM_FOR_ALL = row(EVERYBODY, EVERYBODY, door=False)
HOSTS = row({"host_a", "host_b"})
HOST_A = row({"host_a"})
HOST_A_FORM = row({"host_a"}, {"host_a"})
HOST_A_ACT = row(None, {"host_a"})
CASE_FORM = row(CASE_1, CASE_1)
CASE_READ = row(CASE_1)
CASE_ACT = row(None, CASE_1)

MATRIX: dict[str, Row] = {
    **dict.fromkeys(["healthz", "readyz", "robots"], READ_BY_ALL),
    **dict.fromkeys(
        ["place", "place_print", "place_ics", "calendar", "windows", "roles", "tell_thanks", "accessibility", "privacy",
         "search", "suggest"],
        READ_BY_ALL,
    ),
    **dict.fromkeys(["tell", "choose_town"], FORM_FOR_ALL),
    "search_near": row(None, EVERYBODY, door=False),
    "host_home": HOSTS,
    **dict.fromkeys(["host_place", "host_edit", "host_submission"], HOST_A),
    **dict.fromkeys(
        ["host_day", "host_edit_phone", "host_edit_activity", "host_edit_section", "host_answer", "host_report"],
        HOST_A_FORM,
    ),
    **dict.fromkeys(["host_confirm", "host_day_back", "host_undo"], HOST_A_ACT),
    **dict.fromkeys(["desk_review", "desk_reports"], row(KEEPERS)),
    **dict.fromkeys(["desk_submission", "desk_report"], row(KEEPERS, KEEPERS)),
    **dict.fromkeys(["desk_places", "desk_place"], row(READERS)),
    "desk_place_do": row(None, KEEPERS),
    **dict.fromkeys(["desk_words", "desk_words_history", "desk_misses"], row(KEEPERS)),
    **dict.fromkeys(["desk_words_add", "desk_words_entry"], row(KEEPERS, KEEPERS)),
    # The whole index is put right by those who keep every town, and nobody here does.
    "desk_search_state": row(KEEPERS, set()),
    **dict.fromkeys(["desk_words_switch", "desk_words_shipped", "desk_words_undo"], row(None, KEEPERS)),
    **dict.fromkeys(["desk_people"], row(CASE)),
    # 今日 greets everybody on the staff; persons appear only to those who may see them.
    "desk_today": row(SIGNED_IN - {"host_a", "host_b"}),
    # Asked for the number of a person of office 1: to others there is nobody of that number.
    "desk_find": row(None, CASE_1),
    "desk_intake": row(CASE, CASE),
    "desk_hand_overs": row(CASE, CASE),
    **dict.fromkeys(["desk_person", "desk_seen"], CASE_READ),
    **dict.fromkeys(["desk_compare", "desk_why", "desk_proposal", "desk_placement", "desk_measures"], CASE_READ),
    **dict.fromkeys(["desk_visit_sheet", "desk_reasons"], CASE_READ),
    "desk_candidates": CASE_FORM,
    "desk_resources": row(CASE),
    **dict.fromkeys(["desk_place_people", "desk_place_support"], row(CASE)),
    "desk_honorarium_add": row(CASE, CASE),
    **dict.fromkeys(["desk_honorarium_pay", "desk_honorarium_strike"], row(None, CASE)),
    **dict.fromkeys(["desk_rules", "desk_wording"], row(SHARERS, SHARERS)),
    **dict.fromkeys(["desk_boards", "desk_figures", "desk_retention", "desk_exposure"], row(SHARERS)),
    **dict.fromkeys(["desk_change", "desk_standstill", "desk_flow", "desk_flow_people"], row(SHARERS)),
    "desk_board_add": row(SHARERS, SHARERS),
    "desk_board": row(SHARERS),
    **dict.fromkeys(["desk_board_decide", "desk_board_close"], row(None, SHARERS)),
    **dict.fromkeys(["desk_prospect_add", "desk_prospect_edit", "desk_prospect"], row(CASE, CASE)),
}  # fmt: skip
# About one person: read and act by those on the case, by nobody else.
_PERSON_FORMS = """
record facts troubles intake_again wishes wish_add consent plan household household_add avoid team team_add
protection step answer ask host_answer visit_plan visit_change tell begin decline visit_record visit_reflect
host_support_add end follow_up host_support rest rest_back stage settle wait support_add support_end measure
""".split()
_PERSON_BUTTONS = """
state protection_lift step_done answer_seen wish_drop consent_withdraw plan_agree plan_close household_leave
avoid_lift team_leave step_back signs_seen wait_stop draft draft_drop hand_over_received measure_strike
""".split()
MATRIX |= {f"desk_{name}": CASE_FORM for name in _PERSON_FORMS}
MATRIX |= {f"desk_{name}": CASE_ACT for name in _PERSON_BUTTONS}
MATRIX["desk_propose"] = CASE_FORM

# allauth's own pages decide for themselves; that nobody gets in without what is asked is told in test_sign_in.py.
SIGN_IN = """
account_login account_request_login_code account_confirm_login_code account_logout account_reauthenticate
account_inactive after_sign_in account_signup account_reset_password account_change_password
account_set_password account_email mfa_authenticate mfa_reauthenticate mfa_index mfa_activate_totp
mfa_deactivate_totp mfa_list_webauthn mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn
mfa_edit_webauthn mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes
""".split()
# Wagtail's: published pages and approved photos, for everybody; a second sign-in page that only leads to ours.
PAGES = ["media", "wagtail_serve", "wagtailcore_login", "wagtailcore_authenticate_with_password"]
