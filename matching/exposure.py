"""露出監査 (R11): who is offered what. Looks for groups that are passed over; changes nothing, decides nothing.

Sensitive traits take part in no judgement. They are counted here, and only here, so that a town can see whether the
work passes somebody by all the same. People under special protection are in no sum.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.choices import HostAnswer, HostReason
from directory.models import Municipality
from matching import codes
from matching.actions.requests import REASON_OF_HOST
from matching.choices import ClientState, DeclineSide, PersonAnswer, ProposalState, Sex
from matching.models import Client, Placement, Proposal, RequestLink, Trouble
from matching.needs import town_needs
from matching.retention import FEW, FEWEST, Z

# Somebody who takes part for so long is counted as having stayed.
STAYED = timedelta(days=91)
TRAITS = [("disability_certified", gettext_lazy("障害（手帳あり）")), ("foreign", gettext_lazy("外国籍"))]


@dataclass(frozen=True)
class Rate:
    """So many of so many, with the 95 % interval of Wilson; nothing is shown below five people."""

    hits: int
    of: int

    @property
    def is_shown(self) -> bool:
        return self.of >= FEWEST

    @property
    def is_reference_only(self) -> bool:
        return self.of < FEW

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """(low, high), from 0 to 1. Source: Wilson 1927."""
        if not self.of:
            return 0.0, 1.0
        share, number = self.value, self.of
        middle = (share + Z**2 / (2 * number)) / (1 + Z**2 / number)
        half = Z * math.sqrt(share * (1 - share) / number + Z**2 / (4 * number**2)) / (1 + Z**2 / number)
        return max(0.0, middle - half), min(1.0, middle + half)

    def differs_from(self, whole: "Rate") -> bool:
        """Whether the whole lies outside the interval of this group: worth a look, no proof."""
        low, high = self.interval
        return self.is_shown and not low <= whole.value <= high


@dataclass
class Tally:
    """One group of people: how far each of them has come.

    From 提案 to 3か月 it is one cohort: who was offered something in the period, and what became of that.
    """

    name: str
    people: set[int] = field(default_factory=set)
    proposed: set[int] = field(default_factory=set)
    accepted: set[int] = field(default_factory=set)
    started: set[int] = field(default_factory=set)
    # Of those who started at least three months ago: who stayed so long.
    known: set[int] = field(default_factory=set)
    stayed: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    without: set[int] = field(default_factory=set)
    open: set[int] = field(default_factory=set)
    # Yes and no of hosts, a letter each; the reasons of the no.
    answers: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def rates(self) -> list[Rate]:
        """In the order of COLUMNS."""
        return [
            Rate(len(self.proposed), len(self.people)),
            Rate(len(self.accepted), len(self.proposed)),
            Rate(len(self.started), len(self.accepted)),
            Rate(len(self.stayed), len(self.known)),
            Rate(self.reasons.total(), self.answers),
            Rate(len(self.waiting), len(self.open)),
            Rate(len(self.without), len(self.open)),
        ]


COLUMNS = [
    gettext_lazy("提案があった"),
    gettext_lazy("本人が「はい」"),
    gettext_lazy("始まった"),
    gettext_lazy("3か月つづいた"),
    gettext_lazy("受け入れ先が断った（返事のうち）"),
    gettext_lazy("どこにも参加していない（支援中のうち）"),
    gettext_lazy("選べる場が一つもない（支援中のうち）"),
]


@dataclass(frozen=True)
class Audit:
    """All groups of a town between two days; `whole` is everybody."""

    from_on: date
    until_on: date
    whole: Tally
    groups: list[tuple[str, list[Tally]]]

    @property
    def declines(self) -> list[tuple[str, int]]:
        """(reason, number of declines by hosts), the most first."""
        return self.whole.reasons.most_common()

    @property
    def declines_by_group(self) -> list[tuple[str, str, list[int]]]:
        """(kind of group, group, number per reason in the order of `declines`); from five answers of hosts on."""
        return [
            (group, tally.name, [tally.reasons[reason] for reason, _number in self.declines])
            for group, tallies in self.groups
            for tally in tallies
            if tally.answers >= FEWEST
        ]


def audit(town: Municipality, *, from_on: date, until_on: date, today: date) -> Audit:
    """Everybody supported in the period, by age, sex, district and two traits; a handful of queries."""
    clients = list(
        Client.objects.filter(municipality=town, is_protected=False, opened_on__lte=until_on)
        .filter(Q(closed_on=None) | Q(closed_on__gte=from_on))
        .select_related("district")
    )
    traits = _traits(town, clients, from_on=from_on, until_on=until_on)
    whole = Tally(_("全体"))
    tallies: dict[str, dict[str, Tally]] = defaultdict(dict)
    belongs: dict[int, list[Tally]] = {}
    for client in clients:
        own = [whole]
        for group, name in _groups(client, traits, today):
            own.append(tallies[group].setdefault(name, Tally(name)))
        belongs[client.pk] = own
    _fill(belongs, clients, town, from_on=from_on, until_on=until_on, today=today)
    for client_pk, reason in _host_answers(town, from_on, until_on):
        for tally in belongs.get(client_pk, ()):
            tally.answers += 1
            if reason:
                tally.reasons[reason] += 1
    groups = [(group, sorted(found.values(), key=lambda one: one.name)) for group, found in tallies.items()]
    return Audit(from_on, until_on, whole, groups)


def _traits(town: Municipality, clients: Iterable[Client], *, from_on: date, until_on: date) -> dict[str, set[int]]:
    """What was so at some time of the period."""
    rows = Trouble.objects.filter(
        Q(resolved_on=None) | Q(resolved_on__gt=from_on),
        municipality=town,
        client__in=clients,
        code__in=[code for code, _words in TRAITS],
        found_on__lte=until_on,
    )
    found: dict[str, set[int]] = defaultdict(set)
    for code, client in rows.values_list("code", "client"):
        found[code].add(client)
    return found


def age_band(birth_year: int | None, today: date) -> str:
    """0–18, 19–64, 65–, 不明, as the state counts (R1); by the age reached this year."""
    if birth_year is None:
        return _("年齢不明")
    age = today.year - birth_year
    return _("0～18歳") if age <= 18 else _("19～64歳") if age <= 64 else _("65歳から")


def _groups(client: Client, traits: dict[str, set[int]], today: date) -> list[tuple[str, str]]:
    """(kind of group, the group) this person belongs to."""
    district = client.district.name if client.district else _("地区不明")
    found = [
        (_("年齢"), age_band(client.birth_year, today)),
        (_("性別"), str(Sex(client.sex).label)),
        (_("地区"), district),
    ]
    for code, words in TRAITS:
        found.append((str(words), _("あり") if client.pk in traits[code] else _("なし・聞いていない")))
    return found


def _fill(
    belongs: dict[int, list[Tally]],
    clients: list[Client],
    town: Municipality,
    *,
    from_on: date,
    until_on: date,
    today: date,
) -> None:
    def put(pk: int, where: Callable[[Tally], set[int]]) -> None:
        for tally in belongs.get(pk, ()):
            where(tally).add(pk)

    offered = Proposal.objects.filter(
        municipality=town, client__in=belongs, proposed_on__gte=from_on, proposed_on__lte=until_on
    )
    for client, answer in offered.values_list("client", "person_answer"):
        put(client, lambda tally: tally.proposed)
        if answer in {PersonAnswer.WANT, PersonAnswer.SEE_FIRST}:
            put(client, lambda tally: tally.accepted)
    running: set[int] = set()
    of_cohort = set(offered.values_list("pk", flat=True))
    for row in Placement.objects.filter(municipality=town, client__in=belongs, begins_on__lte=today):
        if row.ends_on is None or row.ends_on >= today:
            running.add(row.client_id)
        if row.proposal_id not in of_cohort:
            continue
        put(row.client_id, lambda tally: tally.started)
        # Whoever began lately is left out whether they left or not: counting the leavers alone would say too little.
        if today - row.begins_on >= STAYED:
            put(row.client_id, lambda tally: tally.known)
            if (row.ends_on or today) - row.begins_on >= STAYED:
                put(row.client_id, lambda tally: tally.stayed)
    without = town_needs(town, today=today).without
    for client in clients:
        put(client.pk, lambda tally: tally.people)
        if client.state in {ClientState.OPEN, ClientState.WAITING}:
            put(client.pk, lambda tally: tally.open)
            if client.pk not in running:
                put(client.pk, lambda tally: tally.waiting)
            if client.pk in without:
                put(client.pk, lambda tally: tally.without)


def _host_answers(town: Municipality, from_on: date, until_on: date) -> Iterator[tuple[int, str]]:
    """(client, the reason of a host's no, or nothing for a yes), a letter each; what was set back later counts too.

    A no told without a letter stands with the proposal.
    """
    theirs = {"municipality": town}
    links = RequestLink.objects.filter(
        **theirs, answer__in=[HostAnswer.YES, HostAnswer.NO], answered_at__date__range=(from_on, until_on)
    )
    for client, answer, reason in links.values_list("proposal__client", "answer", "reason"):
        yield client, _reason(reason) if answer == HostAnswer.NO else ""
    told = Proposal.objects.filter(
        **theirs, state=ProposalState.DECLINED, decline_side=DeclineSide.HOST, declined_on__range=(from_on, until_on)
    ).exclude(requests__answer=HostAnswer.NO)
    for client, reason, version in told.values_list("client", "decline_reason", "decline_version"):
        yield client, codes.label("decline_reasons", reason, version)


def _reason(reason: str) -> str:
    codelist = codes.current("decline_reasons")
    return codelist[REASON_OF_HOST[HostReason(reason)]].label
