"""Choosing who and what stands on a board, and what a meeting decides about a pair."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Municipality, Place, Slot
from matching.choices import BoardRuleKind, ClientState, PlanState
from matching.facts_of import published
from matching.forms import parts
from matching.models import Board, Client, Placement, Proposal
from matching.models.client import ClientQuerySet

MOST_SEATS = 50


class ClientChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.shown_as}"


def waiting_clients(clients: ClientQuerySet, town: Municipality) -> ClientQuerySet:
    """Who has a plan and nothing under way: neither taking part nor with a suggestion that is open."""
    busy = Placement.objects.running().values("client")
    asked = Proposal.objects.open().values("client")
    return clients.filter(
        municipality=town, state__in=[ClientState.OPEN, ClientState.WAITING], plans__state=PlanState.AGREED
    ).exclude(Q(pk__in=busy) | Q(pk__in=asked))


def free_seats(town: Municipality) -> dict[int, int]:
    """Free seats by place, of slots that are open today."""
    today = timezone.localdate()
    slots = Slot.objects.filter(
        Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today, is_open=True, free_seats__gt=0
    ).filter(activity__place__in=published(town))
    rows = slots.order_by().values("activity__place").annotate(free=Sum("free_seats"))
    return {row["activity__place"]: row["free"] for row in rows}


class BoardForm(forms.Form):
    """Everybody who waits and every place with a seat, all ticked: the meeting takes away what it does not speak of."""

    held_on = parts.day(_("会議の日"), required=True)
    clients = ClientChoices(
        label=_("待っている人"), queryset=Client.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("人を一人以上選んでください。")},
    )  # fmt: skip
    form_key = parts.form_key()

    def __init__(self, *args: Any, clients: QuerySet[Client], town: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = timezone.localdate
        people = self.fields["clients"]
        assert isinstance(people, forms.ModelMultipleChoiceField)
        people.queryset = clients
        people.initial = list(clients)
        seats = free_seats(town)
        self.places = {place.pk: place for place in Place.objects.filter(pk__in=seats).order_by("yomi")}
        for pk, place in self.places.items():
            self.fields[f"seats_{pk}"] = parts.whole_number(
                place.name, low=0, high=MOST_SEATS, initial=min(seats[pk], MOST_SEATS)
            )

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[f"seats_{pk}"] for pk in self.places]

    def seats(self) -> dict[Place, int]:
        """Seats of each place; 0 or nothing leaves the place out."""
        return {place: self.cleaned_data.get(f"seats_{pk}") or 0 for pk, place in self.places.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"seats_{pk}") for pk in self.places):
            self.add_error(None, _("枠のある場を一つ以上選んでください。数を0にした場は入りません。"))
        return cleaned


class DecideForm(forms.Form):
    """A button in a row of the board."""

    client = forms.ModelChoiceField(queryset=Client.objects.none())
    place = forms.ModelChoiceField(queryset=Place.objects.none())
    kind = forms.ChoiceField(choices=[*BoardRuleKind.choices, ("lift", "")])

    def __init__(self, *args: Any, board: Board, clients: QuerySet[Client], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, places = self.fields["client"], self.fields["place"]
        assert isinstance(people, forms.ModelChoiceField)
        assert isinstance(places, forms.ModelChoiceField)
        people.queryset = clients
        places.queryset = Place.objects.filter(pk__in=board.places.values("place"))
