"""From the tables of the directory to documents, and into the engine; public facts only."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils import timezone

from directory.choices import Booking, PlaceState, Want, Way
from directory.models import Activity, ConsultationWindow, Place
from directory.models.place import PlaceQuerySet
from directory.openings import HORIZON_DAYS, openings_between, with_openings

from .document import ActivityText, Document, Session, WindowDocument
from .engines import embedded

# query.HOW → field of a place
YES_NO = {
    "welcome_alone": "welcome_alone",
    "may_watch": "may_watch",
    "can_be_silent": "can_be_silent",
    "wheelchair": "wheelchair",
    "pickup": "pickup",
    "plain_japanese": "plain_japanese",
    "with_children": "with_children",
    "may_help": "may_help",
}


def searchable() -> PlaceQuerySet:
    """Places that belong in the index."""
    return Place.objects.published()


def documents(places: PlaceQuerySet, *, today: date | None = None) -> Iterator[Document]:
    """One document per place, with the openings of the next 120 days."""
    today = today or timezone.localdate()
    loaded = with_openings(places).select_related("district", "municipality")
    loaded = loaded.with_tags().prefetch_related("activities__roles")
    for place in loaded.iterator(chunk_size=200):
        yield document_of(place, today=today)


def document_of(place: Place, *, today: date) -> Document:
    activities = list(place.activities.all())
    openings = openings_between([place], first=today - timedelta(days=1), last=today + timedelta(days=HORIZON_DAYS))
    yes, no = _yes_no(place, activities)
    known_days = bool(openings) or any(activity.schedule for activity in activities)
    return Document(
        id=place.pk,
        version=place.search_version,
        municipality=place.municipality_id,
        code=place.code,
        name=place.name,
        # An unconfirmed reading is looked for, but never shown as furigana.
        yomi=place.yomi,
        kind=place.kind,
        kind_words=" ".join(
            [str(place.get_kind_display()), *[str(a.get_kind_display()) for a in activities if a.kind]]
        ),
        lead=place.lead,
        body=" ".join(
            [
                place.description,
                place.what_to_do,
                place.who_comes,
                place.atmosphere,
                place.first_timers_note,
                place.easy_description,
            ]
        ),
        district=place.district_id,
        district_words=place.district.name if place.district else "",
        tags=tuple(place.tag_names),
        activities=tuple(
            ActivityText(
                a.pk,
                a.name,
                " ".join([a.description, a.for_whom, *[role.name for role in a.roles.all() if role.is_public]]),
            )
            for a in activities
        ),
        wants=tuple(sorted({want for activity in activities for want in activity.wants if want in Want.values})),
        yes=frozenset(yes),
        no=frozenset(no),
        cost_yen=place.cost_yen,
        latitude=place.pin[0] if place.pin else None,
        longitude=place.pin[1] if place.pin else None,
        confirmed_on=place.confirmed_on,
        opening_words=" ".join(activity.opening_text for activity in activities),
        sessions=tuple(
            Session(
                o.activity.pk,
                o.on,
                o.starts_at,
                o.begins.hour * 60 + o.begins.minute if o.begins else None,
                _end_minutes(o.begins, o.ends),
            )
            for o in openings
            if place.state == PlaceState.PUBLISHED
        ),
        weekdays=frozenset(o.on.weekday() for o in openings) if known_days else None,
        shared_with=tuple(place.municipality.shares_places_with.values_list("pk", flat=True)),
    )


def _end_minutes(begins: object, ends: object) -> int | None:
    from datetime import time

    if not isinstance(begins, time) or not isinstance(ends, time):
        return None
    end = ends.hour * 60 + ends.minute
    return end if ends > begins else end + 1440


def _yes_no(place: Place, activities: list[Activity]) -> tuple[set[str], set[str]]:
    yes = {name for name, field in YES_NO.items() if getattr(place, field) is True}
    no = {name for name, field in YES_NO.items() if getattr(place, field) is False}
    if place.cost_yen is not None:
        (yes if place.cost_yen == 0 else no).add("free")
    if place.booking:
        (yes if place.booking in {Booking.NONE, Booking.FIRST_TIME} else no).add("no_booking")
    if any(activity.way == Way.ONLINE for activity in activities):
        yes.add("online")
    return yes, no


def window_documents(windows: Iterable[ConsultationWindow]) -> Iterator[WindowDocument]:
    for window in windows:
        yield WindowDocument(
            id=window.pk,
            version=window.search_version,
            municipality=window.municipality_id,
            name=window.name,
            yomi=window.yomi,
            field_words=str(window.get_field_display()),
            topics=tuple(window.topics),
            about=" ".join([window.about, window.office, window.who_answers]),
        )


def put(place: Place) -> None:
    """Bring one place into the embedded index as it stands now, or out of it, in the caller's transaction."""
    found = searchable().filter(pk=place.pk)
    made = list(documents(found))
    if made:
        embedded().index(made)
    else:
        embedded().remove([place.pk])


def put_window(window: ConsultationWindow) -> None:
    if window.is_published:
        embedded().index_windows(window_documents([window]))
    else:
        embedded().remove_windows([window.pk])


class Rolled:
    """Dated openings cover some weeks; the first question after a week rolls them on."""

    @staticmethod
    def mark() -> None:
        embedded().set_meta("rolled", timezone.localdate().isoformat())

    @staticmethod
    def is_due() -> bool:
        # Five weeks of openings are left even when nobody asked for a week.
        found = embedded().meta("rolled")
        return not found or (timezone.localdate() - date.fromisoformat(found)).days >= 7
