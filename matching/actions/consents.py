"""Writing down what a person allows, and taking it back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.choices import FunctionalNeed
from directory.models import HostRequest, User
from matching import codes
from matching.changes import changed
from matching.choices import ConsentState
from matching.models import Client, Consent, RequestLink


@transaction.atomic
def record_consent(
    *,
    client: Client,
    state: ConsentState,
    by: User,
    asked_on: date | None = None,
    scope: list[list[str]] | None = None,
    for_hosts: bool = False,
    name_to_hosts: bool = False,
    released_needs: list[str] | None = None,
    conditions: str = "",
    rules_version: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
) -> Consent:
    """Write down the person's answer; it replaces the one before, which is kept.

    Where hosts may no longer be asked, or a need is no longer released, open requests are taken back.
    """
    agencies, items = codes.current("agencies"), codes.current("consent_items")
    facts: dict[str, Any] = {
        "state": state,
        "asked_on": asked_on or (None if state == ConsentState.UNASKED else timezone.localdate()),
        "scope": sorted([agencies[agency].code, items[item].code] for agency, item in scope or []),
        "scope_version": items.version,
        "for_hosts": for_hosts,
        "name_to_hosts": name_to_hosts,
        "released_needs": sorted(FunctionalNeed(need).value for need in released_needs or []),
        "conditions": conditions,
        "rules_version": rules_version,
        "from_on": from_on or asked_on or timezone.localdate(),
        "until_on": until_on,
    }
    Client.objects.select_for_update().get(pk=client.pk)
    before = client.consents.standing().first()
    if before is not None and all(getattr(before, name) == value for name, value in facts.items()):
        return before
    if before is not None:
        before.superseded_at = timezone.now()
        before.save()
    consent = Consent.objects.create(client=client, asked_by=by, **facts)
    changed("consent.recorded", client=client, by=by, consent=str(consent.uuid), state=state, for_hosts=for_hosts)
    _take_back_requests(client, consent, by)
    return consent


@transaction.atomic
def withdraw(*, consent: Consent, by: User) -> Consent:
    """The person takes the consent back: every open request to a host is taken back with it, at once."""
    live = Consent.objects.select_for_update().get(pk=consent.pk)
    if live.withdrawn_at is None:
        live.withdrawn_at, live.withdrawn_by = timezone.now(), by
        live.save()
        changed("consent.withdrawn", client=live.client, by=by, consent=str(live.uuid))
        _take_back_requests(live.client, None, by)
    return live


def _take_back_requests(client: Client, consent: Consent | None, by: User) -> None:
    """Every letter that this consent does not cover any more; who takes part already is talked to, today."""
    from matching.actions.records import next_step
    from matching.actions.requests import BEFORE_TAKING_PART, withdraw_request

    is_valid = consent is not None and consent.for_hosts and consent.is_valid(on=timezone.localdate())
    allowed = set(consent.released_needs) if consent and is_valid else set()
    for link in RequestLink.objects.filter(proposal__client=client, withdrawn_at=None, closed_at=None):
        told = set(link.told_needs)
        if is_valid and told <= allowed:
            continue
        if link.proposal.state in BEFORE_TAKING_PART:
            withdraw_request(link=link, by=by)
        elif told - allowed:
            HostRequest.objects.filter(uuid=link.request_uuid).update(needs=sorted(told & allowed))
    if not is_valid and client.placements.running().exists():
        next_step(client=client, due_on=timezone.localdate(), kind="consent", by=by)
