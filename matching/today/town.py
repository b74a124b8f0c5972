"""今日 beside one's own people: how every worker of the town stands, and whom to call about places to be."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from directory.models import User
from matching.choices import ClientState, ProspectState
from matching.models import Prospect
from matching.permissions import clients_of


@dataclass(frozen=True)
class Load:
    """One main worker: people of whom something is overdue, due today, due within the days ahead; all of theirs."""

    worker: str
    late: int
    today: int
    soon: int
    people: int


def loads_of(user: User, *, on: date, days: int = 7) -> list[Load]:
    """Of everybody the user may see, by main worker, who has most overdue first. Numbers only: no person is shown."""
    rows = (
        clients_of(user)
        .select_related(None)
        .exclude(state=ClientState.CLOSED)
        .order_by()
        .values_list("main_worker")
        .annotate(
            late=Count("pk", filter=Q(next_on__lt=on)),
            today=Count("pk", filter=Q(next_on=on)),
            soon=Count("pk", filter=Q(next_on__gt=on, next_on__lte=on + timedelta(days=days))),
            people=Count("pk"),
        )
    )
    # Two workers may bear the same name.
    workers = User.objects.in_bulk([worker for worker, *_numbers in rows])
    loads = (Load(str(workers[worker]), *numbers) for worker, *numbers in rows)
    return sorted(loads, key=lambda one: (-one.late, -one.today, one.worker))


def talks_of(user: User, *, on: date, days: int = 7) -> QuerySet[Prospect]:
    """Cards of 資源開拓 whose next talk is this member's, overdue or within the days ahead."""
    alive = Prospect.objects.filter(worker=user, state__in=ProspectState.alive_values())
    return alive.filter(next_on__lte=on + timedelta(days=days)).order_by("next_on", "pk")
