"""What is agreed with, and kept about, one person: wishes, consent, plan, household, avoidances, team."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.actions.avoidances import avoid, lift
from matching.actions.conditions import add_wish, drop_wish
from matching.actions.consents import record_consent, withdraw
from matching.actions.households import add_member, leave_household, write_note
from matching.actions.plans import agree, change_plan, close_plan, make_plan
from matching.choices import AvoidanceKind, ConsentState, PlanState, Relation, Source, WishKind
from matching.forms.person import (
    AvoidForm,
    ConsentForm,
    HouseholdMemberForm,
    HouseholdNoteForm,
    PlanForm,
    WishForm,
)
from matching.forms.wishes import WishesForm
from matching.models import Avoidance, Client, Consent, HouseholdMember, Plan, Wish
from matching.permissions import client_for, clients_of, household_of, owned_for
from matching.refusals import NotPossible
from matching.views.door import StaffRequest, for_caseworkers, form_page, press
from matching.views.proposals import told_of


def home(client: Client) -> str:
    return reverse("desk_person", args=[client.number])


@for_caseworkers
@require_http_methods(["GET", "POST"])
def wishes(request: StaffRequest, number: str) -> HttpResponse:
    """Every question of one conversation on one page; only what changed is written."""
    client = client_for(request.user, number, page="wishes")
    form = WishesForm(request.POST or None, client=client)
    return form_page(
        request,
        client,
        form,
        lambda: form.save(by=request.user),
        title=_("希望と条件"),
        button=_("保存する"),
        done=_("希望と条件を保存しました。"),
        back=home(client),
        template="matching/person/wishes.html",
        draft="wishes",
        wishes=client.wishes.current(),
        wish_form=WishForm(auto_id="wish_%s"),
        page_name="desk_wishes",
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def wish_add(request: StaffRequest, number: str) -> HttpResponse:
    """好き・得意・希望 in the person's own words."""
    client = client_for(request.user, number, page="wishes")
    form = WishForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        add_wish(
            client=client,
            kind=WishKind(data["kind"]),
            words=data["words"],
            source=Source(data["source"]),
            is_important=data["is_important"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("好きなこと・得意なことを足す"),
        button=_("足す"),
        done=_("足しました。"),
        back=reverse("desk_wishes", args=[client.number]),
    )


@for_caseworkers
@require_POST
def wish_drop(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    client = client_for(request.user, number, page="wishes")
    wish = owned_for(request.user, client, Wish, key)
    return press(
        request,
        lambda: drop_wish(wish=wish, by=request.user),
        done=_("外しました。前のことばは記録に残っています。"),
        back=reverse("desk_wishes", args=[client.number]),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def consent(request: StaffRequest, number: str) -> HttpResponse:
    """What the person allows; a new answer replaces the one before."""
    client = client_for(request.user, number, page="consent")
    standing = client.consents.standing().first()
    form = ConsentForm(request.POST or None, initial=_consent_initial(standing))

    def act() -> None:
        data = form.cleaned_data
        given = ConsentState(data["state"]).is_given
        record_consent(
            client=client,
            state=ConsentState(data["state"]),
            asked_on=data["asked_on"],
            scope=form.scope() if given else [],
            for_hosts=data["for_hosts"],
            name_to_hosts=data["name_to_hosts"],
            released_needs=data["released_needs"] if given else [],
            conditions=data["conditions"],
            rules_version=data["rules_version"],
            from_on=data["from_on"],
            until_on=data["until_on"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("同意"),
        button=_("同意を書く"),
        done=_("同意を書きました。"),
        back=home(client),
        template="matching/person/consent.html",
        standing=standing,
        history=client.consents.select_related("asked_by"),
        told=told_of(client.disclosures.select_related("told_by", "proposal__place")),
        page_name="desk_consent",
    )


def _consent_initial(standing: Consent | None) -> dict[str, object]:
    if standing is None:
        return {"asked_on": timezone.localdate(), "state": ""}
    return {
        "state": standing.state,
        "asked_on": timezone.localdate(),
        "agencies": sorted({agency for agency, _item in standing.scope}),
        "items": sorted({item for _agency, item in standing.scope}),
        "for_hosts": standing.for_hosts,
        "released_needs": standing.released_needs,
        "name_to_hosts": standing.name_to_hosts,
        "conditions": standing.conditions,
        "rules_version": standing.rules_version,
        "until_on": standing.until_on,
    }


@for_caseworkers
@require_POST
def consent_withdraw(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    """The person takes it back; open requests to hosts go with it."""
    client = client_for(request.user, number, page="consent")
    row = owned_for(request.user, client, Consent, key)
    return press(
        request,
        lambda: withdraw(consent=row, by=request.user),
        done=_("同意を取り消しました。受け入れ先へのお願いも取り下げました。"),
        back=reverse("desk_consent", args=[client.number]),
    )


def open_plan(client: Client) -> Plan | None:
    return client.plans.exclude(state=PlanState.CLOSED).first()


def plan_initial(client: Client) -> dict[str, object]:
    """What the form of the plan shows when it is opened."""
    current = open_plan(client)
    if current is None:
        return {"from_on": timezone.localdate()}
    return {name: getattr(current, name) for name in PlanForm.base_fields}


@for_caseworkers
@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, number: str) -> HttpResponse:
    """The open plan: drafted, changed; agreed and closed by their own buttons."""
    client = client_for(request.user, number, page="plan")
    current = open_plan(client)
    form = PlanForm(request.POST or None, initial=plan_initial(client))

    def act() -> None:
        data = dict(form.cleaned_data)
        version = data.pop("edit_version")
        if current is None:
            make_plan(client=client, by=request.user, **data)
        else:
            change_plan(plan=current, edit_version=version or 0, by=request.user, **data)

    return form_page(
        request,
        client,
        form,
        act,
        title=_("プラン"),
        button=_("プランを保存する"),
        done=_("プランを保存しました。"),
        back=reverse("desk_plan", args=[client.number]),
        template="matching/person/plan.html",
        draft="plan",
        plan=current,
        plans=client.plans.filter(state=PlanState.CLOSED),
        supports=client.supports.filter(plan=current) if current else [],
        proposals=client.proposals.filter(plan=current).select_related("place") if current else [],
        newest_version=current.edit_version if current else None,
        page_name="desk_plan",
    )


@for_caseworkers
@require_POST
def plan_agree(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    client = client_for(request.user, number, page="plan")
    row = owned_for(request.user, client, Plan, key)
    return press(
        request,
        lambda: agree(plan=row, by=request.user),
        done=_("本人とプランを決めました。"),
        back=reverse("desk_plan", args=[client.number]),
    )


@for_caseworkers
@require_POST
def plan_close(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    client = client_for(request.user, number, page="plan")
    row = owned_for(request.user, client, Plan, key)
    return press(
        request,
        lambda: close_plan(plan=row, by=request.user),
        done=_("プランを終えました。"),
        back=reverse("desk_plan", args=[client.number]),
    )


@for_caseworkers
@require_http_methods(["GET", "POST"])
def household(request: StaffRequest, number: str) -> HttpResponse:
    """Who lives with the person, as far as each member's own rules let it be seen."""
    client = client_for(request.user, number, page="household")
    own = HouseholdMember.objects.filter(client=client, left_on=None).select_related("household").first()
    initial = {"note": own.household.note, "edit_version": own.household.edit_version} if own else {"edit_version": 1}
    form = HouseholdNoteForm(request.POST or None, initial=initial)
    return form_page(
        request,
        client,
        form,
        lambda: write_note(client=client, by=request.user, **form.cleaned_data),
        title=_("世帯"),
        button=_("世帯のようすを保存する"),
        done=_("保存しました。"),
        back=reverse("desk_household", args=[client.number]),
        template="matching/person/household.html",
        members=[
            (member, _may_open(request, member)) for member in household_of(request.user, client, page="household")
        ],
        newest_version=initial["edit_version"],
        page_name="desk_household",
    )


def _may_open(request: StaffRequest, member: HouseholdMember) -> bool:
    return member.client_id is not None and clients_of(request.user).filter(pk=member.client_id).exists()


@for_caseworkers
@require_http_methods(["GET", "POST"])
def household_add(request: StaffRequest, number: str) -> HttpResponse:
    """One more person of the household, by number when they are supported themselves."""
    client = client_for(request.user, number, page="household")
    form = HouseholdMemberForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        other = None
        if data["number"]:
            other = clients_of(request.user).filter(municipality=client.municipality).numbered(data["number"]).first()
            if other is None:
                raise NotPossible(_("その番号の人は見つかりません。番号を確かめてください。"))
        add_member(
            client=client,
            relation=Relation(data["relation"]),
            words=data["words"],
            age_band=data["age_band"],
            lives_apart=data["lives_apart"],
            member_client=other,
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("世帯の人を足す"),
        button=_("足す"),
        done=_("足しました。"),
        back=reverse("desk_household", args=[client.number]),
    )


@for_caseworkers
@require_POST
def household_leave(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    client = client_for(request.user, number, page="household")
    member = next((one for one in household_of(request.user, client, page="household") if one.uuid == key), None)

    def act() -> None:
        if member is None or member.client_id == client.pk:
            raise NotPossible
        leave_household(client=client, member=member, by=request.user)

    return press(request, act, done=_("世帯から外しました。"), back=reverse("desk_household", args=[client.number]))


@for_caseworkers
@require_http_methods(["GET", "POST"])
def avoidances(request: StaffRequest, number: str) -> HttpResponse:
    """Places and people to be kept away from. Read here only, never where places are shown."""
    client = client_for(request.user, number, page="avoid")
    form = AvoidForm(request.POST or None, municipality=client.municipality)

    def act() -> None:
        data = form.cleaned_data
        avoid(
            client=client,
            kind=AvoidanceKind(data["kind"]),
            place=data["place"],
            other=data["other"],
            words=data["words"],
            by=request.user,
        )

    return form_page(
        request,
        client,
        form,
        act,
        title=_("避ける場・人"),
        button=_("避けることにする"),
        done=_avoided_now(form),
        back=reverse("desk_avoid", args=[client.number]),
        template="matching/person/avoid.html",
        avoided=[(row, _number_of(row)) for row in client.avoidances.standing().select_related("place")],
        page_name="desk_avoid",
    )


def _avoided_now(form: AvoidForm) -> Promise:
    """What now follows: words alone close no place."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if said.get("place"):
        return _("これから、この人にはこの場を提案しません。")
    if said.get("other"):
        return _("これから、その人が通う場やたずねている場を、この人には提案しません。")
    return _("書きました。ことばだけでは、一覧から場を外せません。場をさがすページに、確かめるよう出ます。")


def _number_of(row: Avoidance) -> str:
    return Client.objects.get(uuid=row.other).number if row.names_person else ""


@for_caseworkers
@require_POST
def avoid_lift(request: StaffRequest, number: str, key: uuid.UUID) -> HttpResponse:
    client = client_for(request.user, number, page="avoid")
    row = owned_for(request.user, client, Avoidance, key)
    return press(
        request,
        lambda: lift(avoidance=row, by=request.user),
        done=_("避けなくてよいことにしました。"),
        back=reverse("desk_avoid", args=[client.number]),
    )
