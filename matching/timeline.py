"""経過: everything that happened to one person, newest first, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from matching import codes
from matching.choices import VisitResult
from matching.models import Client, FollowUp, HostSupport, PlacementChange, RequestLink, Visit
from matching.permissions import records_for


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `is_step` marks what moved the work on (a filled dot)."""

    on: date
    order: int
    head: str
    text: str = ""
    by: str = ""
    is_step: bool = False


def timeline_of(user: User, client: Client) -> list[Entry]:
    """What this member of staff may read of it."""
    entries = [
        *_consultations(client),
        *_records(user, client),
        *_consents(client),
        *_plans(client),
        *_proposals(client),
        *_letters(client),
        *_visits(client),
        *_placements(client),
        *_changes(client),
        *_supports(client),
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.order), reverse=True)


def _consultations(client: Client) -> list[Entry]:
    return [
        Entry(
            row.received_on,
            0,
            _("%(kind)s　%(route)s")
            % {
                "kind": row.get_kind_display(),
                "route": codes.label("routes", row.route, row.route_version),
            },
            row.words,
            str(row.received_by),
            is_step=True,
        )
        for row in client.consultations.select_related("received_by")
    ]


def _records(user: User, client: Client) -> list[Entry]:
    return [Entry(row.on, 5, row.get_way_display(), row.words, str(row.by)) for row in records_for(user, client)]


def _consents(client: Client) -> list[Entry]:
    entries = []
    for row in client.consents.select_related("asked_by"):
        entries.append(
            Entry(
                row.asked_on or row.from_on,
                1,
                _("同意: %(state)s") % {"state": row.get_state_display()},
                by=str(row.asked_by),
                is_step=True,
            )
        )
        if row.withdrawn_at:
            entries.append(Entry(timezone.localdate(row.withdrawn_at), 9, _("同意の取り消し"), is_step=True))
    return entries


def _plans(client: Client) -> list[Entry]:
    entries = []
    for row in client.plans.select_related("made_by"):
        name = _("プラン%(serial)s") % {"serial": row.serial}
        entries.append(
            Entry(timezone.localdate(row.made_at), 2, _("%(name)s　案") % {"name": name}, by=str(row.made_by))
        )
        if row.agreed_on:
            entries.append(
                Entry(row.agreed_on, 3, _("%(name)s　決定") % {"name": name}, f"「{row.goal}」", is_step=True)
            )
        if row.closed_on:
            entries.append(Entry(row.closed_on, 9, _("%(name)s　終わり") % {"name": name}))
    return entries


def _proposals(client: Client) -> list[Entry]:
    entries = []
    for row in client.proposals.select_related("place", "proposed_by"):
        entries.append(
            Entry(row.proposed_on, 3, _("提案　%(place)s") % {"place": row.place.name}, row.what, str(row.proposed_by))
        )
        if row.answered_on:
            words = f"「{row.person_words}」" if row.person_words else ""
            entries.append(
                Entry(
                    row.answered_on,
                    4,
                    _("本人の返事: %(answer)s　%(place)s")
                    % {"answer": row.get_person_answer_display(), "place": row.place.name},
                    words,
                    is_step=True,
                )
            )
        if row.declined_on and row.decline_side != "person":
            reason = codes.label("decline_reasons", row.decline_reason, row.decline_version)
            entries.append(
                Entry(
                    row.declined_on,
                    8,
                    _("見送り　%(place)s") % {"place": row.place.name},
                    f"{reason}　{row.decline_words}",
                )
            )
    return entries


def _letters(client: Client) -> list[Entry]:
    entries = []
    for row in RequestLink.objects.filter(proposal__client=client).select_related("proposal__place", "asked_by"):
        place = row.proposal.place.name
        entries.append(
            Entry(
                timezone.localdate(row.asked_at),
                5,
                _("受け入れ先にお願い　%(place)s") % {"place": place},
                by=str(row.asked_by),
            )
        )
        if row.answered_at:
            entries.append(
                Entry(
                    timezone.localdate(row.answered_at),
                    6,
                    _("受け入れ先の返事: %(answer)s") % {"answer": row.get_answer_display()},
                    place,
                    is_step=True,
                )
            )
    return entries


def _visits(client: Client) -> list[Entry]:
    entries = []
    for row in Visit.objects.filter(proposal__client=client).exclude(result="").select_related("proposal__place"):
        text = "　".join(part for part in (row.notes, row.reflection) if part)
        head = _("%(kind)s　%(place)s（%(result)s）") % {
            "kind": row.get_kind_display(),
            "place": row.proposal.place.name,
            "result": row.get_result_display(),
        }
        entries.append(Entry(timezone.localdate(row.at), 7, head, text, is_step=row.result == VisitResult.CAME))
    return entries


def _changes(client: Client) -> list[Entry]:
    rows = PlacementChange.objects.filter(placement__client=client).select_related("placement__place", "by")
    return [
        Entry(
            row.on,
            6,
            _("%(kind)s　%(place)s") % {"kind": row.get_kind_display(), "place": row.placement.place.name},
            "　".join(part for part in (f"→ {row.get_after_display()}" if row.after else "", row.words) if part),
            str(row.by),
            is_step=True,
        )
        for row in rows
    ]


def _supports(client: Client) -> list[Entry]:
    entries = []
    for row in client.supports.select_related("made_by"):
        what = {"kind": row.get_kind_words()}
        entries.append(Entry(row.from_on, 5, _("支えが始まった　%(kind)s") % what, row.who, str(row.made_by)))
        if row.ended_on:
            entries.append(Entry(row.ended_on, 5, _("支えが終わった　%(kind)s") % what, row.end_words))
    return entries


def _placements(client: Client) -> list[Entry]:
    entries = []
    for row in client.placements.select_related("place", "begun_by"):
        entries.append(
            Entry(
                row.begins_on, 7, _("参加が始まった　%(place)s") % {"place": row.place.name}, row.agreed, is_step=True
            )
        )
        if row.ends_on:
            reason = codes.label("end_reasons", row.end_reason, row.end_version)
            head = _("参加が終わった　%(place)s（%(reason)s）") % {"place": row.place.name, "reason": reason}
            entries.append(Entry(row.ends_on, 9, head, row.end_words, is_step=True))
    follow_ups = FollowUp.objects.filter(placement__client=client, done_on__isnull=False)
    for follow_up in follow_ups.select_related("placement__place", "done_by"):
        head = _("ようす　%(place)s（%(step)s）") % {
            "place": follow_up.placement.place.name,
            "step": follow_up.get_step_display(),
        }
        text = "　".join(part for part in (follow_up.get_regularity_display(), follow_up.words) if part)
        entries.append(Entry(follow_up.done_on or follow_up.due_on, 7, head, text, str(follow_up.done_by)))
    supports = HostSupport.objects.filter(placement__client=client, on__isnull=False).select_related("place", "by")
    for support in supports:
        head = _("受け入れ先と話した　%(place)s") % {"place": support.place.name}
        entries.append(Entry(support.on or support.due_on, 7, head, support.words, str(support.by)))
    return entries
