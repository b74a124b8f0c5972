"""How a change is pressed, and what stands there before: fixed people, fixed words, fixed keys."""

import importlib
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from directory.actions.letterbox import answer_request
from directory.choices import FunctionalNeed, HostAnswer
from directory.models import HostRequest
from matching.actions import (
    boards,
    clients,
    honorariums,
    measures,
    placements,
    proposals,
    prospects,
    requests,
    visits,
)  # fmt: skip
from matching.choices import (
    ConsentState,
    GapAnswer,
    MeasureWay,
    PaidPer,
    ProposalState,
    Source,
    WishKind,
)  # fmt: skip
from matching.measures import scales
from matching.models import Placement, Proposal, RequestLink
from tests.matching.cast import TODAY, Cast

Press = Callable[[], Any]
Prepare = Callable[[Cast], Press]
PRESSES: dict[str, Prepare] = {}
KEY = uuid.UUID("00000000-0000-4000-8000-000000000001")
UCLA = scales().by_code["ucla3"]


def press(name: str) -> Callable[[Prepare], Prepare]:
    """`module.function`; what follows a space tells two presses of one function apart."""

    def keep(prepare: Prepare) -> Prepare:
        PRESSES[name] = prepare
        return prepare

    return keep


def simple(name: str, prepare: Callable[[Cast], dict[str, Any]]) -> None:
    """A change whose arguments are all there is to it."""
    module, _dot, function = name.partition(" ")[0].partition(".")
    change = getattr(importlib.import_module(f"matching.actions.{module}"), function)

    def ready(cast: Cast) -> Press:
        arguments = {"by": cast.sakura, **prepare(cast)}
        return lambda: change(**arguments)

    PRESSES[name] = ready


def running(cast: Cast) -> Placement:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    return placements.begin(proposal=proposal, begins_on=date(2026, 11, 3), by=cast.sakura)


def asked(cast: Cast) -> RequestLink:
    client = cast.a_client()
    cast.a_consent(client)
    return requests.ask_host(proposal=cast.a_proposal(client), needs=[FunctionalNeed.QUIET_SEAT], by=cast.sakura)


def answered(cast: Cast) -> RequestLink:
    link = asked(cast)
    letter = HostRequest.objects.get(uuid=link.request_uuid)
    answer_request(request=letter, answer=HostAnswer.YES, by=cast.hana)
    return link


def collected(cast: Cast) -> RequestLink:
    link = answered(cast)
    requests.collect_letters()
    link.refresh_from_db()
    return link


def named(cast: Cast) -> Proposal:
    """A host said yes to somebody who allows in writing that their name is told."""
    client = cast.a_client()
    cast.a_consent(client, state=ConsentState.WRITTEN, name_to_hosts=True)
    return cast.a_proposal(client, state=ProposalState.WELCOMED)


def visiting(cast: Cast) -> Any:
    proposal = cast.a_proposal(cast.a_client(), state=ProposalState.WELCOMED)
    return visits.plan_visit(proposal=proposal, at=moment(), by=cast.sakura)


def moment() -> datetime:
    return timezone.make_aware(datetime(2026, 11, 20, 11, 20))


def declined(cast: Cast) -> Proposal:
    return proposals.decline(proposal=cast.a_proposal(cast.a_client()), reason="host_full", by=cast.sakura)


def a_board(cast: Cast) -> Any:
    return boards.open_board(
        municipality=cast.town, clients=[cast.a_client()], seats={cast.place: 1}, held_on=TODAY, by=cast.nakano,
        form_key=KEY,
    )  # fmt: skip


def a_prospect(cast: Cast) -> Any:
    idea = prospects.Idea(name="花屋")
    return prospects.make(municipality=cast.town, idea=idea, worker=cast.sakura, by=cast.sakura, form_key=KEY)


def owed(cast: Cast) -> Any:
    return honorariums.enter(place=cast.place, municipality=cast.town, owed=OCTOBER, form_key=KEY, by=cast.sakura)


def measured(cast: Cast) -> Any:
    return measures.measure(client=cast.a_client(), by=cast.sakura, **THREE_ANSWERS)


def protected(cast: Cast) -> Any:
    return clients.protect(client=cast.a_client(), allow=[cast.nakano], by=cast.sakura)


OCTOBER = honorariums.Owed(date(2026, 10, 1), date(2026, 10, 31), PaidPer.DAY, 3, 1500)
THREE_ANSWERS: dict[str, Any] = {
    "scale": UCLA, "answers": [1, 2, 3], "way": MeasureWay.SELF, "on": TODAY, "form_key": KEY,
}  # fmt: skip
WISH: dict[str, Any] = {"kind": WishKind.INTEREST, "words": "料理", "source": Source.SELF}
PLAN: dict[str, Any] = {"goal": "昼を食べる", "gap": GapAnswer.GAP, "gap_words": "ない", "from_on": TODAY}
