"""Receiving a consultation, or something a member of staff noticed: the beginning of all work (F1)."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from directory.models import Municipality, Office, User
from matching import clocks, codes
from matching.actions.clients import Person, open_client
from matching.actions.records import next_step
from matching.changes import changed
from matching.choices import ConsultationKind, WhoCame
from matching.models import Client, Consultation, Trouble


@transaction.atomic
def receive(
    *,
    municipality: Municipality,
    office: Office,
    route: str,
    who_came: WhoCame,
    matters: list[str],
    by: User,
    form_key: uuid.UUID,
    client: Client | None = None,
    person: Person | None = None,
    main_worker: User | None = None,
    kind: ConsultationKind = ConsultationKind.CONSULTATION,
    received_on: date | None = None,
    window_field: str = "",
    who_came_words: str = "",
    most_serious: str = "",
    words: str = "",
    wish: str = "",
    is_urgent: bool = False,
    urgent_words: str = "",
    is_protected: bool = False,
    outreach: bool = False,
) -> Consultation:
    """Write down a consultation; opens the person's record and puts the first contact in the diary when they are new.

    Pressing twice (the same `form_key`) receives once. Raises UnknownCode, NotAllowedToWork.
    """
    before = Consultation.objects.filter(form_key=form_key).first()
    if before is not None:
        return before
    day = received_on or timezone.localdate()
    routes, list_of_matters = codes.current("routes", on=day), codes.current("matters", on=day)
    for code in [*matters, *([most_serious] if most_serious else [])]:
        list_of_matters[code]
    is_new = client is None
    if client is None:
        client = open_client(
            municipality=municipality,
            office=office,
            main_worker=main_worker or by,
            person=person or Person(),
            by=by,
            is_protected=is_protected,
            outreach=outreach,
            opened_on=day,
        )
    consultation = Consultation.objects.create(
        client=client,
        kind=kind,
        received_on=day,
        received_by=by,
        office=office,
        window_field=window_field,
        route=routes[route].code,
        route_version=routes.version,
        who_came=who_came,
        who_came_words=who_came_words,
        matters=matters,
        matters_version=list_of_matters.version,
        most_serious=most_serious,
        words=words,
        wish=wish,
        is_urgent=is_urgent,
        urgent_words=urgent_words,
        form_key=form_key,
    )
    changed("consultation.received", client=client, by=by, consultation=str(consultation.uuid), kind=kind, route=route)
    if is_urgent:
        next_step(client=client, due_on=day, kind="call", words=urgent_words, by=by)
    elif is_new and not outreach:
        # In アウトリーチ trust comes first, so no clock runs there.
        days = clocks.of(client.municipality)["first_contact"]
        next_step(client=client, due_on=clocks.after(day, days), kind="call", by=by)
    return consultation


@transaction.atomic
def set_troubles(*, client: Client, troubles: list[str], main: list[str], by: User) -> list[Trouble]:
    """The coded troubles as staff see them now; what is left out counts as resolved today. At most three are main."""
    codelist = codes.current("troubles")
    Client.objects.select_for_update().get(pk=client.pk)
    open_ones = {trouble.code: trouble for trouble in client.troubles.filter(resolved_on=None)}
    if {code: code in main[:3] for code in troubles} == {code: row.is_main for code, row in open_ones.items()}:
        return list(open_ones.values())
    for code, trouble in open_ones.items():
        if code not in troubles:
            trouble.resolved_on = timezone.localdate()
            trouble.save()
    for code in troubles:
        trouble = open_ones.get(code) or Trouble(client=client, code=codelist[code].code, version=codelist.version)
        trouble.is_main = code in main[:3]
        trouble.save()
    changed("troubles.set", client=client, by=by, troubles=sorted(troubles), main=sorted(main[:3]))
    return list(client.troubles.filter(resolved_on=None))
