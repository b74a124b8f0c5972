"""いま動いていること of one person, in lines: the draft of a memo of hand-over."""

from django.utils.translation import gettext as _

from matching.models import Client


def underway_of(client: Client) -> str:
    """Open proposals, running placements, promises and supports, one a line; staff write on from there."""
    lines = [
        _("%(place)s: %(state)s") % {"place": row.place.name, "state": row.get_state_display()}
        for row in client.proposals.open().select_related("place").order_by("pk")
    ]
    for row in client.placements.running().select_related("place").order_by("pk"):
        state = _("お休み中") if row.rests_from_on else row.get_stage_display()
        lines.append(_("%(place)s: 参加中（%(state)s）") % {"place": row.place.name, "state": state})
    for step in client.next_steps.waiting():
        day = f"{step.due_on.month}/{step.due_on.day}"
        lines.append(_("%(day)s %(kind)s %(words)s") % {"day": day, "kind": step.get_kind_words(), "words": step.words})
    for support in client.supports.filter(ended_on=None):
        lines.append(_("%(kind)s: %(who)s") % {"kind": support.get_kind_words(), "who": support.who})
    for wait in client.seat_waits.waiting().select_related("place"):
        lines.append(_("%(place)s: 空き待ち") % {"place": wait.place.name})
    return "\n".join(line.rstrip() for line in lines)
