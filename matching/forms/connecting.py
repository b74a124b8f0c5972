"""Forms of つなぐ: looking for a place by words, and suggesting one."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Role, Slot
from matching.forms import parts
from matching.options import Option, role_words


class FindPlaceForm(forms.Form):
    """Words of a name, or of what one does there. Sent, not written into the address."""

    words = forms.CharField(
        label=_("場の名前・番号・すること"), max_length=100, help_text=_("例: ひだまり、将棋、畑"), strip=True
    )


class ProposeForm(forms.Form):
    """In what role, and why this place where the order says otherwise."""

    what = forms.ChoiceField(label=_("何から始めるか"), widget=forms.RadioSelect)
    against_order = parts.words(
        _("この場を選ぶわけ"),
        rows=2,
        help_text=_("例: 本人がここがいいと言っている。知っている人がいて安心。ひとことで大丈夫です。"),
    )

    def __init__(self, *args: Any, option: Option, needs_reason: bool, slot: str = "", **kwargs: Any) -> None:
        """`slot`: the uuid of the one that was looked at before, chosen to begin with."""
        super().__init__(*args, **kwargs)
        self.slots: dict[str, Slot] = {}
        self.roles: dict[str, Role] = {}
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [*self._slots(option), *self._roles(option), ("later", _("役割はあとで決める"))]
        what.initial = self._best(option, f"slot-{slot}")
        if needs_reason:
            self.fields["against_order"].required = True
        else:
            del self.fields["against_order"]

    def _slots(self, option: Option) -> list[tuple[str, str]]:
        allowed = {role.pk for role in option.open_roles}
        for slot in option.slots:
            if slot.free_seats and (slot.role_id is None or slot.role_id in allowed):
                self.slots[f"slot-{slot.uuid}"] = slot
        return [(key, _slot_words(slot)) for key, slot in self.slots.items()]

    def _roles(self, option: Option) -> list[tuple[str, str]]:
        offered = {slot.role_id for slot in self.slots.values()}
        seats = {role.id: option.facts.terms_of(role).free_seats for role in option.facts.roles}
        words: list[tuple[str, str]] = []
        for role in option.open_roles:
            if role.pk in offered:
                continue
            self.roles[key := f"role-{role.uuid}"] = role
            shared = self._shared_slot(role)
            if shared is not None:
                free = _seats_words(shared)
            else:
                unknown = seats.get(str(role.uuid)) is None
                free = gettext("空きはまだ分からない") if unknown else gettext("空きなし")
            words.append((key, f"{role_words(role)}　{free}"))
        return words

    def _shared_slot(self, role: Role) -> Slot | None:
        """The slot that is for every role of this one's activity."""
        of_activity = (each for each in self.slots.values() if each.role_id is None)
        return next((each for each in of_activity if each.activity_id == role.activity_id), None)

    def _best(self, option: Option, wanted: str) -> str:
        """The role that was judged to fit best, within the slot that was looked at."""
        best = option.candidate.role.id
        role = self.roles.get(f"role-{best}")
        shared = self._shared_slot(role) if role else None
        if wanted in self.slots and (shared is None or wanted != f"slot-{shared.uuid}"):
            return wanted
        for key, slot in self.slots.items():
            # A way that names no role goes by the name of its activity.
            is_own = not best and slot.activity.name == option.candidate.role.name
            if is_own or (slot.role and str(slot.role.uuid) == best):
                return key
        return f"role-{best}" if role else next(iter(self.slots), "later")

    def chosen(self) -> tuple[Slot | None, Role | None]:
        """The slot and the role, as the action takes them; a role takes a seat of the slot it shares."""
        key = self.cleaned_data["what"]
        role = self.roles.get(key)
        return (self._shared_slot(role) if role else self.slots.get(key)), role


def _slot_words(slot: Slot) -> str:
    what = role_words(slot.role) if slot.role else slot.activity.name
    return f"{what}　{_seats_words(slot)}"


def _seats_words(slot: Slot) -> str:
    return gettext("あと%(seats)s人") % {"seats": slot.free_seats}
