"""What is known of a person and of a place, with None for まだ分からない."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Any, Final

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Answer(StrEnum):
    """Three values: what is not known is neither a yes nor a no."""

    MET = "満たす"
    FAILED = "満たさない"
    UNKNOWN = "不明"


class Unknown(Enum):
    """The single value of a limit that has not been asked yet."""

    UNKNOWN = "まだ分からない"


UNKNOWN: Final = Unknown.UNKNOWN


@dataclass(frozen=True)
class Window:
    """One stretch of a weekday, in minutes after midnight; past 1440 it reaches into the next day."""

    weekday: int  # 0 = Monday … 6 = Sunday
    begins: int | None
    ends: int | None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """When, for how much, with how many seats and by what way one takes part. None = not known yet."""

    openings: tuple[Window, ...] | None = None
    cost_yen: int | None = None
    free_seats: int | None = None
    is_receiving: bool = True  # False: room was agreed, and is switched off for now
    # It happens at the person's home or on the screen: there is no way to go.
    comes_to_you: bool = False


@dataclass(frozen=True, kw_only=True)
class RoleFacts:
    """One way to take part at a place."""

    name: str
    id: str = ""
    kind: str = ""  # お客さん, 手伝い, 得意を生かす, 教える, 裏方
    contact: str | None = None  # none, low, mid, high
    minutes: int | None = None  # the shortest useful stay
    physical: str | None = None  # light, mid, heavy
    # Its own, where a place does several things; the place's where there are none.
    terms: Terms | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """One place (or one slot of it). None = not known yet; for the age limits None = no limit."""

    id: str
    name: str
    kind: str = ""
    roles: tuple[RoleFacts, ...] = ()
    offers: tuple[str, ...] | None = None
    openings: tuple[Window, ...] | None = None
    usual_people: int | None = None
    quiet_corner: bool | None = None
    may_leave_early: bool | None = None
    can_be_silent: bool | None = None
    step_free: bool | None = None
    accessible_toilet: bool | None = None
    pickup: bool | None = None
    # Everything happens at the person's home or on the screen: there is no way to go.
    comes_to_you: bool = False
    lat: float | None = None
    lon: float | None = None
    cost_yen: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    women_only: bool | None = None
    languages: frozenset[str] = frozenset()  # confirmed ones; absence says nothing
    plain_japanese: bool | None = None
    escort_ok: bool | None = None
    visit_first_ok: bool | None = None
    free_seats: int | None = None
    pays_honorarium: bool | None = None
    atmosphere: str = ""
    description: str = ""
    confirmed_days_ago: int | None = None
    # How often anything opens; None where no rule of days is known.
    times_a_month: float | None = None
    # What the words suggest that a body may have to do (bodies.py); None = to be read from the words.
    body_signs: frozenset[str] | None = None
    # Persons (ids) for whom someone at this place is a danger. Never displayed.
    dangerous_for: frozenset[str] = frozenset()
    # How many people this place received lately: load is spread.
    recent_people: int = 0

    @property
    def terms(self) -> Terms:
        """Those of the place as a whole."""
        return Terms(
            openings=self.openings,
            cost_yen=self.cost_yen,
            free_seats=self.free_seats,
            comes_to_you=self.comes_to_you,
        )

    def terms_of(self, role: RoleFacts) -> Terms:
        """Those under which one takes part in this role."""
        return role.terms or self.terms

    @property
    def text(self) -> str:
        """Everything in words that tells what one does here."""
        roles = "、".join(role.name for role in self.roles)
        return "。".join(part for part in (self.name, self.kind, roles, self.atmosphere, self.description) if part)


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """One person's conditions and wishes. There is no field for a sensitive trait, so none can be scored.

    `limits` holds only what limits; a name in `unasked` has not been asked yet (`free:6`: Sundays).
    """

    id: str
    age: int | None = None
    sex: str | None = None  # female, male, other; read by the rules of sex only
    lat: float | None = None
    lon: float | None = None
    means: tuple[str, ...] | None = None
    max_oneway_minutes: float | None = None  # None = no limit, unless unasked
    free: tuple[Window, ...] = ()
    limits: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    unasked: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()  # place ids the person does not want (本人NG)
    set_aside: frozenset[str] = frozenset()  # place ids not to be offered before the next plan
    avoided: frozenset[str] = frozenset()  # place ids kept away for safety; never displayed
    refused_roles: frozenset[str] = frozenset()  # role ids the person said no to
    roles_set_aside: frozenset[str] = frozenset()  # role ids not to be offered before the next plan
    tried: frozenset[str] = frozenset()  # place ids where taking part ended because it did not fit
    interests: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    wanted_roles: tuple[str, ...] = ()
    wanted_offers: tuple[str, ...] = ()
    group_min: int | None = None
    group_max: int | None = None
    sensory_limits: tuple[str, ...] = ()
    first_visit_needs: tuple[str, ...] = ()
    predictable: bool = False  # likes to know beforehand what will happen
    company: tuple[str, ...] = ()  # older, younger, children, mixed, women, men
    strangers: bool = False  # rather not among neighbours
    frequency: str | None = None  # monthly, weekly, more
    important: tuple[str, ...] = ()

    def limit(self, key: str) -> Any:
        """The limit, None when nothing limits, UNKNOWN when it has not been asked."""
        if key in self.limits:
            value = self.limits[key]
            return UNKNOWN if value is None else value
        return UNKNOWN if key in self.unasked else None

    def needs(self, key: str) -> bool | None:
        """Whether the person needs it; None = not asked yet."""
        value = self.limit(key)
        return None if value is UNKNOWN else bool(value)

    def free_on(self, weekday: int) -> bool | None:
        """Whether any time of this weekday is free; None = not asked yet."""
        if any(window.weekday == weekday for window in self.free):
            return True
        return None if self.unasked & {"free", f"free:{weekday}"} else False


def is_hidden(person: PersonFacts, place: PlaceFacts) -> bool:
    """Kept away from for safety: such a place is shown nowhere, whatever the reason."""
    return place.id in person.avoided or person.id in place.dangerous_for


def as_open_to(person: PersonFacts, place: PlaceFacts) -> tuple[PersonFacts, PlaceFacts]:
    """Both without the roles to which this person said no, or which are set aside: a no hides that role only.

    A place left without any role counts as refused, or as set aside where nobody said no.
    """
    gone = person.refused_roles | person.roles_set_aside
    left = tuple(role for role in place.roles if role.id not in gone) if gone else place.roles
    if len(left) == len(place.roles):
        return person, place
    if not left:
        said_no = any(role.id in person.refused_roles for role in place.roles)
        name = "refused" if said_no else "set_aside"
        person = replace(person, **{name: getattr(person, name) | {place.id}})
    return person, replace(place, roles=left)
