"""Addresses of /desk/ about persons. Numbers and uuids only: no name, no reading, no word stands in an address."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from matching.views import (
    boards,
    intake,
    papers,
    people,
    person,
    placements,
    proposals,
    resources,
    suiting,
    team,
    today,
)

PERSON: list[URLPattern | URLResolver] = [
    path("", person.person, name="desk_person"),
    path("record/", person.write_record, name="desk_record"),
    path("steps/<uuid:key>/", person.record_step, name="desk_step"),
    path("steps/<uuid:key>/done/", person.step_done, name="desk_step_done"),
    path("answers/<uuid:key>/seen/", person.answer_seen, name="desk_answer_seen"),
    path("state/", person.change_state, name="desk_state"),
    path("facts/", person.facts, name="desk_facts"),
    path("troubles/", person.troubles, name="desk_troubles"),
    path("seen/", person.seen, name="desk_seen"),
    path("consultation/", intake.intake_again, name="desk_intake_again"),
    path("wishes/", papers.wishes, name="desk_wishes"),
    path("wishes/add/", papers.wish_add, name="desk_wish_add"),
    path("wishes/<uuid:key>/drop/", papers.wish_drop, name="desk_wish_drop"),
    path("consent/", papers.consent, name="desk_consent"),
    path("consent/<uuid:key>/withdraw/", papers.consent_withdraw, name="desk_consent_withdraw"),
    path("plan/", papers.plan, name="desk_plan"),
    path("plan/<uuid:key>/agree/", papers.plan_agree, name="desk_plan_agree"),
    path("plan/<uuid:key>/close/", papers.plan_close, name="desk_plan_close"),
    path("household/", papers.household, name="desk_household"),
    path("household/add/", papers.household_add, name="desk_household_add"),
    path("household/<uuid:key>/leave/", papers.household_leave, name="desk_household_leave"),
    path("avoid/", papers.avoidances, name="desk_avoid"),
    path("avoid/<uuid:key>/lift/", papers.avoid_lift, name="desk_avoid_lift"),
    path("team/", team.team, name="desk_team"),
    path("team/add/", team.co_worker_add, name="desk_team_add"),
    path("team/<uuid:key>/leave/", team.member_leave, name="desk_team_leave"),
    path("protection/", team.protection, name="desk_protection"),
    path("protection/lift/", team.protection_lift, name="desk_protection_lift"),
    path("proposals/<uuid:key>/", proposals.proposal, name="desk_proposal"),
    path("proposals/<uuid:key>/answer/", proposals.answer, name="desk_answer"),
    path("proposals/<uuid:key>/ask/", proposals.ask, name="desk_ask"),
    path("proposals/<uuid:key>/host-answer/", proposals.host_answer, name="desk_host_answer"),
    path("proposals/<uuid:key>/visit/", proposals.visit_plan, name="desk_visit_plan"),
    path("proposals/<uuid:key>/begin/", proposals.start, name="desk_begin"),
    path("proposals/<uuid:key>/decline/", proposals.decline, name="desk_decline"),
    path("proposals/<uuid:key>/back/", proposals.step_back, name="desk_step_back"),
    path("visits/<uuid:key>/", proposals.visit_record, name="desk_visit_record"),
    path("visits/<uuid:key>/sheet/", proposals.visit_sheet, name="desk_visit_sheet"),
    path("visits/<uuid:key>/reflection/", proposals.visit_reflect, name="desk_visit_reflect"),
    path("placements/<uuid:key>/", placements.placement, name="desk_placement"),
    path("placements/<uuid:key>/host/", placements.host_support_add, name="desk_host_support_add"),
    path("placements/<uuid:key>/end/", placements.finish, name="desk_end"),
    path("follow-ups/<uuid:key>/", placements.follow_up, name="desk_follow_up"),
    path("host-support/<uuid:key>/", placements.host_support, name="desk_host_support"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="desk_today"),
    path("people/", people.people, name="desk_people"),
    path("people/find/", people.find, name="desk_find"),
    path("intake/", intake.intake, name="desk_intake"),
    path("people/<str:number>/", include(PERSON)),
    path("places/<str:code>/people/", suiting.people, name="desk_place_people"),
    path("boards/", boards.board_list, name="desk_boards"),
    path("boards/add/", boards.add, name="desk_board_add"),
    path("boards/<uuid:key>/", boards.board, name="desk_board"),
    path("boards/<uuid:key>/decide/", boards.decide, name="desk_board_decide"),
    path("boards/<uuid:key>/close/", boards.close, name="desk_board_close"),
    path("resources/", resources.board, name="desk_resources"),
    path("resources/add/", resources.add, name="desk_prospect_add"),
    path("resources/<uuid:key>/", resources.card, name="desk_prospect"),
    path("resources/<uuid:key>/edit/", resources.edit, name="desk_prospect_edit"),
]

if find_spec("matching.views.connecting") is not None:
    urlpatterns.append(path("", include("matching.views.connecting")))
