"""The tables of casework, one noun per file."""

from .board import Board, BoardPerson, BoardPlace, BoardRule
from .census import Census, Standing
from .client import Client, Household, HouseholdMember, TeamMember
from .condition import Avoidance, Condition, FreeTime, Wish
from .consent import Consent
from .consultation import Consultation, Trouble
from .disclosure import Disclosure
from .draft import Draft
from .event import Event, Sighting
from .hand_over import HandOver
from .measure import Measurement, ScaleWording
from .placement import FollowUp, HostSupport, NextStep, Placement
from .plan import Plan, PlanSupport
from .proposal import CollectedReport, Proposal, RequestLink, SeatWait, Visit
from .prospect import Prospect, ProspectStep
from .record import Record
from .sketch import Sketch
from .staying import Honorarium, PlacementChange, SignSeen
from .town_rules import TownRules

__all__ = [
    "Avoidance",
    "Board",
    "BoardPerson",
    "BoardPlace",
    "BoardRule",
    "Census",
    "Client",
    "CollectedReport",
    "Condition",
    "Consent",
    "Consultation",
    "Disclosure",
    "Draft",
    "Event",
    "FollowUp",
    "FreeTime",
    "HandOver",
    "Honorarium",
    "HostSupport",
    "Household",
    "HouseholdMember",
    "Measurement",
    "NextStep",
    "Placement",
    "PlacementChange",
    "Plan",
    "PlanSupport",
    "Proposal",
    "Prospect",
    "ProspectStep",
    "Record",
    "RequestLink",
    "ScaleWording",
    "SeatWait",
    "Sighting",
    "SignSeen",
    "Sketch",
    "Standing",
    "TeamMember",
    "TownRules",
    "Trouble",
    "Visit",
    "Wish",
]
